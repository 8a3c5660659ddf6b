"""Marking again when a key or a rule has changed: who changes, by how much and why.

Submissions are marked by the version that they were given. An instructor who has
corrected a key sees here what that does to a class, and then chooses it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nbgrader.coursedir import CourseDirectory
from sqlalchemy import select
from sqlalchemy.orm import Session
from traitlets.config import Configurable

from caselens.answers import ANSWERS_FILE, parse_submitted
from caselens.grading.bulk import Summary, autograde
from caselens.grading.cells import Cells, auto_scores
from caselens.grading.files import Files, read_files
from caselens.grading.gradebook import open_gradebook
from caselens.grading.graded import UnitGrader
from caselens.grading.plan import Plan
from caselens.grading.tables import Instead, Marking, moment, person
from caselens.grading.why import why_changed

Tick = Callable[[int], object]


class VersionError(Exception):
    """There is no such version of a unit; the text names those there are."""


@dataclass(frozen=True)
class Difference:
    """One automatic mark that changes: of whom, in which task, and why."""

    trainee: str
    cell: str
    old: float | None
    new: float | None
    why: tuple[str, ...]

    @property
    def gain(self) -> float:
        """The points won, negative where they are lost."""
        return (self.new or 0.0) - (self.old or 0.0)


@dataclass
class Regrade:
    """What marking a unit by the version `to` would change.

    `marked` are those it would mark; `other_texts` those whose case was worded
    otherwise when they answered, with the cases; `newer` those who have handed in
    again since they were marked. The last two are left alone.
    """

    unit_id: str
    to: str
    marked: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    other_texts: dict[str, list[str]] = field(default_factory=dict)
    newer: list[str] = field(default_factory=list)
    given: set[str] = field(default_factory=set)

    def by_trainee(self) -> dict[str, float]:
        """Return the points that each trainee wins or loses, where any change."""
        sums: dict[str, float] = {}
        for one in self.differences:
            sums[one.trainee] = sums.get(one.trainee, 0.0) + one.gain
        return sums

    def by_reason(self) -> Counter[str]:
        """Return how many marks change for each reason."""
        return Counter(why for one in self.differences for why in one.why)


def compare(
    course: CourseDirectory,
    unit_id: str,
    *,
    to: str | None = None,
    other_texts: bool = False,
    tick: Tick = lambda _: None,
) -> Regrade:
    """Return what marking by the version `to` (what is released now) would change.

    Nothing is written. Raises MissingEntry, KeyMissingError, VersionError.
    """
    with open_gradebook(course) as book:
        one = _Comparison(course, book.db, unit_id, to)
        for marking in one.markings():
            one.compare(marking, other_texts)
            tick(1)
    return one.found


def regrade(
    course: CourseDirectory,
    found: Regrade,
    *,
    reason: str,
    parent: Configurable,
    tick: Tick = lambda _: None,
) -> Summary:
    """Mark by the version that was compared with, and log every change.

    From now on the versions concerned are marked by it, later submissions too.
    Manual marks and comments stay.
    """
    with open_gradebook(course) as book:
        for given in sorted(found.given):
            chosen = Instead(
                unit=found.unit_id,
                given=given,
                version=found.to,
                at=moment(),
                by=person(),
                reason=reason,
            )
            book.db.merge(chosen)
        book.db.commit()
    reasons = {
        (one.trainee, one.cell): f"{reason}: {' '.join(one.why)}"
        for one in found.differences
    }
    return autograde(
        course,
        found.unit_id,
        parent=parent,
        only=found.marked,
        again=True,
        tick=tick,
        reasons=reasons,
    )


class _Comparison:
    def __init__(
        self, course: CourseDirectory, db: Session, unit_id: str, to: str | None
    ) -> None:
        self.db = db
        self.plan = Plan.of(course, db, unit_id)
        self.grader = self.plan.grader()
        self.cells = Cells(db, unit_id)
        self.found = Regrade(unit_id, _version(self.grader, to))

    def markings(self) -> list[Marking]:
        ours = select(Marking).where(Marking.unit == self.found.unit_id)
        return list(self.db.scalars(ours.order_by(Marking.trainee)))

    def compare(self, one: Marking, other_texts: bool) -> None:
        """Enter what changes for one trainee."""
        found, shelf = self.found, self.grader.shelf
        folder = self.plan.folder(self.plan.submitted, one.trainee)
        files = read_files(folder, self.plan.page)
        if files.content != one.content:
            found.newer.append(one.trainee)
            return
        texts = shelf.version(found.to).other_texts(shelf.version(one.given))
        if texts and not other_texts:
            found.other_texts[one.trainee] = texts
            return
        changed = self._differences(one, files)
        found.differences += changed
        if changed or one.version != found.to:
            found.marked.append(one.trainee)
            found.given.add(one.given)

    def _differences(self, one: Marking, files: Files) -> list[Difference]:
        new = self.grader.grade(files, by=self.found.to).points
        old = auto_scores(self.db, self.cells, one.trainee)
        raw = files.found.get(ANSWERS_FILE)
        record, _ = parse_submitted(raw, self.found.unit_id)
        values = {name: record.value(name) if record else None for name in new}
        return [
            Difference(
                one.trainee,
                name,
                old.get(name),
                new[name],
                tuple(self._why(one.version, name, old.get(name), values[name])),
            )
            for name in sorted(new)
            if new[name] != old.get(name)
        ]

    def _why(
        self, version: str, cell: str, old: float | None, value: Any
    ) -> Iterator[str]:
        before, after = (self.grader.grader(one) for one in (version, self.found.to))
        if cell not in before.automatic or cell not in after.automatic:
            yield f"{cell}: a person marks it in one of the two versions."
            return
        was = before.score(cell, value)
        if old is not None and was.points != old:
            yield f"{cell}: the points or the rule of scoring changed."
        yield from why_changed(after.version.unit, was, after.score(cell, value))


def _version(grader: UnitGrader, to: str | None) -> str:
    shelf = grader.shelf
    if to is None:
        return shelf.now
    names = dict.fromkeys([shelf.now, *shelf.archived])
    found = [name for name in names if name.startswith(to)]
    if len(found) == 1:
        return found[0]
    raise VersionError(
        f"{to} names {'several versions' if found else 'no version'} of this unit. "
        f"There are, the latest first: {', '.join(names)}."
    )


def totals(found: Regrade) -> Mapping[str, int]:
    """Return how many trainees win points, lose some, and keep what they have."""
    gains = found.by_trainee().values()
    won = sum(1 for gain in gains if gain > 0)
    lost = sum(1 for gain in gains if gain < 0)
    return {"win": won, "lose": lost, "keep": len(found.marked) - won - lost}
