import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselens.learners import BOTS
from caselens.learners.earned import asked, earned, holm, p_values, table
from caselens.tasks import kind_of
from tests.learners.samples import committed, generated

BLANK = BOTS[0]
VALUES = st.dictionaries(st.text(min_size=1), st.floats(0, 1), min_size=1, max_size=12)


def test_automatic_and_written_tasks_are_asked_apart():
    automatic, written = asked(committed()), asked(committed(), written=True)
    assert automatic
    assert written
    assert not any(kind_of(setting).by_hand for setting, _, _ in automatic)
    assert all(kind_of(setting).by_hand for setting, _, _ in written)


def test_a_case_without_a_key_is_not_asked():
    bank = generated(2)
    entry = bank.entries["g0000"]
    bare = type(entry)(entry.case, None, entry.side, entry.case_source, None)
    changed = type(bank)(bank.vocabulary, bank.entries | {"g0000": bare})
    assert {setting.case.id for setting, _, _ in asked(changed)} == {"g0001"}


def test_what_is_drawn_is_a_mean_of_so_many_draws():
    one = asked(generated(2))[0]
    drawn = next(bot for bot in BOTS if bot.drawn)
    assert earned(drawn, one, draws=3) == earned(drawn, one, draws=3)
    assert earned(drawn, one, draws=3) != earned(drawn, one, draws=1)


def test_the_table_has_every_bot_and_every_task():
    tasks = asked(generated(2))
    found = table([BLANK], tasks)
    assert list(found) == ["blank"]
    assert list(found["blank"]) == [setting.task.id for setting, _, _ in tasks]


@given(VALUES)
def test_an_adjusted_p_value_is_no_smaller_and_at_most_one(found):
    adjusted = holm(found)
    assert adjusted.keys() == found.keys()
    assert all(found[name] <= p <= 1 for name, p in adjusted.items())


@given(VALUES)
def test_adjusting_keeps_the_order(found):
    adjusted = holm(found)
    ranked = sorted(found, key=lambda name: found[name])
    assert [adjusted[name] for name in ranked] == sorted(adjusted.values())


def test_the_smallest_p_value_counts_for_all_and_the_next_for_the_rest():
    assert holm({"a": 0.01, "b": 0.04, "c": 0.02}) == pytest.approx(
        {"a": 0.03, "b": 0.04, "c": 0.04}
    )


def test_only_a_mean_above_zero_has_a_small_p_value():
    rows = {"up": [0.4, 0.5, 0.6] * 5, "down": [-0.4, -0.5, -0.6] * 5}
    found = p_values(rows)
    assert found["up"] < 0.001
    assert found["down"] > 0.999


def test_a_row_of_equal_values_is_above_zero_or_it_is_not():
    assert p_values({"a": [0.3, 0.3], "b": [0.0, 0.0]}) == {"a": 0.0, "b": 1.0}
