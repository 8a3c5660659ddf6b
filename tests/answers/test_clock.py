"""A clock that is set back: by hand, by the network, or by an empty battery."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from caselens.answers import AnswerSheet, Aside, record, sheet
from caselens.answers.sheet import ANSWERS_FILE, PREVIOUS_FILE
from tests.samples import UNIT_ID

GOALS, TEXT = "c901-goals", "c901-write"
Clock = Callable[[str], None]
# Each save happens before the one that it follows.
BACK = tuple(f"20{year}-06-01T10:00:00Z" for year in (40, 35, 31, 30, 29, 1))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set what every part of the sheet takes for the time."""

    def put(moment: str) -> None:
        for module in (record, sheet):
            monkeypatch.setattr(module, "now", lambda: moment)

    return put


def open_sheet(folder: Path) -> AnswerSheet:
    return AnswerSheet(folder, UNIT_ID, {"c901": "digest"})


def stored(folder: Path) -> dict[str, Any]:
    return json.loads((folder / ANSWERS_FILE).read_text(encoding="utf-8"))


def test_of_two_pages_the_later_save_stands_and_no_answer_is_lost(tmp_path, clock):
    pages = (open_sheet(tmp_path), open_sheet(tmp_path))
    bases = [0, 0]
    for number, moment in enumerate(BACK):
        clock(moment)
        who = number % 2
        bases[who] = pages[who].save(GOALS, f"save {number}", bases[who]).revision
    found = stored(tmp_path)["tasks"][GOALS]
    assert (found["value"], found["saved"]) == ("save 5", BACK[-1])
    assert found["revision"] == len(BACK)
    assert stored(tmp_path)["revision"] == len(BACK)
    # In the order in which they were given, whatever their times say.
    assert [one["value"] for one in found["history"]] == [
        f"save {number}" for number in range(5)
    ]
    revisions = [one["revision"] for one in found["history"]]
    assert revisions == sorted(revisions)
    times = [one["saved"] for one in found["history"]]
    assert times == sorted(times, reverse=True)
    again = open_sheet(tmp_path)
    assert again.notices == []
    assert again.record.value(GOALS) == "save 5"


def test_a_draft_wins_by_its_revision_and_not_by_its_time(tmp_path, clock):
    clock(BACK[0])
    one = open_sheet(tmp_path)
    revision = one.save(TEXT, "saved in 2040", 0).revision
    clock(BACK[-1])
    aside = Aside(first_text="first", confidence=2)
    assert one.merge_draft(TEXT, "typed in 2001", revision, aside)
    assert not one.merge_draft(TEXT, "older, and its time is later", 0)
    found = stored(tmp_path)["tasks"][TEXT]
    assert found["value"] == "typed in 2001"
    assert (found["first_text"], found["confidence"]) == ("first", 2)
    assert [one["value"] for one in found["history"]] == [
        "saved in 2040",
        "older, and its time is later",
    ]


def test_an_older_file_with_a_later_time_does_not_replace_what_was_saved(
    tmp_path, clock
):
    clock(BACK[0])
    one = open_sheet(tmp_path)
    one.save(GOALS, "early", 0)
    older = (tmp_path / ANSWERS_FILE).read_bytes()
    clock(BACK[-1])
    one.save(GOALS, "late", 1)
    one.save(TEXT, "beside it", 0)
    # A synchronised folder puts the older file back, newer by its time.
    (tmp_path / ANSWERS_FILE).write_bytes(older)
    one.save(TEXT, "and on", 1)
    found = open_sheet(tmp_path).record
    assert (found.value(GOALS), found.value(TEXT)) == ("late", "and on")


def test_after_damage_the_last_good_copy_is_gone_on_from(tmp_path, clock):
    for number, moment in enumerate(BACK):
        clock(moment)
        open_sheet(tmp_path).save(GOALS, f"save {number}", number)
    (tmp_path / ANSWERS_FILE).write_text("{", encoding="utf-8")
    again = open_sheet(tmp_path)
    assert again.record.value(GOALS) == "save 4"
    assert again.save(GOALS, "save 6", 5).revision == 6
    previous = json.loads((tmp_path / PREVIOUS_FILE).read_text(encoding="utf-8"))
    assert previous["tasks"][GOALS]["value"] == "save 4"


def test_what_is_committed_and_handed_in_stays_so(tmp_path, clock):
    clock(BACK[0])
    one, two = open_sheet(tmp_path), open_sheet(tmp_path)
    one.save(GOALS, "handed in", 0)
    receipt = one.hand_in([GOALS], 1)
    clock(BACK[-1])
    with pytest.raises(sheet.LockedError):
        two.save(GOALS, "too late, and yet earlier", 9)
    assert not two.merge_draft(GOALS, "a draft of 2001", 99)
    assert two.hand_in([GOALS], 1) == receipt
    found = stored(tmp_path)
    assert (found["receipt"], found["tasks"][GOALS]["value"]) == (receipt, "handed in")
    assert found["tasks"][GOALS]["committed_at"] == BACK[0]
    kept = [one["value"] for one in found["tasks"][GOALS]["history"]]
    assert kept == ["a draft of 2001"]


def test_starting_again_keeps_every_copy_and_brings_nothing_back(tmp_path, clock):
    clock(BACK[0])
    one, other = open_sheet(tmp_path), open_sheet(tmp_path)
    other.save(GOALS, "of before", 0)
    for moment in BACK[1:]:
        clock(moment)
        one.save(TEXT, moment, 0)
        one.start_again()
    # The other page knows of none of it, and its old answers stay old.
    other.save(TEXT, "of the other page", 0)
    assert set(stored(tmp_path)["tasks"]) == {TEXT}
    copies = sorted(tmp_path.glob("answers.kept-*.json"))
    kept = [json.loads(path.read_text("utf-8"))["tasks"] for path in copies]
    assert {tasks[TEXT]["value"] for tasks in kept} == set(BACK[1:])
    assert [GOALS in tasks for tasks in kept].count(True) == 1
