"""What scoring returns, and the formulas that correct for chance."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

# "open" is what the key neither holds right nor lists as wrong.
Verdict = Literal["right", "partly", "missed", "unsupported", "blank", "open"]

CHOICE_SHARE = 2 / 3
EVIDENCE_SHARE = 1 / 3
SECOND_ANSWER = 0.5


@dataclass(frozen=True)
class PartScore:
    """What one part earned, and why. `credit` runs from -1 to 1."""

    part: str
    verdict: Verdict
    credit: float
    weight: float
    choice: str | None
    keyed: str | None
    good: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    wrong: tuple[tuple[str, str], ...] = ()
    why: str = ""
    error: str | None = None

    @property
    def scored(self) -> bool:
        """Whether the part can earn points."""
        return self.weight > 0


@dataclass(frozen=True)
class Score:
    """The record that a task's scoring returns.

    `corrected` is signed and chance-corrected, 1 for a full answer; `points` is
    never below 0. `complete` is false where an explicit safety cue was missed.
    `problems` says what in the answer could not be used.
    """

    task: str
    points: float
    maximum: float
    corrected: float
    parts: tuple[PartScore, ...] = ()
    complete: bool = True
    by_hand: bool = False
    problems: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether anything was answered."""
        return any(part.verdict != "blank" for part in self.parts)


def points(corrected: float, maximum: float) -> float:
    """Return max(0, corrected) x maximum, to four decimals, as a plain float."""
    share = min(1.0, max(0.0, corrected))
    return round(share * float(maximum), 4)


def correct(hits: float, chance: float) -> float:
    """Return (h - c) / (1 - c): 0 for the best constant answer, 1 for the key.

    `chance` is fixed by the key and below 1, so one more right part never
    scores less.
    """
    if chance >= 1:
        raise ValueError(
            "A task whose scored parts all have one answer scores nothing."
        )
    return (hits - chance) / (1 - chance)


def marks(
    marked: Collection[str], keyed: Mapping[str, float], listed: Collection[str]
) -> float:
    """Return hits over keyed weight minus the share of listed wrong ones marked.

    Youden's J over sentences (youden1950index), from -1 to 1; sentences that are
    neither keyed nor listed are neutral.
    """
    total = sum(keyed.values())
    hits = sum(weight for one, weight in keyed.items() if one in marked)
    alarms = sum(1 for one in listed if one in marked)
    return (hits / total if total else 0.0) - (alarms / len(listed) if listed else 0.0)
