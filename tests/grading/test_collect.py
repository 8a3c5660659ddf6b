"""Collecting from a real exchange: who is refused, why, and what arrives."""

import logging
import os
import shutil
import stat
import zipfile

import pytest

from caselens.grading.quarantine import MAX_KEPT
from tests.grading.conftest import UNIT
from tests.grading.inbox import (
    ANNA,
    BEN,
    CARL,
    LATER,
    ME,
    ROOT,
    TIME,
    Inbox,
    pwd,
)

pytestmark = pytest.mark.nbgrader
AS_ROOT = pytest.mark.skipif(not ROOT, reason="chown needs root; run as root")


@pytest.fixture
def inbox(marked_class, tmp_path, caplog, monkeypatch):
    course = marked_class.api.coursedir
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(course, "assignment_id", UNIT)
    monkeypatch.setattr(course, "student_id", "*")
    monkeypatch.setattr(logging.getLogger("traitlets"), "propagate", True)
    yield Inbox(marked_class, tmp_path / "exchange", caplog)
    for trainee in {ME, ANNA, BEN, CARL}:
        shutil.rmtree(marked_class.root / "submitted" / trainee, ignore_errors=True)
    shutil.rmtree(marked_class.root / "refused", ignore_errors=True)


NEEDED = [
    *("answers.json", f"{UNIT}.ipynb", "submission_secret.txt", "timestamp.txt"),
    "unit.json",
]


def test_only_what_marking_needs_arrives(inbox):
    folder = inbox.hand_in(ME)
    (folder / "notes.pdf").write_text("notes")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / "answers.previous.json").write_text("{}")
    inbox.collect()
    assert inbox.arrived(ME) == NEEDED
    assert (inbox.course.folder(ME) / "answers.json").read_bytes() == b'{"a": 1}'


def test_what_arrives_is_plain_and_not_open_to_others(inbox):
    folder = inbox.hand_in(ME)
    (folder / "answers.json").chmod(0o4777)
    inbox.collect()
    found = (inbox.course.folder(ME) / "answers.json").stat()
    assert stat.S_IMODE(found.st_mode) & 0o7113 == 0
    assert found.st_uid == os.geteuid()


def test_a_shared_course_stays_writable_for_its_group(inbox, monkeypatch):
    monkeypatch.setattr(inbox.course.api.coursedir, "groupshared", True)
    inbox.hand_in(ME)
    inbox.collect()
    folder = inbox.course.folder(ME)
    assert folder.stat().st_mode & 0o2770 == 0o2770
    assert all(one.stat().st_mode & 0o660 == 0o660 for one in folder.iterdir())


def test_a_lost_page_is_put_back_beside_its_answers(inbox):
    folder = inbox.hand_in(ME)
    (folder / f"{UNIT}.ipynb").unlink()
    assert "the page was missing and was put back" in inbox.collect()
    assert inbox.arrived(ME) == NEEDED


def test_a_page_without_answers_is_not_made_up(inbox):
    folder = inbox.hand_in(ME)
    (folder / f"{UNIT}.ipynb").unlink()
    (folder / "answers.json").unlink()
    inbox.collect()
    assert f"{UNIT}.ipynb" not in inbox.arrived(ME)


