import pytest

from caselens.cases import Bank, Entry
from caselens.reports.balance import keyed
from caselens.reports.menus import lengths, menus, places
from tests.reports.samples import made_up, with_parts

BANK = made_up(40)


def found(rows, name):
    return next(one for one in rows if one.name == name)


def always(answer):
    def change(parts):
        parts["next"]["answer"] = answer

    return with_parts(BANK, "safety", change)


def test_the_menus_of_the_cases_own_options_are_found():
    names = {one.name for one in menus(keyed(BANK))}
    assert names == {"safety", "ask", "lens", "translate"}


def test_a_translation_without_a_counterpart_has_no_place():
    for one in menus(keyed(BANK)):
        assert "No counterpart" not in one.options


def test_balanced_places_are_like_chance():
    row = found(places(menus(keyed(BANK))), "safety")
    assert sum(row.counts) == sum(row.expected) == 40
    assert row.p > 0.01


def test_a_right_option_that_always_stands_second_is_unlike_chance():
    row = found(places(menus(keyed(always("q2")))), "safety")
    assert row.counts == (0, 40, 0, 0)
    assert row.p < 0.001


def with_lengths(right, step=1):
    """Return a bank in which the right next question has so many more letters."""
    entries = {}
    for name, entry in always("q3").entries.items():
        index, task = next(
            (place, one)
            for place, one in enumerate(entry.case.tasks)
            if one.kind == "safety"
        )
        questions = tuple(
            one.model_copy(
                update={"text": "x" * (50 + right * (one.id == "q3") + step * place)}
            )
            for place, one in enumerate(task.questions)
        )
        tasks = list(entry.case.tasks)
        tasks[index] = task.model_copy(update={"questions": questions})
        case = entry.case.model_copy(update={"tasks": tuple(tasks)})
        entries[name] = Entry(
            case, entry.key, entry.side, entry.case_source, entry.key_source
        )
    return Bank(BANK.vocabulary, entries)


@pytest.mark.parametrize(("right", "rank"), [(20, 1.0), (-20, 0.0)])
def test_a_right_option_that_is_always_the_longest_or_shortest_is_found(right, rank):
    row = found(lengths(menus(keyed(with_lengths(right)))), "safety")
    assert row.rank == rank
    assert row.p < 0.001


def test_lengths_drawn_by_lot_are_like_chance():
    row = found(lengths(menus(keyed(BANK))), "safety")
    assert row.menus == 40
    assert row.p > 0.01


def test_options_of_one_length_share_their_rank():
    row = found(lengths(menus(keyed(with_lengths(0, step=0)))), "safety")
    assert (row.rank, row.p) == (0.5, 1.0)
