"""What was released, and what came back: the two sides that grading compares."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory

from caselens.answers import Record, read_submitted
from caselens.cases import Unit
from caselens.grading.archive import ARCHIVE
from caselens.grading.files import read_files
from caselens.grading.version import Maxima, Shelf, Version


@dataclass(frozen=True)
class Submission:
    """One trainee's submission of one unit, beside the version that marks it."""

    unit: Unit
    version: Version
    submitted: Path
    record: Record | None
    problem: str | None

    def value(self, task_id: str) -> Any:
        """Return the untrusted value given for a task, or None."""
        return self.record.value(task_id) if self.record is not None else None


def shelf_of(
    course: CourseDirectory,
    unit_id: str,
    maxima: Maxima | None = None,
    instead: dict[str, str] | None = None,
) -> Shelf:
    """Return the versions of a unit in a course folder."""
    release = Path(course.format_path(course.release_directory, ".", unit_id))
    archive = Path(course.root) / ARCHIVE / unit_id
    return Shelf(release, archive, maxima or {}, instead or {})


def submitted_folder(course: CourseDirectory, trainee: str, unit_id: str) -> Path:
    """Return where a trainee's collected submission lies."""
    return Path(course.format_path(course.submitted_directory, trainee, unit_id))


def find_submission(
    course: CourseDirectory, unit_id: str, trainee: str, by: str | None = None
) -> Submission:
    """Return a submission with its version, or with the version named `by`.

    Raises UnitError, KeyMissingError, OSError.
    """
    folder = submitted_folder(course, trainee, unit_id)
    shelf = shelf_of(course, unit_id)
    record, problem = read_submitted(folder, unit_id)
    files = read_files(folder, f"{unit_id}.ipynb")
    given, _ = shelf.given(files.found.get("unit.json"), record)
    version = shelf.version(by or given)
    return Submission(version.unit, version, folder, record, problem)
