import pytest

from caselens.cases import load_bank
from caselens.panel.parts import check_choices, parts_of
from caselens.tasks import KINDS
from tests.cases.test_reading import both, replaced
from tests.panel.samples import committed
from tests.samples import KEY, changed, line_of, write_bank


def every():
    bank = committed()
    entries = [one for one in bank.entries.values() if one.key is not None]
    return {k: v for one in entries for k, v in parts_of(one, bank.vocabulary).items()}


def test_the_keyed_answer_of_every_part_is_one_of_its_choices():
    for name, part in every().items():
        if part.key is not None:
            assert part.key.answer in part.menu, name
            assert part.key.also in (None, *part.menu), name


def test_every_keyed_part_with_an_answer_is_there_under_its_full_name():
    keyed = {
        f"{task}.{part}"
        for entry in committed().entries.values()
        if entry.key is not None
        for task, key in entry.key.tasks.items()
        for part, one in key.parts.items()
        if one.answer is not None
    }
    assert keyed
    assert keyed <= set(every())


def test_every_kind_with_choices_has_parts_and_no_other_has():
    found = {part.task.kind for part in every().values()}
    assert found == set(KINDS) - {"evidence", "write"}


def test_what_may_be_left_alone_can_be_answered_with_no():
    kinds = {part.task.kind for part in every().values() if "no" in part.menu}
    assert kinds == {"link", "pick"}


def test_of_all_arrows_only_those_that_the_key_lists_are_asked_about():
    for name, part in every().items():
        if part.task.kind == "link":
            assert part.key is not None, name


def test_parts_of_one_family_share_their_choices():
    menus = {}
    for part in every().values():
        if part.task.kind in ("safety", "goals", "observe", "lens", "update", "ask"):
            menus.setdefault(part.family, set()).add(part.menu)
    assert {"observe, source", "observe, content", "lens", "lens, moves"} <= set(menus)
    assert all(len(one) == 1 for one in menus.values()), menus


def test_the_committed_readings_and_votes_name_only_choices_that_there_are():
    assert check_choices(committed()) == []


@pytest.mark.parametrize(
    ("part", "spread", "said"),
    [
        ("c901-slots.a1", "{wish: 20}", "'wish' is no choice of c901-slots.a1"),
        ("c901-lens.a4", "{no: 20}", "'no' is no choice of c901-lens.a4"),
    ],
)
def test_a_choice_that_no_task_has_is_named_with_its_line(tmp_path, part, spread, said):
    text = replaced(both(), part, spread)
    (one,) = check_choices(bank_of(tmp_path, text))
    assert said in one.what
    assert one.line == line_of(text, spread)
    assert one.repair.startswith("Use ")


def test_a_part_that_no_task_has_is_named_with_its_line(tmp_path):
    text = changed(both(), "c901-slots.a1:", "c901-slots.a7:")
    (one,) = check_choices(bank_of(tmp_path, text))
    assert "no part 'c901-slots.a7'" in one.what
    assert one.line == line_of(text, "c901-slots.a7:")


def test_a_vote_for_a_choice_that_no_task_has_is_named_with_its_line(tmp_path):
    key = changed(KEY, "a1: {answer: cbt,", "a1: {answer: cbt, votes: {rater-01: cat},")
    bank = load_bank(write_bank(tmp_path, {"practice/keys/c901.yaml": key}))
    (one,) = check_choices(bank)
    assert "rater-01 voted 'cat'" in one.what
    assert one.line == line_of(key, "rater-01: cat")


def bank_of(folder, text):
    return load_bank(write_bank(folder, {"readings/c901.yaml": text}))
