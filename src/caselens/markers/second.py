"""Second marking: a random sample of marked texts, marked again by somebody else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from nbgrader.api import BaseCell, Grade, SubmittedAssignment
from sqlalchemy import select
from sqlalchemy.orm import Session

from caselens.grading.tables import Change, SecondMark, moment
from caselens.markers.course import Written, grades_of
from caselens.markers.exemplars import rank

NUMBER = 10
MOST = 1000
DIGITS = 16
Log = dict[tuple[str, str], tuple[str, str | None]]
"""Marker and rubric version by trainee and cell."""


@dataclass(frozen=True)
class First:
    """A text that was marked: whose it is, and who gave the marks that count."""

    trainee: str
    task: Written
    points: dict[str, float]
    """By criterion."""
    by: frozenset[str]
    versions: frozenset[str]
    """The versions of the rubric that were marked by, as far as the log knows."""

    @property
    def id(self) -> str:
        """What a form calls the text, without a name in it."""
        return rank(self.trainee, self.task.task)[:DIGITS]


def first_marks(
    session: Session, unit_id: str, tasks: Sequence[Written]
) -> list[First]:
    """Return every text of a unit of which a person marked all criteria."""
    cells = [cell for task in tasks for cell in task.cells.values()]
    asked = grades_of(
        unit_id,
        cells,
        SubmittedAssignment.student_id,
        BaseCell.name,
        Grade.manual_score,
        Grade.needs_manual_grade,
    )
    given: dict[str, dict[str, float]] = {}
    for trainee, cell, points, waits in session.execute(asked):
        if points is not None and not waits:
            given.setdefault(trainee, {})[cell] = points
    log = _log(session, unit_id)
    return [
        _first(trainee, task, points, log)
        for trainee, points in sorted(given.items())
        for task in tasks
        if all(cell in points for cell in task.cells.values())
    ]


def _first(trainee: str, task: Written, points: dict[str, float], log: Log) -> First:
    cells = task.cells.items()
    known = [log[trainee, cell] for _, cell in cells if (trainee, cell) in log]
    return First(
        trainee=trainee,
        task=task,
        points={name: points[cell] for name, cell in cells},
        by=frozenset(by for by, _ in known),
        versions=frozenset(version for _, version in known if version is not None),
    )


def sample(
    marked: Sequence[First], unit_id: str, marker: str, number: int, seed: int = 1
) -> list[First]:
    """Return the texts of `number` trainees for a second marker, in marking order.

    Whose they are is drawn by the seed, alike for every marker; nobody gets a
    text that they have marked themselves, or one that was marked by another version
    of the rubric. The order is each marker's own, task by task, because one rubric
    at a time is marked more evenly.
    """
    mine = {one.trainee for one in marked if marker in one.by}
    fit = [
        one
        for one in marked
        if one.trainee not in mine and one.versions <= {one.task.rubric.version}
    ]
    ranks = {one.trainee: rank(str(seed), unit_id, one.trainee) for one in fit}
    drawn = sorted(ranks, key=lambda name: ranks[name])[:number]
    tasks = list(dict.fromkeys(one.task.task for one in fit))
    return sorted(
        (one for one in fit if one.trainee in drawn),
        key=lambda one: (tasks.index(one.task.task), rank(marker, unit_id, one.id)),
    )


def seconded(session: Session, unit_id: str, marker: str) -> set[tuple[str, str]]:
    """Return the trainee and cell of every second mark that a marker gave."""
    asked = select(SecondMark.trainee, SecondMark.cell).where(
        SecondMark.unit == unit_id, SecondMark.by == marker
    )
    return {(trainee, cell) for trainee, cell in session.execute(asked)}


def left_over(texts: Sequence[First], done: Collection[tuple[str, str]]) -> list[First]:
    """Return the texts of a sample that are not marked on every criterion yet."""
    return [
        one
        for one in texts
        if not all((one.trainee, cell) in done for cell in one.task.cells.values())
    ]


def store(
    session: Session,
    unit_id: str,
    marker: str,
    text: First,
    levels: Mapping[str, int],
) -> None:
    """Keep a second marker's points for one text, one row a criterion."""
    version, at = text.task.rubric.version, moment()
    for criterion, cell in text.task.cells.items():
        row = SecondMark(
            unit=unit_id,
            trainee=text.trainee,
            cell=cell,
            by=marker,
            points=float(levels[criterion]),
            rubric=version,
            at=at,
        )
        session.merge(row)
    session.commit()


def _log(session: Session, unit_id: str) -> Log:
    """Return who gave the mark that stands, and by which rubric."""
    asked = (
        select(Change.trainee, Change.cell, Change.by, Change.rubric)
        .where(Change.unit == unit_id, Change.what == "manual")
        .order_by(Change.id)
    )
    rows = session.execute(asked)
    return {(trainee, cell): (by, rubric) for trainee, cell, by, rubric in rows}
