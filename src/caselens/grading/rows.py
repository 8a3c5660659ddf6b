"""Writing marks into nbgrader's gradebook, many submissions in one transaction.

The rows are those that nbgrader's own autograde makes (SaveAutoGrades, late
penalties), through its own models; beside them stand this course's own tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nbgrader.api import Comment, Grade, SubmittedNotebook, new_uuid
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caselens.grading.cells import Cells
from caselens.grading.graded import Graded
from caselens.grading.places import Place, Places, insert_rows, update_rows
from caselens.grading.tables import Change, Marking, moment, person

NO_RESPONSE = "No response."
# Trainee, score, seconds late: the penalty, or None where there is none.
Penalty = Callable[[str, float, float], float | None]
# Why a mark changes, by trainee and cell.
Reasons = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Row:
    """One marked submission, as the gradebook takes it."""

    trainee: str
    timestamp: datetime | None
    content: str
    graded: Graded


class Writer:
    """Writes the marks of one unit; the only one that does, in a run."""

    def __init__(
        self,
        db: Session,
        unit_id: str,
        penalty: Penalty,
        reasons: Reasons | None = None,
    ) -> None:
        self.db, self.unit_id = db, unit_id
        self.cells = Cells(db, unit_id)
        self._penalty, self._reasons = penalty, reasons or {}
        self._by = person()

    def write(self, rows: Sequence[Row]) -> None:
        """Write and commit some submissions; all of them, or none."""
        if not rows:
            return
        try:
            times = {row.trainee: row.timestamp for row in rows}
            places = Places(self.db, self.cells).of(times)
            known = self._markings(rows)
            scores = self._grades(rows, places, known)
            self._comments(rows, places)
            self._notebooks(rows, places, scores)
            self._note(rows, known)
            self.db.commit()
        except BaseException:
            self.db.rollback()
            raise

    def waiting(self) -> int:
        """Return how many submissions of the unit wait for a person."""
        found = self.db.scalar(
            select(func.count(SubmittedNotebook.id.distinct()))
            .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
            .where(
                SubmittedNotebook.notebook_id == self.cells.notebook,
                Grade.needs_manual_grade,
            )
        )
        return int(found or 0)

    def _grades(
        self,
        rows: Sequence[Row],
        places: Mapping[str, Place],
        known: Mapping[str, Marking],
    ) -> dict[str, float]:
        table = Grade.__table__.c
        old = self._by_cell(
            Grade,
            places,
            table.auto_score,
            table.manual_score,
            table.extra_credit,
            table.needs_manual_grade,
        )
        new: list[dict[str, Any]] = []
        changed, scores = [], {}
        for row in rows:
            place, total = places[row.trainee], 0.0
            before = known.get(row.trainee)
            again = before is not None and before.content == row.content
            for name, cell in self.cells.graded.items():
                auto = row.graded.points.get(name)
                key, was, manual, extra, waited = old.get(
                    (place.notebook, cell), (None, None, None, None, None)
                )
                waits = _waits(auto, manual, kept=waited if again else None, was=was)
                values = {"auto_score": auto, "needs_manual_grade": waits}
                if key is None:
                    named = {"cell_id": cell, "notebook_id": place.notebook}
                    new.append({"id": new_uuid(), **named, **values})
                elif (was, waited) != (auto, waits):
                    changed.append({"key": key, **values})
                if before is not None and was != auto:
                    self._log(row, name, was, auto)
                score = manual if manual is not None else auto
                total += (score or 0.0) + (extra or 0.0 if score is not None else 0.0)
            scores[row.trainee] = total
        insert_rows(self.db, Grade, new)
        update_rows(self.db, Grade, ["auto_score", "needs_manual_grade"], changed)
        return scores

    def _comments(self, rows: Sequence[Row], places: Mapping[str, Place]) -> None:
        old = self._by_cell(Comment, places, Comment.__table__.c.auto_comment)
        new, changed = [], []
        for row in rows:
            place = places[row.trainee]
            for name, cell in self.cells.written.items():
                said = NO_RESPONSE if name in row.graded.blank else None
                key, was = old.get((place.notebook, cell), (None, None))
                if key is None:
                    named = {"cell_id": cell, "notebook_id": place.notebook}
                    new.append({"id": new_uuid(), **named, "auto_comment": said})
                elif was != said:
                    changed.append({"key": key, "auto_comment": said})
        insert_rows(self.db, Comment, new)
        update_rows(self.db, Comment, ["auto_comment"], changed)

    def _by_cell(
        self, model: Any, places: Mapping[str, Place], *columns: Any
    ) -> dict[tuple[str, str], Any]:
        table = model.__table__.c
        notebooks = [place.notebook for place in places.values()]
        lines = self.db.execute(
            select(table.notebook_id, table.cell_id, table.id, *columns).where(
                table.notebook_id.in_(notebooks)
            )
        )
        return {(notebook, cell): rest for notebook, cell, *rest in lines}

    def _notebooks(
        self,
        rows: Iterable[Row],
        places: Mapping[str, Place],
        scores: Mapping[str, float],
    ) -> None:
        values = []
        for row in rows:
            place = places[row.trainee]
            late = self._late(place)
            score = scores[row.trainee]
            penalty = self._penalty(row.trainee, score, late) if late > 0 else None
            if penalty is not None:
                penalty = min(max(0.0, penalty), score)
            values.append(
                {
                    "key": place.notebook,
                    "flagged": place.flagged or row.graded.flagged,
                    "late_submission_penalty": penalty,
                }
            )
        columns = ["flagged", "late_submission_penalty"]
        update_rows(self.db, SubmittedNotebook, columns, values)

    def _late(self, place: Place) -> float:
        due = self.cells.duedate
        if due is None or place.timestamp is None:
            return 0.0
        due = due + place.extension if place.extension is not None else due
        return float(max(0.0, (place.timestamp - due).total_seconds()))

    def _markings(self, rows: Sequence[Row]) -> dict[str, Marking]:
        names = [row.trainee for row in rows]
        found = self.db.scalars(
            select(Marking).where(
                Marking.unit == self.unit_id, Marking.trainee.in_(names)
            )
        )
        return {one.trainee: one for one in found}

    def _note(self, rows: Sequence[Row], known: Mapping[str, Marking]) -> None:
        for row in rows:
            one = known.get(row.trainee)
            if one is None:
                one = Marking(unit=self.unit_id, trainee=row.trainee)
                self.db.add(one)
            one.content, one.answers = row.content, row.graded.answers
            one.given, one.version = row.graded.given, row.graded.version
            one.at, one.by = moment(), self._by
            one.notes = "\n".join(row.graded.notes)

    def _log(self, row: Row, cell: str, was: float | None, auto: float | None) -> None:
        reason = self._reasons.get((row.trainee, cell), "autograded again")
        self.db.add(
            Change(
                at=moment(),
                by=self._by,
                unit=self.unit_id,
                trainee=row.trainee,
                cell=cell,
                what="auto",
                old=None if was is None else repr(float(was)),
                new=None if auto is None else repr(float(auto)),
                reason=reason,
            )
        )


def _waits(
    auto: float | None, manual: float | None, *, kept: bool | None, was: float | None
) -> bool:
    """Whether a person has to look: as nbgrader has it on new work.

    On work that was marked before (`kept` is what was known then), a person's mark
    is asked for again only where the machine's changed.
    """
    if manual is None:
        return auto is None
    if kept is not None and was == auto:
        return kept
    return True
