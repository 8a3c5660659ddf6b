"""From a hundred submissions to a hundred thousand: is time linear, memory flat?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from caselens.grading.bench_class import Desk, make_desk
from caselens.grading.bench_compare import MB, quiet
from caselens.grading.bench_worker import working
from caselens.learners import Trainee


class Through(Protocol):
    """Hands on the trainees one by one, and shows how far it is."""

    def __call__(self, items: Iterable[Trainee], what: str) -> Iterable[Trainee]:
        """Return the same trainees."""


@dataclass(frozen=True)
class Size:
    """One class: seconds to mark it, seconds to find it unchanged, memory in bytes."""

    size: int
    seconds: float
    again: float
    peak: int


def scale(
    course: Path, unit_id: str, sizes: Sequence[int], through: Through
) -> Iterator[Size]:
    """Mark a class of each size at once, in a process of its own, and once more.

    Raises BenchError, and NoRoomError before a class is made that does not fit.
    """
    for size in sizes:
        with TemporaryDirectory(prefix="caselens-bench-") as name, quiet():
            root = Path(name) / "class"
            shown = partial(through, what=f"Handing in {size:,}")
            desk = make_desk(course, root, unit_id, size, shown)
            yield _taken(desk)


def _taken(desk: Desk) -> Size:
    with working("bulk", desk) as worker:
        seconds = worker.ask("mark")
        # Marked with the rest of the class, and not marked once more.
        again = worker.ask("mark")
        return Size(len(desk.names), seconds, again, worker.peak)


def head() -> Iterator[str]:
    """Yield the lines above the figures of every size."""
    yield "Marking everybody at once, each class in a process of its own"
    named = ("seconds", "a second", "ms each", "unchanged s", "peak MB")
    yield f"  {'submissions':>11}" + "".join(f"{one:>12}" for one in named)


def line(one: Size) -> str:
    """Return the figures of one size."""
    return (
        f"  {one.size:11,}{one.seconds:12.2f}{one.size / one.seconds:12.0f}"
        f"{1000 * one.seconds / one.size:12.2f}{one.again:12.2f}{one.peak / MB:12.0f}"
    )


def growth(sizes: Sequence[Size]) -> Iterator[str]:
    """Yield what grows between each size and the next: 1.00 is linear, and flat."""
    for small, large in pairwise(sizes):
        times = large.size / small.size
        yield (
            f"  {small.size:,} to {large.size:,}: the time of one submission times "
            f"{large.seconds / small.seconds / times:.2f}, memory times "
            f"{large.peak / max(1, small.peak):.2f}"
        )
