from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from caselens.answers import (
    AnswerSheet,
    Aside,
    LockedError,
    NotSavedError,
    files,
    record,
    sheet,
)
from caselens.answers.record import MAX_BYTES, MAX_HISTORY
from caselens.answers.sheet import ANSWERS_FILE, PREVIOUS_FILE
from tests.samples import UNIT_ID

GOALS, TEXT = "c901-goals", "c901-write"
Listing = dict[str, tuple[int, bytes]]


def open_sheet(folder: Path) -> AnswerSheet:
    return AnswerSheet(folder, UNIT_ID, {"c901": "digest"})


def stored(folder: Path) -> dict[str, Any]:
    return json.loads((folder / ANSWERS_FILE).read_text(encoding="utf-8"))


def listing(folder: Path) -> Listing:
    return {
        path.name: (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.iterdir()
    }


def set_aside(folder: Path, word: str = "damaged") -> list[Path]:
    return sorted(folder.glob(f"answers.{word}-*.json"))


def test_opening_an_empty_folder_writes_nothing(tmp_path):
    one = open_sheet(tmp_path)
    assert one.record.tasks == {}
    assert one.notices == []
    assert list(tmp_path.iterdir()) == []


def test_a_saved_answer_is_there_on_reopening(tmp_path):
    answer = open_sheet(tmp_path).save(GOALS, {"text": "first"}, 0)
    assert answer.revision == 1
    again = open_sheet(tmp_path)
    assert again.record.value(GOALS) == {"text": "first"}
    assert again.record.cases == {"c901": "digest"}
    assert again.notices == []


def test_the_stored_file_has_the_documented_form(tmp_path):
    one = open_sheet(tmp_path)
    one.save(GOALS, {"text": "first"}, 0)
    data = stored(tmp_path)
    assert set(data) == {
        "format",
        "unit",
        "begun",
        "revision",
        "cases",
        "tasks",
        "receipt",
    }
    assert (data["format"], data["unit"], data["receipt"]) == (1, UNIT_ID, None)
    assert data["tasks"][GOALS] == {
        "value": {"text": "first"},
        "confidence": None,
        "first_text": None,
        "first_done": False,
        "committed": False,
        "revision": 1,
        "saved": one.record.tasks[GOALS].saved,
        "committed_at": None,
        "ratings": {},
        "history": [],
    }


def test_a_save_of_the_same_page_replaces_without_history(tmp_path):
    one = open_sheet(tmp_path)
    for number in range(1, 4):
        assert one.save(GOALS, number, number - 1).revision == number
    assert stored(tmp_path)["tasks"][GOALS]["history"] == []


def test_the_copy_before_stands_beside_the_answers(tmp_path):
    one = open_sheet(tmp_path)
    one.save(GOALS, "first", 0)
    one.save(GOALS, "second", 1)
    previous = json.loads((tmp_path / PREVIOUS_FILE).read_text(encoding="utf-8"))
    assert previous["tasks"][GOALS]["value"] == "first"


def test_no_temporary_file_stays_behind(tmp_path):
    one = open_sheet(tmp_path)
    one.save(GOALS, "first", 0)
    one.save(GOALS, "second", 1)
    names = {path.name for path in tmp_path.iterdir()} - {".answers.lock"}
    assert names == {ANSWERS_FILE, PREVIOUS_FILE}


def test_two_open_pages_keep_each_others_answers(tmp_path):
    one, two = open_sheet(tmp_path), open_sheet(tmp_path)
    one.save(GOALS, "of one", 0)
    two.save(TEXT, "of two", 0)
    one.save(GOALS, "of one again", 1)
    record = open_sheet(tmp_path).record
    assert record.value(GOALS) == "of one again"
    assert record.value(TEXT) == "of two"


def test_of_two_pages_on_one_task_the_later_wins_and_the_other_is_kept(tmp_path):
    one, two = open_sheet(tmp_path), open_sheet(tmp_path)
    one.save(GOALS, "of one", 0)
    answer = two.save(GOALS, "of two", 0)
    assert answer.value == "of two"
    assert answer.revision == 2
    lost = open_sheet(tmp_path).record.tasks[GOALS].history
    assert [(entry["value"], entry["revision"]) for entry in lost] == [("of one", 1)]


def test_the_same_value_from_two_pages_makes_no_history(tmp_path):
    one, two = open_sheet(tmp_path), open_sheet(tmp_path)
    one.save(GOALS, "alike", 0)
    assert two.save(GOALS, "alike", 0).history == []


def test_the_history_keeps_the_newest_twenty(tmp_path):
    one, two = open_sheet(tmp_path), open_sheet(tmp_path)
    for number in range(MAX_HISTORY + 5):
        (one, two)[number % 2].save(GOALS, number, 0)
    kept = [entry["value"] for entry in stored(tmp_path)["tasks"][GOALS]["history"]]
    assert kept == list(range(4, MAX_HISTORY + 4))


def test_a_committed_answer_cannot_be_changed_by_any_page(tmp_path):
    one, two = open_sheet(tmp_path), open_sheet(tmp_path)
    one.save(GOALS, "final", 0)
    one.commit([GOALS, TEXT])
    for page in (one, two, open_sheet(tmp_path)):
        with pytest.raises(LockedError):
            page.save(GOALS, "other", 9)
        with pytest.raises(LockedError):
            page.save(TEXT, "blank no more", 0)
    assert stored(tmp_path)["tasks"][GOALS]["value"] == "final"
    assert stored(tmp_path)["tasks"][TEXT]["committed"] is True


def test_the_time_of_the_first_commit_stays(tmp_path, monkeypatch):
    one = open_sheet(tmp_path)
    monkeypatch.setattr(sheet, "now", lambda: "2030-01-01T10:00:00Z")
    one.commit([GOALS])
    monkeypatch.setattr(sheet, "now", lambda: "2030-01-02T10:00:00Z")
    one.commit([GOALS])
    assert one.record.tasks[GOALS].committed_at == "2030-01-01T10:00:00Z"


def test_a_receipt_names_the_answers_and_changes_with_them(tmp_path):
    digests = []
    for value in ("one", "another"):
        folder = tmp_path / value
        folder.mkdir()
        page = open_sheet(folder)
        page.save(GOALS, value, 0)
        receipt = page.hand_in([GOALS, TEXT], 1)
        assert receipt["of"] == 2
        assert receipt["answered"] == 1
        assert receipt["at"]
        assert stored(folder)["receipt"] == receipt
        again = record.parse((folder / ANSWERS_FILE).read_bytes())
        assert record.checksum(again) == receipt["digest"]
        digests.append(receipt["digest"])
    assert len(set(digests)) == 2
    assert all(len(one) == 64 for one in digests)


def test_handing_in_twice_gives_the_first_receipt(tmp_path, monkeypatch):
    one, two = open_sheet(tmp_path), open_sheet(tmp_path)
    first = one.hand_in([GOALS], 0)
    monkeypatch.setattr(sheet, "now", lambda: "2031-01-01T00:00:00Z")
    assert two.hand_in([GOALS], 1) == first


def test_marking_alone_is_noted_once_on_the_receipt(tmp_path):
    one = open_sheet(tmp_path)
    one.note_marked("2030-01-01T10:00:00Z")
    assert one.record.receipt is None
    one.hand_in([GOALS], 0)
    one.note_marked("2030-01-02T10:00:00Z")
    one.note_marked("2030-01-03T10:00:00Z")
    assert stored(tmp_path)["receipt"]["marked_at"] == "2030-01-02T10:00:00Z"


def test_ratings_are_stored_beside_a_committed_answer(tmp_path):
    one = open_sheet(tmp_path)
    one.commit([TEXT])
    one.rate(TEXT, {"plain": 2})
    assert open_sheet(tmp_path).record.tasks[TEXT].ratings == {"plain": 2}


def test_a_clock_that_goes_back_changes_no_order(tmp_path, monkeypatch):
    one, two = open_sheet(tmp_path), open_sheet(tmp_path)
    monkeypatch.setattr(sheet, "now", lambda: "2035-01-01T00:00:00Z")
    one.save(GOALS, "early", 0)
    monkeypatch.setattr(sheet, "now", lambda: "1999-01-01T00:00:00Z")
    assert two.save(GOALS, "late", 0).value == "late"
    assert two.save(GOALS, "latest", 2).revision == 3
    assert open_sheet(tmp_path).record.value(GOALS) == "latest"


LONG = "An answer with some length. " * 4000


@pytest.mark.parametrize(
    "value",
    [
        LONG[:100_000],
        "\U0001f44d\U0001f3fd \U0001f9d1‍⚕️" * 20_000,
        "\u202e\u05d0\u05d1\u05d2 \u0627\u0644\u202c",
        "line\r\nline\u2028line\x85\x01\t",
        'quotes " and \\ and </script> and {{ jinja }}',
    ],
    ids=["long", "emoji", "right-to-left", "controls", "markup"],
)
def test_a_text_comes_back_as_it_was_typed(tmp_path, value):
    open_sheet(tmp_path).save(TEXT, {"text": value}, 0)
    assert open_sheet(tmp_path).record.value(TEXT) == {"text": value}


def test_half_a_character_does_not_keep_an_answer_from_being_saved(tmp_path):
    one = open_sheet(tmp_path)
    one.save(TEXT, {"text": "before \ud83d after"}, 0)
    assert open_sheet(tmp_path).record.value(TEXT) == {"text": "before ? after"}
    one.hand_in([TEXT], 1)
    again = record.parse((tmp_path / ANSWERS_FILE).read_bytes())
    assert record.checksum(again) == stored(tmp_path)["receipt"]["digest"]


def test_a_long_history_never_makes_the_file_too_large_to_open(tmp_path):
    one, two = open_sheet(tmp_path), open_sheet(tmp_path)
    for number in range(12):
        (one, two)[number % 2].save(TEXT, f"{number}" + "€" * 150_000, 0)
    assert (tmp_path / ANSWERS_FILE).stat().st_size <= MAX_BYTES
    again = open_sheet(tmp_path)
    assert again.notices == []
    assert again.record.value(TEXT).startswith("11")
    kept = [entry["value"][:2] for entry in again.record.tasks[TEXT].history]
    assert kept[-1] == "10"


def test_answers_too_long_for_the_file_are_refused_and_the_rest_stays(tmp_path):
    one = open_sheet(tmp_path)
    one.save(GOALS, "kept", 0)
    with pytest.raises(NotSavedError, match="Shorten the longest text"):
        one.save(TEXT, "x" * (MAX_BYTES + 1), 0)
    assert one.save(TEXT, "short", 0).revision == 1
    assert open_sheet(tmp_path).record.value(GOALS) == "kept"


def test_starting_again_keeps_a_copy(tmp_path):
    one = open_sheet(tmp_path)
    one.save(GOALS, "old", 0)
    one.commit([GOALS])
    kept = one.start_again()
    assert kept is not None
    assert json.loads(kept.read_text())["tasks"][GOALS]["value"] == "old"
    assert stored(tmp_path)["tasks"] == {}
    assert one.save(GOALS, "new", 0).value == "new"


def test_starting_again_without_answers_keeps_nothing(tmp_path):
    assert open_sheet(tmp_path).start_again() is None
    assert set_aside(tmp_path, "kept") == []


def test_copies_of_one_second_do_not_replace_each_other(tmp_path, monkeypatch):
    monkeypatch.setattr(sheet, "now", lambda: "2030-01-01T10:00:00Z")
    one = open_sheet(tmp_path)
    for number in range(3):
        one.save(GOALS, number, 0)
        one.start_again()
    kept = [json.loads(path.read_text()) for path in set_aside(tmp_path, "kept")]
    assert {one["tasks"][GOALS]["value"] for one in kept} == {0, 1, 2}


@pytest.mark.parametrize("moment", ["2030-01-01T10:00:00Z", None])
def test_another_open_page_does_not_bring_old_answers_back(
    tmp_path, monkeypatch, moment
):
    if moment is not None:
        monkeypatch.setattr(sheet, "now", lambda: moment)
        monkeypatch.setattr(record, "now", lambda: moment)
    one, two = open_sheet(tmp_path), open_sheet(tmp_path)
    two.save(GOALS, "old", 0)
    two.save(TEXT, "old text", 0)
    one.start_again()
    two.save(TEXT, "new text", 1)
    after = open_sheet(tmp_path).record
    assert after.value(GOALS) is None
    assert after.value(TEXT) == "new text"


def test_starting_again_after_a_kill_between_the_copies_keeps_the_last_one(tmp_path):
    one = open_sheet(tmp_path)
    one.save(GOALS, "old", 0)
    (tmp_path / ANSWERS_FILE).replace(tmp_path / PREVIOUS_FILE)
    kept = open_sheet(tmp_path).start_again()
    assert kept is not None
    assert "old" in kept.read_text()


def test_starting_again_after_damage_keeps_the_damaged_and_the_last_good(tmp_path):
    one = open_sheet(tmp_path)
    one.save(GOALS, "good", 0)
    one.save(GOALS, "better", 1)
    body = (tmp_path / ANSWERS_FILE).read_bytes()
    (tmp_path / ANSWERS_FILE).write_bytes(body[:50])
    kept = AnswerSheet(tmp_path, UNIT_ID).start_again()
    assert kept is not None
    assert "good" in kept.read_text()
    assert [path.read_bytes() for path in set_aside(tmp_path)] == [body[:50]]


def test_a_sheet_that_another_page_has_handed_in_is_not_started_again(tmp_path):
    one, two = open_sheet(tmp_path), open_sheet(tmp_path)
    one.save(GOALS, "final", 0)
    two.hand_in([GOALS], 1)
    with pytest.raises(LockedError, match="handed in cannot be started again"):
        one.start_again(after_commit=False)
    assert stored(tmp_path)["tasks"][GOALS]["value"] == "final"


def test_a_draft_made_from_the_stored_answer_wins(tmp_path):
    one = open_sheet(tmp_path)
    one.save(TEXT, "stored", 0)
    assert one.merge_draft(TEXT, "typed later", 1) is True
    answer = one.record.tasks[TEXT]
    assert (answer.value, answer.revision) == ("typed later", 2)
    assert [entry["value"] for entry in answer.history] == ["stored"]


def test_a_draft_made_from_an_older_answer_goes_into_the_history(tmp_path):
    one = open_sheet(tmp_path)
    one.save(TEXT, "first", 0)
    one.save(TEXT, "second", 1)
    assert one.merge_draft(TEXT, "from the first", 1) is False
    answer = open_sheet(tmp_path).record.tasks[TEXT]
    assert answer.value == "second"
    assert [entry["value"] for entry in answer.history] == ["from the first"]


def test_a_draft_for_a_committed_answer_goes_into_the_history(tmp_path):
    one = open_sheet(tmp_path)
    one.save(TEXT, "final", 0)
    one.commit([TEXT])
    assert one.merge_draft(TEXT, "too late", 5) is False
    answer = open_sheet(tmp_path).record.tasks[TEXT]
    assert (answer.value, answer.committed) == ("final", True)
    assert [entry["value"] for entry in answer.history] == ["too late"]


def test_a_draft_that_is_stored_already_changes_nothing(tmp_path):
    one = open_sheet(tmp_path)
    one.save(TEXT, "same", 0)
    one.merge_draft(TEXT, "same", 1)
    one.merge_draft(TEXT, "same", 0)
    answer = one.record.tasks[TEXT]
    assert (answer.revision, answer.history) == (1, [])


def test_a_draft_for_a_lost_file_is_taken_up(tmp_path):
    assert open_sheet(tmp_path).merge_draft(TEXT, "typed", 7) is True
    answer = open_sheet(tmp_path).record.tasks[TEXT]
    assert (answer.value, answer.revision) == ("typed", 8)


def test_an_open_page_brings_a_deleted_file_back(tmp_path):
    one = open_sheet(tmp_path)
    one.save(GOALS, "kept", 0)
    one.commit([GOALS])
    (tmp_path / ANSWERS_FILE).unlink()
    (tmp_path / PREVIOUS_FILE).unlink()
    one.save(TEXT, "more", 0)
    again = open_sheet(tmp_path).record
    assert again.value(GOALS) == "kept"
    assert again.tasks[GOALS].committed
    assert again.value(TEXT) == "more"


def test_an_open_page_brings_back_what_a_damaged_file_has_lost(tmp_path):
    one = open_sheet(tmp_path)
    one.save(GOALS, "older", 0)
    one.save(GOALS, "newest", 1)
    receipt = one.hand_in([GOALS], 1)
    (tmp_path / ANSWERS_FILE).write_bytes(b'{"format": 1, "uni')
    (tmp_path / PREVIOUS_FILE).write_bytes(b"")
    one.rate(TEXT, {"plain": 1})
    again = open_sheet(tmp_path).record
    assert again.value(GOALS) == "newest"
    assert again.tasks[GOALS].committed
    assert again.receipt == receipt


def test_a_commit_that_only_the_open_page_remembers_still_locks(tmp_path):
    one = open_sheet(tmp_path)
    one.save(GOALS, "final", 0)
    one.commit([GOALS])
    (tmp_path / ANSWERS_FILE).write_bytes(b"")
    with pytest.raises(LockedError):
        one.save(GOALS, "changed", 1)


@pytest.mark.parametrize("mode", ["autograde", "validate"])
def test_nothing_is_written_when_nbgrader_executes(tmp_path, monkeypatch, mode):
    one = open_sheet(tmp_path)
    one.save(GOALS, "first", 0)
    one.save(GOALS, "second", 1)
    before = listing(tmp_path)
    monkeypatch.setenv("NBGRADER_EXECUTION", mode)
    replayed = open_sheet(tmp_path)
    assert replayed.record.value(GOALS) == "second"
    replayed.save(GOALS, "third", 2)
    replayed.merge_draft(TEXT, "draft", 0)
    replayed.rate(TEXT, {"plain": 1})
    replayed.commit([GOALS])
    replayed.hand_in([GOALS], 1)
    replayed.note_marked("2030-01-01T10:00:00Z")
    assert replayed.start_again() is None
    assert listing(tmp_path) == before


def test_nothing_is_set_aside_when_nbgrader_executes(tmp_path, monkeypatch):
    (tmp_path / ANSWERS_FILE).write_bytes(b"{")
    before = listing(tmp_path)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    one = open_sheet(tmp_path)
    assert one.record.tasks == {}
    assert "cannot be read" in one.notices[0]
    assert listing(tmp_path) == before


def test_an_empty_folder_stays_empty_when_nbgrader_executes(tmp_path, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    open_sheet(tmp_path).save(GOALS, "x", 0)
    assert list(tmp_path.iterdir()) == []


def refuse_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    def acquire(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(files.FileLock, "acquire", acquire)


def fill_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def mkstemp(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.tempfile, "mkstemp", mkstemp)


@pytest.mark.parametrize("hinder", [refuse_locks, fill_disk])
def test_a_folder_that_cannot_be_written_says_what_to_do_and_loses_nothing(
    tmp_path, hinder
):
    one = open_sheet(tmp_path)
    one.save(GOALS, "kept", 0)
    before = listing(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        hinder(patch)
        for change in (
            lambda: one.save(GOALS, "lost?", 1),
            lambda: one.merge_draft(TEXT, "draft", 0),
            lambda: one.commit([GOALS]),
            lambda: one.hand_in([GOALS], 1),
            lambda: one.rate(TEXT, {"plain": 1}),
            one.start_again,
        ):
            with pytest.raises(NotSavedError, match=r"Free some space.*this browser"):
                change()
        assert open_sheet(tmp_path).record.value(GOALS) == "kept"
        after = listing(tmp_path)
        assert {name: after[name][1] for name in after} == {
            name: before[name][1] for name in before
        }
    assert one.save(GOALS, "now", 1).value == "now"


@pytest.mark.parametrize("damage", [False, True])
def test_a_read_only_folder_opens_with_a_notice_and_the_good_copy(
    tmp_path, monkeypatch, damage
):
    one = open_sheet(tmp_path)
    one.save(GOALS, "kept", 0)
    one.save(TEXT, "more", 0)
    if damage:
        (tmp_path / ANSWERS_FILE).write_bytes(b"{")
    before = listing(tmp_path)
    monkeypatch.setattr(sheet.os, "access", lambda *_: False)
    again = open_sheet(tmp_path)
    assert again.record.value(GOALS) == "kept"
    assert "cannot be saved" in again.notices[0]
    assert listing(tmp_path) == before


def test_opening_a_good_sheet_writes_nothing(tmp_path):
    open_sheet(tmp_path).save(GOALS, "kept", 0)
    (tmp_path / files.LOCK_FILE).unlink()
    before = listing(tmp_path)
    open_sheet(tmp_path)
    assert listing(tmp_path) == before


def test_a_damaged_file_in_a_read_only_folder_opens_with_the_last_good(
    tmp_path, monkeypatch
):
    one = open_sheet(tmp_path)
    one.save(GOALS, "good", 0)
    one.save(GOALS, "newer", 1)
    (tmp_path / ANSWERS_FILE).write_bytes(b"{")

    def replace(*_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "replace", replace)
    again = open_sheet(tmp_path)
    assert again.record.value(GOALS) == "good"
    assert again.notices


def test_a_commit_that_could_not_be_stored_locks_nothing(tmp_path, monkeypatch):
    one = open_sheet(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        fill_disk(patch)
        with pytest.raises(NotSavedError):
            one.commit([GOALS])
    assert one.save(GOALS, "still open", 0).value == "still open"


def test_a_file_that_may_not_be_read_is_set_aside(tmp_path, monkeypatch):
    open_sheet(tmp_path).save(GOALS, "kept", 0)

    def refuse(path: Path) -> None:
        if path.name == ANSWERS_FILE:
            raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(sheet, "read_bounded", refuse)
    one = open_sheet(tmp_path)
    assert "Permission denied" in one.notices[0]
    assert len(set_aside(tmp_path)) == 1


def test_a_page_that_holds_the_lock_makes_another_wait_and_then_say_so(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.05)
    one = open_sheet(tmp_path)
    one.save(GOALS, "kept", 0)
    with files.FileLock(tmp_path / files.LOCK_FILE):
        with pytest.raises(NotSavedError, match="Another open page"):
            one.save(GOALS, "later", 1)
        two = open_sheet(tmp_path)
        assert two.record.value(GOALS) == "kept"
    assert one.save(GOALS, "later", 1).value == "later"


def test_a_receipt_that_only_the_open_page_remembers_comes_back(tmp_path):
    one = open_sheet(tmp_path)
    receipt = one.hand_in([GOALS], 0)
    (tmp_path / ANSWERS_FILE).write_bytes(b"")
    assert open_sheet(tmp_path).record.receipt is None
    one.rate(TEXT, {"plain": 1})
    assert open_sheet(tmp_path).record.receipt == receipt


def test_after_starting_again_a_damaged_sheet_brings_no_old_answers_back(tmp_path):
    one = open_sheet(tmp_path)
    one.save(GOALS, "old", 0)
    one.start_again()
    (tmp_path / ANSWERS_FILE).write_bytes(b"")
    assert open_sheet(tmp_path).record.tasks == {}


def test_a_damaged_sheet_opens_while_another_page_holds_the_lock(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.05)
    one = open_sheet(tmp_path)
    one.save(GOALS, "good", 0)
    one.save(TEXT, "newer", 0)
    (tmp_path / ANSWERS_FILE).write_bytes(b"{")
    with files.FileLock(tmp_path / files.LOCK_FILE):
        two = open_sheet(tmp_path)
    assert two.record.value(GOALS) == "good"
    assert "Another open page" in two.notices[0]
    assert (tmp_path / ANSWERS_FILE).read_bytes() == b"{"


SURE = Aside(confidence=4, first_text="She may expect a no.", first_done=False)


def test_what_is_given_beside_a_value_is_stored_with_it(tmp_path):
    one = open_sheet(tmp_path)
    one.save(GOALS, 1, 0, SURE)
    found = open_sheet(tmp_path).record.tasks[GOALS]
    assert (found.confidence, found.first_text, found.first_done) == (
        4,
        "She may expect a no.",
        False,
    )


def test_a_first_text_stays_once_the_menu_was_opened(tmp_path):
    one = open_sheet(tmp_path)
    one.save(GOALS, None, 0, Aside(first_text="before", first_done=True))
    one.save(GOALS, 1, 1, Aside(first_text="after", first_done=True))
    assert open_sheet(tmp_path).record.tasks[GOALS].first_text == "before"


def test_a_page_that_knows_less_takes_nothing_away(tmp_path):
    one, other = open_sheet(tmp_path), open_sheet(tmp_path)
    one.save(GOALS, 1, 0, Aside(confidence=2, first_text="kept", first_done=True))
    other.save(GOALS, 2, 0, Aside())
    found = open_sheet(tmp_path).record.tasks[GOALS]
    assert (found.value, found.confidence, found.first_text, found.first_done) == (
        2,
        2,
        "kept",
        True,
    )


def test_a_draft_brings_what_was_written_first(tmp_path):
    one = open_sheet(tmp_path)
    assert one.merge_draft(GOALS, None, 0, Aside(first_text="half a sent"))
    assert open_sheet(tmp_path).record.tasks[GOALS].first_text == "half a sent"


def test_a_sheet_of_an_earlier_release_opens_with_everything_in_it(tmp_path):
    # As the first release wrote it: no first_done, no ratings, no receipt fields.
    answer = {"value": {"text": "old"}, "committed": True, "revision": 3}
    data = {"format": 0, "unit": UNIT_ID, "begun": "2029-01-01T00:00:00Z"}
    data |= {"tasks": {GOALS: answer}}
    (tmp_path / ANSWERS_FILE).write_text(json.dumps(data), encoding="utf-8")
    one = open_sheet(tmp_path)
    assert one.notices == []
    assert one.record.tasks[GOALS].committed
    assert one.record.value(GOALS) == {"text": "old"}
    one.save(TEXT, "new", 0)
    again = open_sheet(tmp_path).record
    assert (again.value(GOALS), again.value(TEXT)) == ({"text": "old"}, "new")
    assert again.begun == "2029-01-01T00:00:00Z"
