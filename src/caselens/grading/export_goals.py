"""What can be said of each goal: the parts that asked about it, and their share.

Only the tasks of kind `goals` ask about a goal, part by part; nothing else in a unit
is tied to one. The gradebook has points by task, so the parts are marked again, from
the submitted answers and the keys that the submission was marked by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from caselens.answers import mark_task, setting
from caselens.cases import Key, Unit
from caselens.grading.export_table import Table, Value
from caselens.tasks import Score, kind_of
from caselens.tasks.goals import Goals
from caselens.tasks.score import correct

Constants = Mapping[str, float]


class Marked(Protocol):
    """A version of a unit, and the keys that it is marked by."""

    @property
    def unit(self) -> Unit:
        """The unit as it was released."""

    def find(self, case_id: str) -> Key:
        """Return the key of a case. Raises KeyMissingError."""


class Work(NamedTuple):
    """What a trainee answered in one unit: untrusted values by task."""

    trainee: str
    version: Marked
    value: Callable[[str], Any]


@dataclass(frozen=True)
class Asked:
    """One scored part that asked about a goal, as one trainee answered it.

    `constants` is the credit that each choice would have earned unread.
    """

    goal: str
    keyed: str | None
    verdict: str
    credit: float
    weight: float
    constants: Constants


@dataclass(frozen=True)
class GoalShare:
    """How a trainee read one goal, over `parts` parts.

    `share` is corrected for chance: 0 is what the best unvarying answer to these
    very parts earns, 1 is the key. It is None where all parts have one answer,
    because always giving it would look like reading.
    """

    goal: str
    parts: int
    right: int
    partly: int
    share: float | None


def goals(works: Iterable[Work]) -> Table:
    """Return a row for each trainee and goal. Raises KeyMissingError."""
    asked: dict[str, list[Asked]] = defaultdict(list)
    reader = _Reader()
    for work in works:
        asked[work.trainee] += reader.asked(work)
    rows: list[list[Value]] = [
        [trainee, one.goal, one.parts, one.right, one.partly, one.share]
        for trainee, parts in asked.items()
        for one in shares(parts)
    ]
    return Table(["trainee", "goal", "parts", "right", "partly", "share"], rows)


def asks_about_goals(unit: Unit) -> bool:
    """Whether a unit has a task that asks about goals."""
    return any(_is_about_goals(unit, task_id) for task_id in unit.points)


def shares(asked: Iterable[Asked]) -> list[GoalShare]:
    """Return a row for each goal that was asked about, in the order met."""
    by_goal: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        by_goal[one.goal].append(one)
    return [_share(goal, parts) for goal, parts in by_goal.items()]


def _share(goal: str, parts: list[Asked]) -> GoalShare:
    total = sum(part.weight for part in parts)
    hits = sum(part.weight * part.credit for part in parts) / total
    chance = max(
        sum(part.weight * part.constants[choice] for part in parts) / total
        for choice in parts[0].constants
    )
    verdicts = [part.verdict for part in parts]
    varied = len({part.keyed for part in parts}) > 1
    return GoalShare(
        goal,
        len(parts),
        verdicts.count("right"),
        verdicts.count("partly"),
        correct(hits, chance) if varied else None,
    )


class _Reader:
    """Marks goal tasks; what does not depend on the trainee is worked out once."""

    def __init__(self) -> None:
        self._constants: dict[tuple[int, str], dict[str, Constants]] = {}

    def asked(self, work: Work) -> Iterator[Asked]:
        for task_id in work.version.unit.points:
            if _is_about_goals(work.version.unit, task_id):
                yield from self._task(work, task_id)

    def _task(self, work: Work, task_id: str) -> Iterator[Asked]:
        version = work.version
        # A version is read once and kept, so it may be told by its identity.
        named = (id(version), task_id)
        if named not in self._constants:
            self._constants[named] = _constants(version, task_id)
        for part in _score(work, task_id).parts:
            if part.scored:
                yield Asked(
                    part.part,
                    part.keyed,
                    part.verdict,
                    part.credit,
                    part.weight,
                    self._constants[named][part.part],
                )


def _is_about_goals(unit: Unit, task_id: str) -> bool:
    return isinstance(kind_of(setting(unit, task_id)), Goals)


def _score(work: Work, task_id: str) -> Score:
    unit, find = work.version.unit, work.version.find
    try:
        return mark_task(unit, task_id, work.value(task_id), find)
    except (ArithmeticError, AttributeError, TypeError, ValueError):
        # As when it was marked: what cannot be read counts as blank.
        return mark_task(unit, task_id, None, find)


def _constants(version: Marked, task_id: str) -> dict[str, Constants]:
    """Return what each choice earns without a sentence, by part and choice."""
    at = setting(version.unit, task_id)
    kind, key = Goals(), version.find(at.case.id).tasks[task_id]
    return {
        part: {
            choice: kind.score_part(at, key, part, {"choice": choice}).credit
            for choice in menu
        }
        for part, menu in kind.menus(at).items()
        if part in key.parts
    }
