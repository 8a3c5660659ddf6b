"""Where trainees' rows hang in nbgrader's gradebook, found or made, many at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from nbgrader.api import Student, SubmittedAssignment, SubmittedNotebook, new_uuid
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from caselens.grading.cells import Cells


@dataclass(frozen=True)
class Place:
    """Where a trainee's rows hang in the gradebook."""

    submission: str
    notebook: str
    timestamp: datetime | None
    extension: timedelta | None
    flagged: bool


class Places:
    """The places of one unit's submissions."""

    def __init__(self, db: Session, cells: Cells) -> None:
        self.db, self.cells = db, cells

    def of(self, times: Mapping[str, datetime | None]) -> dict[str, Place]:
        """Return the place of each trainee's rows, by the time of submission.

        Who is new to the gradebook is entered; a time that is known is updated.
        """
        names = list(times)
        known = set(self.db.scalars(select(Student.id).where(Student.id.in_(names))))
        insert_rows(
            self.db, Student, [{"id": one} for one in names if one not in known]
        )
        found = self._found(names)
        made = [self._made(name) for name in names if name not in found]
        insert_rows(self.db, SubmittedAssignment, [one for one, _ in made])
        insert_rows(self.db, SubmittedNotebook, [two for _, two in made])
        found |= {
            one["student_id"]: Place(one["id"], two["id"], None, None, False)
            for one, two in made
        }
        return self._timed(times, found)

    def _found(self, names: list[str]) -> dict[str, Place]:
        lines = self.db.execute(
            select(
                SubmittedAssignment.student_id,
                SubmittedAssignment.id,
                SubmittedNotebook.id,
                SubmittedAssignment.timestamp,
                SubmittedAssignment.extension,
                SubmittedNotebook.flagged,
            )
            .join(
                SubmittedNotebook,
                SubmittedNotebook.assignment_id == SubmittedAssignment.id,
            )
            .where(
                SubmittedAssignment.assignment_id == self.cells.assignment,
                SubmittedNotebook.notebook_id == self.cells.notebook,
                SubmittedAssignment.student_id.in_(names),
            )
        )
        return {name: Place(*rest) for name, *rest in lines}

    def _made(self, trainee: str) -> tuple[dict[str, Any], dict[str, Any]]:
        submission, notebook = new_uuid(), new_uuid()
        one = {
            "id": submission,
            "assignment_id": self.cells.assignment,
            "student_id": trainee,
        }
        two = {
            "id": notebook,
            "assignment_id": submission,
            "notebook_id": self.cells.notebook,
            "flagged": False,
        }
        return one, two

    def _timed(
        self, times: Mapping[str, datetime | None], places: dict[str, Place]
    ) -> dict[str, Place]:
        changed = []
        for trainee, time in times.items():
            place = places[trainee]
            if time is not None and time != place.timestamp:
                changed.append({"key": place.submission, "timestamp": time})
                places[trainee] = replace(place, timestamp=time)
        update_rows(self.db, SubmittedAssignment, ["timestamp"], changed)
        return places


def insert_rows(db: Session, model: Any, values: list[dict[str, Any]]) -> None:
    """Insert rows of one of nbgrader's models in one statement."""
    if values:
        db.execute(insert(model.__table__), values)


def update_rows(
    db: Session, model: Any, columns: list[str], values: list[dict[str, Any]]
) -> None:
    """Update columns of rows of one model; each value names its row by `key`."""
    if values:
        table = model.__table__
        fresh: dict[str, Any] = {name: bindparam(name) for name in columns}
        named = update(table).where(table.c.id == bindparam("key")).values(fresh)
        db.connection().execute(named, values)
