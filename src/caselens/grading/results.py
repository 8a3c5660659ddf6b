"""What the gradebook holds, read in a few queries into plain rows.

nbgrader's own objects ask the database anew for every mark. A class of a thousand
and a whole course are some hundred thousand marks, so columns are read instead.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from nbgrader import api
from nbgrader.api import Gradebook
from sqlalchemy import func, select

TASK = re.compile(r"[a-z]+[0-9]{3,}-[a-z]+(?:-[0-9]+)?(?=-|$)")


class Cell(NamedTuple):
    """A graded cell as it was released."""

    unit: str
    name: str
    maximum: float


class Mark(NamedTuple):
    """One marked cell of one submission."""

    cell: str
    maximum: float
    auto: float | None
    manual: float | None
    extra: float | None
    waits: bool

    @property
    def task(self) -> str:
        """Id of the task that the cell belongs to."""
        return task_of(self.cell)

    @property
    def points(self) -> float:
        """What counts, as nbgrader has it: a person's points before a machine's."""
        given = self.manual if self.manual is not None else self.auto
        return (given or 0.0) + (self.extra or 0.0 if given is not None else 0.0)

    @property
    def by(self) -> str:
        """Whose points count: `person`, `machine`, or "" where none are given."""
        if self.manual is not None:
            return "person"
        return "machine" if self.auto is not None else ""


@dataclass(frozen=True)
class Submitted:
    """One trainee's submission of one unit; without marks, where it has none yet."""

    trainee: str
    unit: str
    at: datetime | None
    penalty: float
    flagged: bool
    marks: tuple[Mark, ...]

    @property
    def earned(self) -> float:
        """Points before a late penalty."""
        return sum(mark.points for mark in self.marks)

    @property
    def points(self) -> float:
        """Points that count: the late penalty is off, and never below zero."""
        return max(0.0, self.earned - self.penalty)

    @property
    def waits(self) -> bool:
        """Whether something has still to be marked, by a person or at all."""
        return not self.marks or any(mark.waits for mark in self.marks)


class Person(NamedTuple):
    """A trainee as the gradebook has them."""

    id: str
    first: str
    last: str
    email: str
    lms: str


@dataclass(frozen=True)
class Results:
    """Everything that is exported: people, what units are worth, submissions."""

    people: dict[str, Person]
    maxima: dict[str, float]
    submitted: list[Submitted]

    def with_collected(self, collected: Iterable[tuple[str, str]]) -> Results:
        """Return the results with what was collected and is not marked yet.

        `collected` is trainees with a unit each.
        """
        marked = {(one.trainee, one.unit) for one in self.submitted}
        new = [
            Submitted(trainee, unit, None, 0.0, False, ())
            for trainee, unit in collected
            if (trainee, unit) not in marked
        ]
        people = {one.trainee: Person(one.trainee, "", "", "", "") for one in new}
        submitted = [*self.submitted, *new]
        submitted.sort(key=lambda one: (one.trainee, one.unit))
        return Results(
            dict(sorted((people | self.people).items())), self.maxima, submitted
        )

    def only(self, trainees: Collection[str]) -> Results:
        """Return the results of some trainees; of everybody where none are named."""
        if not trainees:
            return self
        people = {name: one for name, one in self.people.items() if name in trainees}
        kept = [one for one in self.submitted if one.trainee in trainees]
        return Results(people, self.maxima, kept)


def read_results(book: Gradebook) -> Results:
    """Return what the gradebook holds, sorted by trainee and unit."""
    cells = _cells(book)
    maxima: dict[str, float] = dict.fromkeys(_units(book), 0.0)
    for cell in cells.values():
        maxima[cell.unit] += cell.maximum
    return Results(_people(book), maxima, _submitted(book, _marks(book, cells)))


def task_of(cell: str) -> str:
    """Return the task of a graded cell; a criterion's cell belongs to its task.

    A cell of a page that is not this course's own is a task by itself.
    """
    found = TASK.match(cell)
    return found[0] if found else cell


def _units(book: Gradebook) -> list[str]:
    found = select(api.Assignment.name).order_by(api.Assignment.name)
    return list(book.db.scalars(found))


def _people(book: Gradebook) -> dict[str, Person]:
    one = api.Student
    found = select(one.id, one.first_name, one.last_name, one.email, one.lms_user_id)
    rows = book.db.execute(found.order_by(one.id))
    return {row[0]: Person(*(str(value or "") for value in row)) for row in rows}


def _cells(book: Gradebook) -> dict[str, Cell]:
    """Return every graded cell by its id in the database."""
    base, grade, task = (
        one.__table__ for one in (api.BaseCell, api.GradeCell, api.TaskCell)
    )
    book_of, unit = api.Notebook.__table__, api.Assignment.__table__
    worth = func.coalesce(grade.c.max_score, task.c.max_score)
    found = (
        select(base.c.id, unit.c.name, base.c.name, worth)
        .outerjoin(grade, grade.c.id == base.c.id)
        .outerjoin(task, task.c.id == base.c.id)
        .join(book_of, book_of.c.id == base.c.notebook_id)
        .join(unit, unit.c.id == book_of.c.assignment_id)
        .where(worth.is_not(None))
    )
    return {row[0]: Cell(*row[1:]) for row in book.db.execute(found)}


def _marks(book: Gradebook, cells: dict[str, Cell]) -> dict[str, list[Mark]]:
    """Return marks by the id of their submission, in the order of their cells."""
    one, page = api.Grade.__table__, api.SubmittedNotebook.__table__
    found = select(
        page.c.assignment_id,
        one.c.cell_id,
        one.c.auto_score,
        one.c.manual_score,
        one.c.extra_credit,
        one.c.needs_manual_grade,
    ).join(page, page.c.id == one.c.notebook_id)
    marks: dict[str, list[Mark]] = defaultdict(list)
    for submission, cell_id, *given in book.db.execute(found):
        # A cell that a later release took away counts no more.
        if cell_id in cells:
            cell = cells[cell_id]
            marks[submission].append(Mark(cell.name, cell.maximum, *given))
    for of_one in marks.values():
        of_one.sort(key=lambda mark: mark.cell)
    return marks


def _submitted(book: Gradebook, marks: dict[str, list[Mark]]) -> list[Submitted]:
    late = _late(book)
    one, unit = api.SubmittedAssignment.__table__, api.Assignment.__table__
    found = (
        select(one.c.id, one.c.student_id, unit.c.name, one.c.timestamp)
        .join(unit, unit.c.id == one.c.assignment_id)
        .order_by(one.c.student_id, unit.c.name)
    )
    return [
        Submitted(trainee, name, at, *late[submission], tuple(marks[submission]))
        for submission, trainee, name, at in book.db.execute(found)
        # Without a mark it is only collected, or its marking failed.
        if marks.get(submission)
    ]


def _late(book: Gradebook) -> dict[str, tuple[float, bool]]:
    """Return penalty and flag by the id of a submission, over all its pages."""
    page = api.SubmittedNotebook.__table__
    found = select(page.c.assignment_id, page.c.late_submission_penalty, page.c.flagged)
    late: dict[str, tuple[float, bool]] = defaultdict(lambda: (0.0, False))
    for submission, penalty, flagged in book.db.execute(found):
        before = late[submission]
        late[submission] = (before[0] + (penalty or 0.0), before[1] or bool(flagged))
    return late


def when(at: Any) -> str:
    """Return a time of the gradebook's, which is UTC, as ISO 8601; "" for none."""
    return "" if at is None else f"{at.isoformat(timespec='seconds')}Z"
