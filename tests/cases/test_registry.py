from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from caselens.cases import read_course
from caselens.cases.prose import lint_course
from caselens.cases.registry import with_unit, write_unit
from caselens.cases.skeleton import SkeletonError
from caselens.notebooks.pages import WORKBENCH, read_text
from tests.samples import ROOT

KINDS = ["lesson", "practice", "graded"]
REGISTRY = """\
# what is taught
title = "A course" # kept
language = "en-GB"

[[modules]]
id = "m01"
title = "One"
about = "The first."

[[modules.units]]
id = "m01_u01_a"
title = "A"
kind = "practice"
minutes = 5
hint = "Read."

# the second module
[[modules]]
id = "m02"
title = "Two"
about = "The second."
  [[modules.units]]
  id = "m02_l01_b"
  title = "B"
  kind = "lesson"
  minutes = 5
  hint = "Read."
"""


@pytest.fixture
def course(tmp_path) -> Path:
    (tmp_path / "course.toml").write_bytes(REGISTRY.encode())
    (tmp_path / "m02").mkdir()
    (tmp_path / "m02" / "design.md").write_text("# Module m02\n")
    return tmp_path


def ids(course: Path) -> list[list[str]]:
    found = read_course(course / "course.toml")
    return [[unit.id for unit in module.units] for module in found.modules]


@pytest.mark.parametrize("kind", KINDS)
def test_a_unit_is_appended_and_all_else_kept_byte_for_byte(course, kind):
    made = write_unit(course, "m02_u01_new", "m02", kind)
    assert [one.name for one in made] == ["m02_u01_new.md", "course.toml"]
    text = (course / "course.toml").read_bytes().decode()
    assert text.startswith(REGISTRY)
    assert ids(course) == [["m01_u01_a"], ["m02_l01_b", "m02_u01_new"]]
    assert read_course(course / "course.toml").unit("m02_u01_new")[1].kind == kind


def test_a_unit_of_an_earlier_module_stands_in_that_module(course):
    write_unit(course, "m01_u02_new", "m01", "practice")
    text = (course / "course.toml").read_bytes().decode()
    assert ids(course) == [["m01_u01_a", "m01_u02_new"], ["m02_l01_b"]]
    start, end = text.index('\n[[modules.units]]\nid = "m01_u02'), text.index("]\n\n#")
    assert text[:start] + text[end + 2 :] == REGISTRY
    assert text.index("m01_u02_new") < text.index("# the second module")


def test_a_module_that_is_not_there_is_added_with_a_design(course):
    made = write_unit(course, "m03_l01_new", "m03", "lesson")
    assert [one.name for one in made] == ["m03_l01_new.md", "design.md", "course.toml"]
    assert ids(course)[2:] == [["m03_l01_new"]]
    assert "Module m03" in (course / "m03" / "design.md").read_text()


def test_a_design_that_is_there_is_left_alone(course):
    write_unit(course, "m02_u01_new", "m02", "practice")
    assert (course / "m02" / "design.md").read_text() == "# Module m02\n"


def test_a_course_begins_with_its_first_unit(tmp_path):
    write_unit(tmp_path / "course", "m01_u01_new", "m01", "practice")
    assert ids(tmp_path / "course") == [["m01_u01_new"]]


@pytest.mark.parametrize("end", ["", "\r\n"])
def test_line_ends_stay_as_they_are(end):
    text = REGISTRY.rstrip("\n").replace("\n", end or "\n")
    after = with_unit(text, "m02_u01_new", "m02", "practice")
    assert after.startswith(text)
    assert tomllib.loads(after)["modules"][1]["units"][1]["id"] == "m02_u01_new"
    if end:
        assert after.count("\n") == after.count("\r\n")


@pytest.mark.parametrize("kind", KINDS)
def test_the_text_of_a_unit_can_be_read_as_a_page(course, kind):
    path = write_unit(course, "m02_u01_new", "m02", kind)[0]
    calls = [one.source for one in read_text(path) if one.cell_type == "code"]
    assert calls == ([] if kind == "lesson" else [WORKBENCH])


def test_a_lesson_has_the_headings_that_every_lesson_has(course):
    text = write_unit(course, "m02_l02_new", "m02", "lesson")[0].read_text("utf-8")
    headings = [line[3:] for line in text.splitlines() if line.startswith("## ")]
    assert headings[0] == "What you will be able to do"
    assert headings[-2:] == ["Key points", "References"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_check_names_every_line_that_is_open(course, kind):
    made = write_unit(course, "m03_u01_new", "m03", kind)
    lines = {
        (str(path), number)
        for path in made
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if "TODO" in line
    }
    found = lint_course(course)
    assert {(one.file, one.line) for one in found} == lines
    assert {Path(file).name for file, _ in lines} == {one.name for one in made}
    assert all(one.severity == "fault" for one in found)


def test_an_id_that_is_taken_is_refused_and_the_next_is_named(course):
    (course / "m02" / "m02_u07_text.md").write_text("as it is")
    for taken, free in (
        ("m02_l01_b", "m02_l02_b"),
        ("m02_u07_text", "m02_u08_text"),
    ):
        with pytest.raises(SkeletonError, match=f"next free one is {free}"):
            write_unit(course, taken, "m02", "lesson")
    assert (course / "m02" / "m02_u07_text.md").read_text() == "as it is"
    assert (course / "course.toml").read_bytes().decode() == REGISTRY


def test_a_private_bank_may_not_take_a_shipped_unit(course):
    shipped = ROOT / "course"
    with pytest.raises(SkeletonError, match="m04_u03_graded_case is taken"):
        write_unit(course, "m04_u03_graded_case", "m04", "graded", shipped)
    assert (course / "course.toml").read_bytes().decode() == REGISTRY


@pytest.mark.parametrize(
    ("unit", "module"),
    [("m01_U", "m01"), ("m02_u01_x", "m01"), ("x", "m1"), ("m01_" + "x" * 40, "m01")],
)
def test_what_is_no_id_is_refused(course, unit, module):
    with pytest.raises(SkeletonError, match=r"no id of a unit|no module"):
        write_unit(course, unit, module, "practice")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title =", "not valid TOML"),
        ('title = "x"\nlanguage = "en"\nmodules = []\n', "by hand"),
        (REGISTRY.replace('title = "One"', ""), "by hand"),
    ],
)
def test_a_registry_that_cannot_be_added_to_is_left_alone(course, text, said):
    (course / "course.toml").write_text(text)
    with pytest.raises(SkeletonError, match=said):
        write_unit(course, "m03_u01_x", "m03", "practice")
    assert (course / "course.toml").read_text() == text
    assert not (course / "m03").exists()


def test_the_committed_registry_can_be_added_to():
    text = (ROOT / "course" / "course.toml").read_text("utf-8")
    for module in read_course(ROOT / "course" / "course.toml").modules:
        name = f"{module.id}_u99_new"
        assert name in with_unit(text, name, module.id, "practice")
