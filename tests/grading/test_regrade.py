import json
import shutil
import subprocess
import sys
import warnings

import pytest
import yaml

from caselens.cases import find_key
from caselens.cases.case import digest
from caselens.cases.places import clone_root, datasets_dir
from caselens.grading.archive import releases
from caselens.grading.demo import marked
from caselens.grading.regrade import VersionError, compare, regrade, totals
from tests.grading.conftest import UNIT, Class

pytestmark = pytest.mark.nbgrader

PART = "clarity"


def correct_key(course, keys, how, *, words=False):
    """Change c003's key, as an instructor would, and release the unit again."""
    path = keys / "c003.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    how(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    unit = course.root / "solutions" / UNIT / "unit.json"
    built = json.loads(unit.read_text(encoding="utf-8"))
    built["digests"]["c003"]["key"] = digest(find_key("c003"))
    if words:
        built["digests"]["c003"]["case"] = "0" * 64
    unit.write_text(json.dumps(built, ensure_ascii=False, indent=1) + "\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        marked(course.api.generate_assignment(UNIT))


def another_answer(data):
    part = data["tasks"]["c003-goals"]["parts"][PART]
    part["answer"] = "declined" if part["answer"] != "declined" else "asked"
    part.pop("also", None)
    part.pop("wrong", None)


@pytest.fixture
def course(tmp_path, monkeypatch):
    keys = tmp_path / "keys"
    shutil.copytree(datasets_dir() / "graded" / "keys", keys)
    monkeypatch.setenv("CASELENS_KEYS", str(keys))
    made = Class(tmp_path / "course")
    made.submit("full", skill=1.0)
    made.submit("weak", skill=0.1)
    made.bulk()
    made.keys = keys
    return made


def seen(course, **more):
    return compare(course.api.coursedir, UNIT, **more)


def applied(course, found, reason="c003 was corrected"):
    return regrade(course.api.coursedir, found, reason=reason, parent=course.api)


def test_without_a_change_nobody_changes(course):
    found = seen(course)
    assert (found.differences, found.marked) == ([], [])


def test_work_is_marked_by_the_version_that_was_given_until_chosen_otherwise(course):
    before = course.rows()
    correct_key(course, course.keys, another_answer)
    assert course.bulk(again=True).failed == {}
    assert course.autograde("full")["success"]
    assert course.rows() == before
    assert len(releases(course.root / "archive" / UNIT)) == 2


def test_a_dry_run_shows_who_changes_by_how_much_and_why_and_writes_nothing(course):
    before, log = course.rows(), course.log()
    correct_key(course, course.keys, another_answer)
    found = seen(course)
    (one,) = [one for one in found.differences if one.trainee == "full"]
    assert one.cell == "c003-goals"
    assert one.new < one.old == 8
    (why,) = one.why
    assert why.startswith(f"c003-goals.{PART}: the key was ")
    assert "right became missed" in why
    assert totals(found)["lose"] >= 1
    assert (course.rows(), course.log()) == (before, log)


def test_applied_it_changes_just_what_it_showed_and_logs_every_change(course):
    correct_key(course, course.keys, another_answer)
    found = seen(course)
    applied(course, found)
    for one in found.differences:
        assert course.grades(one.trainee)[one.cell][0] == one.new
    log = {(name, cell): rest for name, cell, *rest in course.log()}
    assert set(log) == {(one.trainee, one.cell) for one in found.differences}
    what, old, new, reason = log["full", "c003-goals"]
    assert (what, float(old)) == ("auto", 8.0)
    assert float(new) == course.grades("full")["c003-goals"][0]
    assert reason.startswith("c003 was corrected: c003-goals.clarity")
    assert seen(course).differences == []
    assert course.bulk().marked == []


def test_manual_marks_and_comments_stay_and_no_person_is_asked_again(course):
    cell = next(name for name, (_, waits) in course.grades("full").items() if waits)
    course.set_manual("full", cell, 2, "Well seen.")
    with course._book() as book:
        book.find_grade(cell, UNIT, UNIT, "full").needs_manual_grade = False
        book.db.commit()
    correct_key(course, course.keys, another_answer)
    applied(course, seen(course))
    row = next(row for row in course.rows() if row[0] == "full")
    assert (cell, None, 2, False) in row[4]
    assert (cell, None, "Well seen.") in row[5]


def test_the_graded_copy_shows_the_reasons_of_the_new_version(course):
    correct_key(course, course.keys, another_answer)
    before = course.autograded("full")
    applied(course, seen(course))
    assert course.autograded("full") != before


def test_who_hands_in_later_is_marked_by_the_chosen_version_too(course):
    given = course.root / "given"
    shutil.copytree(course.root / "exercises" / UNIT, given)
    correct_key(course, course.keys, another_answer)
    applied(course, seen(course))
    late = course.submit("late", skill=1.0)
    shutil.copy(given / "unit.json", late / "unit.json")
    shutil.copy(course.folder("full") / "answers.json", late / "answers.json")
    course.bulk()
    assert course.grades("late") == course.grades("full")


def test_who_answered_to_other_words_is_left_alone_unless_taken_too(course):
    correct_key(course, course.keys, another_answer, words=True)
    found = seen(course)
    assert found.marked == []
    assert found.other_texts == {"full": ["c003"], "weak": ["c003"]}
    assert seen(course, other_texts=True).marked == ["full", "weak"]


def test_who_has_handed_in_again_is_left_to_autograde(course):
    correct_key(course, course.keys, another_answer)
    shutil.copy(
        course.folder("full") / "answers.json", course.folder("weak") / "answers.json"
    )
    found = seen(course)
    assert found.newer == ["weak"]
    assert found.marked == ["full"]


def test_a_changed_weight_of_a_task_is_named(course):
    with course._book() as book:
        book.find_graded_cell("c003-goals", UNIT, UNIT).max_score = 4.0
        book.db.commit()
    (one,) = [one for one in seen(course).differences if one.trainee == "full"]
    assert (one.cell, one.old, one.new) == ("c003-goals", 8.0, 4.0)
    assert one.why == ("c003-goals: the points or the rule of scoring changed.",)


def test_an_earlier_version_can_be_chosen_again_by_its_name(course):
    first = seen(course).to
    before = course.rows()
    correct_key(course, course.keys, another_answer)
    applied(course, seen(course))
    back = seen(course, to=first[:8])
    assert back.to == first
    applied(course, back, "it was right after all")
    assert course.rows() == before


def test_a_version_that_is_not_there_is_refused_with_those_that_are(course):
    with pytest.raises(VersionError, match=seen(course).to):
        seen(course, to="ffff")


def test_a_key_that_the_unit_was_not_built_with_is_not_released(course):
    path = course.keys / "c003.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    another_answer(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = course.api.generate_assignment(UNIT)
    assert not result["success"]
    assert "Run `caselens build`" in result["log"]


def verb(course, *words):
    return subprocess.run(
        [sys.executable, "-m", "caselens.cli.main", "regrade", UNIT, *words],
        cwd=course.root,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_verb_shows_first_and_marks_only_with_a_reason(course):
    shutil.copy(clone_root() / "nbgrader_config.py", course.root)
    correct_key(course, course.keys, another_answer)
    before = course.rows()
    refused = verb(course)
    assert refused.returncode == 2
    assert "--dry-run" in refused.stderr
    shown = verb(course, "--dry-run")
    assert shown.returncode == 0, shown.stderr
    assert "lose some" in shown.stdout
    assert "c003-goals.clarity: the key was" in shown.stdout
    assert course.rows() == before
    done = verb(course, "--reason", "c003 was corrected")
    assert done.returncode == 0, done.stderr
    assert "Marked: 2." in done.stdout
    assert course.rows() != before
