"""From a unit's text to the cells of its page; the same bytes every time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from caselens.answers import setting
from caselens.cases import Rubric, Unit
from caselens.tasks import kind_of

IMPORT_LINE = "from caselens import task, workbench"
WORKBENCH = "workbench()"
MODEL_TAG = "model-answer"
MODEL_CELL = "from caselens.widgets import model_answers\n\nmodel_answers()"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
SCHEMA_VERSION = 3


class TextError(Exception):
    """A unit's text cannot become a page; names the file and the repair."""


def read_text(path: Path) -> list[NotebookNode]:
    """Return the cells of a MyST Markdown file, in order.

    Raises TextError where a code cell is not a call that a page may hold.
    """
    if not path.is_file():
        raise TextError(f"{path}: the text of this unit is missing. Write it.")
    found = jupytext.read(path, fmt="md:myst")
    for cell in found.cells:
        if cell.cell_type == "code" and not _is_call(cell.source):
            raise TextError(
                f"{path}: the code {cell.source!r} may not stand in a page. "
                f'Use {WORKBENCH} in a unit, task("<id>") in a lesson.'
            )
    return list(found.cells)


def title_of(cells: list[NotebookNode]) -> str:
    """Return the first heading, without its mark."""
    for cell in cells:
        for line in cell.source.splitlines():
            if line.startswith("# "):
                return str(line[2:].strip())
    return ""


def intro_of(cells: list[NotebookNode]) -> str:
    """Return the text of a unit below its first heading."""
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    lines = "\n\n".join(texts).splitlines()
    return "\n".join(line for line in lines if not line.startswith("# ")).strip()


def lesson(unit: Unit, cells: list[NotebookNode]) -> NotebookNode:
    """Return a lesson's page: its text, with drills where it calls for them."""
    called = [cell.source.split('"')[1] for cell in cells if cell.cell_type == "code"]
    unused = set(unit.points) - set(called)
    if unused or set(called) - set(unit.points):
        raise TextError(
            f"{unit.id}: the registry names {sorted(unit.points)}, the text calls "
            f"{sorted(called)}. Let both name the same tasks."
        )
    made = [_code(IMPORT_LINE, "imports")]
    for number, cell in enumerate(cells, start=1):
        name = f"cell-{number:03}"
        if cell.cell_type == "code":
            made.append(_code(cell.source, name))
        else:
            made.append(_text(cell.source, name))
    return _page(unit, made)


def practice(unit: Unit, cells: list[NotebookNode]) -> NotebookNode:
    """Return a practice unit's page: its text and the workbench."""
    return _page(unit, _opening(unit, cells))


def solution(
    unit: Unit, cells: list[NotebookNode], models: dict[str, str]
) -> NotebookNode:
    """Return a graded unit's page with model answers, as nbgrader's source.

    `models` holds the model answer and rationale as Markdown, by task id.
    """
    made = [*_opening(unit, cells), _model(_code(MODEL_CELL, "model-answers"))]
    for task_id, points in unit.points.items():
        one = setting(unit, task_id)
        if kind_of(one).by_hand and one.task.rubric is not None:
            rubric = one.vocabulary.rubric(one.task.rubric)
            made += _by_hand(task_id, points, rubric)
        else:
            made.append(_graded(task_id, points))
        made.append(_model(_text(models[task_id], f"model-{task_id}")))
    return _page(unit, made)


def manual_id(task_id: str, criterion: str) -> str:
    """Return the grade id of one criterion of a written task."""
    return f"{task_id}-{criterion}"


def write_page(page: NotebookNode, path: Path) -> None:
    """Write a page as JSON with Unix line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.validate(page)
    text = nbformat.writes(page, version=4)
    path.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")


def _is_call(source: str) -> bool:
    source = source.strip()
    if source == WORKBENCH:
        return True
    name = source.removeprefix('task("').removesuffix('")')
    return source == f'task("{name}")' and name.replace("-", "").isalnum()


def _opening(unit: Unit, cells: list[NotebookNode]) -> list[NotebookNode]:
    calls = [cell.source.strip() for cell in cells if cell.cell_type == "code"]
    if calls != [WORKBENCH]:
        raise TextError(f"{unit.id}: the text must hold {WORKBENCH} once, alone.")
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    return [
        _text("\n\n".join(texts), "intro"),
        _code(IMPORT_LINE, "imports"),
        _code(WORKBENCH, "workbench"),
    ]


def _by_hand(task_id: str, points: float, rubric: Rubric) -> list[NotebookNode]:
    if rubric.maximum != points:
        raise TextError(
            f"{task_id}: the registry gives {points:g} points, its rubric "
            f"{rubric.id} {rubric.maximum}. Let both say the same."
        )
    return [_criterion(task_id, one.id, one.maximum) for one in rubric.criteria]


def _criterion(task_id: str, criterion: str, maximum: int) -> NotebookNode:
    cell = _text("Read by a person.", manual_id(task_id, criterion))
    cell.metadata["nbgrader"] = _grade(
        manual_id(task_id, criterion), float(maximum), solution=True, locked=False
    )
    return cell


def _graded(task_id: str, points: float) -> NotebookNode:
    cell = _code(f'task("{task_id}")', task_id)
    cell.metadata["nbgrader"] = _grade(task_id, points, solution=False, locked=True)
    return cell


def _grade(name: str, points: float, *, solution: bool, locked: bool) -> dict[str, Any]:
    return {
        "grade": True,
        "grade_id": name,
        "locked": locked,
        "points": points,
        "schema_version": SCHEMA_VERSION,
        "solution": solution,
        "task": False,
    }


def _model(cell: NotebookNode) -> NotebookNode:
    cell.metadata["tags"] = [MODEL_TAG]
    return cell


def _text(source: str, name: str) -> NotebookNode:
    cell: NotebookNode = new_markdown_cell(source, id=name)
    return cell


def _code(source: str, name: str) -> NotebookNode:
    hidden = {"jupyter": {"source_hidden": True}}
    cell: NotebookNode = new_code_cell(source, id=name, metadata=hidden)
    return cell


def _page(unit: Unit, cells: list[NotebookNode]) -> NotebookNode:
    metadata = {
        "caselens": {"kind": unit.kind, "unit": unit.id},
        "kernelspec": KERNEL,
        "language_info": {"name": "python"},
    }
    page: NotebookNode = new_notebook(cells=cells, metadata=metadata, nbformat_minor=5)
    return page
