"""`ScoreAnswers`, in the place of nbgrader's Execute; and flags for the marker."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from caselens.answers import mark_task, setting
from caselens.cases import find_key
from caselens.grading.rebuild import NOTES, Resources, submission_of
from caselens.grading.released import Submission
from caselens.tasks import Score, feedback, kind_of
from caselens.tasks.markup import feedback_html, feedback_text

FLAGGED = "caselens_flagged"


class ScoreAnswers(NbGraderPreprocessor):  # type: ignore[misc]
    """Fill every grade cell with what people read and the points as a float."""

    def preprocess(
        self, nb: NotebookNode, resources: Resources
    ) -> tuple[NotebookNode, Resources]:
        """Return the page with outputs; nothing is executed."""
        one = submission_of(self, resources)
        notes = list(nb.metadata.get(NOTES, []))
        flagged = bool(notes)
        for cell in nb.cells:
            if cell.cell_type != "code" or "nbgrader" not in cell.metadata:
                continue
            task_id = cell.metadata["nbgrader"]["grade_id"]
            score = checked(_mark(one, task_id), cell.metadata["nbgrader"]["points"])
            flagged = flagged or bool(score.problems)
            cell.outputs = outputs(one, score, notes)
            cell.execution_count = 1
        resources[FLAGGED] = flagged
        return nb, resources


class FlagSubmission(NbGraderPreprocessor):  # type: ignore[misc]
    """After SaveAutoGrades: flag a submission that a person should look at."""

    def preprocess(
        self, nb: NotebookNode, resources: Resources
    ) -> tuple[NotebookNode, Resources]:
        """Set the flag in the gradebook where something was odd; never clear it."""
        if resources.get(FLAGGED):
            named = resources["nbgrader"]
            with Gradebook(named["db_url"]) as gradebook:
                found = gradebook.find_submission_notebook(
                    named["notebook"], named["assignment"], named["student"]
                )
                found.flagged = True
                gradebook.db.commit()
        return nb, resources


def outputs(one: Submission, score: Score, notes: list[str]) -> list[NotebookNode]:
    """Return a grade cell's outputs: a display for people, then the points."""
    at = setting(one.unit, score.task)
    found = feedback(kind_of(at), at, find_key(at.case.id), score)
    found["problems"] = [*notes, *found["problems"]]
    shown = {"text/html": feedback_html(found), "text/plain": feedback_text(found)}
    points = {"text/plain": repr(float(score.points))}
    return [
        new_output("display_data", data=shown),
        new_output("execute_result", data=points, execution_count=1),
    ]


def checked(score: Score, maximum: float) -> Score:
    """Return a score that nbgrader cannot misread: 0 and a note where it is odd.

    nbgrader gives full marks for anything but a float from 0 to the maximum.
    """
    if math.isfinite(score.points) and 0 <= score.points <= maximum:
        return score
    note = f"The points ({score.points}) were out of range and count as 0."
    return replace(score, points=0.0, problems=(*score.problems, note))


def _mark(one: Submission, task_id: str) -> Score:
    value: Any = one.value(task_id)
    try:
        return mark_task(one.unit, task_id, value)
    except (ArithmeticError, AttributeError, TypeError, ValueError) as error:
        # Whatever a trainee sent, the rest of the work and of the class is marked.
        at = setting(one.unit, task_id)
        blank = kind_of(at).score(at, find_key(at.case.id).tasks[task_id], None)
        note = f"The answer could not be read ({type(error).__name__}) and counts as 0."
        return replace(blank, points=0.0, problems=(note,))
