"""The class as markers need it: units with written work, who waits, what was written.

Reads nbgrader's tables and writes none of them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from caselens.answers import read_submitted, setting
from caselens.cases import Rubric, Unit, UnitError, read_unit
from caselens.cases.unit import UNIT_FILE
from caselens.grading.written import written
from caselens.notebooks.pages import manual_id


@dataclass(frozen=True)
class Written:
    """A written task of a unit and the rubric that it is marked by."""

    task: str
    prompt: str
    rubric: Rubric

    @property
    def cells(self) -> dict[str, str]:
        """The grade cell of each criterion, by criterion."""
        return {one.id: manual_id(self.task, one.id) for one in self.rubric.criteria}


@dataclass(frozen=True)
class Marked:
    """A unit with written work: how many submissions wait, and how many do not."""

    unit: Unit
    tasks: tuple[Written, ...]
    waiting: int
    marked: int
    first: str | None
    """The submission that formgrader shows first among those that wait."""


def unit_of(course: CourseDirectory, unit_id: str) -> Unit:
    """Return a released unit. Raises UnitError, which says how to get it back."""
    folder = course.format_path(course.release_directory, ".", unit_id)
    path = Path(course.root) / folder
    try:
        changed = (path / UNIT_FILE).stat().st_mtime_ns
    except OSError:
        changed = 0
    return _read_unit(path, changed)


def written_tasks(unit: Unit) -> tuple[Written, ...]:
    """Return a unit's written tasks that have a rubric, in order."""
    found = []
    for task_id in unit.points:
        at = setting(unit, task_id)
        if at.task.kind == "write" and at.task.rubric is not None:
            rubric = at.vocabulary.rubric(at.task.rubric)
            found.append(Written(task_id, at.task.prompt or "", rubric))
    return tuple(found)


def marked_units(session: Session, course: CourseDirectory) -> list[Marked]:
    """Return every unit of the gradebook that has written work, in order."""
    names = session.scalars(select(Assignment.name).order_by(Assignment.name))
    found = []
    for name in names:
        try:
            unit = unit_of(course, name)
        except UnitError:
            continue  # a unit that is not this course's, or no longer released
        tasks = written_tasks(unit)
        if tasks:
            found.append(_marked(session, unit, tasks))
    return found


def text_of(course: CourseDirectory, unit: Unit, trainee: str, task_id: str) -> str:
    """Return what a trainee wrote for one task, "" where nothing was.

    It is read where formgrader's own copy lies, so that both markers read the same.
    """
    copy = course.format_path(course.autograded_directory, trainee, unit.id)
    record, _ = read_submitted(Path(course.root) / copy, unit.id)
    return written(unit, record).get(task_id, "")


@lru_cache(maxsize=64)
def _read_unit(folder: Path, _changed: int) -> Unit:
    return read_unit(folder)


def _marked(session: Session, unit: Unit, tasks: tuple[Written, ...]) -> Marked:
    cells = [cell for task in tasks for cell in task.cells.values()]
    asked = grades_of(unit.id, cells, SubmittedNotebook.id, Grade.needs_manual_grade)
    waiting: dict[str, bool] = {}
    for submission, waits in session.execute(asked):
        waiting[submission] = waiting.get(submission, False) or waits
    # formgrader's own order: by an id that nbgrader draws at random.
    left = sorted(one for one, waits in waiting.items() if waits)
    return Marked(
        unit=unit,
        tasks=tasks,
        waiting=len(left),
        marked=len(waiting) - len(left),
        first=left[0] if left else None,
    )


def submissions(session: Session, unit_id: str) -> dict[str, tuple[int, str]]:
    """Return the number and id of each submission in formgrader, by trainee."""
    asked = (
        select(SubmittedNotebook.id, SubmittedAssignment.student_id)
        .join(
            SubmittedAssignment,
            SubmittedAssignment.id == SubmittedNotebook.assignment_id,
        )
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == unit_id)
        .order_by(SubmittedNotebook.id)
    )
    rows = enumerate(session.execute(asked), start=1)
    return {trainee: (number, name) for number, (name, trainee) in rows}


def grades_of(unit_id: str, cells: Collection[str], *columns: Any) -> Select[Any]:
    """Return a query for columns of the grades of some cells of a unit."""
    return (
        select(*columns)
        .select_from(Grade)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
        .join(
            SubmittedAssignment,
            SubmittedAssignment.id == SubmittedNotebook.assignment_id,
        )
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == unit_id, BaseCell.name.in_(cells))
    )
