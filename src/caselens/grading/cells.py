"""The cells of a unit in nbgrader's gradebook, and what it holds for them."""

from __future__ import annotations

from nbgrader.api import (
    Assignment,
    Grade,
    GradeCell,
    MissingEntry,
    Notebook,
    SolutionCell,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import select
from sqlalchemy.orm import Session


class Cells:
    """The cells of a unit in the gradebook, by name. Raises MissingEntry."""

    def __init__(self, db: Session, unit_id: str) -> None:
        found = db.execute(
            select(Assignment.id, Assignment.duedate, Notebook.id)
            .join(Notebook, Notebook.assignment_id == Assignment.id)
            .where(Assignment.name == unit_id, Notebook.name == unit_id)
        ).one_or_none()
        if found is None:
            raise MissingEntry(
                f"The gradebook has no unit {unit_id}. "
                f"Run first: nbgrader generate_assignment {unit_id} --force"
            )
        self.assignment, self.duedate, self.notebook = found
        graded = db.execute(
            select(GradeCell.name, GradeCell.id, GradeCell.max_score).where(
                GradeCell.notebook_id == self.notebook
            )
        ).all()
        written = db.execute(
            select(SolutionCell.name, SolutionCell.id).where(
                SolutionCell.notebook_id == self.notebook
            )
        ).all()
        self.graded = {name: cell for name, cell, _ in graded}
        self.maxima = {name: float(maximum) for name, _, maximum in graded}
        self.written: dict[str, str] = dict(iter(written))


def auto_scores(db: Session, cells: Cells, trainee: str) -> dict[str, float | None]:
    """Return the machine's points of a trainee in the gradebook, by grade cell."""
    lines = db.execute(
        select(Grade.cell_id, Grade.auto_score)
        .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
        .join(
            SubmittedAssignment,
            SubmittedAssignment.id == SubmittedNotebook.assignment_id,
        )
        .where(
            SubmittedNotebook.notebook_id == cells.notebook,
            SubmittedAssignment.student_id == trainee,
        )
    )
    names = {cell: name for name, cell in cells.graded.items()}
    return {names[cell]: score for cell, score in lines if cell in names}
