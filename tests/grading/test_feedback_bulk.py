import argparse
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.utils import notebook_hash
from sqlalchemy import event
from sqlalchemy.engine import Engine

from caselens.cases.places import clone_root
from caselens.cli import feedback as verb
from caselens.grading import feedback_bulk, feedback_write
from caselens.grading.feedback_bulk import (
    FeedbackError,
    Written,
    check_units,
    plan_pages,
    write_pages,
)
from caselens.grading.feedback_marks import NoMarksError, reading
from caselens.grading.spread import workers
from tests.grading.conftest import UNIT, Class

pytestmark = pytest.mark.nbgrader
NOW = datetime(2026, 12, 1, tzinfo=UTC)
SKILLS = {"ann": 0.9, "ben": 0.5, "cleo": 0.2, "dora": 0.7}


@pytest.fixture(scope="module")
def taught(tmp_path_factory):
    """Four trainees marked, one of them by a person in part; another only enrolled."""
    one = Class(Path(tmp_path_factory.mktemp("feedback")) / "course")
    for name, skill in SKILLS.items():
        folder = one.submit(name, skill=skill)
        (folder / "timestamp.txt").write_text("2026-11-20 10:00:00 UTC")
        (folder / "submission_secret.txt").write_text(f"secret of {name}")
    assert one.bulk().failed == {}
    one.set_manual("ann", "c003-write-1-grounded", 2, "Read sentence 14 again.")
    with one._book() as book:
        book.add_student("eve")
    shutil.copy(clone_root() / "nbgrader_config.py", one.root)
    return one


@pytest.fixture
def course(taught):
    shutil.rmtree(taught.root / "feedback", ignore_errors=True)
    return taught.api.coursedir


def written(course, policy="explained", trainees=None, now=NOW, jobs=1):
    plan = plan_pages(course, UNIT, policy, now, trainees)
    found = Written()
    with workers(jobs):
        for outcome in write_pages(plan):
            found.add(outcome)
    return plan, found


def page(course, name):
    return Path(course.root) / "feedback" / name / UNIT / f"{UNIT}.html"


def due(taught, when, extension=None):
    """Set when the unit is due, and one trainee's extension."""
    with taught._book() as book:
        book.find_assignment(UNIT).duedate = when
        book.find_submission(UNIT, "ben").extension = extension
        book.db.commit()


@pytest.mark.parametrize("policy", ["points", "verdicts", "explained"])
def test_the_bulk_writes_the_same_bytes_as_nbgraders_command(taught, course, policy):
    written(course, policy)
    ours = {name: page(course, name).read_bytes() for name in SKILLS}
    assert b"Read sentence 14 again." in ours["ann"]
    taught.api.config.FeedbackExporter.policy = policy
    for name in ("ann", "cleo"):
        shutil.rmtree(page(course, name).parent)
        taught.feedback(name)
        assert page(course, name).read_bytes() == ours[name]
    taught.api.config.FeedbackExporter.policy = "points"


def test_a_page_that_would_be_the_same_is_not_written_again(taught, course):
    _, first = written(course)
    assert sorted(first.written) == sorted(SKILLS)
    page(course, "ben").write_text("older")
    before = {name: page(course, name).stat().st_mtime_ns for name in SKILLS}
    _, again = written(course)
    assert again.written == ["ben"]
    assert sorted(again.unchanged) == ["ann", "cleo", "dora"]
    for name in ("ann", "cleo", "dora"):
        assert page(course, name).stat().st_mtime_ns == before[name]
    assert {path.name for path in page(course, "ben").parent.iterdir()} == {
        f"{UNIT}.html",
        "timestamp.txt",
        "submission_secret.txt",
    }


def test_who_waits_and_who_has_not_handed_in_is_named(course):
    plan, found = written(course)
    assert sorted(found.waiting) == sorted(SKILLS)
    assert plan.without == ("eve",)
    assert not page(course, "eve").exists()


def test_who_handed_in_and_is_not_marked_gets_no_page(taught, course):
    folder = taught.submit("fay", skill=0.5)
    try:
        plan, _ = written(course)
        assert plan.not_marked == ("fay",)
        assert not page(course, "fay").exists()
    finally:
        shutil.rmtree(folder.parent)


def test_without_a_graded_copy_there_is_no_page(taught, course):
    copy = Path(course.root) / "autograded" / "dora"
    copy.rename(copy.with_name(".dora"))
    try:
        plan, found = written(course)
        assert plan.not_marked == ("dora",)
        assert "dora" not in found.written
    finally:
        copy.with_name(".dora").rename(copy)


def test_under_points_no_key_is_read_not_even_an_archived_one(course, monkeypatch):
    def opened(*_):
        raise AssertionError("a key was read")

    feedback_write._pages.cache_clear()
    monkeypatch.setattr(feedback_write.Shelf, "version", opened)
    _, found = written(course, "points")
    assert found.failed == {}
    assert len(found.written) == len(SKILLS)


def test_before_ones_own_due_date_nothing_is_explained(taught, course):
    due(taught, datetime(2026, 11, 30, 12), timedelta(days=2))
    try:
        plan, _ = written(course)
        assert plan.held == ("ben",)
        assert "Right (" in page(course, "ann").read_text()
        assert "Right (" not in page(course, "ben").read_text()
        _, later = written(course, now=NOW + timedelta(days=2))
        assert later.written == ["ben"]
        assert "Right (" in page(course, "ben").read_text()
    finally:
        due(taught, None)


