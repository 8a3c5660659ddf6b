"""What the key-blind bots earn over a bank, with intervals and adjusted p-values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from caselens.cases import Bank
from caselens.learners import BOTS, Bot, constants
from caselens.learners.earned import Given, asked, p_values, table
from caselens.reports.interval import Interval, mean_of, over_cases

Item = TypeVar("Item")
Progress = Callable[[Iterable[Item], str], Iterable[Item]]
DRAWS = 20


@dataclass(frozen=True)
class Blind:
    """A bot's mean corrected score over all tasks; `p` is Holm-adjusted."""

    bot: str
    tasks: int
    mean: Interval
    p: float
    constant: bool = False


def blind(bank: Bank, progress: Progress[Bot]) -> list[Blind]:
    """Return what every bot and every constant answer earns, the highest first."""
    tasks = asked(bank)
    if not tasks:
        return []
    fixed = constants(setting for setting, _, _ in tasks)
    earned: dict[str, dict[str, tuple[float, float]]] = {}
    for bot in progress((*BOTS, *fixed), "bots"):
        earned |= table([bot], tasks, DRAWS)
    names = {bot.name for bot in fixed}
    rows = {name: [value for value, _ in row.values()] for name, row in earned.items()}
    chances = p_values(rows)
    found = [
        Blind(name, len(row), by_case(bank, tasks, row), chances[name], name in names)
        for name, row in rows.items()
    ]
    return sorted(found, key=lambda one: -one.mean.value)


def by_case(bank: Bank, tasks: Sequence[Given], row: Sequence[float]) -> Interval:
    """Return the mean over tasks; a pair or a pair of twins is drawn as one case."""
    names = [whole(bank, setting.case.id) for setting, _, _ in tasks]
    places = {name: place for place, name in enumerate(dict.fromkeys(names))}
    sums = np.zeros((len(places), 2))
    for name, value in zip(names, row, strict=True):
        sums[places[name]] += (value, 1)
    return over_cases(sums, mean_of)


def whole(bank: Bank, case_id: str) -> str:
    """Return the smaller id of a case and its pair or twin."""
    return min(case_id, bank.case(case_id).relative or case_id)
