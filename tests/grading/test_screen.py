"""A submitted folder is looked at without following anything in it."""

import os
import socket
import stat
import tarfile
import zipfile

import pytest

from caselens.grading import screen as module
from caselens.grading.arrival import Arrival, in_order, is_safe, read_arrival
from caselens.grading.screen import screen, shown

UNIT = "m04_u03_graded_case"
AS_ROOT = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="making devices and giving files away needs root; run as root",
)


@pytest.fixture
def folder(tmp_path):
    one = tmp_path / "in"
    one.mkdir()
    (one / f"{UNIT}.ipynb").write_text("{}")
    (one / "answers.json").write_text("{}")
    (one / "timestamp.txt").write_text("2026-01-01 10:00:00 UTC")
    return one


def only(folder):
    reasons = screen(folder, UNIT)
    assert len(reasons) == 1, reasons
    return reasons[0]


def test_an_ordinary_folder_is_not_refused(folder):
    (folder / ".answers.lock").touch()
    (folder / "answers.previous.json").write_text("{}")
    (folder / "answers.kept-20260101T100000Z.json").write_text("{}")
    (folder / "notes.pdf").write_bytes(b"%PDF-1.7 " + bytes(1000))
    (folder / "Screenshot at 3.04\u202fPM.png").write_bytes(b"\x89PNG")
    (folder / "empty").touch()
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / f"{UNIT}-checkpoint.ipynb").write_text("{}")
    (folder / "feedback" / "2026-01-01").mkdir(parents=True)
    with zipfile.ZipFile(folder / "notes.docx", "w") as document:
        document.writestr("word/document.xml", "<w/>")
    assert screen(folder, UNIT) == []


def test_a_link_is_refused_with_its_name_and_its_target(folder):
    (folder / "inner").mkdir()
    (folder / "inner" / "zero").symlink_to("/dev/zero")
    assert only(folder) == "inner/zero is a link to /dev/zero."


def test_a_link_to_a_folder_is_refused_and_not_entered(folder, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "secret").write_text("secret")
    (folder / "other").symlink_to(tmp_path / "other")
    assert only(folder).startswith("other is a link to ")


def test_a_link_in_the_place_of_the_folder_is_refused(folder, tmp_path):
    (tmp_path / "link").symlink_to(folder)
    assert only(tmp_path / "link") == "What was submitted is not a folder."


def test_a_second_name_of_a_file_is_refused(folder, tmp_path):
    (tmp_path / "secret").write_text("secret")
    os.link(tmp_path / "secret", folder / "mine.txt")
    assert only(folder) == "mine.txt has a second name elsewhere (a hard link)."


def test_a_pipe_is_refused_and_not_waited_for(folder):
    (folder / "answers.json").unlink()
    os.mkfifo(folder / "answers.json")
    assert only(folder) == "answers.json is a pipe."


def test_a_socket_is_refused(folder, monkeypatch):
    monkeypatch.chdir(folder)  # the path of a socket may not be long
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("here")
    assert only(folder) == "here is a socket."


@AS_ROOT
def test_a_device_is_refused(folder):
    os.mknod(folder / "zero", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    assert only(folder) == "zero is a device."


@AS_ROOT
def test_a_file_of_somebody_else_is_refused_where_an_owner_is_asked_for(folder):
    os.chown(folder / "answers.json", 12345, 12345)
    assert screen(folder, UNIT) == []
    assert screen(folder, UNIT, os.geteuid()) == [
        "answers.json belongs to the account number 12345, which has no name here."
    ]


@pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0,
    reason="root can read every file; run as another account",
)
def test_a_file_that_cannot_be_read_is_refused(folder):
    (folder / "answers.json").chmod(0)
    assert only(folder).startswith("answers.json cannot be read")


def test_a_file_that_cannot_be_opened_is_refused(folder, monkeypatch):
    def refuse(path, length):
        raise PermissionError(13, "Permission denied")

    (folder / "answers.json").unlink()
    (folder / "timestamp.txt").unlink()
    monkeypatch.setattr(module, "read_head", refuse)
    assert only(folder) == f"{UNIT}.ipynb cannot be read (Permission denied)."


@pytest.mark.parametrize("name", ["work.zip", "work.tar.gz", "WORK.7Z", "work.rar"])
def test_an_archive_is_refused_by_its_name(folder, name):
    (folder / name).write_bytes(b"no matter")
    assert only(folder) == f"{name} is an archive."


