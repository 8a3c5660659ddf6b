"""From release to feedback through nbgrader's own commands and its exchange."""

import getpass
import os
import shutil
import subprocess
import sys

import pytest

from caselens.answers.record import text
from caselens.cases import find_key, read_unit
from caselens.cases.places import clone_root
from caselens.grading.demo import lay_out
from caselens.learners import work_unit
from tests.grading.conftest import UNIT

pytestmark = pytest.mark.nbgrader
ME = getpass.getuser()


class Classroom:
    def __init__(self, root):
        self.course, self.home, self.exchange = (
            root / name for name in ("course", "home", "exchange")
        )
        lay_out(clone_root(), self.course, UNIT)
        shutil.copy(clone_root() / "nbgrader_config.py", self.course)
        self.home.mkdir()
        self.exchange.mkdir()
        self.exchange.chmod(0o777)
        (self.home / "nbgrader_config.py").write_text(
            'c = get_config()\nc.CourseDirectory.course_id = "caselens"\n'
        )

    def nbgrader(self, folder, *words, execution=None):
        cache = f"--Exchange.cache={self.exchange.parent / 'cache'}"
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "nbgrader",
                *words,
                f"--Exchange.root={self.exchange}",
                cache,
            ],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"JUPYTER_DATA_DIR": str(self.exchange.parent / "data")},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    one = Classroom(tmp_path_factory.mktemp("exchange"))
    one.nbgrader(one.course, "generate_assignment", UNIT, "--force")
    one.nbgrader(one.course, "release_assignment", UNIT)
    one.nbgrader(one.home, "fetch_assignment", UNIT)
    unit = read_unit(one.home / UNIT)
    answers = text(work_unit(unit, find_key, 1.0, 5))
    (one.home / UNIT / "answers.json").write_text(answers, encoding="utf-8")
    return one


def test_validate_leaves_the_answers_alone_and_says_what_is_open(classroom):
    path = classroom.home / UNIT / "answers.json"
    before, names = path.read_bytes(), sorted(path.parent.iterdir())
    said = classroom.nbgrader(classroom.home, "validate", f"{UNIT}/{UNIT}.ipynb")
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == names
    # Only what a person marks is named: nbgrader cannot see that it is written.
    assert "Read by a person." in said
    assert "task(" not in said


def test_submitted_work_is_collected_marked_and_given_back(classroom):
    classroom.nbgrader(classroom.home, "submit", UNIT)
    classroom.nbgrader(classroom.course, "collect", UNIT)
    submitted = classroom.course / "submitted" / ME / UNIT
    sent = (classroom.home / UNIT / "answers.json").read_bytes()
    assert (submitted / "answers.json").read_bytes() == sent
    # Put there by hand: it has no secret by which nbgrader could name its page.
    by_hand = classroom.course / "submitted" / "byhand" / UNIT
    shutil.copytree(submitted, by_hand)
    (by_hand / "submission_secret.txt").unlink()
    classroom.nbgrader(classroom.course, "autograde", UNIT)
    copy = classroom.course / "autograded" / ME / UNIT / "answers.json"
    assert copy.read_bytes() == sent
    classroom.nbgrader(classroom.course, "generate_feedback", UNIT)
    said = classroom.nbgrader(classroom.course, "release_feedback", UNIT)
    assert "did not come through the exchange: byhand." in said
    classroom.nbgrader(classroom.home, "fetch_feedback", UNIT)
    pages = list((classroom.home / UNIT / "feedback").rglob("*.html"))
    assert len(pages) == 1
    assert "8.0 of 8 points" in pages[0].read_text(encoding="utf-8")
