"""What a bot has of a unit's points, as `caselens check --units` prints it."""

import pytest

from caselens.cases import CourseUnit, read_course
from caselens.cases.places import clone_root
from caselens.cli import main
from caselens.reports import UnitShare, unit_lines, unit_shares, units
from caselens.reports.units import shares
from tests.learners.samples import committed

EARNED = {
    "lucky": {"c901-goals": (0.5, 0.5), "c901-lens": (-0.5, 0.0)},
    "blank": {"c901-goals": (-1.0, 0.0), "c901-lens": (-1.0, 0.0)},
}


def unit(kind):
    tasks = [{"id": "c901-goals", "points": 6}, {"id": "c901-lens", "points": 4}]
    by_hand = {"id": "c901-write-1", "points": 12}
    return CourseUnit(
        id="m90_u01_sample",
        title="Sample",
        kind=kind,
        minutes=5,
        hint="Read.",
        tasks=(*tasks, by_hand),
    )


def test_in_graded_work_a_bot_has_what_it_is_given():
    assert shares(unit("graded"), EARNED) == {"lucky": 0.3, "blank": 0.0}


def test_in_practice_bad_luck_is_set_against_luck():
    found = shares(unit("practice"), EARNED)
    assert found == pytest.approx({"lucky": 0.1, "blank": -1.0})


def test_what_is_over_the_bound_is_marked_and_stands_first():
    found = [
        UnitShare("m90_u01_fair", "graded", "blank", 0.1, "c901-goals"),
        UnitShare("m90_u02_unfair", "graded", "lucky", 0.11, "c901-lens"),
    ]
    lines = list(unit_lines(found))
    assert lines[-2].split() == [
        "m90_u02_unfair",
        "0.110",
        "lucky,",
        "c901-lens",
        "over",
    ]
    assert "over" not in lines[-1]


def test_every_unit_of_the_course_that_a_machine_scores_is_told_once(monkeypatch):
    monkeypatch.setattr(units, "DRAWS", 1)
    course = read_course(clone_root() / "course" / "course.toml")
    found = unit_shares(committed(), course, lambda items, what: items)
    scored = [
        one.id for _, one in course.units() if one.kind != "lesson" and not one.form
    ]
    assert [one.unit for one in found] == scored


def test_a_bank_without_a_course_says_so(tmp_path, capsys):
    (tmp_path / "datasets").mkdir()
    assert main(["check", "--units", "--bank", str(tmp_path)]) == 1
    assert "There is no course here" in capsys.readouterr().err
