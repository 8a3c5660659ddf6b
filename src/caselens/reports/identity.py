"""Whether an identity tells a goal, a risk or a lens, and a lens tells a goal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caselens.cases import Bank, Key, Vocabulary
from caselens.cases.design import ATTRIBUTES, Design, Row, counted
from caselens.cases.vocabulary import SAFETY_PARTS
from caselens.reports.association import Association, association

NOT_EVIDENT = "not_evident"
LENS = "lens"


@dataclass(frozen=True)
class Drawn:
    """A counted case with the row that it was drawn from, and its key."""

    row: Row
    key: Key


def drawn(bank: Bank, design: Design | None) -> list[Drawn]:
    """Return the counted cases that have a row and a key."""
    taken = design.taken if design is not None else {}
    return [
        Drawn(taken[entry.case.id], entry.key)
        for entry in counted(bank)
        if entry.key is not None and entry.case.id in taken
    ]


def by_identity(cases: Sequence[Drawn], words: Vocabulary) -> list[Association]:
    """Return every identity attribute against every goal, risk and the lens."""
    targets = {goal.id: answers(cases, "goals", goal.id) for goal in words.goals}
    risks = {one: answers(cases, "safety", one) for one in SAFETY_PARTS}
    targets |= {f"risk: {one}": found for one, found in risks.items()}
    targets[LENS] = [(one.row, one.row.lens) for one in cases]
    found = (
        association(name, target, [(row.identity[name], value) for row, value in pairs])
        for target, pairs in targets.items()
        for name in ATTRIBUTES
    )
    return [one for one in found if one is not None]


def by_lens(cases: Sequence[Drawn], words: Vocabulary) -> list[Association]:
    """Return every goal against the lens: its five answers, and claimed or not."""
    return list(_by_lens(cases, words))


def _by_lens(cases: Sequence[Drawn], words: Vocabulary) -> Iterator[Association]:
    for goal in words.goals:
        pairs = answers(cases, "goals", goal.id)
        claimed = [(row, str(value != NOT_EVIDENT)) for row, value in pairs]
        for name, found in ((goal.id, pairs), (f"{goal.id}, claimed", claimed)):
            one = association(LENS, name, [(row.lens, value) for row, value in found])
            if one is not None:
                yield one


def answers(cases: Sequence[Drawn], kind: str, part: str) -> list[tuple[Row, str]]:
    """Return every case's keyed answer to a part, where one of its tasks asks it.

    Where several tasks of the kind ask, the last counts: it knows most.
    """
    found = []
    for one in cases:
        given = [
            task.parts[part].answer
            for name, task in one.key.tasks.items()
            if name.split("-")[1] == kind and part in task.parts
        ]
        if given and given[-1] is not None:
            found.append((one.row, given[-1]))
    return found
