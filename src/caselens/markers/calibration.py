"""Calibration: a marker rates exemplars, and sees where the agreed levels differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from caselens.cases import Criterion, Rubric
from caselens.grading.tables import Calibration, moment
from caselens.markers.exemplars import ROUND, Exemplar
from caselens.markers.kappa import Agreement, agreement

OVERALL = "All criteria together"


@dataclass(frozen=True)
class Rated:
    """The levels that a marker gave one exemplar, and the agreed ones then."""

    exemplar: str
    mine: dict[str, int]
    agreed: dict[str, int]


@dataclass(frozen=True)
class Line:
    """Agreement on one criterion, or on all together."""

    name: str
    found: Agreement


@dataclass(frozen=True)
class Difference:
    """One criterion on which a marker and the agreed level differ."""

    criterion: Criterion
    mine: int
    agreed: int


def rated(session: Session, marker: str, version: str) -> list[Rated]:
    """Return what a marker has rated by this version of a rubric, in order."""
    rows = session.scalars(
        select(Calibration)
        .where(Calibration.by == marker, Calibration.rubric == version)
        .order_by(Calibration.id)
    )
    found: dict[str, Rated] = {}
    for row in rows:
        one = found.setdefault(row.exemplar, Rated(row.exemplar, {}, {}))
        one.mine[row.criterion] = row.level
        one.agreed[row.criterion] = row.agreed
    return list(found.values())


def store(
    session: Session,
    marker: str,
    rubric: Rubric,
    exemplar: Exemplar,
    levels: Mapping[str, int],
) -> None:
    """Keep a marker's levels beside the agreed ones."""
    at = moment()
    for criterion, agreed in exemplar.ratings.items():
        given = {"level": levels[criterion], "agreed": agreed, "at": at}
        of = {"rubric": rubric.version, "exemplar": exemplar.id}
        session.add(Calibration(by=marker, criterion=criterion, **of, **given))
    session.commit()


def last_round(done: Sequence[Rated]) -> Sequence[Rated]:
    """Return the exemplars of the last whole round, () before there is one."""
    whole = len(done) // ROUND * ROUND
    return done[max(0, whole - ROUND) : whole]


def lines(rubric: Rubric, done: Sequence[Rated]) -> list[Line]:
    """Return the agreement by criterion, and over all, of at least one exemplar."""
    found = [
        Line(one.name, agreement(*_pairs(done, [one.id]))) for one in rubric.criteria
    ]
    every = [one.id for one in rubric.criteria]
    return [*found, Line(OVERALL, agreement(*_pairs(done, every)))]


def differences(rubric: Rubric, one: Rated) -> list[Difference]:
    """Return the criteria on which a marker's level is not the agreed one."""
    return [
        Difference(criterion, one.mine[criterion.id], one.agreed[criterion.id])
        for criterion in rubric.criteria
        if one.mine[criterion.id] != one.agreed[criterion.id]
    ]


def _pairs(
    done: Sequence[Rated], criteria: Sequence[str]
) -> tuple[list[int], list[int]]:
    mine = [one.mine[name] for one in done for name in criteria]
    agreed = [one.agreed[name] for one in done for name in criteria]
    return mine, agreed
