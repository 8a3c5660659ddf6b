"""The same class marked in three ways and by the floor, in turns in one run."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy.exc import SAWarning

from caselens.grading.bench_class import Desk, make_desk, write_on_pages
from caselens.grading.bench_marks import Agreement, agreement, read_marks
from caselens.grading.bench_worker import Worker, working

# What each way is called where its figures are printed.
WAYS = {
    "stock": "stock nbgrader autograde",
    "steps": "nbgrader autograde, our steps",
    "bulk": "at once, caselens autograde",
    "floor": "floor: read, copy, rows",
}
MARKING = ("stock", "steps", "bulk")
MB = 1_000_000
AIM_BULK, AIM_FLOOR, AIM_STEPS = 300, 4, 8
Rounds = Callable[[list[list[str]], str], Iterable[list[str]]]


@dataclass(frozen=True)
class Taken:
    """What one way took: seconds a submission, memory in bytes, seconds to start."""

    seconds: float
    peak: int
    kernels: int
    started: float
    fastest: float
    slowest: float


@dataclass(frozen=True)
class Comparison:
    """What the ways took for the same class, and whether their marks agree."""

    size: int
    rounds: int
    ways: Mapping[str, Taken]
    marks: Agreement

    def times(self, slow: str, fast: str) -> float:
        """How many times as long one way takes as another."""
        return self.ways[slow].seconds / self.ways[fast].seconds


@dataclass(frozen=True)
class Stands:
    """The ways at work, each on its own copy of the class."""

    desks: Mapping[str, Desk]
    workers: Mapping[str, Worker]


@contextmanager
def stands(desk: Desk, ways: Iterable[str] = MARKING) -> Iterator[Stands]:
    """Give every way a copy of the class and a process; stock pages hold the text."""
    desks = {way: desk.copy(desk.root.with_name(way)) for way in ways}
    if "stock" in desks:
        write_on_pages(desks["stock"])
    with ExitStack() as stack:
        workers = {
            way: stack.enter_context(working(way, one)) for way, one in desks.items()
        }
        yield Stands(desks, workers)


def groups(names: Iterable[str]) -> list[list[str]]:
    """Return the trainees by tens: those whose names differ in the last figure."""
    return [
        list(found) for _, found in groupby(sorted(names), key=lambda one: one[:-1])
    ]


def compare(course: Path, unit_id: str, size: int, rounds: Rounds) -> Comparison:
    """Mark a class in every way, in turns. Raises BenchError, NoRoomError.

    A round is ten submissions by either of nbgrader's commands, then the whole class
    at once by `caselens autograde`, then the whole class by the floor; the last two
    on a fresh gradebook each time. So a busy machine slows all alike.
    """
    with TemporaryDirectory(prefix="caselens-bench-") as name, quiet():
        desk = make_desk(course, Path(name) / "class", unit_id, size)
        with stands(desk) as at:
            taken = _in_turns(at, Path(name) / "floor", rounds)
            marks = {way: read_marks(one) for way, one in at.desks.items()}
    turns = len(groups(desk.names))
    return Comparison(size, turns, taken, agreement(marks))


def _in_turns(at: Stands, root: Path, rounds: Rounds) -> dict[str, Taken]:
    seconds: dict[str, list[float]] = {way: [] for way in WAYS}
    bulk = at.desks["bulk"]
    with ExitStack() as stack:
        workers = dict(at.workers)
        for group in rounds(groups(bulk.names), "Marking"):
            # What `nbgrader autograde UNIT` does, over the trainees of this round.
            pattern = f"{group[0][:-1]}?"
            for way in ("stock", "steps"):
                took = _timed(workers[way], [pattern])
                seconds[way].append(took / len(group))
            bulk.fresh()
            seconds["bulk"].append(_timed(workers["bulk"]) / len(bulk.names))
            if "floor" not in workers:
                desk = _for_floor(bulk, root)
                floor = stack.enter_context(working("floor", desk, bulk.root))
                workers["floor"] = floor
            desk.fresh()
            seconds["floor"].append(_timed(workers["floor"]) / len(bulk.names))
        return {way: _taken(workers[way], seconds[way]) for way in WAYS}


def _timed(worker: Worker, words: Sequence[str] = ()) -> float:
    # No way pays for what the one before it, or the clearing up, left to the disk.
    if hasattr(os, "sync"):
        os.sync()
    return worker.ask("mark", words)


def _for_floor(marked: Desk, root: Path) -> Desk:
    return Desk(marked.root, marked.unit_id, marked.names).copy(root)


def _taken(worker: Worker, seconds: list[float]) -> Taken:
    return Taken(
        seconds=median(seconds),
        peak=worker.peak,
        kernels=worker.kernels,
        started=worker.started,
        fastest=min(seconds),
        slowest=max(seconds),
    )


@contextmanager
def quiet() -> Iterator[None]:
    """Leave out what nbgrader's models make SQLAlchemy warn of; nothing is lost."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        yield


def lines(found: Comparison) -> Iterator[str]:
    """Yield the figures in words, as docs/performance.md keeps them."""
    yield f"Marking the same {found.size} submissions, in turns, rounds: {found.rounds}"
    head = ("ms each", "a second", "peak MB", "kernel MB", "start s")
    yield f"  {'median of the rounds':30}" + "".join(f"{one:>11}" for one in head)
    for way, words in WAYS.items():
        yield f"  {words:30}{_figures(found.ways[way])}"
    yield from _ratios(found)
    yield f"  marks compared {found.marks.compared}, equal {found.marks.equal}"
    for one in found.marks.unequal[:10]:
        yield f"  NOT EQUAL: {one}"


def _figures(one: Taken) -> str:
    return (
        f"{1000 * one.seconds:11.2f}{1 / one.seconds:11.1f}{one.peak / MB:11.0f}"
        f"{one.kernels / MB:11.0f}{one.started:11.2f}"
    )


def _ratios(found: Comparison) -> Iterator[str]:
    bulk, steps = found.times("stock", "bulk"), found.times("stock", "steps")
    least = found.times("bulk", "floor")
    yield f"  stock / at once             {bulk:8.0f}  (aim: at least {AIM_BULK})"
    yield f"  stock / our steps           {steps:8.1f}  (aim: at least {AIM_STEPS})"
    yield f"  at once / floor             {least:8.1f}  (aim: at most {AIM_FLOOR})"
