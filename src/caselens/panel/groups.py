"""Agreement by kind, by goal, by part of safety and by slot; and each part's votes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from caselens.cases.key import PartKey
from caselens.panel.agreement import Agreement, agreement, standing
from caselens.panel.parts import Part
from caselens.panel.votes import Returned

APPROACHES: tuple[str | None, ...] = (None, "cbt", "dynamic")
FEWEST_RATERS = 2
REST = "another slot"


@dataclass(frozen=True)
class Group:
    """A group of parts and how well raters agree on them.

    `level` is kind, goal, safety or slot; `approach` None for every rater.
    """

    level: str
    name: str
    approach: str | None
    agreement: Agreement

    @property
    def standing(self) -> str:
        """Return how far its alpha carries."""
        return standing(self.agreement)


@dataclass(frozen=True)
class Tallied:
    """The votes on one part, beside the key."""

    part: Part
    votes: Counter[str]

    @property
    def answer(self) -> str:
        """Return the key's answer."""
        key = self.part.key
        return (key.answer or "") if key is not None else ""

    @property
    def given(self) -> str:
        """Return the votes in words, the most frequent first."""
        return ", ".join(f"{name} {count}" for name, count in self.votes.most_common())

    @property
    def share(self) -> float:
        """Return the share of the votes for the key's answer or its `also`."""
        return sum(self.votes[one] for one in _good(self.part.key)) / self.votes.total()

    @property
    def is_led(self) -> bool:
        """Whether the key has the majority: more than half of the votes."""
        return self.share > 1 / 2


def _good(key: PartKey | None) -> set[str]:
    found = {key.answer, key.also} if key is not None else set()
    return {one for one in found if one is not None}


def groups_of(
    found: Returned, approaches: Iterable[str | None] = APPROACHES
) -> list[Group]:
    """Return the agreement of every group, for all raters (None) and by approach.

    A group on which fewer than two raters voted in common is left out.
    """
    made = [group for who in approaches for group in _groups(found, who)]
    return [one for one in made if one.agreement.parts]


def tallied(found: Returned) -> list[Tallied]:
    """Return the votes of every part that has any and a keyed answer, in order."""
    every = [Tallied(part, found.tally(name)) for name, part in found.parts.items()]
    return [one for one in every if one.votes and _good(one.part.key)]


def weak_slots(groups: Iterable[Group]) -> dict[str, float]:
    """Return the slots whose alpha over all raters is under 0.667, with it."""
    return {
        one.name: one.agreement.alpha.value
        for one in groups
        if one.level == "slot" and one.approach is None
        if one.standing == "discussed" and one.agreement.alpha.value is not None
    }


def _groups(found: Returned, who: str | None) -> Iterator[Group]:
    if len(found.of(who)) < FEWEST_RATERS:
        return
    levels = {
        "kind": lambda part: part.family,
        "goal": lambda part: part.id if part.task.kind == "goals" else None,
        "safety": lambda part: part.id if part.task.kind == "safety" else None,
    }
    for level, name_of in levels.items():
        for name, parts in _sorted(found, name_of).items():
            tallies = [found.tally(part.name, who) for part in parts]
            yield Group(level, name, who, agreement(tallies))
    for slot, parts in _sorted(found, _slot).items():
        yield Group("slot", slot, who, _slot_agreement(found, who, slot, parts))


def _sorted(
    found: Returned, name_of: Callable[[Part], str | None]
) -> dict[str, list[Part]]:
    groups: dict[str, list[Part]] = {}
    for part in found.parts.values():
        name = name_of(part)
        if name is not None:
            groups.setdefault(name, []).append(part)
    return groups


def _slot(part: Part) -> str | None:
    is_slot = part.task.kind == "slots" and part.key is not None
    return part.key.answer if is_slot and part.key else None


def _slot_agreement(
    found: Returned, who: str | None, slot: str, parts: list[Part]
) -> Agreement:
    """Return the agreement on one slot.

    The statements keyed to it share one answer, so that chance alone would give
    nearly full agreement and alpha means nothing over them. It is computed over every
    statement that could have been placed there, as this slot against the rest.
    """
    offered = [
        part
        for part in found.parts.values()
        if part.task.kind == "slots" and slot in part.menu
    ]
    against = [_against(found.tally(part.name, who), slot) for part in offered]
    return agreement([found.tally(part.name, who) for part in parts], against)


def _against(tally: Counter[str], slot: str) -> Counter[str]:
    rest = tally.total() - tally[slot]
    return Counter({name: n for name, n in ((slot, tally[slot]), (REST, rest)) if n})
