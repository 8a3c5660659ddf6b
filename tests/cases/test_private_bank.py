"""A private bank that adds to the shipped course: its own cases, keys and units."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from caselens.answers import mark, model_values
from caselens.cases import KeyMissingError, load_bank, places, read_unit
from caselens.cases.prose import lint_course
from caselens.cases.source import faults
from caselens.notebooks import TextError, build, differences, plan
from caselens.opening import lab, start
from caselens.opening.lab import CannotOpen
from caselens.tasks.check import check_bank
from tests.samples import CASE, DATASETS, KEY, ROOT, changed

HEAD = "---\nkernelspec:\n  name: python3\n  display_name: Python 3\n---\n\n"
PAGE = HEAD + "# A unit\n\nRead it.\n\n```{code-cell}\nworkbench()\n```\n"
REGISTRY = """\
title = "Ours"
language = "en-GB"

[[modules]]
id = "m90"
title = "Our own module"
about = "Ours."
"""
UNIT = """
[[modules.units]]
id = "{id}"
title = "A unit"
kind = "{kind}"
minutes = 5
hint = "Read."
tasks = [{{id = "{task}", points = 4}}]
"""
OWN, SHIPPED, GRADED = "m90_u01_own", "m90_u02_shipped", "m90_u03_graded"
SECRET = "A sentence that only the key of the private graded case holds."
UNITS = {
    OWN: ("practice", "c951-goals"),
    SHIPPED: ("practice", "c004-safety"),
    GRADED: ("graded", "c952-goals"),
}


@pytest.fixture
def bank(tmp_path) -> Path:
    """A private bank: a practice and a graded case, and three units."""
    root = tmp_path / "private"
    for name, side in (("c951", "practice"), ("c952", "graded")):
        key = changed(KEY, "Both show it.", SECRET) if side == "graded" else KEY
        for kind, text in (("cases", CASE), ("keys", key)):
            path = root / "datasets" / side / kind / f"{name}.yaml"
            path.parent.mkdir(parents=True)
            path.write_text(text.replace("c901", name), "utf-8")
    write_units(root, UNITS)
    return root


def write_units(root: Path, units: dict[str, tuple[str, str]]) -> None:
    folder = root / "course" / "m90"
    folder.mkdir(parents=True, exist_ok=True)
    blocks = [UNIT.format(id=one, kind=k, task=t) for one, (k, t) in units.items()]
    (root / "course" / "course.toml").write_text(REGISTRY + "".join(blocks))
    for one in units:
        (folder / f"{one}.md").write_text(PAGE)


@pytest.fixture
def built(bank) -> Path:
    build(plan(bank, DATASETS), bank)
    return bank


def test_its_own_cases_are_checked_and_counted_and_no_others(bank):
    assert check_bank(bank / "datasets", DATASETS) == (2, [])
    found = load_bank(bank / "datasets", DATASETS)
    assert [one.case.id for one in found.side("practice")] == ["c951"]


def test_shipped_practice_cases_can_be_used_and_graded_ones_cannot(bank):
    found = load_bank(bank / "datasets", DATASETS)
    assert found.case("c004").id == "c004"
    assert found.key("c004").case == "c004"
    assert "c004" not in found.entries
    with pytest.raises(KeyError, match="c003"):
        found.case("c003")
    with pytest.raises(KeyMissingError, match="c003"):
        found.key("c003")


@pytest.mark.parametrize("taken", ["c004", "c003"])
def test_a_shipped_id_is_refused_for_a_private_case(bank, taken):
    folder = bank / "datasets" / "practice"
    for kind in ("cases", "keys"):
        text = (folder / kind / "c951.yaml").read_text("utf-8").replace("c951", taken)
        (folder / kind / f"{taken}.yaml").write_text(text, "utf-8")
    _, [problem] = check_bank(bank / "datasets", DATASETS)
    assert (Path(problem.file), problem.line) == (folder / f"cases/{taken}.yaml", 1)
    assert problem.what == f"{taken} is a case of the shipped course."
    assert "another id" in problem.repair


def test_a_bank_with_words_of_its_own_uses_nothing_that_is_shipped(bank):
    for name in ("goals.yaml", "slots.yaml", "errors.yaml"):
        shutil.copyfile(DATASETS / name, bank / "datasets" / name)
    with pytest.raises(KeyError, match="c004"):
        load_bank(bank / "datasets", DATASETS).case("c004")


def test_it_is_built_into_its_own_folder_and_nowhere_else(bank):
    made = build(plan(bank, DATASETS), bank)
    assert {one.name for one in made} == set(UNITS)
    assert all(one.is_relative_to(bank) for one in made)
    assert differences(plan(bank, DATASETS)) == []
    assert faults(lint_course(bank / "course")) == []


def test_its_units_are_read_back_and_marked_from_either_course(built, monkeypatch):
    monkeypatch.setenv("CASELENS_BANK", str(built))
    for name, folder in (
        (OWN, f"course/m90/{OWN}"),
        (SHIPPED, f"course/m90/{SHIPPED}"),
        (GRADED, f"exercises/{GRADED}"),
    ):
        unit = read_unit(built / folder)
        [score] = mark(unit, model_values(unit)).values()
        assert score.task == UNITS[name][1]
        assert score.points == pytest.approx(4)


def test_without_the_bank_its_keys_are_on_no_machine(built):
    unit = read_unit(built / "exercises" / GRADED)
    with pytest.raises(KeyMissingError, match="c952"):
        model_values(unit)


def test_the_start_page_shows_its_module_beside_the_shipped_ones(built, tmp_path):
    shown = start.extensions_folder(tmp_path / "run", built)
    static = shown / "caselens" / "static"
    catalogue = json.loads((static / lab.CATALOGUE).read_text("utf-8"))
    shipped = lab.read_catalogue(ROOT)
    assert catalogue["title"] == shipped["title"]
    names = [one["id"] for one in shipped["modules"]]
    assert [one["id"] for one in catalogue["modules"]] == [*names, "m90"]
    assert (static / "exercises" / GRADED / f"{GRADED}.ipynb").is_file()
    assert (static / "exercises" / "m04_u03_graded_case" / "unit.json").is_file()


def test_its_graded_keys_stay_in_the_private_folder(built, tmp_path):
    assert SECRET in (built / "datasets/graded/keys/c952.yaml").read_text("utf-8")
    shown = start.extensions_folder(tmp_path / "run", built)
    for folder in (shown, built / "exercises", built / "course"):
        for path in folder.rglob("*"):
            assert not path.is_file() or SECRET.encode() not in path.read_bytes()


def test_an_installed_course_stands_beside_it_as_well(built, tmp_path, monkeypatch):
    installed = tmp_path / "labextensions" / "caselens"
    lab.assemble(tmp_path / "labextensions", ROOT)
    monkeypatch.setattr(start, "clone_root", lambda: None)
    monkeypatch.setattr(lab, "installed_extension", lambda: installed)
    shown = start.extensions_folder(tmp_path / "run", built)
    found = lab.read_catalogue(shown / "caselens" / "static")["modules"]
    assert [one["id"] for one in found][-1] == "m90"
    assert len(found) == len(lab.read_catalogue(ROOT)["modules"]) + 1


def test_a_course_of_its_own_is_shown_alone(built, tmp_path):
    shutil.copyfile(DATASETS / "goals.yaml", built / "datasets" / "goals.yaml")
    shown = start.extensions_folder(tmp_path / "run", built)
    found = lab.read_catalogue(shown / "caselens" / "static")["modules"]
    assert [one["id"] for one in found] == ["m90"]


def test_a_unit_of_a_shipped_name_is_refused(bank):
    write_units(bank, {"m04_u03_graded_case": ("practice", "c951-goals")})
    with pytest.raises(TextError, match="m04_u03_graded_case is a unit of the shipped"):
        plan(bank, DATASETS)


def test_two_courses_with_one_unit_are_not_shown(built, tmp_path):
    with pytest.raises(CannotOpen, match=f"Two courses have a unit {OWN}"):
        lab.assemble(tmp_path / "out", built, built)


def test_a_unit_that_uses_a_shipped_graded_case_is_refused(bank, tmp_path):
    write_units(bank, {OWN: ("practice", "c003-goals")})
    with pytest.raises(KeyError, match="c003"):
        build(plan(bank, DATASETS), tmp_path / "out")


def test_a_unit_that_is_still_to_be_written_is_not_built(bank):
    page = bank / "course" / "m90" / f"{OWN}.md"
    page.write_text(PAGE.replace("Read it.", "TODO: the introduction"))
    with pytest.raises(Exception, match=rf"{OWN}\.md:9: Still to be written"):
        plan(bank, DATASETS)


def test_what_is_worth_a_look_does_not_keep_a_bank_from_being_built(bank):
    key = bank / "datasets" / "practice" / "keys" / "c951.yaml"
    key.write_text(key.read_text("utf-8").replace("Nobody asked.", "Simply so!"))
    count, found = check_bank(bank / "datasets", DATASETS)
    assert (count, faults(found)) == (2, [])
    assert found
    assert plan(bank, DATASETS).course.title == "Ours"


def test_the_datasets_of_the_clone_are_those_that_are_shipped():
    assert places.datasets_dir() == DATASETS
    assert places.has_words(DATASETS)
