"""What the key-blind bots earn in each unit of a course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from caselens.cases import Bank, Course, CourseUnit
from caselens.learners import BOTS, Bot, constants
from caselens.learners.earned import asked, table
from caselens.reports.blind import Progress

# The most that a bot may have of a unit's automatic points.
HIGHEST_SHARE = 0.1
# Few tasks make a unit, so that a bot which draws has to draw often.
DRAWS = 100
# By bot, by task: the mean corrected score, and the mean share of the points.
Earned = Mapping[str, Mapping[str, tuple[float, float]]]


@dataclass(frozen=True)
class UnitShare:
    """The bot that earns most in a unit, its share, and the task it has most from."""

    unit: str
    kind: str
    bot: str
    share: float
    task: str

    @property
    def over(self) -> bool:
        """Whether the unit gives too much to whoever does not read."""
        return self.share > HIGHEST_SHARE


def unit_shares(bank: Bank, course: Course, progress: Progress[Bot]) -> list[UnitShare]:
    """Return the highest bot of every unit with automatic points, in their order."""
    tasks = asked(bank)
    found: dict[str, Mapping[str, tuple[float, float]]] = {}
    for bot in progress((*BOTS, *constants(one for one, _, _ in tasks)), "bots"):
        found |= table([bot], tasks, DRAWS)
    units = [unit for _, unit in course.units() if unit.kind != "lesson"]
    return [_highest(unit, found) for unit in units if worth(unit, found)]


def worth(unit: CourseUnit, earned: Earned) -> dict[str, float]:
    """Return the points of the unit's tasks that a machine scores."""
    known = next(iter(earned.values()), {})
    return {task.id: task.points for task in unit.tasks if task.id in known}


def shares(unit: CourseUnit, earned: Earned) -> dict[str, float]:
    """Return each bot's share of the unit's automatic points.

    Practice counts towards nothing, and some of it is one short task: there the luck
    that a task without points below zero leaves is set against bad luck.
    """
    column = 1 if unit.kind == "graded" else 0
    points = worth(unit, earned)
    whole = sum(points.values())
    return {
        name: sum(row[task][column] * one for task, one in points.items()) / whole
        for name, row in earned.items()
    }


def _highest(unit: CourseUnit, earned: Earned) -> UnitShare:
    found = shares(unit, earned)
    bot = max(found, key=lambda name: found[name])
    points = worth(unit, earned)
    task = max(points, key=lambda one: earned[bot][one][1] * points[one])
    return UnitShare(unit.id, unit.kind, bot, found[bot], task)
