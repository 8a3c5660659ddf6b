"""Agreement of first and second marks: ICC, mean difference, exact and adjacent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from caselens.grading.tables import Change, SecondMark
from caselens.markers.course import Written
from caselens.markers.icc import Icc, icc
from caselens.markers.second import first_marks

TOTAL = "Total"


@dataclass(frozen=True)
class Pair:
    """One text, marked twice: points by criterion."""

    first: dict[str, float]
    second: dict[str, float]
    by: str


@dataclass(frozen=True)
class Compared:
    """How first and second marks agree on one criterion, or on the total."""

    name: str
    found: Icc
    lean: float
    """Mean of second less first."""
    exact: float
    near: float
    """Share at most one point apart."""


@dataclass(frozen=True)
class Report:
    """The agreement on one written task of a unit."""

    task: Written
    pairs: int
    seconds: tuple[str, ...]
    """Who marked second."""
    other_version: int
    """Texts left out: the two marks were given by two versions of the rubric."""
    lines: tuple[Compared, ...]


def report(session: Session, unit_id: str, task: Written) -> Report:
    """Compare the marks that stood when somebody marked second with theirs."""
    pairs, other = _pairs(session, unit_id, task)
    return Report(
        task=task,
        pairs=len(pairs),
        seconds=tuple(sorted({one.by for one in pairs})),
        other_version=other,
        lines=tuple(_lines(task, pairs)) if pairs else (),
    )


def compare(name: str, first: Sequence[float], second: Sequence[float]) -> Compared:
    """Return how two lists of points of the same texts agree."""
    apart = [two - one for one, two in zip(first, second, strict=True)]
    return Compared(
        name=name,
        found=icc(list(zip(first, second, strict=True))),
        lean=sum(apart) / len(apart),
        exact=sum(one == 0 for one in apart) / len(apart),
        near=sum(abs(one) <= 1 for one in apart) / len(apart),
    )


def _lines(task: Written, pairs: Sequence[Pair]) -> Iterator[Compared]:
    for one in task.rubric.criteria:
        first = [pair.first[one.id] for pair in pairs]
        yield compare(one.name, first, [pair.second[one.id] for pair in pairs])
    first = [sum(pair.first.values()) for pair in pairs]
    yield compare(TOTAL, first, [sum(pair.second.values()) for pair in pairs])


def _pairs(session: Session, unit_id: str, task: Written) -> tuple[list[Pair], int]:
    log = _log(session, unit_id)
    now = {one.trainee: one.points for one in first_marks(session, unit_id, [task])}
    pairs, other = [], 0
    for (trainee, by), marks in _seconds(session, unit_id, task).items():
        if set(marks) != set(task.cells) or trainee not in now:
            continue
        first: dict[str, float] = {}
        same = all(one.rubric == task.rubric.version for one in marks.values())
        for criterion, mark in marks.items():
            stood = _stood(log.get((trainee, mark.cell), []), mark)
            first[criterion] = now[trainee][criterion] if stood is None else stood[0]
            same = same and (stood is None or stood[1] in {None, mark.rubric})
        if same:
            second = {name: one.points for name, one in marks.items()}
            pairs.append(Pair(first, second, by))
        else:
            other += 1
    return pairs, other


def _stood(log: Sequence[Change], mark: SecondMark) -> tuple[float, str | None] | None:
    """Return the first mark, and its rubric, as it stood at the second one.

    A mark that was changed after the two were compared must not count as
    agreement. None where the log does not know.
    """
    before = [one for one in log if one.at <= mark.at and one.new is not None]
    if before:
        return float(before[-1].new or 0), before[-1].rubric
    after = [one for one in log if one.at > mark.at and one.old is not None]
    return (float(after[0].old or 0), None) if after else None


def _log(session: Session, unit_id: str) -> dict[tuple[str, str], list[Change]]:
    asked = (
        select(Change)
        .where(Change.unit == unit_id, Change.what == "manual")
        .order_by(Change.id)
    )
    found: dict[tuple[str, str], list[Change]] = {}
    for one in session.scalars(asked):
        found.setdefault((one.trainee, one.cell), []).append(one)
    return found


def _seconds(
    session: Session, unit_id: str, task: Written
) -> dict[tuple[str, str], dict[str, SecondMark]]:
    names = {cell: criterion for criterion, cell in task.cells.items()}
    asked = select(SecondMark).where(
        SecondMark.unit == unit_id, SecondMark.cell.in_(names)
    )
    found: dict[tuple[str, str], dict[str, SecondMark]] = {}
    for one in session.scalars(asked):
        found.setdefault((one.trainee, one.by), {})[names[one.cell]] = one
    return found
