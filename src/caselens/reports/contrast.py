"""Whether the right is worded otherwise than the wrong: in length, in shared words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from caselens.learners.bots import words
from caselens.learners.others import family
from caselens.reports.interval import Interval, difference_of, over_cases
from caselens.reports.menus import Menu
from caselens.reports.rates import Keyed
from caselens.tasks.slots import SHARED

UNSUPPORTED, EARLY = SHARED
NEITHER = "neither"
# What one text adds to a contrast: its case, whether it is right, its value.
Measured = tuple[str, bool, float]


@dataclass(frozen=True)
class Contrast:
    """The mean of the right ones, of the wrong ones, and the difference."""

    name: str
    right: float
    wrong: float
    texts: tuple[int, int]
    difference: Interval

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out no difference at all."""
        return self.difference.low > 0 or self.difference.high < 0


@dataclass(frozen=True)
class Claim:
    """A statement about a case, what it is keyed as, and what had been told."""

    name: str
    case: str
    text: str
    answer: str
    told: str

    @property
    def overclaims(self) -> bool:
        """Whether the case does not support it."""
        return self.answer in {UNSUPPORTED, NEITHER}

    @property
    def early(self) -> bool:
        """Whether it is too early to say, and so neither supported nor not."""
        return self.answer == EARLY


def claims(tasks: Iterable[Keyed]) -> list[Claim]:
    """Return the keyed statements that may be overclaims: of slots and of lenses."""
    return list(_claims(tasks))


def _claims(tasks: Iterable[Keyed]) -> Iterator[Claim]:
    for setting, key in tasks:
        stages = setting.case.stages[: setting.task.stage]
        told = " ".join(one.text for stage in stages for one in stage.sentences)
        for one in setting.task.statements:
            answer = key.parts[one.id].answer if one.id in key.parts else None
            if setting.task.kind in {"slots", "lens"} and answer is not None:
                name, case = family(setting.task), setting.case.id
                yield Claim(name, case, one.text, answer, told)


def overlaps(menus: Sequence[Menu], found: Sequence[Claim]) -> list[Contrast]:
    """Return how far right and wrong texts share content words with the case."""
    groups: dict[str, list[Measured]] = defaultdict(list)
    for menu in menus:
        for place, text in enumerate(menu.options):
            value = shared(text, menu.told)
            groups[f"{menu.name}, options"].append(
                (menu.case, place == menu.right, value)
            )
    for one in found:
        if not one.early:
            value = shared(one.text, one.told)
            measured = (one.case, not one.overclaims, value)
            groups[f"{one.name}, claims"].append(measured)
    return _contrasts(groups)


def claim_lengths(found: Sequence[Claim]) -> list[Contrast]:
    """Return the lengths in characters of overclaims, and of the other statements."""
    groups: dict[str, list[Measured]] = defaultdict(list)
    for one in found:
        groups[one.name].append((one.case, not one.overclaims, float(len(one.text))))
    return _contrasts(groups)


def shared(text: str, told: str) -> float:
    """Return the share of a text's content words that the case has told."""
    own = words(text)
    return len(own & words(told)) / len(own) if own else 0.0


def _contrasts(groups: dict[str, list[Measured]]) -> list[Contrast]:
    found = (_contrast(name, values) for name, values in groups.items())
    return [one for one in found if one is not None]


def _contrast(name: str, values: Sequence[Measured]) -> Contrast | None:
    """Return the contrast, None where all are right or all are wrong."""
    cases = list(dict.fromkeys(case for case, _, _ in values))
    sums = np.zeros((len(cases), 4))
    for case, right, value in values:
        sums[cases.index(case), 0 if right else 2] += value
        sums[cases.index(case), 1 if right else 3] += 1
    right_sum, right_count, wrong_sum, wrong_count = (
        float(x) for x in sums.sum(axis=0)
    )
    if not right_count or not wrong_count:
        return None
    return Contrast(
        name,
        right_sum / right_count,
        wrong_sum / wrong_count,
        (int(right_count), int(wrong_count)),
        over_cases(sums, difference_of),
    )