def hostile(folder, what):
    """Put something into a submission for which it is refused."""
    if what == "link":
        (folder / "answers.json").unlink()
        (folder / "answers.json").symlink_to("/etc/passwd")
    elif what == "pipe":
        (folder / "timestamp.txt").unlink()
        os.mkfifo(folder / "timestamp.txt")
    elif what == "device":
        os.mknod(folder / "zero", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    elif what == "archive":
        with zipfile.ZipFile(folder / "more.zip", "w") as archive:
            archive.writestr("inner", "text")
    elif what == "name":
        (folder / "two\nlines").write_text("x")


@AS_ROOT
@pytest.mark.parametrize("what", ["link", "pipe", "device", "archive", "name"])
def test_a_hostile_submission_is_refused_and_the_rest_of_the_class_collected(
    inbox, what
):
    for trainee in (ANNA, BEN, CARL):
        inbox.hand_in(trainee)
    folder = next(inbox.inbound.glob(f"{BEN}+*"))
    hostile(folder, what)
    inbox.give(folder, BEN)
    said = inbox.collect()
    assert (inbox.arrived(ANNA), inbox.arrived(CARL)) == (NEEDED, NEEDED)
    assert inbox.arrived(BEN) == []
    assert f"1 of the submissions of {UNIT} were refused:" in said
    assert said.rstrip().endswith(f"It is kept in refused/{BEN}/{UNIT}.")
    [kept] = inbox.kept(BEN)
    assert "This submission was refused." in (kept / "reason.txt").read_text()
    assert (kept / f"{UNIT}.ipynb").is_file()
    for path in kept.rglob("*"):
        assert stat.S_ISREG(path.lstat().st_mode), path
        assert "root:" not in path.read_text(errors="replace")


@AS_ROOT
def test_a_submission_in_another_trainees_name_is_refused(inbox):
    inbox.hand_in(ANNA, owner=BEN)
    said = inbox.collect()
    assert inbox.arrived(ANNA) == []
    assert f"handed in as {ANNA}, and belongs to the account {BEN}." in said
    assert "c.ExchangeCollect.check_owner = False" in said


@AS_ROOT
def test_a_forged_newer_submission_does_not_replace_the_trainees_own(inbox):
    inbox.hand_in(ANNA, answers=b'{"her": 1}')
    inbox.hand_in(ANNA, time=LATER, owner=BEN, answers=b'{"not": 1}')
    said = inbox.collect()
    assert (inbox.course.folder(ANNA) / "answers.json").read_bytes() == b'{"her": 1}'
    assert (inbox.course.folder(ANNA) / "timestamp.txt").read_text() == TIME
    assert f"{ANNA}: the submission of {TIME} is collected in the place of" in said


@AS_ROOT
def test_one_file_of_somebody_else_in_the_folder_is_refused(inbox):
    folder = inbox.hand_in(ANNA)
    os.chown(folder / "answers.json", pwd.getpwnam(BEN).pw_uid, -1)
    assert f"answers.json belongs to the account {BEN}." in inbox.collect()
    assert inbox.arrived(ANNA) == []


@AS_ROOT
def test_the_owner_is_not_asked_for_where_all_work_under_one_account(inbox):
    inbox.hand_in(ANNA, owner=BEN)
    inbox.collect(check_owner=False)
    assert inbox.arrived(ANNA) == NEEDED


@AS_ROOT
def test_an_owner_without_a_name_is_refused(inbox):
    folder = inbox.hand_in(ANNA)
    os.chown(folder, 54321, -1)
    assert "the account number 54321, which has no name here" in inbox.collect()
    assert inbox.arrived(ANNA) == []


def test_what_was_collected_stays_when_a_newer_one_is_refused(inbox):
    inbox.hand_in(ME)
    inbox.collect()
    newer = inbox.hand_in(ME, time=LATER, answers=b'{"b": 2}')
    (newer / "link").symlink_to("/etc/passwd")
    said = inbox.collect(update=True)
    assert "link is a link to /etc/passwd." in said
    assert (inbox.course.folder(ME) / "answers.json").read_bytes() == b'{"a": 1}'
    assert len(inbox.kept(ME)) == 1


def test_a_newer_submission_takes_the_place_of_the_older_one_on_update(inbox):
    inbox.hand_in(ME)
    inbox.collect()
    inbox.hand_in(ME, time=LATER, answers=b'{"b": 2}')
    assert "use --update" in inbox.collect()
    assert (inbox.course.folder(ME) / "answers.json").read_bytes() == b'{"a": 1}'
    inbox.collect(update=True)
    assert (inbox.course.folder(ME) / "answers.json").read_bytes() == b'{"b": 2}'
    assert "No newer submission" in inbox.collect(update=True)
    assert [path.name for path in inbox.course.folder(ME).parent.iterdir()] == [UNIT]


def test_a_broken_time_of_one_does_not_stop_the_class(inbox):
    inbox.hand_in(ME)
    inbox.hand_in("someone", time="not a time", owner=ME)
    inbox.hand_in("another", time="2999-01-01 00:00:00 UTC", owner=ME)
    said = inbox.collect()
    assert inbox.arrived(ME) == NEEDED
    assert "The time in its name (not a time) is none." in said
    assert "(2999-01-01 00:00:00 UTC) is still to come." in said
    assert len(inbox.kept("someone")) == 1


def test_the_time_in_the_name_counts_and_not_the_one_in_the_file(inbox):
    folder = inbox.hand_in(ME)
    (folder / "timestamp.txt").write_text("1999-01-01 10:00:00 UTC")
    assert "timestamp.txt says 1999-01-01" in inbox.collect()
    assert (inbox.course.folder(ME) / "timestamp.txt").read_text() == TIME


def test_a_broken_time_of_what_was_collected_does_not_stop_an_update(inbox):
    inbox.hand_in(ME)
    inbox.collect()
    path = inbox.course.folder(ME) / "timestamp.txt"
    path.unlink()
    os.mkfifo(path)
    inbox.collect(update=True)
    assert path.read_text() == TIME


def test_a_name_that_leaves_the_folder_becomes_no_path(inbox):
    inbox.hand_in("..", owner=ME)
    inbox.hand_in("*", owner=ME)
    said = inbox.collect(check_owner=False)
    assert ".. cannot be a trainee's name." in said
    assert len(inbox.kept("unnamed")) == 1  # both carry the same time and chance
    assert not (inbox.course.root / UNIT).exists()


def test_a_name_that_leaves_the_folder_is_not_even_looked_for(inbox):
    there = inbox.course.root / UNIT  # what submitted/../UNIT would be
    there.mkdir()
    inbox.hand_in("..", owner=ME)
    try:
        assert ".. cannot be a trainee's name." in inbox.collect(check_owner=False)
        assert list(there.iterdir()) == []
    finally:
        there.rmdir()


def test_one_trainee_cannot_fill_the_disk_with_refused_submissions(inbox):
    for number in range(MAX_KEPT + 3):
        folder = inbox.hand_in(ME, time=f"2026-01-01 10:00:{number:02} UTC")
        (folder / "link").symlink_to("x")
    inbox.collect()
    inbox.collect()
    assert len(inbox.kept(ME)) == MAX_KEPT


def exchange_file(path, how):
    """Put another file in the place of one that was looked at."""
    path.unlink()
    if how == "link":
        path.symlink_to("/etc/passwd")
    elif how == "hard link":
        other = path.with_name("other")
        other.write_bytes(b"another's")
        os.link(other, path)
    elif how == "pipe":
        os.mkfifo(path)
    elif how == "too large":
        path.write_bytes(bytes(10_000_001))
    else:
        path.write_bytes(b"another's")
        os.chown(path, pwd.getpwnam(BEN).pw_uid, -1)


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("link", "cannot be read (Too many levels of symbolic links)"),
        ("hard link", "it has a second name elsewhere (a hard link)"),
        ("pipe", "it is not a plain file"),
        ("too large", "it is larger than 10 MB"),
        pytest.param("somebody's", "it belongs to somebody else", marks=AS_ROOT),
    ],
)
def test_a_file_that_is_exchanged_after_the_look_is_refused(
    inbox, monkeypatch, how, told
):
    from caselens.grading import collect

    folder = inbox.hand_in(ME)
    real = collect.read_needed

    def exchange(*words):
        exchange_file(folder / "answers.json", how)
        return real(*words)

    monkeypatch.setattr(collect, "read_needed", exchange)
    said = inbox.collect()
    assert "It changed while it was looked at: answers.json" in said
    assert told in said
    assert inbox.arrived(ME) == []


