import json
from pathlib import Path
from typing import Any

import pytest

from caselens.opening import lab


def course(root: Path, *units: str, module: str = "m01") -> Path:
    entries: list[dict[str, Any]] = []
    for unit in units:
        folder = root / "course" / module / unit
        folder.mkdir(parents=True)
        (folder / f"{unit}.ipynb").write_text("{}")
        (folder / "unit.json").write_text('{"format": 1}')
        (folder / "answers.json").write_text("{}")
        entries.append({"id": unit, "title": unit, "folder": f"course/{module}/{unit}"})
    catalogue = {
        "title": root.name,
        "modules": [{"id": module, "title": module, "units": entries}],
    }
    (root / "course" / "course.json").write_text(json.dumps(catalogue))
    return root


def test_assembles_extension_catalogue_and_units(tmp_path: Path) -> None:
    root = course(tmp_path / "bank", "m01_u01_a", "m01_u02_b")
    target = lab.assemble(tmp_path / "out", root)
    extension = target / "caselens"
    load = json.loads((extension / "package.json").read_text())
    assert (extension / load["jupyterlab"]["_build"]["load"]).is_file()
    assert (extension / "static/course/course.json").is_file()
    unit = extension / "static/course/m01/m01_u01_a"
    assert sorted(path.name for path in unit.iterdir()) == [
        "m01_u01_a.ipynb",
        "unit.json",
    ]


def test_assembling_again_leaves_no_old_unit(tmp_path: Path) -> None:
    lab.assemble(tmp_path / "out", course(tmp_path / "one", "m01_u01_a"))
    lab.assemble(tmp_path / "out", course(tmp_path / "two", "m01_u02_b"))
    found = tmp_path / "out/caselens/static/course/m01"
    assert [path.name for path in found.iterdir()] == ["m01_u02_b"]


def test_two_courses_share_a_module(tmp_path: Path) -> None:
    one, two = course(tmp_path / "one", "u1"), course(tmp_path / "two", "u2")
    merged = lab.merge([lab.read_catalogue(root) for root in (one, two)])
    assert merged["title"] == "one"
    assert [unit["id"] for unit in merged["modules"][0]["units"]] == ["u1", "u2"]


def test_missing_catalogue_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(lab.CannotOpen, match="caselens build"):
        lab.assemble(tmp_path / "out", tmp_path)


@pytest.mark.parametrize("text", ["{", "[]", '{"modules": 3}'])
def test_damaged_catalogue_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "course.json").write_text(text)
    with pytest.raises(lab.CannotOpen, match="Build it again"):
        lab.read_catalogue(tmp_path)


def test_missing_unit_is_named(tmp_path: Path) -> None:
    root = course(tmp_path / "bank", "u1")
    (root / "course/m01/u1/unit.json").unlink()
    with pytest.raises(lab.CannotOpen, match=r"unit\.json is missing"):
        lab.assemble(tmp_path / "out", root)


def test_folders_outside_the_course_are_refused(tmp_path: Path) -> None:
    root = course(tmp_path / "bank", "u1")
    path = root / "course" / "course.json"
    path.write_text(path.read_text().replace("course/m01/u1", "../elsewhere"))
    with pytest.raises(lab.CannotOpen, match="outside itself"):
        lab.assemble(tmp_path / "out", root)


def test_without_a_course_the_pages_still_open(tmp_path: Path) -> None:
    target = lab.assemble(tmp_path / "out")
    assert (target / "caselens/static/remoteEntry.js").is_file()
    assert not (target / "caselens/static/course").exists()


def test_finds_the_installed_extension(tmp_path: Path) -> None:
    extension = tmp_path / "caselens"
    extension.mkdir()
    assert lab.installed_extension([str(tmp_path)]) is None
    (extension / "package.json").write_text("{}")
    assert lab.installed_extension(["/nowhere", str(tmp_path)]) == extension
