"""What a panel's votes come to: a table for the screen, a CSV, a page of Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from caselens.panel.agreement import FEWEST, FIRM, TENTATIVE, Estimate
from caselens.panel.groups import Group, Tallied, tallied, weak_slots
from caselens.panel.votes import Returned

CSV_FILE = "agreement.csv"
REPORT_FILE = "report.md"
EVERYBODY = "all"
FIELDS = (
    "level",
    "name",
    "raters",
    "parts",
    "votes",
    "alpha_parts",
    *(
        f"{one}{end}"
        for one in ("alpha", "raw", "ac1")
        for end in ("", "_low", "_high")
    ),
    "standing",
    "key",
    "for_the_key",
    "given",
)
HEAD = ("", "raters", "parts", "alpha", "95%", "raw", "95%", "AC1", "95%", "")
WIDTHS = (26, 8, 6, 7, 15, 6, 15, 6, 15, 13)
ABOUT = f"""\
Agreement of therapists who answered the same tasks alone, without the key. Alpha is
Krippendorff's, for choices without an order; raw is the share of pairs of raters who
agree; AC1 is Gwet's. Intervals are 95%, by bootstrap over the parts; the parts of one
case hang together, so they are narrower than they should be. An alpha of {FIRM:.2f} or
more is firm, of {TENTATIVE} or more tentative; below that a part is discussed and earns
nothing. Over fewer than {FEWEST} parts alpha is shown and decides nothing.

A slot's alpha sets the slot against all others, over every statement that could have
been placed there. Its raw agreement and AC1 are over the statements keyed to it.

Agreement shows that therapists read these tasks alike. It does not show that they are
right, nor that another panel would agree.
"""


def table(groups: Sequence[Group]) -> Iterator[str]:
    """Yield the agreement of every group as lines of text."""
    yield _line(HEAD)
    level = ""
    for one in groups:
        title = f"{one.level}, {one.approach or EVERYBODY}"
        if title != level:
            yield f"By {one.level} ({_raters(one)})"
            level = title
        yield _line(_cells(one))


def parts_table(found: Returned) -> Iterator[str]:
    """Yield the votes on each part whose majority is not the key."""
    for one in tallied(found):
        if not one.is_led:
            yield f"  {one.part.name}: {one.given}; the key says {one.answer}"


def write_report(folder: Path, found: Returned, groups: Sequence[Group]) -> list[Path]:
    """Write agreement.csv and report.md into the panel's folder; return both."""
    paths = [folder / CSV_FILE, folder / REPORT_FILE]
    texts = [csv_text(found, groups), report_text(found, groups)]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8", newline="\n")
    return paths


def csv_text(found: Returned, groups: Sequence[Group]) -> str:
    """Return a row for each group, and one for each part with its votes."""
    stream = io.StringIO()
    rows = csv.DictWriter(stream, FIELDS, restval="", lineterminator="\n")
    rows.writeheader()
    for group in groups:
        numbers = {
            f"{name}{end}": _number(value)
            for name in ("alpha", "raw", "ac1")
            for end, value in _ends(getattr(group.agreement, name))
        }
        rows.writerow(
            {
                "level": group.level,
                "name": group.name,
                "raters": group.approach or EVERYBODY,
                "parts": group.agreement.parts,
                "votes": group.agreement.votes,
                "alpha_parts": group.agreement.compared,
                "standing": group.standing,
                **numbers,
            }
        )
    for one in tallied(found):
        rows.writerow(_part_row(one))
    return stream.getvalue()


def _part_row(one: Tallied) -> dict[str, object]:
    return {
        "level": "part",
        "name": one.part.name,
        "raters": EVERYBODY,
        "parts": 1,
        "votes": one.votes.total(),
        "key": one.answer,
        "for_the_key": _number(one.share),
        "given": one.given,
    }


def report_text(found: Returned, groups: Sequence[Group]) -> str:
    """Return the report as Markdown."""
    lines = ["# What the panel's votes come to", "", ABOUT, "## Raters", ""]
    for ballot in found.ballots:
        approach = ballot.rater.approach or "approach not filled in"
        lines.append(f"- {ballot.rater.id}: {approach}, {len(ballot.votes)} parts")
    lines += [
        f"- {name}: skipped. {escape(why, quote=False)}"
        for name, why in found.skipped.items()
    ]
    lines += [f"- {one} was reworded since: ask again." for one in found.changed]
    lines += [
        "",
        "## Agreement",
        "",
        *_markdown(groups),
        "",
        *_discussed(found, groups),
    ]
    lines += ["", "## Each part", ""]
    lines += ["| part | group | key | for the key | votes |", "|---|---|---|---|---|"]
    for one in tallied(found):
        key = one.part.key
        assert key is not None, "a tallied part has a key"
        answer = f"{key.answer} (also {key.also})" if key.also else key.answer
        cells = [one.part.name, key.group, answer, f"{one.share:.0%}", one.given]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines) + "\n"


def _markdown(groups: Sequence[Group]) -> Iterator[str]:
    yield "| by | | raters | parts | alpha | 95% | raw | 95% | AC1 | 95% | |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for one in groups:
        cells = _cells(one)
        yield f"| {one.level} | {' | '.join(one.strip() for one in cells)} |"


def _discussed(found: Returned, groups: Sequence[Group]) -> Iterator[str]:
    yield from ("## What stays discussed", "")
    slots = weak_slots(groups)
    for slot, value in slots.items():
        yield f"- Slot {slot}: alpha {value:.2f}, under {TENTATIVE}."
    other = [
        one
        for one in groups
        if one.level != "slot" and one.approach is None and one.standing == "discussed"
    ]
    for one in other:
        yield f"- {one.level} {one.name}: alpha under {TENTATIVE}."
    for part in tallied(found):
        if not part.is_led:
            yield f"- {part.part.name}: the majority is not the key ({part.given})."
    if not slots and not other and all(one.is_led for one in tallied(found)):
        yield "Nothing by these votes."


def _cells(one: Group) -> list[str]:
    found = one.agreement
    cells = [f"  {one.name}", one.approach or EVERYBODY, str(found.parts)]
    for each in (found.alpha, found.raw, found.ac1):
        cells += [_value(each.value), _interval(each)]
    return [*cells, one.standing]


def _line(cells: Sequence[str]) -> str:
    return "".join(
        cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)
    ).rstrip()


def _raters(one: Group) -> str:
    return f"raters of the approach {one.approach}" if one.approach else "all raters"


def _value(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _interval(one: Estimate) -> str:
    return "" if one.low is None else f"{one.low:.2f} to {one.high:.2f}"


def _ends(one: Estimate) -> list[tuple[str, float | None]]:
    return [("", one.value), ("_low", one.low), ("_high", one.high)]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
