"""The calls that stand in a page: `task("<id>")` in every grade cell."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from caselens.answers import mark_task, model_values, read_submitted, setting
from caselens.answers.sheet import EXECUTION_VARIABLE
from caselens.cases import Unit, UnitError, find_key, read_unit
from caselens.tasks import Score, feedback, kind_of
from caselens.tasks.markup import feedback_html, feedback_text

# The model answers that a solution page answers from, in memory only.
_model: dict[str, Any] = {}


def task(task_id: str) -> Any:
    """Return what a task's cell shows.

    Nothing for a trainee; a drill in a lesson; the points, as a plain float,
    when nbgrader autogrades or a solution page runs; under nbgrader's validate a
    printed line about what is unanswered, and never an error.
    """
    execution = os.environ.get(EXECUTION_VARIABLE)
    if execution == "validate":
        return _validate(task_id)
    if execution == "autograde" or _model:
        return _points(task_id, execution == "autograde")
    return _drill(task_id)


def model_answers() -> None:
    """Let the tasks of a solution page answer from the keys, in memory."""
    unit = read_unit(Path.cwd())
    _model.clear()
    _model.update(model_values(unit))


def _drill(task_id: str) -> Any:
    try:
        kind = read_unit(Path.cwd()).kind
    except UnitError as error:
        print(error)  # noqa: T201
        return None
    if kind != "lesson":
        return None
    from caselens.widgets.drill import drill  # noqa: PLC0415 (widgets load late)

    return drill(task_id)


def _validate(task_id: str) -> None:
    try:
        unit = read_unit(Path.cwd())
        record, problem = read_submitted(Path.cwd(), unit.id)
        one = setting(unit, task_id)
        value = record.value(task_id) if record is not None else None
        blanks = kind_of(one).blanks(one, value)
    except Exception as error:
        # Validate is a courtesy to a trainee: it may find nothing, never fail.
        print(f"{task_id}: this could not be looked at ({error}).")  # noqa: T201
        return
    if problem:
        print(problem)  # noqa: T201
    if blanks:
        names = "; ".join(blank.rstrip(".") for blank in blanks)
        print(f"{kind_of(one).title}: not answered yet: {names}.")  # noqa: T201


def _points(task_id: str, stored: bool) -> float:
    """Show the score to people and return its points; 0 where anything is odd."""
    try:
        unit = read_unit(Path.cwd())
        record, problem = read_submitted(Path.cwd(), unit.id)
        if not stored:
            value = _model.get(task_id)
        else:
            value = record.value(task_id) if record is not None else None
        score = mark_task(unit, task_id, value)
    except Exception as error:
        _show(f"<p>This task could not be marked: {type(error).__name__}.</p>", "")
        return 0.0
    _show_score(unit, task_id, score, problem if stored else None)
    return score.points


def _show_score(unit: Unit, task_id: str, score: Score, problem: str | None) -> None:
    one = setting(unit, task_id)
    found = feedback(kind_of(one), one, find_key(one.case.id), score)
    found["problems"] = [*([problem] if problem else []), *found["problems"]]
    _show(feedback_html(found), feedback_text(found))


def _show(html: str, text: str) -> None:
    from IPython.display import display  # noqa: PLC0415 (only where a kernel runs)

    display({"text/html": html, "text/plain": text or html}, raw=True)
