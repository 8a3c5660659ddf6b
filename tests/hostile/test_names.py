"""Folders in `submitted/` that are called what nobody is called."""

import os
import shutil
import warnings

import pytest

from tests.hostile.classroom import SKILLS, UNIT, Classroom
from tests.hostile.scene import SECRET

pytestmark = pytest.mark.nbgrader
# What stands of each name in what the instructor reads.
NAMES = {
    "<img src=x onerror=window.__canary=99>": "onerror=window.__canary=99",
    "two\nlines": r"two\nlines",
    "\x1b[2Jcleared": r"\x1b[2Jcleared",
    "\u202eadanigro": r"\u202eadanigro",
    "x" * 200: "x" * 60,
    "$(touch canary-shell)": "touch canary-shell",
    "a'; DROP TABLE grade; --": "DROP TABLE grade",
}
BYTES_NAME, BYTES_TOLD = b"no\xfftext", r"no\udcfftext"


@pytest.fixture(scope="module", params=["nbgrader", "caselens"])
def room(request, tmp_path_factory):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        one = Classroom(tmp_path_factory.mktemp("names"))
    for name in NAMES:
        shutil.copytree(one.folder("ada"), one.folder(name))
    place = os.fsencode(one.root / "submitted") + b"/" + BYTES_NAME
    shutil.copytree(os.fsencode(one.root / "submitted" / "ada"), place)
    # A link in the place of a trainee's folder, to what the instructor keeps.
    elsewhere = one.home / "elsewhere" / UNIT
    shutil.copytree(one.folder("ada"), elsewhere)
    (elsewhere / "answers.json").write_text(SECRET)
    (one.root / "submitted" / "linked").symlink_to(elsewhere.parent)
    one.before = {name: one.rows(name) for name in SKILLS}
    one.done = one.command("-m", request.param, "autograde", UNIT, "--force")
    return one


def test_the_class_is_marked_all_the_same(room):
    for name in SKILLS:
        assert room.rows(name) == room.before[name]
        assert room.graded(name)
    assert "Traceback" not in room.done.said


def test_nobody_of_such_a_name_gets_into_the_gradebook(room):
    with room.book() as book:
        names = {one.id for one in book.students}
    assert names == set(SKILLS)


@pytest.mark.parametrize("told", [*NAMES.values(), BYTES_TOLD, "linked"])
def test_the_instructor_is_told_of_the_name_on_one_line(room, told):
    assert told in room.done.said


def test_nothing_that_such_a_name_says_is_done(room):
    assert not list(room.home.rglob("canary-*"))
    assert not any("\x1b[2J" in line for line in room.done.said.splitlines())


def test_a_linked_folder_is_not_followed(room):
    made = [
        one for one in room.root.rglob("*") if one.is_file() and not one.is_symlink()
    ]
    held = [one for one in made if SECRET.encode() in one.read_bytes()]
    assert held == [room.secret]