def test_several_processes_write_the_same_pages(course, monkeypatch):
    written(course)
    ours = {name: page(course, name).read_bytes() for name in SKILLS}
    shutil.rmtree(Path(course.root) / "feedback")
    monkeypatch.setattr(feedback_bulk, "CHUNK", 2)
    _, found = written(course, jobs=2)
    assert sorted(found.written) == sorted(SKILLS)
    assert {name: page(course, name).read_bytes() for name in SKILLS} == ours


def test_the_gradebook_is_asked_as_often_for_one_trainee_as_for_many(course):
    asked = []

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        plan_pages(course, UNIT, "points", NOW, ["ann"])
        alone = len(asked)
        plan_pages(course, UNIT, "points", NOW)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(asked) == 2 * alone


def test_one_page_that_cannot_be_written_leaves_the_others_alone(course, monkeypatch):
    made = feedback_write.page_of

    def failing(place, item):
        if item.marks.trainee == "ben":
            raise RecursionError("too deep")
        return made(place, item)

    monkeypatch.setattr(feedback_write, "page_of", failing)
    _, found = written(course)
    assert found.failed == {"ben": "RecursionError: too deep"}
    assert sorted(found.written) == ["ann", "cleo", "dora"]
    assert list((Path(course.root) / "feedback").rglob(".feedback-*")) == []


def test_a_page_is_made_from_what_was_marked_and_not_from_newer_answers(taught, course):
    path = taught.folder("ben") / "answers.json"
    before = path.read_bytes()
    written(course)
    ours = page(course, "ben").read_bytes()
    data = json.loads(before)
    data["tasks"]["c003-goals"]["value"] = None
    path.write_text(json.dumps(data))
    try:
        _, again = written(course)
        assert "ben" in again.unchanged
        assert page(course, "ben").read_bytes() == ours
    finally:
        path.write_bytes(before)


def test_a_link_among_the_answers_shows_nobody_elses_work(taught, course):
    path = taught.folder("ben") / "answers.json"
    copy = Path(course.root) / "autograded" / "ben" / UNIT / "answers.json"
    kept = path.read_bytes(), copy.read_bytes()
    path.unlink()
    path.symlink_to(taught.folder("ann") / "answers.json")
    copy.chmod(0o644)
    copy.write_bytes((taught.folder("ann") / "answers.json").read_bytes())
    try:
        written(course, "points")
        shown = page(course, "ben").read_text()
        assert "it is not a plain file" in shown
        assert 'class="own"' not in shown
    finally:
        path.unlink()
        path.write_bytes(kept[0])
        copy.write_bytes(kept[1])


def test_marks_of_another_key_are_told_and_not_explained(taught, course):
    with taught._book() as book:
        grade = book.find_grade("c003-goals", UNIT, UNIT, "cleo")
        before, grade.auto_score = grade.auto_score, 7.77
        book.db.commit()
    try:
        _, found = written(course)
        assert list(found.failed) == ["cleo"]
        assert "Mark the submission again first" in found.failed["cleo"]
    finally:
        with taught._book() as book:
            book.find_grade("c003-goals", UNIT, UNIT, "cleo").auto_score = before
            book.db.commit()


def test_strangers_unknown_units_and_a_missing_gradebook_are_refused(course, tmp_path):
    with pytest.raises(FeedbackError, match="Nobody is called zoe"):
        plan_pages(course, UNIT, "points", NOW, ["zoe"])
    with pytest.raises(NoMarksError, match=f"It has: {UNIT}"):
        plan_pages(course, "m99_u01", "points", NOW)
    missing = tmp_path / "gradebook.db"
    with pytest.raises(NoMarksError), reading(f"sqlite:///{missing}"):
        pass
    assert not missing.exists()
    with pytest.raises(FeedbackError, match="names the unit m04_u3"):
        check_units(course, {"m04_u3": "2026-12-01 18:00 UTC"})
    check_units(course, {UNIT: "2026-12-01 18:00 UTC", "*": "2026-12-01 18:00 UTC"})


def run(*words):
    parser = argparse.ArgumentParser()
    verb.add_verbs(parser.add_subparsers())
    options = parser.parse_args(["feedback", *words])
    return options.run(options)


def test_the_verb_takes_the_policy_of_the_configuration(taught, course, capsys):
    assert run(UNIT, "--course", str(taught.root)) == 0
    said = capsys.readouterr().out
    assert "Policy: points (marks and comments)." in said
    assert "Written: 4. Unchanged: 0." in said
    assert "Have not handed in: eve." in said
    config = taught.root / "nbgrader_config.py"
    before = config.read_text()
    config.write_text(
        f"{before}\nc.FeedbackExporter.explained_after = '2020-01-01 00:00 UTC'\n"
    )
    try:
        assert run(UNIT, "--course", str(taught.root), "--trainee", "ann") == 0
        assert "Policy: explained" in capsys.readouterr().out
        config.write_text(f"{before}\nc.FeedbackExporter.explained_after = 'soon'\n")
        assert run(UNIT, "--course", str(taught.root)) == 1
        assert "'soon' is no moment" in capsys.readouterr().err
    finally:
        config.write_text(before)


def test_nbgraders_exchange_releases_what_the_bulk_wrote(taught, course, tmp_path):
    written(course, "points")
    exchange = tmp_path / "exchange"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    words = ("release_feedback", UNIT, f"--Exchange.root={exchange}")
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words],
        cwd=taught.root,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"JUPYTER_DATA_DIR": str(tmp_path / "data")},
    )
    assert done.returncode == 0, done.stderr
    for name in SKILLS:
        hashed = notebook_hash(secret=f"secret of {name}", notebook_id=UNIT)
        given = exchange / "caselens" / "feedback" / f"{hashed}.html"
        assert given.read_bytes() == page(course, name).read_bytes()
