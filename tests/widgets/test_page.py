from __future__ import annotations

import json
import subprocess
import sys

import pytest

import caselens
from caselens.cases import unit_text
from caselens.widgets import workbench
from caselens.widgets.page import Notice, Workbench
from tests.samples import sample_unit

LENS = "c901-lens"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = unit_text(sample_unit())
    (tmp_path / "unit.json").write_text(text, encoding="utf-8")
    return tmp_path


def loaded_by(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.split(".")[0] for name in done.stdout.split()}


def test_a_page_loads_neither_pandas_nor_nbgrader():
    code = (
        "import caselens\nfrom caselens import task, workbench\n"
        "import caselens.widgets.page"
    )
    found = loaded_by(code)
    assert "anywidget" in found
    assert not found & {"pandas", "nbgrader", "numpy", "sqlalchemy", "jupytext"}


def test_marking_loads_no_widgets():
    found = loaded_by(
        "import caselens.answers, caselens.tasks\nfrom caselens import task"
    )
    assert not found & {"anywidget", "ipywidgets", "traitlets", "pandas", "nbgrader"}


def test_the_package_offers_what_it_says():
    assert caselens.__all__ == ["task", "workbench"]
    assert callable(caselens.task)
    assert callable(caselens.workbench)
    with pytest.raises(AttributeError, match="no attribute 'other'"):
        _ = caselens.other


def test_the_workbench_shows_the_unit_of_its_folder(folder):
    one = workbench()
    assert isinstance(one, Workbench)
    assert one.unit["id"] == sample_unit().id
    assert one.state["tasks"] == {}
    assert one.feedback == {}
    json.dumps([one.unit, one.state, one.feedback])


def test_a_message_from_the_page_is_answered(folder, keys, monkeypatch):
    one = workbench()
    sent = []
    monkeypatch.setattr(Workbench, "send", lambda _, reply: sent.append(reply))
    one._handle_custom_msg({"type": "save", "n": 3, "task": LENS, "value": None}, [])
    one._handle_custom_msg({"type": "commit", "n": 4, "task": LENS}, [])
    one._handle_custom_msg("garbage", [])
    assert [(reply["type"], reply["n"]) for reply in sent] == [
        ("saved", 3),
        ("committed", 4),
    ]
    again = workbench()
    assert again.state["tasks"][LENS]["committed"] is True
    assert LENS in again.feedback


@pytest.mark.parametrize("mode", ["autograde", "validate"])
def test_a_replayed_page_shows_and_writes_nothing(folder, monkeypatch, mode):
    monkeypatch.setenv("NBGRADER_EXECUTION", mode)
    before = sorted(folder.iterdir())
    assert workbench() is None
    assert sorted(folder.iterdir()) == before


def test_a_page_without_its_unit_says_how_to_get_it_back(folder):
    (folder / "unit.json").unlink()
    one = workbench()
    assert isinstance(one, Notice)
    assert "your answers stay" in repr(one)


def test_damaged_answers_open_with_a_notice(folder):
    (folder / "answers.json").write_bytes(b"{")
    assert "could not be read" in workbench().state["notices"][0]
