"""What the blind readings of a bank come to, and what they cannot tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from caselens.cases import Bank
from caselens.cases.reading import (
    ENOUGH,
    Standing,
    accepted,
    leads,
    read_case,
    scored_parts,
    standings,
)


@dataclass(frozen=True)
class Summary:
    """Cases and scored parts read; what the readings that count expect of them.

    `parts` are those with a reading that counts. Of these `led` have the key in
    front in every such reading, and `weak` less than 60% for it in some.
    """

    cases: int
    unread: tuple[str, ...]
    scored: int
    parts: int
    led: int
    weak: tuple[str, ...]
    changed: tuple[str, ...]
    readers: Counter[str]


def summarise(bank: Bank) -> Summary:
    """Return the summary over every case of the bank that has a key."""
    keyed = {name: one for name, one in bank.entries.items() if one.key is not None}
    read = {name: read_case(one) for name, one in sorted(keyed.items())}
    every = [
        standing
        for name, readings in read.items()
        if readings is not None
        for standing in standings(keyed[name], readings)
    ]
    counted = [one for one in every if one.counted]
    return Summary(
        cases=len(keyed),
        unread=tuple(name for name, readings in read.items() if readings is None),
        scored=sum(len(scored_parts(one)) for one in keyed.values()),
        parts=len(counted),
        led=sum(_is_led(one) for one in counted),
        weak=tuple(one.part for one in counted if _is_weak(one)),
        changed=tuple(one.part for one in every if one.changed),
        readers=Counter(
            one.kind
            for readings in read.values()
            for one in (readings.readings if readings else ())
            if one.blind
        ),
    )


def _is_led(one: Standing) -> bool:
    return all(leads(one.key, spread) for spread in one.spreads)


def _is_weak(one: Standing) -> bool:
    return any(accepted(one.key, spread) < ENOUGH for spread in one.spreads)


def advice(found: Summary) -> Iterator[str]:
    """Yield what is no fault and still to be done."""
    if found.unread:
        names = ", ".join(found.unread)
        yield f"Not read blind yet: {len(found.unread)} cases ({names})."
    if found.changed:
        yield f"Changed since it was read: {len(found.changed)} parts."


def lines(found: Summary) -> Iterator[str]:
    """Yield the summary as text."""
    made = ", ".join(f"{count} by a {kind}" for kind, count in found.readers.items())
    share = f"{found.led / found.parts:.1%}" if found.parts else "-"
    rows = {
        "cases read blind": f"{found.cases - len(found.unread)} of {found.cases}",
        "blind readings": made or "none",
        "scored parts in the bank": str(found.scored),
        "read since their last change": str(found.parts),
        "of these, the expected majority is the key": share,
        f"of these, the key under {ENOUGH:.0%} in a reading": str(len(found.weak)),
        "changed since they were read": str(len(found.changed)),
    }
    yield from (f"{name:46}{value}" for name, value in rows.items())
    yield from (f"  under {ENOUGH:.0%}: {one}" for one in found.weak)
    yield from (f"  changed: {one}" for one in found.changed)
    yield (
        "These are guessed spreads by readers of this kind. They are a check for "
        "blunders, not reliability: nobody observed a supervisor."
    )
