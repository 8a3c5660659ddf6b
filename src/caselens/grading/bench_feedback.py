"""Feedback pages a second: nbgrader's command beside `caselens feedback`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from caselens.grading.bench_class import Desk, make_desk
from caselens.grading.bench_compare import MARKING, MB, Stands, groups, quiet, stands
from caselens.grading.bench_worker import BenchError

WAYS = {
    "stock": "stock nbgrader generate_feedback",
    "steps": "nbgrader generate_feedback, ours",
    "bulk": "at once, caselens feedback",
}
Rounds = Callable[[list[list[str]], str], Iterable[list[str]]]


@dataclass(frozen=True)
class Pages:
    """Seconds a page by way, and the most memory that each had."""

    size: int
    seconds: Mapping[str, float]
    peaks: Mapping[str, int]


def bench_feedback(course: Path, unit_id: str, size: int, rounds: Rounds) -> Pages:
    """Write the explained pages of a marked class in every way, in turns.

    A round is ten pages by either of nbgrader's commands, then the whole class by
    `caselens feedback`. Raises BenchError, NoRoomError.
    """
    with TemporaryDirectory(prefix="caselens-bench-") as name, quiet():
        desk = make_desk(course, Path(name) / "class", unit_id, size)
        with stands(desk) as at:
            # All are marked at once: what is timed here is the pages only.
            at.workers["bulk"].ask("mark")
            for way in ("stock", "steps"):
                _hand_over(at, way)
            seconds = _in_turns(at, rounds)
            for one in at.desks.values():
                _check(one)
            peaks = {way: at.workers[way].peak for way in MARKING}
    return Pages(size, {way: median(all_) for way, all_ in seconds.items()}, peaks)


def _hand_over(at: Stands, way: str) -> None:
    source, target = at.desks["bulk"].root, at.desks[way].root
    shutil.copytree(source / "autograded", target / "autograded")
    shutil.copyfile(source / "gradebook.db", target / "gradebook.db")


def _in_turns(at: Stands, rounds: Rounds) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {way: [] for way in MARKING}
    names = at.desks["bulk"].names
    for group in rounds(groups(names), "Writing feedback"):
        for way in ("stock", "steps"):
            seconds[way].append(at.workers[way].ask("feedback", group) / len(group))
        shutil.rmtree(at.desks["bulk"].root / "feedback", ignore_errors=True)
        seconds["bulk"].append(at.workers["bulk"].ask("feedback") / len(names))
    return seconds


def _check(desk: Desk) -> None:
    pages = [
        desk.folder("feedback", name) / f"{desk.unit_id}.html" for name in desk.names
    ]
    missing = [str(one) for one in pages if not one.is_file()]
    if missing:
        raise BenchError(f"Pages were not written: {missing}")


def lines(found: Pages) -> Iterator[str]:
    """Yield the figures in words, as docs/performance.md keeps them."""
    yield f"Writing the same {found.size} explained feedback pages, in turns"
    head = ("ms each", "a second", "peak MB")
    yield f"  {'median of the rounds':34}" + "".join(f"{one:>11}" for one in head)
    for way, words in WAYS.items():
        took, peak = found.seconds[way], found.peaks[way] / MB
        yield f"  {words:34}{1000 * took:11.2f}{1 / took:11.1f}{peak:11.0f}"
    times = found.seconds["stock"] / found.seconds["bulk"]
    yield f"  stock / at once            {times:8.0f}"
