"""The marks that feedback pages are written from: a few queries for many trainees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader import api
from sqlalchemy import NullPool, Select, create_engine, inspect, make_url, select
from sqlalchemy.orm import Session

from caselens.grading.feedback_policy import closing_time
from caselens.grading.results import Mark
from caselens.grading.tables import Marking

BATCH = 200


class NoMarksError(Exception):
    """There is no gradebook, or the unit is not in it; the text says what to do."""


@contextmanager
def reading(db_url: str) -> Iterator[Session]:
    """Open a gradebook to be read only. Raises NoMarksError where there is none."""
    url = make_url(db_url)
    # SQLite would make an empty database in the place of a missing one.
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise NoMarksError(
            f"There is no gradebook at {url.database}. Run this in the course folder, "
            "after `nbgrader generate_assignment` and autograding."
        )
    engine = create_engine(url, poolclass=NullPool)
    try:
        with Session(engine) as db:
            yield db
    finally:
        engine.dispose()


@dataclass(frozen=True)
class Marks:
    """What the gradebook holds of one submission. Plain data: it travels."""

    trainee: str
    marks: Mapping[str, Mark] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    penalty: float = 0.0
    closes: datetime | None = None
    version: str | None = None
    """The version that it was marked by; None where nothing was noted."""

    @property
    def points(self) -> float:
        """Points that count, after the late penalty and never below zero."""
        earned = sum(mark.points for mark in self.marks.values())
        return max(0.0, earned - self.penalty)

    @property
    def waiting(self) -> list[Mark]:
        """The cells that a person has still to look at."""
        return [mark for mark in self.marks.values() if mark.waits]


class MarksOf:
    """The marks of one unit in an open gradebook. Raises NoMarksError."""

    def __init__(self, db: Session, unit_id: str) -> None:
        self.db = db
        self.unit_id = unit_id
        self.cells = self._cells()
        if not self.cells:
            known = db.scalars(select(api.Assignment.name).order_by("name"))
            raise NoMarksError(
                f"The gradebook has no unit {unit_id}. "
                f"It has: {', '.join(known) or 'none yet'}."
            )

    @property
    def maxima(self) -> dict[str, float]:
        """The points of every graded cell."""
        return dict(self.cells.values())

    def read(self, trainees: Collection[str] | None = None) -> Iterator[Marks]:
        """Yield the marks of everybody, or of some, by name, in batches."""
        found = list(self.db.execute(self._submissions()))
        if trainees is not None:
            found = [row for row in found if row[0] in trainees]
        for first in range(0, len(found), BATCH):
            yield from self._batch(found[first : first + BATCH])

    def trainees(self) -> list[str]:
        """Return everybody whom the gradebook knows, sorted."""
        found = select(api.Student.id).order_by(api.Student.id)
        return list(self.db.scalars(found))

    def _cells(self) -> dict[str, tuple[str, float]]:
        base, grade = api.BaseCell.__table__, api.GradeCell.__table__
        page, unit = api.Notebook.__table__, api.Assignment.__table__
        found = (
            select(base.c.id, base.c.name, grade.c.max_score)
            .join(grade, grade.c.id == base.c.id)
            .join(page, page.c.id == base.c.notebook_id)
            .join(unit, unit.c.id == page.c.assignment_id)
            .where(unit.c.name == self.unit_id)
        )
        return {key: (name, worth) for key, name, worth in self.db.execute(found)}

    def _submissions(self) -> Select[Any]:
        one, unit = api.SubmittedAssignment.__table__, api.Assignment.__table__
        page, book = api.SubmittedNotebook.__table__, api.Notebook.__table__
        return (
            select(
                one.c.student_id,
                page.c.id,
                page.c.late_submission_penalty,
                unit.c.duedate,
                one.c.extension,
            )
            .join(unit, unit.c.id == one.c.assignment_id)
            .join(page, page.c.assignment_id == one.c.id)
            .join(book, book.c.id == page.c.notebook_id)
            .where(unit.c.name == self.unit_id, book.c.name == self.unit_id)
            .order_by(one.c.student_id)
        )

    def _batch(self, rows: Sequence[Any]) -> Iterator[Marks]:
        pages = [row[1] for row in rows]
        marks, comments = self._grades(pages), self._comments(pages)
        versions = self._versions([row[0] for row in rows])
        for trainee, page, penalty, due, extension in rows:
            # Without a mark it is only collected, or its marking failed.
            if page in marks:
                yield Marks(
                    trainee=trainee,
                    marks=marks[page],
                    comments=comments.get(page, {}),
                    penalty=penalty or 0.0,
                    closes=closing_time(due, extension),
                    version=versions.get(trainee),
                )

    def _grades(self, pages: list[str]) -> dict[str, dict[str, Mark]]:
        one = api.Grade.__table__.c
        found = select(
            one.notebook_id,
            one.cell_id,
            one.auto_score,
            one.manual_score,
            one.extra_credit,
            one.needs_manual_grade,
        ).where(one.notebook_id.in_(pages))
        marks: dict[str, dict[str, Mark]] = defaultdict(dict)
        for page, cell, *given in self.db.execute(found):
            if cell in self.cells:
                name, worth = self.cells[cell]
                marks[page][name] = Mark(name, worth, *given)
        return marks

    def _comments(self, pages: list[str]) -> dict[str, dict[str, str]]:
        """Return what persons wrote, by page and cell; a machine's says nothing."""
        one, base = api.Comment.__table__.c, api.BaseCell.__table__.c
        found = (
            select(one.notebook_id, base.name, one.manual_comment)
            .join(api.BaseCell.__table__, base.id == one.cell_id)
            .where(one.notebook_id.in_(pages), one.manual_comment.is_not(None))
        )
        comments: dict[str, dict[str, str]] = defaultdict(dict)
        for page, name, text in self.db.execute(found):
            if text.strip():
                comments[page][name] = text.strip()
        return comments

    def _versions(self, trainees: list[str]) -> dict[str, str]:
        # A gradebook that only nbgrader has written to has no table of ours.
        if not inspect(self.db.connection()).has_table(Marking.__tablename__):
            return {}
        found = select(Marking.trainee, Marking.version).where(
            Marking.unit == self.unit_id, Marking.trainee.in_(trainees)
        )
        return dict(iter(self.db.execute(found)))