@AS_ROOT
def test_a_folder_that_is_exchanged_after_the_look_is_refused(inbox, monkeypatch):
    from caselens.grading import collect

    mine, other = inbox.hand_in(ANNA), inbox.hand_in(BEN)
    real = collect.open_folder

    def exchange(path):
        if path == mine:
            mine.rename(inbox.exchange / "gone")
            other.rename(mine)
        return real(path)

    monkeypatch.setattr(collect, "open_folder", exchange)
    said = inbox.collect()
    assert f"the folder now belongs to the account {BEN}" in said
    assert inbox.arrived(ANNA) == []


def test_only_the_named_trainee_is_collected(inbox, monkeypatch):
    inbox.hand_in(ME)
    inbox.hand_in("someone", owner=ME)
    monkeypatch.setattr(inbox.course.api.coursedir, "student_id", "someone")
    inbox.collect(check_owner=False)
    assert inbox.arrived(ME) == []
    assert inbox.arrived("someone") == NEEDED
    shutil.rmtree(inbox.course.folder("someone").parent)


def test_the_latest_before_the_due_date_is_collected_where_that_is_asked(inbox):
    from datetime import datetime

    from nbgrader.api import Gradebook

    course = inbox.course.api.coursedir
    with Gradebook(course.db_url, course.course_id) as book:
        book.update_or_create_assignment(UNIT, duedate=datetime(2026, 1, 1, 12))
    try:
        inbox.hand_in(ME)
        inbox.hand_in(ME, time=LATER, answers=b'{"late": 1}')
        inbox.collect(before_duedate=True)
        path = inbox.course.folder(ME) / "answers.json"
        assert path.read_bytes() == b'{"a": 1}'
        inbox.collect(update=True)
        assert path.read_bytes() == b'{"late": 1}'
    finally:
        with Gradebook(course.db_url, course.course_id) as book:
            book.update_or_create_assignment(UNIT, duedate=None)


def test_an_update_that_fails_leaves_the_older_one_in_its_place(inbox, monkeypatch):
    from pathlib import Path

    inbox.hand_in(ME)
    inbox.collect()
    inbox.hand_in(ME, time=LATER)
    real = Path.rename

    def fail(path, to):
        if path.name == "new" and to.name == UNIT:
            raise OSError(28, "No space left on device")
        return real(path, to)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="No space"):
        inbox.collect(update=True)
    assert (inbox.course.folder(ME) / "timestamp.txt").read_text() == TIME
