"""What the next case should be: the answers that are rarest in the bank so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from caselens.cases.bank import Bank, Entry
from caselens.cases.design import Size, counted
from caselens.cases.key import TaskKey
from caselens.cases.vocabulary import SAFETY_PARTS, SAFETY_STATES

SHORT_GOALS = 4
QUESTIONS = ("q1", "q2", "q3", "q4")
# How often one case may have the same answer: more would be another kind of case.
MOST_GOALS = {"short": 2, "full": 3}
MOST_STATES = 2
MOST_DANGERS = 1
NOT_EVIDENT = "not_evident"
OTHER = "other"
ACTIVE = "active"

Counts = Counter[tuple[str, str]]


@dataclass(frozen=True)
class Specification:
    """The answer of each goal, the state of each safety part, the next question."""

    goals: dict[str, str]
    safety: dict[str, str]
    question: str


def propose(bank: Bank, size: Size, central: str | None, rng: Random) -> Specification:
    """Return what is rarest in the bank; what is equally rare is drawn by lot.

    The `central` goal of a row of the design table is asked about, and is never
    "not on this evidence".
    """
    counts = _counts(bank)
    return Specification(
        _goals(bank, counts, size, central, rng),
        _safety(counts, rng),
        _rarest("next", QUESTIONS, counts, Counter(), rng),
    )


def _counts(bank: Bank) -> Counts:
    counts: Counts = Counter()
    for entry in counted(bank):
        for key in _keys(entry, ("goals", "safety")):
            counts.update(
                (part, one.answer) for part, one in key.parts.items() if one.answer
            )
    return counts


def _keys(entry: Entry, kinds: Sequence[str]) -> Iterator[TaskKey]:
    for task in entry.case.tasks:
        key = entry.key.tasks.get(task.id) if entry.key is not None else None
        if task.kind in kinds and key is not None:
            yield key


def _goals(
    bank: Bank, counts: Counts, size: Size, central: str | None, rng: Random
) -> dict[str, str]:
    known = [goal.id for goal in bank.vocabulary.goals]
    answers = [answer.id for answer in bank.vocabulary.answers]
    asked = {goal: sum(counts[goal, one] for one in answers) for goal in known}
    order = sorted(known, key=lambda one: (one != central, asked[one], rng.random()))
    # What is outside the seven is not sought: a case has it or has it not.
    seven = [goal for goal in order if goal != OTHER]
    given: dict[str, str] = {}
    for goal in seven[:SHORT_GOALS] if size == "short" else seven:
        used = Counter(given.values())
        free = [one for one in answers if used[one] < MOST_GOALS[size]]
        if goal == central:
            free = [one for one in free if one != NOT_EVIDENT]
        given[goal] = _rarest(goal, free, counts, used, rng)
    if size == "full" and OTHER in known:
        given[OTHER] = NOT_EVIDENT
    return {goal: given[goal] for goal in known if goal in given}


def _safety(counts: Counts, rng: Random) -> dict[str, str]:
    given: dict[str, str] = {}
    for part in rng.sample(list(SAFETY_PARTS), len(SAFETY_PARTS)):
        used = Counter(given.values())
        free = [
            one
            for one in SAFETY_STATES
            if used[one] < (MOST_DANGERS if one == ACTIVE else MOST_STATES)
        ]
        given[part] = _rarest(part, free, counts, used, rng)
    return {part: given[part] for part in SAFETY_PARTS}


def _rarest(
    part: str, answers: Sequence[str], counts: Counts, used: Counter[str], rng: Random
) -> str:
    """Return the answer of a part that is rarest in the bank, in this case, by lot."""
    return min(answers, key=lambda one: (counts[part, one], used[one], rng.random()))
