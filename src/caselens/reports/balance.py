"""The balance of a bank: what could be known of an answer without reading the case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from caselens.cases import Bank
from caselens.cases.design import Design, counted
from caselens.learners import Bot
from caselens.reports.association import Association
from caselens.reports.blind import Blind, Progress, blind
from caselens.reports.contrast import Contrast, claim_lengths, claims, overlaps
from caselens.reports.identity import by_identity, by_lens, drawn
from caselens.reports.menus import Lengths, Places, lengths, menus, places
from caselens.reports.rates import Keyed, Rate, rates
from caselens.tasks import Setting, kind_of

Item = TypeVar("Item")


@dataclass(frozen=True)
class Balance:
    """The figures of one bank; a pair or a pair of twins counts once in all of them.

    `drawn` counts the cases that have a row in the design table: only these tell
    whether an identity or a lens gives an answer away. The bots alone work every
    case, and are drawn with a pair as one.
    """

    cases: int
    drawn: int
    identity: tuple[Association, ...]
    lens: tuple[Association, ...]
    rates: tuple[Rate, ...]
    places: tuple[Places, ...]
    lengths: tuple[Lengths, ...]
    claim_lengths: tuple[Contrast, ...]
    overlaps: tuple[Contrast, ...]
    bots: tuple[Blind, ...]


def quiet(items: Iterable[Item], what: str) -> Iterable[Item]:
    """Return the items, showing nothing: the progress of whoever shows none."""
    return items


def balance(
    bank: Bank, design: Design | None, progress: Progress[Bot] = quiet
) -> Balance:
    """Return the figures of a bank; without a design table none about identities."""
    known = drawn(bank, design)
    tasks = keyed(bank)
    options, statements = menus(tasks), claims(tasks)
    return Balance(
        cases=len(counted(bank)),
        drawn=len(known),
        identity=tuple(by_identity(known, bank.vocabulary)),
        lens=tuple(by_lens(known, bank.vocabulary)),
        rates=tuple(rates(tasks)),
        places=tuple(places(options)),
        lengths=tuple(lengths(options)),
        claim_lengths=tuple(claim_lengths(statements)),
        overlaps=tuple(overlaps(options, statements)),
        bots=tuple(blind(bank, progress)),
    )


def keyed(bank: Bank) -> list[Keyed]:
    """Return every automatic task of the counted cases, with its key."""
    found = [
        (Setting(task, entry.case, bank.vocabulary), entry.key.tasks[task.id])
        for entry in counted(bank)
        for task in entry.case.tasks
        if entry.key is not None and task.id in entry.key.tasks
    ]
    return [one for one in found if not kind_of(one[0]).by_hand]
