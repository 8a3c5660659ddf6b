import shutil

import pytest

from caselens.cases import BankError
from caselens.cases.places import clone_root
from caselens.notebooks import TextError, build, differences, make_unit, plan

LATER = """
[[modules.units]]
id = "m04_u09_more"
title = "More"
kind = "graded"
minutes = 5
hint = "Read."
tasks = [{id = "c003-link", points = 4}]
"""


@pytest.fixture
def course(tmp_path):
    root = tmp_path / "course-copy"
    for name in ("course", "datasets", "exercises", "solutions"):
        shutil.copytree(clone_root() / name, root / name)
    return root


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_unknown_task_in_the_registry_is_named(course, tmp_path):
    change(course / "course" / "course.toml", 'id = "c003-lens"', 'id = "c003-lens-9"')
    with pytest.raises(KeyError, match="c003-lens-9"):
        build(plan(course), tmp_path / "out")


def test_points_that_differ_from_the_rubric_are_named(course, tmp_path):
    path = course / "course" / "course.toml"
    change(path, 'id = "c003-write-2", points = 9', 'id = "c003-write-2", points = 5')
    # The alternative must count alike, so it is let go for this fault.
    change(path, 'alternative = "m04_u05_graded_other"\n', "")
    with pytest.raises(TextError, match="Let both say the same"):
        build(plan(course), tmp_path / "out")


def test_a_graded_alternative_that_counts_otherwise_is_named(course, tmp_path):
    path = course / "course" / "course.toml"
    change(path, 'id = "c006-goals", points = 8', 'id = "c006-goals", points = 7')
    with pytest.raises(TextError, match="Let both count alike"):
        build(plan(course), tmp_path / "out")


def test_points_that_nobody_could_earn_are_named(course, tmp_path):
    path = course / "course" / "course.toml"
    change(path, 'id = "c001-write-3", points = 0', 'id = "c001-write-3", points = 2')
    with pytest.raises(TextError, match="nothing in c001-write-3 is scored"):
        build(plan(course), tmp_path / "out")


def test_a_kind_that_a_lesson_has_no_room_for_is_named(course, tmp_path):
    path = course / "course" / "course.toml"
    change(path, 'id = "c004-lens", points = 0', 'id = "c001-link", points = 0')
    with pytest.raises(TextError, match="c001-link cannot be a drill"):
        build(plan(course), tmp_path / "out")


def test_a_graded_case_of_which_a_later_unit_asks_more_is_closed_there(course):
    before = continued(course)
    assert before["m04_u03_graded_case"] == ("c003",)
    assert before["m14_u06_alec_again"] == ()
    path = course / "course" / "course.toml"
    with path.open("a", encoding="utf-8") as registry:
        registry.write(LATER)
    after = continued(course)
    assert after["m14_u06_alec_again"] == ("c003",)
    assert after["m14_u07_kezia_again"] == ()


def continued(course):
    found = plan(course)
    return {
        entry.id: make_unit(found, module, entry).continued
        for module, entry in found.course.units()
        if entry.kind == "graded" and entry.id != "m04_u09_more"
    }


def test_a_faulty_bank_is_not_built(course):
    change(
        course / "datasets/practice/keys/c001.yaml", "status: provisional", "status: x"
    )
    with pytest.raises(BankError, match="status"):
        plan(course)


def test_a_broken_registry_is_named(course):
    (course / "course" / "course.toml").write_text("title = ")
    with pytest.raises(BankError, match="not valid TOML"):
        plan(course)


def test_a_hand_edited_page_is_found(course):
    page = course / "exercises/m04_u03_graded_case/m04_u03_graded_case.ipynb"
    change(page, "workbench()", "workbench() ")
    assert any("differs from a fresh build" in one for one in differences(plan(course)))


def test_a_stray_file_is_found(course):
    (course / "solutions/m04_u03_graded_case/answers.json").write_text("{}")
    (course / "exercises/old_unit").mkdir()
    (course / "exercises/old_unit/old_unit.ipynb").write_text("{}")
    found = differences(plan(course))
    assert sum("Remove it" in one for one in found) == 2


def test_a_missing_page_is_found(course):
    shutil.rmtree(course / "course/m04/m04_u01_full_case")
    assert any("not built yet" in one for one in differences(plan(course)))
