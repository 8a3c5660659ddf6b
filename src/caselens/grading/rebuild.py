"""The graded copy: our released page with a trainee's answers, escaped."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from nbgrader.preprocessors import NbGraderPreprocessor

from caselens.answers import setting
from caselens.cases import Criterion, Unit, find_key
from caselens.grading.released import Submission, find_submission, read_page
from caselens.notebooks.pages import manual_id
from caselens.tasks import kind_of
from caselens.tasks.markup import text_html

Resources = dict[str, Any]
NOTES = "caselens_notes"


class SubmissionExporter(NotebookExporter):
    """Reads graded copies, and never a submitted page.

    A submission whose page is no notebook at all is graded like any other.
    """

    def from_filename(
        self, filename: str, resources: Resources | None = None, **more: Any
    ) -> tuple[Any, Resources]:
        """Return the exported page; a submitted one counts as empty."""
        if not getattr(self.parent, "_sanitizing", False):
            return super().from_filename(filename, resources=resources, **more)
        path, name = os.path.split(filename)
        resources = resources if resources is not None else {}
        resources["metadata"] = {"name": Path(name).stem, "path": path}
        nothing: NotebookNode = new_notebook()
        made: tuple[Any, Resources] = self.from_notebook_node(  # type: ignore[no-untyped-call]
            nothing, resources=resources, **more
        )
        return made


class RebuildSubmission(NbGraderPreprocessor):  # type: ignore[misc]
    """First in `Autograde.sanitize_preprocessors`: nothing submitted goes on."""

    def preprocess(
        self, nb: NotebookNode, resources: Resources
    ) -> tuple[NotebookNode, Resources]:
        """Return the released page with written answers filled in.

        Raises KeyMissingError, so that a machine without keys marks nobody.
        """
        one = submission_of(self, resources)
        for case in one.unit.cases:
            find_key(case.id)
        page = read_page(one.released)
        fill_written(page, one)
        notes = one.notes()
        page.metadata[NOTES] = notes
        for note in notes:
            self.log.warning("%s: %s", resources["nbgrader"]["student"], note)
        return page, resources


def submission_of(step: NbGraderPreprocessor, resources: Resources) -> Submission:
    """Return the submission that a preprocessor of nbgrader's is at."""
    course = step.parent.parent.coursedir
    named = resources["nbgrader"]
    return find_submission(
        course, named["assignment"], named["student"], named["notebook"]
    )


def fill_written(page: NotebookNode, one: Submission) -> None:
    """Put each written answer, escaped, and its rubric into the marker's cells.

    A blank answer leaves the cells as released, which nbgrader counts as none.
    """
    cells = {
        cell.metadata["nbgrader"]["grade_id"]: cell
        for cell in page.cells
        if "nbgrader" in cell.metadata
    }
    for task_id, text in written(one.unit, one).items():
        if not text.strip():
            continue
        rubric = setting(one.unit, task_id).task.rubric or ""
        criteria = one.unit.vocabulary.rubric(rubric).criteria
        for number, criterion in enumerate(criteria):
            shown = _criterion(criterion)
            if number == 0:
                shown = f"{_text(one.unit, task_id, text)}\n\n{shown}"
            cells[manual_id(task_id, criterion.id)].source = shown


def written(unit: Unit, one: Submission) -> dict[str, str]:
    """Return the text of every written task, by task id, "" where there is none."""
    texts = {}
    for task_id in unit.points:
        at = setting(unit, task_id)
        if kind_of(at).by_hand and at.task.rubric is not None:
            texts[task_id] = kind_of(at).clean(at, one.value(task_id)).value["text"]
    return texts


def _text(unit: Unit, task_id: str, text: str) -> str:
    prompt = setting(unit, task_id).task.prompt
    return f"**{prompt}**\n\n{len(text.split())} words:\n\n{text_html(text)}"


def _criterion(criterion: Criterion) -> str:
    lines = [f"#### {criterion.name}", "", criterion.question, ""]
    lines += [
        f"- **{level.points}** {level.label}: {level.text}"
        for level in criterion.levels
    ]
    return "\n".join(lines)
