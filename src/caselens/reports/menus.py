"""Where the right option stands among options of the case's own, and how long it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

import numpy as np

from caselens.cases import TaskKey
from caselens.learners.others import family
from caselens.reports.interval import DRAWS, SEED
from caselens.reports.rates import Keyed
from caselens.tasks import Setting, kind_of


@dataclass(frozen=True)
class Menu:
    """A menu whose options the case wrote, and which of them is right."""

    name: str
    case: str
    options: tuple[str, ...]
    right: int
    told: str

    @property
    def lengths(self) -> tuple[int, ...]:
        """The length of every option in characters."""
        return tuple(len(one) for one in self.options)


@dataclass(frozen=True)
class Places:
    """How often the right option stands in each place, and how likely by chance."""

    name: str
    counts: tuple[int, ...]
    expected: tuple[float, ...]
    p: float


@dataclass(frozen=True)
class Lengths:
    """The mean rank of the right option by length, and how likely by chance.

    `rank` runs from 0, always the shortest, to 1, always the longest; by chance it
    is a half, whatever the number of options.
    """

    name: str
    menus: int
    rank: float
    p: float


def menus(tasks: Iterable[Keyed]) -> list[Menu]:
    """Return every menu whose options stand in the case, with its right option."""
    return [one for setting, key in tasks for one in _menus(setting, key)]


def _menus(setting: Setting, key: TaskKey) -> Iterator[Menu]:
    task = setting.task
    own = [*task.questions, *task.counterparts]
    own += [option for move in task.moves for option in move.options]
    texts = {(one.id, one.text) for one in own}
    stages = setting.case.stages[: task.stage]
    told = " ".join(one.text for stage in stages for one in stage.sentences)
    for group in kind_of(setting).groups(setting):
        options = {
            one["id"]: one["label"]
            for one in group["choices"]
            if (one["id"], one["label"]) in texts
        }
        for part in group["parts"]:
            keyed = key.parts.get(part["id"])
            if keyed is not None and keyed.answer in options:
                right = list(options).index(keyed.answer)
                name, case = family(task), setting.case.id
                yield Menu(name, case, tuple(options.values()), right, told)


def places(found: Sequence[Menu]) -> list[Places]:
    """Return the places of the right options by kind, with a chi-square p-value."""
    from scipy.stats import chisquare  # noqa: PLC0415  # heavy; development only

    rows = []
    for name, group in _by_name(found).items():
        size = max(len(one.options) for one in group)
        counts = [sum(one.right == place for one in group) for place in range(size)]
        expected = [
            sum(1 / len(one.options) for one in group if len(one.options) > place)
            for place in range(size)
        ]
        p = float(chisquare(counts, expected).pvalue)
        rows.append(Places(name, tuple(counts), tuple(expected), p))
    return rows


def lengths(found: Sequence[Menu]) -> list[Lengths]:
    """Return the ranks of the right options by length, with a permutation p-value."""
    return [_lengths(name, group) for name, group in _by_name(found).items()]


def _lengths(name: str, group: Sequence[Menu]) -> Lengths:
    ranks = [_ranks(one.lengths) for one in group]
    own = mean(rank[one.right] for rank, one in zip(ranks, group, strict=True))
    rng = np.random.default_rng(SEED)
    drawn = np.mean([rng.choice(rank, size=DRAWS) for rank in ranks], axis=0)
    as_far = np.abs(drawn - 1 / 2) >= abs(own - 1 / 2) - 1e-9
    return Lengths(name, len(group), own, float((as_far.sum() + 1) / (DRAWS + 1)))


def _ranks(lengths: Sequence[int]) -> list[float]:
    """Return each option's rank from 0, the shortest, to 1; equals share theirs."""
    most = max(len(lengths) - 1, 1)
    return [
        (sum(other < one for other in lengths) + (lengths.count(one) - 1) / 2) / most
        for one in lengths
    ]


def _by_name(found: Sequence[Menu]) -> dict[str, list[Menu]]:
    groups: dict[str, list[Menu]] = defaultdict(list)
    for one in found:
        groups[one.name].append(one)
    return dict(groups)
