"""Exemplars: texts with agreed levels, by which a marker is calibrated.

They are the anchors of the keys, three a case: a poor, an adequate, an excellent one.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from caselens.cases import Bank, Case, Entry, KeyMissingError, Rubric, Task, find_key
from caselens.tasks.markup import plain

ROUND = 6
LEVELS = ("poor", "adequate", "excellent")
Level = Literal["poor", "adequate", "excellent"]


@dataclass(frozen=True)
class Exemplar:
    """A text about a case, with the level agreed for each criterion, and why."""

    id: str
    case: Case
    stage: int
    """The last stage that its writer had read."""
    prompt: str
    level: Level
    text: str
    ratings: dict[str, int]
    why: str


def exemplars(bank: Bank, rubric: Rubric) -> list[Exemplar]:
    """Return every exemplar of a rubric whose key is on this machine."""
    return [
        exemplar
        for entry in bank.entries.values()
        for task in entry.case.tasks
        if task.rubric == rubric.id
        for exemplar in _anchored(entry, task, rubric)
    ]


def _anchored(entry: Entry, task: Task, rubric: Rubric) -> Iterator[Exemplar]:
    try:
        key = entry.key or find_key(entry.case.id)
    except KeyMissingError:
        return
    anchors = key.tasks[task.id].anchors if task.id in key.tasks else ()
    for one in anchors:
        if set(one.ratings) == {criterion.id for criterion in rubric.criteria}:
            yield Exemplar(
                id=f"{task.id}/{one.id}",
                case=entry.case,
                stage=task.stage,
                prompt=task.prompt or "",
                level=one.level,
                text=one.text,
                ratings=dict(one.ratings),
                why=plain(one.why),
            )


def next_exemplar(
    pool: Iterable[Exemplar], rated: Collection[str], marker: str, version: str
) -> Exemplar | None:
    """Return what a marker rates next, or None where all were rated.

    Each round has the levels equally, in an order of its own; which text stands
    for a level is drawn for each marker, and never one rated before. The draw
    follows from the names alone, so that coming back goes on where one left.
    """
    left = sorted(
        (one for one in pool if one.id not in rated),
        key=lambda one: rank(marker, version, one.id),
    )
    if not left:
        return None
    wanted = _levels(marker, version, len(rated) // ROUND)[len(rated) % ROUND]
    return next((one for one in left if one.level == wanted), left[0])


def rank(*names: str) -> str:
    """Return a place in an order that is random to people, and always the same."""
    return hashlib.sha256("\0".join(names).encode()).hexdigest()


def _levels(marker: str, version: str, number: int) -> list[str]:
    levels = [*LEVELS] * (ROUND // len(LEVELS))
    seed = rank(marker, version, str(number))
    random.Random(seed).shuffle(levels)  # noqa: S311 (an order, not a secret)
    return levels
