from __future__ import annotations

import pytest

from caselens.cases import BankError, read_course
from tests.samples import ROOT, changed

COURSE = """\
title = "A course"
language = "en-GB"

[[modules]]
id = "m09"
title = "A module"
about = "What it is about."

[[modules.units]]
id = "m09_u01_sample"
title = "A unit"
kind = "practice"
minutes = 20
hint = "Read first."
next = "m09_u02_second"
tasks = [{id = "c901-goals", points = 4}]

[[modules.units]]
id = "m09_u02_second"
title = "Another"
kind = "graded"
minutes = 20
hint = "Read first."
"""


def faults(folder, text: str | bytes) -> list[tuple[int, str]]:
    path = folder / "course.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BankError) as error:
        read_course(path)
    found = error.value.problems
    assert all(one.file == str(path) and one.repair for one in found)
    return [(one.line, one.what) for one in found]


def test_a_course_gives_its_units_in_order(tmp_path):
    path = tmp_path / "course.toml"
    path.write_text(COURSE, encoding="utf-8")
    course = read_course(path)
    assert [unit.id for _, unit in course.units()] == [
        "m09_u01_sample",
        "m09_u02_second",
    ]
    module, unit = course.unit("m09_u01_sample")
    assert (module.id, unit.tasks[0].points) == ("m09", 4.0)


def test_a_unit_that_is_not_there_is_answered_with_those_there_are(tmp_path):
    (tmp_path / "course.toml").write_text(COURSE, encoding="utf-8")
    with pytest.raises(KeyError, match=r"'m00'.*m09_u01_sample, m09_u02_second"):
        read_course(tmp_path / "course.toml").unit("m00")


def test_the_committed_course_has_no_fault():
    assert read_course(ROOT / "course" / "course.toml").units()


def test_a_course_that_is_not_there_says_so(tmp_path):
    with pytest.raises(BankError, match=r"course.toml:1: There is no course here."):
        read_course(tmp_path / "course.toml")


def test_broken_toml_is_named_on_its_line(tmp_path):
    text = changed(COURSE, 'kind = "graded"', 'kind = "graded')
    [(line, what)] = faults(tmp_path, text)
    assert line == text.splitlines().index('kind = "graded') + 1
    assert "not valid TOML" in what


def test_a_course_that_is_not_utf8_says_so(tmp_path):
    [(_, what)] = faults(tmp_path, COURSE.encode().replace(b"A unit", b"\xe9"))
    assert "cannot be read" in what


def test_a_folder_in_the_place_of_the_course_says_so(tmp_path):
    with pytest.raises(BankError, match="cannot be read"):
        read_course(tmp_path)


def test_every_fault_of_a_course_is_named_with_its_place(tmp_path):
    text = changed(COURSE, 'kind = "practice"', 'kind = "exam"')
    text = changed(text, "minutes = 20", "minutes = 0")
    text = changed(text, "points = 4", "points = -1")
    text = changed(text, 'title = "Another"', 'titel = "Another"')
    text = changed(text, '"m09_u02_second"\ntitel', '"M09 u02"\ntitel')
    found = " ".join(what for _, what in faults(tmp_path, text))
    for place in (
        "modules.0.units.0.kind",
        "modules.0.units.0.minutes",
        "modules.0.units.0.tasks.0.points",
        "modules.0.units.1.titel",
        "modules.0.units.1.title",
        "modules.0.units.1.id",
    ):
        assert f"{place}:" in found


def forms(*kinds: str) -> str:
    return COURSE + "".join(
        f'\n[[modules.units]]\nid = "m09_f0{n}"\ntitle = "A form"\nkind = "graded"\n'
        f'minutes = 30\nhint = "Write."\nform = "{"ABC"[n]}"\n'
        f'tasks = [{{id = "c90{n}-{kind}", points = 12}}]\n'
        for n, kind in enumerate(kinds)
    )


def test_three_forms_with_the_same_tasks_are_a_course(tmp_path):
    path = tmp_path / "course.toml"
    path.write_text(forms("write", "write", "write"), encoding="utf-8")
    found = [unit.form for _, unit in read_course(path).units()]
    assert found == [None, None, "A", "B", "C"]


def test_a_form_that_is_missing_is_a_fault(tmp_path):
    (fault,) = faults(tmp_path, forms("write", "write"))
    assert "forms A, B and C must each have one unit" in fault[1]


def test_forms_that_ask_for_different_things_are_a_fault(tmp_path):
    (fault,) = faults(tmp_path, forms("write", "write", "goals"))
    assert "must have the same tasks" in fault[1]


def test_a_unit_that_an_earlier_one_names_is_its_spare(tmp_path):
    text = changed(COURSE, 'next = "m09_u02_second"', 'alternative = "m09_u02_second"')
    path = tmp_path / "course.toml"
    path.write_text(text + 'alternative = "m09_u01_sample"\n', encoding="utf-8")
    assert read_course(path).spares() == {"m09_u02_second"}


def test_an_occasion_follows_a_unit_of_its_module(tmp_path):
    occasion = '\n[[modules.occasions]]\nplace = 1\ntitle = "Before"\nhint = "Write."\n'
    text = forms("write", "write", "write") + occasion
    path = tmp_path / "course.toml"
    path.write_text(text + 'after = "m09_u01_sample"\n', encoding="utf-8")
    assert read_course(path).modules[0].occasions[0].after == "m09_u01_sample"
    found = faults(tmp_path, text + 'after = "m08_u01_other"\n')
    assert any("m08_u01_other, which is no unit here" in what for _, what in found)
