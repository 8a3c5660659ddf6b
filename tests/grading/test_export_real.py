"""The verb and the exporters on marks that the real nbgrader made."""

import argparse
import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from caselens.cases.places import clone_root
from caselens.cli import export as verb
from caselens.grading import export
from caselens.grading.export_source import Source
from caselens.grading.tables import Marking
from tests.grading.conftest import Class

pytestmark = pytest.mark.nbgrader
FILES = ["canvas", "cells", "counted", "goals", "markers", "moodle", "tasks", "units"]


@pytest.fixture(scope="module")
def one(tmp_path_factory):
    made = Class(tmp_path_factory.mktemp("export") / "course")
    shutil.copy(clone_root() / "nbgrader_config.py", made.root)
    for name, skill in (("ann", 1.0), ("bo", 0.2), ("cy", None)):
        made.submit(name, skill)
        made.autograde(name)
    made.submit("dee", 0.9)
    return made


def run(*words):
    parser = argparse.ArgumentParser()
    verb.add_verbs(parser.add_subparsers())
    options = parser.parse_args(["export", *map(str, words)])
    return options.run(options)


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_verb_writes_every_table_and_says_what_is_not_final(one, tmp_path, capsys):
    assert run(tmp_path, "--course", one.root) == 0
    assert sorted(path.stem for path in tmp_path.iterdir()) == FILES
    said = capsys.readouterr().out
    assert f"{one.unit_id}: not autograded yet: dee." in said
    assert f"{one.unit_id}: a person has still to mark ann, bo." in said
    tasks = read(tmp_path / "tasks.csv")
    assert {row["trainee"] for row in tasks} == {"ann", "bo", "cy"}
    grades = one.grades("ann")
    for row in tasks:
        if row["trainee"] == "ann" and row["by"] == "machine":
            assert float(row["points"]) == grades[row["task"]][0]


def test_the_verb_keeps_to_the_trainees_and_units_that_are_named(one, tmp_path):
    words = ["--trainee", "ann", "--unit", one.unit_id, "--partial", "--excel"]
    assert run(tmp_path, "--course", one.root, *words) == 0
    raw = (tmp_path / "canvas.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and b"bo" not in raw
    (row,) = read(tmp_path / "counted.csv")
    assert float(row["points"]) == pytest.approx(one.points("ann"), abs=1e-3)


def test_a_folder_without_a_course_or_a_gradebook_is_told_and_none_is_made(
    tmp_path, capsys
):
    assert run(tmp_path / "out", "--course", tmp_path) == 1
    shutil.copy(clone_root() / "nbgrader_config.py", tmp_path)
    assert run(tmp_path / "out", "--course", tmp_path) == 1
    said = capsys.readouterr().err
    assert "nbgrader_config.py" in said and "There is no gradebook" in said
    assert [path.name for path in tmp_path.iterdir()] == ["nbgrader_config.py"]


def test_the_parts_of_goals_are_those_that_earned_the_points(one):
    with one._book() as book:
        found = list(export.goals(Source(one.api.coursedir, book).works()).rows)
    by_trainee = {
        name: [row for row in found if row[0] == name] for name in ("ann", "bo", "cy")
    }
    assert all(row[3] == row[2] for row in by_trainee["ann"])
    assert all(row[3] == 0 for row in by_trainee["cy"])
    # One unit asks about each goal once: a number of parts, and no share.
    assert all(row[2] == 1 and row[5] is None for row in found)
    assert "dee" not in {row[0] for row in found}


def test_goals_are_read_by_the_version_that_the_work_was_marked_by(one):
    archive = one.root / "archive" / one.unit_id
    (now,) = [path.parent for path in archive.glob("*/unit.json")]
    older = shutil.copytree(now, archive / "0123456789abcdef")
    path = older / "keys" / "c003.json"
    key = json.loads(path.read_text("utf-8"))
    key["tasks"]["c003-goals"]["parts"]["clarity"]["answer"] = "other_asks"
    path.write_text(json.dumps(key), "utf-8")
    with one._book() as book:
        book.db.get(Marking, (one.unit_id, "ann")).version = older.name
        rows = list(export.goals(Source(one.api.coursedir, book).works()).rows)
        book.db.rollback()
    shutil.rmtree(older)
    right = {row[1]: row[3] for row in rows if row[0] == "ann"}
    assert right.pop("clarity") == 0 and set(right.values()) == {1}


def test_a_missing_key_leaves_out_the_goals_and_nothing_else(
    one, tmp_path, monkeypatch
):
    monkeypatch.setenv("CASELENS_KEYS", str(tmp_path / "nowhere"))
    shutil.move(one.root / "archive", tmp_path / "archive")
    try:
        with one._book() as book:
            source = Source(one.api.coursedir, book)
            made = export.export_all(source, tmp_path / "out")
    finally:
        shutil.move(tmp_path / "archive", one.root / "archive")
    assert list(made.left_out) == ["goals.csv"]
    assert "c003" in made.left_out["goals.csv"]
    assert len(made.written) == len(FILES) - 1


def test_nbgraders_export_takes_ours_with_its_options_from_the_command_line(
    one, tmp_path
):
    to = tmp_path / "goals.csv"
    line = [
        str(Path(sys.executable).with_name("nbgrader")),
        "export",
        "--exporter=caselens.grading.export.TidyExport",
        "--TidyExport.by=goal",
        "--student=['ann']",
        f"--to={to}",
    ]
    found = subprocess.run(
        line, cwd=one.root, check=False, capture_output=True, text=True
    )
    assert found.returncode == 0, found.stderr
    assert "Not final." in found.stderr
    rows = read(to)
    assert {row["trainee"] for row in rows} == {"ann"} and "goal" in rows[0]
