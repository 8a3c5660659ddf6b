"""What the keys of the other cases tell a bot: leave-one-out tallies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from caselens.cases import Bank, Case, Key, PartKey, Task

# A family of tasks, and a part, a position in it ("#3") or "" for all of it.
Where = tuple[str, str]
Tally = Counter[tuple[Where, str]]


def family(task: Task) -> str:
    """Return what tasks have in common: the kind, and the lens of its slots."""
    return f"{task.kind}-{task.lens}" if task.lens else task.kind


@dataclass(frozen=True)
class Others:
    """The answers of every case but one and its relatives.

    `answers` counts choices, `sentences` how much more often a sentence id is
    keyed than listed as wrong; `previous` is the case before, by id.
    """

    answers: Tally = field(default_factory=Counter)
    sentences: Tally = field(default_factory=Counter)
    previous: tuple[Case, Key] | None = None

    def answer(self, where: Where, menu: tuple[str, ...]) -> str | None:
        """Return the most common answer that is on the menu, the first of equals."""
        best = max(menu, key=lambda one: self.answers[where, one], default=None)
        return best if best is not None and self.answers[where, best] > 0 else None

    def previous_part(self, task: Task, index: int) -> PartKey | None:
        """Return the key of the part in the same position one case earlier."""
        if self.previous is None:
            return None
        case, key = self.previous
        for one in case.tasks:
            if family(one) == family(task) and one.id in key.tasks:
                parts = list(key.tasks[one.id].parts.values())
                return parts[index] if index < len(parts) else None
        return None


def others(bank: Bank) -> dict[str, Others]:
    """Return, for every case of the bank, what the other cases' keys tell."""
    known = {
        name: (entry.case, entry.key)
        for name, entry in sorted(bank.entries.items())
        if entry.key is not None
    }
    answers = {name: Counter(_answers(*one)) for name, one in known.items()}
    sentences = {name: _sentences(*one) for name, one in known.items()}
    totals = _sum(answers.values()), _sum(sentences.values())
    found = {}
    for name in bank.entries:
        left = [one for one in _relatives(bank, name) if one in known]
        found[name] = Others(
            _without(totals[0], [answers[one] for one in left]),
            _without(totals[1], [sentences[one] for one in left]),
            _previous(known, name, left),
        )
    return found


def _relatives(bank: Bank, name: str) -> set[str]:
    """Return the case, and its pair or twin whichever of the two names it."""
    named = {bank.entries[name].case.relative} - {None}
    naming = {one for one, entry in bank.entries.items() if entry.case.relative == name}
    return {name, *naming, *(one for one in named if one is not None)}


def _previous(
    known: dict[str, tuple[Case, Key]], name: str, left: list[str]
) -> tuple[Case, Key] | None:
    """Return the case before by id; the last one for the first."""
    rest = [one for one in known if one not in left]
    before = [one for one in rest if one < name]
    chosen = before[-1:] or rest[-1:]
    return known[chosen[0]] if chosen else None


def _parts(case: Case, key: Key) -> Iterator[tuple[Task, int, str, PartKey]]:
    for task in case.tasks:
        if task.id in key.tasks:
            for index, (name, part) in enumerate(key.tasks[task.id].parts.items()):
                yield task, index, name, part


def _answers(case: Case, key: Key) -> Iterator[tuple[Where, str]]:
    for task, index, name, part in _parts(case, key):
        if part.answer is not None:
            for place in ("", name, f"#{index}"):
                yield (family(task), place), part.answer


def _sentences(case: Case, key: Key) -> Tally:
    tally: Tally = Counter()
    for task, _, _, part in _parts(case, key):
        where = (family(task), "")
        tally.update((where, one) for one in part.keyed)
        tally.subtract((where, one) for one in key.tasks[task.id].listed(part))
    return tally


def _sum(tallies: Iterable[Tally]) -> Tally:
    total: Tally = Counter()
    for one in tallies:
        total.update(one)
    return total


def _without(total: Tally, left: list[Tally]) -> Tally:
    rest = Counter(total)
    for one in left:
        rest.subtract(one)
    return rest
