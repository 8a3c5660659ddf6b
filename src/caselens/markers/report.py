"""The agreement of double marking as text, for `caselens mark --agreement`."""

from __future__ import annotations

from collections.abc import Iterator

from caselens.markers.double import Compared, Report
from caselens.markers.icc import Icc

NONE_YET = "Nobody has marked a second time yet."
WIDTH = 36


def told(found: Icc) -> str:
    """Return an ICC with its interval, or why there is none."""
    if found.value is None or found.low is None or found.high is None:
        return found.reason
    value, low, high = (f"{one:z.2f}" for one in (found.value, found.low, found.high))
    return f"{value} (95% interval {low} to {high})"


def left_out(count: int) -> str:
    """Return a sentence about texts that were marked by two versions."""
    if count == 1:
        return "1 text is left out: two versions of the rubric were used on it."
    return f"{count} texts are left out: two versions of the rubric were used on them."


def lines(one: Report) -> Iterator[str]:
    """Yield the report of one written task, a line at a time."""
    yield f"{one.task.task}: {one.task.rubric.title} ({one.task.rubric.version})"
    if one.pairs:
        yield f"  {one.pairs} texts marked twice; second: {', '.join(one.seconds)}"
        yield f"  {'':{WIDTH}} same  within 1  second - first  ICC"
        yield from (_line(compared) for compared in one.lines)
    else:
        yield f"  {NONE_YET}"
    if one.other_version:
        yield f"  {left_out(one.other_version)}"


def _line(one: Compared) -> str:
    name = one.name if len(one.name) <= WIDTH else f"{one.name[: WIDTH - 1]}…"
    shares = f"{one.exact:>4.0%}  {one.near:>8.0%}"
    return f"  {name:{WIDTH}} {shares}  {one.lean:>+z14.2f}  {told(one.found)}"
