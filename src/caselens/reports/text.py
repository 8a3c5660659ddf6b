"""The figures of a bank as plain text, within a hundred columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from caselens.reports.association import BOUND, Association, beyond_chance
from caselens.reports.balance import Balance
from caselens.reports.blind import Blind
from caselens.reports.contrast import Contrast
from caselens.reports.menus import Lengths, Places
from caselens.reports.rates import Rate
from caselens.reports.shallow import BOUND as EARNED
from caselens.reports.shallow import SOLVED, Row, Shallow
from caselens.reports.units import HIGHEST_SHARE, UnitShare

WIDTH = 100
HIGHEST = 10
UNLIKELY = 0.05
LARGEST_SHARE = 0.5
FEW_PARTS = 10


def balance_lines(found: Balance, *, every: bool = False) -> Iterator[str]:
    """Yield the balance line by line; `every` shows all rows, not the highest ten."""
    most = None if every else HIGHEST
    yield from _paragraph(
        f"{found.cases} cases count, a pair or a pair of twins once; {found.drawn} of "
        "them have a row in the design table. Intervals hold 95 of 100 draws of cases."
    )
    yield from _associations("Does an identity tell an answer?", found.identity, most)
    yield from _associations("Does the lens tell a goal?", found.lens, most)
    yield from _rates(found.rates)
    yield from _places(found.places)
    yield from _lengths(found.lengths)
    yield from _contrasts(
        "Are overclaims shorter or longer than other statements (in characters)?",
        found.claim_lengths,
        1,
    )
    yield from _contrasts(
        "Do right options and supported claims share more words with the case?",
        found.overlaps,
        3,
    )
    yield from _bots(found.bots, most)


def unit_lines(found: Sequence[UnitShare]) -> Iterator[str]:
    """Yield the bot that earns most in each unit, the highest first."""
    yield from _heading("What do readers earn in a unit who never read the case?")
    yield from _paragraph(
        "The highest bot's share of the unit's automatic points, and the task from "
        f"which it has most. None may be above {HIGHEST_SHARE}; in practice bad luck "
        "is set against luck."
    )
    for one in sorted(found, key=lambda one: -one.share):
        mark = "  over" if one.over else ""
        yield f"  {one.unit:40} {one.share:6.3f}  {one.bot}, {one.task}{mark}"


def shallow_lines(found: Shallow) -> Iterator[str]:
    """Yield what shallow readers earn, and what an author may want to reword."""
    yield from _heading("What do readers earn who understand nothing?")
    yield from _paragraph(
        "Mean corrected score, unfloored: 0 for the best constant answer, 1 for the "
        f"key. Over the bank none may be above {EARNED}."
    )
    yield from _readers(found.rows)
    yield from _heading(f"Tasks that one of them solves above {SOLVED}")
    for task in found.solved:
        yield f"  {task.task:20} {task.corrected:5.2f}  {task.reader}"
    yield from _heading(
        "Statements that every reader by likeness places as the key does"
    )
    for one in found.given_away:
        yield from textwrap.wrap(
            f"{one.task} {one.part} ({one.answer}): {one.text}",
            WIDTH,
            initial_indent="  ",
            subsequent_indent="      ",
        )


def _readers(rows: Sequence[Row]) -> Iterator[str]:
    for number, row in enumerate(rows, start=1):
        yield f"  {number}  {row.reader}"
    columns = "".join(f"{number:8}" for number in range(1, len(rows) + 1))
    yield f"  {'':12}{'tasks':>7}{columns}"
    for kind in rows[0].kinds if rows else ():
        count = rows[0].kinds[kind][1]
        values = "".join(f"{row.kinds[kind][0]:8.2f}" for row in rows)
        yield f"  {kind:12}{count:7}{values}"
    values = "".join(f"{row.whole:8.2f}" for row in rows)
    yield f"  {'over all':12}{rows[0].tasks if rows else 0:7}{values}"
    for row in rows:
        if row.over:
            yield f"  <- {row.reader} earns more than it may"


def _heading(title: str) -> Iterator[str]:
    yield ""
    yield title
    yield "-" * len(title)


def _paragraph(text: str) -> Iterator[str]:
    yield from textwrap.wrap(text, WIDTH)


def _associations(
    title: str, found: Sequence[Association], most: int | None
) -> Iterator[str]:
    yield from _heading(title)
    over, certain = [one for one in found if one.over], beyond_chance(found)
    yield from _paragraph(
        f"Bias-corrected Cramér's V of {len(found)} tables: {len(over)} at {BOUND} or "
        f"above, {len(certain)} of these beyond chance among so many (marked *)."
    )
    ranked = sorted(found, key=lambda one: -one.v.value)[:most]
    for one in ranked:
        mark = "*" if one in certain else "over" if one.over else ""
        name = f"{one.one} and {one.other}"
        yield (
            f"  {name:34} V {one.v}  p {one.p:5.3f}  {one.cases:3} cases  {mark}"
        ).rstrip()
    yield from _rest(len(found), len(ranked))


def _rest(count: int, shown: int) -> Iterator[str]:
    if count > shown:
        yield f"  ({count - shown} lower ones are left out; --all shows them)"


def _rates(found: Sequence[Rate]) -> Iterator[str]:
    yield from _heading("How often is each option right?")
    for one in found:
        often = one.share > LARGEST_SHARE and one.parts >= FEW_PARTS
        mark = "  <- one option is right more often than not" if often else ""
        yield f"  {one.name}, {one.parts} parts, commonest {one.share:.0%}{mark}"
        text = ", ".join(f"{option} {count}" for option, count in one.counts)
        yield from textwrap.wrap(
            text, WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6
        )


def _places(found: Sequence[Places]) -> Iterator[str]:
    yield from _heading("Where does the right option stand?")
    for one in found:
        counts = " ".join(f"{count:4}" for count in one.counts)
        yield _marked(f"  {one.name:20} places {counts}", one.p)


def _lengths(found: Sequence[Lengths]) -> Iterator[str]:
    yield from _heading("Is the right option the longest (1) or the shortest (0)?")
    for one in found:
        text = f"  {one.name:20} {one.menus:4} menus, mean rank {one.rank:5.3f}"
        yield _marked(f"{text} (0.500 by chance)", one.p)


def _marked(text: str, p: float) -> str:
    return f"{text}  p {p:5.3f}{'  <- unlike chance' if p < UNLIKELY else ''}"


def _contrasts(title: str, found: Sequence[Contrast], digits: int) -> Iterator[str]:
    yield from _heading(title)
    for one in found:
        right, wrong = (f"{value:.{digits}f}" for value in (one.right, one.wrong))
        span = (one.difference.value, one.difference.low, one.difference.high)
        value, low, high = (f"{number:+.{digits}f}" for number in span)
        yield (
            f"  {one.name:21} {right:>5} of {one.texts[0]:3} right, "
            f"{wrong:>5} of {one.texts[1]:3} wrong: {value} [{low}, {high}]"
            f"{'  <- differ' if one.clear else ''}"
        )


def _bots(found: Sequence[Blind], most: int | None) -> Iterator[str]:
    yield from _heading("What do readers earn who never read the case?")
    fixed = [one for one in found if one.constant]
    rest = [one for one in found if not one.constant]
    yield from _paragraph(
        "Mean corrected score over all tasks, and the p-value, adjusted for their "
        "number, of a mean that is above zero."
    )
    shown = [*rest, *fixed[:most]]
    for one in shown:
        mark = "  <- earns" if one.p < UNLIKELY else ""
        yield f"  {one.bot:34} {one.mean}  p {one.p:5.3f}  {one.tasks} tasks{mark}"
    yield from _rest(len(found), len(shown))
