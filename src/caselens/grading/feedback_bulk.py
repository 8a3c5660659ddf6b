"""Feedback for a whole class: who gets a page, under which policy, and who does not."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from caselens.grading.archive import ARCHIVE
from caselens.grading.bulk import find_trainees
from caselens.grading.feedback_marks import Marks, MarksOf, reading
from caselens.grading.feedback_policy import (
    EVERY_UNIT,
    Policy,
    by_unit,
    personal_policy,
)
from caselens.grading.feedback_write import Item, Outcome, Place, write_items
from caselens.grading.spread import spread

CHUNK = 25


class FeedbackError(Exception):
    """Feedback cannot be written as it was asked for; the text says why."""


@dataclass(frozen=True)
class Plan:
    """Whose pages are to be written, and who gets none."""

    place: Place
    policy: Policy
    items: tuple[Item, ...]
    held: tuple[str, ...] = ()
    """Who may still hand in, and so gets points only."""
    not_marked: tuple[str, ...] = ()
    """Who has handed in and is not marked, or has no graded copy."""
    without: tuple[str, ...] = ()
    """Whom the gradebook knows, and who has not handed in."""


@dataclass
class Written:
    """What became of a class's pages, by trainee."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)

    def add(self, one: Outcome) -> None:
        """Note one outcome."""
        if one.state == "failed":
            self.failed[one.trainee] = one.reason
            return
        (self.written if one.state == "written" else self.unchanged).append(one.trainee)
        if one.waits:
            self.waiting.append(one.trainee)


def place_of(course: CourseDirectory, unit_id: str, maxima: dict[str, float]) -> Place:
    """Return where a unit is in a course folder."""
    root = Path(course.root)
    release = root / course.format_path(course.release_directory, ".", unit_id)
    cells = tuple(sorted(maxima.items()))
    shared = bool(course.groupshared)
    return Place(unit_id, release, root / ARCHIVE / unit_id, cells, shared)


def item_of(
    course: CourseDirectory, unit_id: str, marks: Marks, policy: Policy, now: datetime
) -> Item:
    """Return one trainee's page to be written, by the policy that holds for them."""

    def folder(step: str) -> Path:
        named: str = course.format_path(step, marks.trainee, unit_id)
        return Path(course.root) / named

    return Item(
        marks=marks,
        policy=personal_policy(policy, marks.closes, now),
        graded=folder(course.autograded_directory),
        submitted=folder(course.submitted_directory),
        feedback=folder(course.feedback_directory),
    )


def plan_pages(
    course: CourseDirectory,
    unit_id: str,
    policy: Policy,
    now: datetime,
    trainees: Collection[str] | None = None,
) -> Plan:
    """Read the gradebook and the folders. Raises NoMarksError, FeedbackError."""
    with reading(course.db_url) as db:
        unit = MarksOf(db, unit_id)
        found = list(unit.read(trainees))
        known = unit.trainees()
    place = place_of(course, unit_id, unit.maxima)
    made = [item_of(course, unit_id, marks, policy, now) for marks in found]
    items = tuple(one for one in made if (one.graded / f"{unit_id}.ipynb").is_file())
    marked = {one.marks.trainee for one in items}
    submitted = {*find_trainees(course, unit_id), *(one.marks.trainee for one in made)}
    asked = set(trainees) if trainees is not None else {*known, *submitted}
    strangers = sorted(asked - {*known, *submitted})
    if strangers:
        raise FeedbackError(
            f"Nobody is called {', '.join(strangers)}, in the gradebook or among the "
            "submissions. Names are those of the folders in submitted/."
        )
    return Plan(
        place=place,
        policy=policy,
        items=items,
        held=tuple(one.marks.trainee for one in items if one.policy != policy),
        not_marked=tuple(sorted((asked & submitted) - marked)),
        without=tuple(sorted(asked - submitted)),
    )


def write_pages(plan: Plan) -> Iterator[Outcome]:
    """Write every page of a plan, as `spread` was told to; yield what became of it."""
    work = [
        (plan.place, plan.items[first : first + CHUNK])
        for first in range(0, len(plan.items), CHUNK)
    ]
    for outcomes in spread(write_items, work):
        yield from outcomes


def check_units(course: CourseDirectory, explained_after: str | dict[str, str]) -> None:
    """Raise FeedbackError where a date is set for a unit that is not there.

    A misspelt name would leave the unit without its date, and nobody would know.
    """
    pages = Path(course.root) / course.format_path(course.release_directory, ".", "")
    for name in by_unit(explained_after):
        if name != EVERY_UNIT and not (pages / name).is_dir():
            raise FeedbackError(
                f"explained_after names the unit {name}, which is not in {pages}. "
                "Correct its name in nbgrader_config.py."
            )
