from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from caselens.answers import model_values
from caselens.cases import unit_text
from caselens.widgets import cells, model_answers, task
from tests.samples import UNIT_ID, choice, sample_key, sample_unit

LENS, WRITE = "c901-lens", "c901-write"
Shown = list[dict[str, str]]


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cells, "_model", {})
    place(tmp_path, "graded")
    return tmp_path


@pytest.fixture
def shown(monkeypatch) -> Shown:
    found: Shown = []
    monkeypatch.setattr(
        cells,
        "_show",
        lambda html, text: found.append({"html": html, "text": text}),
    )
    return found


def place(folder: Path, kind: str) -> None:
    (folder / "unit.json").write_text(unit_text(sample_unit(kind)), encoding="utf-8")


def answer(folder: Path, values: dict[str, Any], **more: Any) -> None:
    tasks = {name: {"value": value} for name, value in values.items()}
    data = {"format": 1, "unit": UNIT_ID, "tasks": tasks, **more}
    (folder / "answers.json").write_text(json.dumps(data), encoding="utf-8")


def model() -> dict[str, Any]:
    return model_values(sample_unit(), lambda _: sample_key())


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.name: (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.iterdir()
    }


@pytest.mark.parametrize("kind", ["practice", "graded"])
def test_a_task_is_silent_for_a_trainee(folder, keys, capsys, shown, kind):
    place(folder, kind)
    answer(folder, model())
    assert task(LENS) is None
    assert capsys.readouterr() == ("", "")
    assert shown == []


def test_autograding_returns_the_points_as_a_plain_float(
    folder, keys, monkeypatch, shown
):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    answer(folder, model())
    before = files(folder)
    for task_id in sample_unit().points:
        points = task(task_id)
        assert type(points) is float
        assert points == (0.0 if task_id == WRITE else 4.0)
    assert "4.0 of 4 points" in shown[0]["text"]
    assert "<li" in shown[0]["html"]
    assert files(folder) == before


def test_autograding_a_partly_right_answer_gives_part_of_the_points(
    folder, keys, monkeypatch, shown
):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    answer(folder, {LENS: choice(model()[LENS], "a1", "both")})
    assert 0 < task(LENS) < 4


ODD = [None, 7, "text", [], {"parts": 3}, {"parts": {"a1": ["cbt"]}}, {"marked": 1}]


@pytest.mark.parametrize("value", ODD)
def test_autograding_an_odd_answer_gives_nothing(
    folder, keys, monkeypatch, shown, value
):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    answer(folder, dict.fromkeys(sample_unit().points, value))
    for task_id in sample_unit().points:
        points = task(task_id)
        assert type(points) is float
        assert points == 0.0
    assert len(shown) == 6


@pytest.mark.parametrize("body", [None, b"", b"{", b"[" * 100_000, b"\xff", b"[]"])
def test_autograding_without_usable_answers_gives_nothing_and_says_why(
    folder, keys, monkeypatch, shown, body
):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    if body is not None:
        (folder / "answers.json").write_bytes(body)
    before = files(folder)
    assert task(LENS) == 0.0
    assert "answers.json" in shown[0]["text"]
    assert files(folder) == before


def test_autograding_answers_of_another_unit_gives_nothing_and_says_so(
    folder, keys, monkeypatch, shown
):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    answer(folder, model(), unit="m00_u00_<b>other</b>")
    assert task(LENS) == 0.0
    assert "belongs to the unit" in shown[0]["text"]
    assert "<b>other" not in shown[0]["html"]


def test_autograding_without_keys_gives_nothing_and_says_so(
    folder, no_keys, monkeypatch, shown
):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    answer(folder, model())
    points = task(LENS)
    assert type(points) is float
    assert points == 0.0
    assert "could not be marked" in shown[0]["html"]
    assert "KeyMissingError" in shown[0]["html"]


@pytest.mark.parametrize("body", [None, b"", b"{}", b"\xff\xfe"])
def test_autograding_beside_a_damaged_unit_gives_nothing_and_says_so(
    folder, keys, monkeypatch, shown, body
):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    (folder / "unit.json").unlink()
    if body is not None:
        (folder / "unit.json").write_bytes(body)
    assert task(LENS) == 0.0
    assert "UnitError" in shown[0]["html"]


def test_autograding_a_task_that_the_unit_has_not_gives_nothing(
    folder, keys, monkeypatch, shown
):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert task("c901-other") == 0.0
    assert "could not be marked" in shown[0]["html"]


def test_what_is_shown_reaches_the_notebook_as_html_and_text(
    folder, keys, monkeypatch, capsys
):
    shown = []
    monkeypatch.setattr(
        "IPython.display.display", lambda data, raw: shown.append((data, raw))
    )
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    answer(folder, model())
    task(LENS)
    [(data, raw)] = shown
    assert raw is True
    assert set(data) == {"text/html", "text/plain"}


def test_validating_names_what_is_not_answered(folder, no_keys, monkeypatch, capsys):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    answer(folder, {LENS: choice(model()[LENS], "a3", None), WRITE: {"text": " "}})
    before = files(folder)
    assert task(LENS) is None
    assert capsys.readouterr().out == (
        "Two lenses: not answered yet: She learned to expect blame.\n"
    )
    assert task(WRITE) is None
    assert "not answered yet" in capsys.readouterr().out
    assert files(folder) == before


def test_validating_a_whole_answer_prints_nothing(folder, no_keys, monkeypatch, capsys):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    answer(folder, model())
    assert task(LENS) is None
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("body", [None, b"", b"{", b"[" * 100_000, b"\xff"])
def test_validating_without_usable_answers_says_so(
    folder, no_keys, monkeypatch, capsys, body
):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    if body is not None:
        (folder / "answers.json").write_bytes(body)
    assert task(LENS) is None
    out = capsys.readouterr().out
    assert "answers.json" in out
    assert "not answered yet" in out


@pytest.mark.parametrize("value", ODD)
def test_validating_an_odd_answer_never_raises(
    folder, no_keys, monkeypatch, capsys, value
):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    answer(folder, {LENS: value})
    assert task(LENS) is None
    assert "not answered yet" in capsys.readouterr().out


def test_validating_beside_a_damaged_unit_never_raises(
    folder, no_keys, monkeypatch, capsys
):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    (folder / "unit.json").write_bytes(b"{")
    assert task(LENS) is None
    assert "could not be looked at" in capsys.readouterr().out
    assert task("c901-other") is None


def test_a_solution_page_answers_from_the_keys_and_writes_nothing(folder, keys, shown):
    before = files(folder)
    assert model_answers() is None
    assert task(LENS) == 4.0
    assert task("c901-goals") == 4.0
    assert files(folder) == before
    assert not any("answers.json" in one["text"] for one in shown)


def test_autograding_marks_the_stored_answers_even_after_model_answers(
    folder, keys, monkeypatch, shown
):
    model_answers()
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert task(LENS) == 0.0