def test_an_archive_is_refused_by_its_first_bytes(folder):
    with zipfile.ZipFile(folder / "picture.png", "w") as archive:
        archive.writestr("a", "b")
    with tarfile.open(folder / "notes.txt", "w") as archive:
        archive.add(folder / "answers.json", "answers.json")
    assert screen(folder, UNIT) == [
        "notes.txt is an archive.",
        "picture.png is an archive.",
    ]


def test_a_folder_in_the_place_of_the_answers_is_refused(folder):
    (folder / "answers.json").unlink()
    (folder / "answers.json").mkdir()
    assert only(folder) == "answers.json is a folder, not a file."


def test_a_name_with_a_line_break_is_refused_and_shown_on_one_line(folder):
    (folder / "two\nlines").touch()
    assert only(folder) == r"two\nlines is a name with control characters in it."


def test_a_name_that_is_no_text_is_refused(folder):
    (folder / os.fsdecode(b"\xff")).touch()
    assert only(folder) == r"\udcff is a name with control characters in it."


def test_a_page_that_is_too_large_is_refused(folder):
    with (folder / f"{UNIT}.ipynb").open("wb") as page:
        page.truncate(10_000_001)
    assert only(folder) == f"{UNIT}.ipynb is larger than 10 MB."


def test_a_large_picture_beside_the_work_is_not_refused(folder):
    with (folder / "photo.jpg").open("wb") as photo:
        photo.truncate(15_000_000)
    assert screen(folder, UNIT) == []


def test_a_folder_that_is_too_large_as_a_whole_is_refused(folder):
    for number in range(3):
        with (folder / f"{number}.mov").open("wb") as film:
            film.truncate(40_000_000)
    assert only(folder) == "Its files are together larger than 100 MB."


def test_too_many_files_are_refused(folder):
    (folder / "many").mkdir()
    for number in range(1000):
        (folder / "many" / str(number)).touch()
    assert only(folder) == "There are more than 1000 files and folders in it."


def test_folders_that_lie_too_deep_are_refused(folder):
    (folder / "/".join("abcdefghi")).mkdir(parents=True)
    assert only(folder) == "a/b/c/d/e/f/g/h lies too deep."


def test_not_every_reason_is_told_where_there_are_many(folder):
    for number in range(30):
        (folder / f"{number:02}").symlink_to("x")
    reasons = screen(folder, UNIT)
    assert len(reasons) == 11
    assert reasons[-1] == "There is more like this (20)."


def test_a_long_name_is_cut_and_a_turned_one_is_shown_as_it_is():
    assert len(shown("x" * 500)) < 100
    assert shown("a\u202eb") == r"a\u202eb"


@pytest.mark.parametrize(
    "name", ["..", ".hidden", "a/b", "a\\b", "*", "a\nb", "-rf", "", " a", "x" * 101]
)
def test_a_name_that_could_be_a_path_or_a_pattern_is_no_trainees_name(name):
    assert not is_safe(name)


@pytest.mark.parametrize(
    "name", ["jane", "Jane Doe", "j.doe@uni.edu", "a+b", "Zoë", "李雷"]
)
def test_ordinary_names_are_trainees_names(name):
    assert is_safe(name)


def test_a_name_with_a_plus_sign_is_read_from_the_right(tmp_path):
    one = read_arrival(tmp_path / f"a+b+{UNIT}+2026-01-01 10:00:00 UTC+Zm9v", UNIT)
    assert (one.trainee, one.stamp) == ("a+b", "2026-01-01 10:00:00 UTC")
    assert one.claims() == []
    assert read_arrival(tmp_path / "a+other+2026-01-01 10:00:00 UTC", UNIT) is None


@pytest.mark.parametrize("stamp", ["yesterday noon", "9" * 50, "/dev/zero", "", "a\nb"])
def test_a_time_that_is_none_is_refused(tmp_path, stamp):
    one = Arrival(tmp_path, "jane", stamp, stamp)
    assert one.claims() == [f"The time in its name ({shown(stamp)}) is none."]


def test_a_time_that_is_still_to_come_is_refused(tmp_path):
    one = Arrival(tmp_path, "jane", "2999-01-01 10:00:00 UTC", "")
    assert one.claims() == [
        "The time in its name (2999-01-01 10:00:00 UTC) is still to come."
    ]


def test_what_came_in_time_goes_before_what_came_late(tmp_path):
    one, two, three = (
        Arrival(tmp_path, "jane", f"2026-01-0{day} 10:00:00 UTC", "")
        for day in (1, 2, 3)
    )
    none = Arrival(tmp_path, "jane", "never", "")
    assert in_order([one, none, three, two]) == [three, two, one, none]
    assert in_order([one, none, three, two], due=two.moment) == [two, one, none, three]
