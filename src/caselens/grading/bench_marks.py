"""Whether marks are the same: every mark of every cell, of every trainee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nbgrader.api import Gradebook

from caselens.grading.bench_class import GRADEBOOK, Desk

# Trainee, cell, and which of the marks of a cell it is.
Place = tuple[str, str, str]
Marks = Mapping[Place, Any]
DIGITS = 9  # sums of the same points in another order differ after these


@dataclass(frozen=True)
class Agreement:
    """How many marks were compared over all ways, and which are not the same."""

    compared: int
    unequal: tuple[str, ...]

    @property
    def equal(self) -> int:
        """How many are the same in every way."""
        return self.compared - len(self.unequal)


def read_marks(desk: Desk) -> dict[Place, Any]:
    """Return every mark of a unit in a gradebook: points, whether a person is
    waited for, comments, and the late penalty."""
    found: dict[Place, Any] = {}
    url = f"sqlite:///{desk.root / GRADEBOOK}"
    with Gradebook(url, "caselens") as book:
        for one in book.notebook_submissions(desk.unit_id, desk.unit_id):
            name = one.student.id
            penalty = one.late_submission_penalty
            found[name, "", "penalty"] = penalty and round(penalty, DIGITS)
            for grade in one.grades:
                found[name, grade.name, "points"] = grade.auto_score
                found[name, grade.name, "waits"] = bool(grade.needs_manual_grade)
            for comment in one.comments:
                found[name, comment.name, "comment"] = comment.auto_comment
    return found


def agreement(ways: Mapping[str, Marks]) -> Agreement:
    """Compare the marks of several ways. What only some have is not the same."""
    places = sorted({place for marks in ways.values() for place in marks})
    unequal = [
        _told(place, ways)
        for place in places
        if not _same([marks.get(place, "no mark") for marks in ways.values()])
    ]
    return Agreement(len(places), tuple(unequal))


def _same(values: Sequence[Any]) -> bool:
    return all(one == values[0] for one in values)


def _told(place: Place, ways: Mapping[str, Marks]) -> str:
    trainee, cell, what = place
    values = ", ".join(
        f"{way} {marks.get(place, 'no mark')!r}" for way, marks in ways.items()
    )
    return f"{trainee} {cell} {what}: {values}".replace("  ", " ")
