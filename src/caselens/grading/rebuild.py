"""nbgrader's autograde, one submission: the graded copy, then the gradebook."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor

from caselens.answers import ANSWERS_FILE
from caselens.cases.unit import UNIT_FILE
from caselens.grading.files import SECRET_FILE, TIMESTAMP_FILE, Files, read_files
from caselens.grading.gradebook import open_gradebook, penalty_of, unit_grader
from caselens.grading.released import submitted_folder
from caselens.grading.rows import Row, Writer

Resources = dict[str, Any]
# What a graded folder holds beside its page; whatever else was submitted stays out,
# because formgrader serves the folder to the marker's browser.
KEPT = (ANSWERS_FILE, TIMESTAMP_FILE, SECRET_FILE, UNIT_FILE)


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
    """All of `Autograde.sanitize_preprocessors`: nothing submitted goes on."""

    def preprocess(
        self, nb: NotebookNode, resources: Resources
    ) -> tuple[NotebookNode, Resources]:
        """Return the released page with writing, verdicts and points filled in.

        Raises KeyMissingError, so that a machine without keys marks nobody.
        """
        course = _course(self)
        unit_id, trainee = _names(resources)
        with open_gradebook(course) as book:
            grader = unit_grader(course, book.db, unit_id)
        graded = grader.grade(_files(course, trainee, unit_id))
        for note in graded.notes:
            self.log.warning("%s: %s", trainee, note)
        copy = course.format_path(course.autograded_directory, trainee, unit_id)
        for name in leave_out(Path(course.root) / copy, f"{unit_id}.ipynb"):
            self.log.warning("%s: %s was left out of the graded copy.", trainee, name)
        page: NotebookNode = nbformat.reads(graded.page, as_version=4)
        return page, resources


class SaveMarks(NbGraderPreprocessor):  # type: ignore[misc]
    """All of `Autograde.autograde_preprocessors`: write the marks and the flag."""

    def preprocess(
        self, nb: NotebookNode, resources: Resources
    ) -> tuple[NotebookNode, Resources]:
        """Return the graded copy unchanged. Raises KeyMissingError."""
        course = _course(self)
        unit_id, trainee = _names(resources)
        files = _files(course, trainee, unit_id)
        with open_gradebook(course) as book:
            graded = unit_grader(course, book.db, unit_id).grade(files)
            row = Row(trainee, files.timestamp()[0], files.content, graded)
            Writer(book.db, unit_id, penalty_of(self)).write([row])
        return nb, resources


def leave_out(folder: Path, page: str) -> list[str]:
    """Remove what marking does not need from a graded folder; return its names."""
    others = [one for one in sorted(folder.iterdir()) if one.name not in (page, *KEPT)]
    for one in others:
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one)
        else:
            one.unlink()
    return [one.name for one in others]


def _course(step: NbGraderPreprocessor) -> CourseDirectory:
    return step.parent.parent.coursedir


def _names(resources: Resources) -> tuple[str, str]:
    named = resources["nbgrader"]
    return named["assignment"], named["student"]


def _files(course: CourseDirectory, trainee: str, unit_id: str) -> Files:
    return read_files(submitted_folder(course, trainee, unit_id), f"{unit_id}.ipynb")
