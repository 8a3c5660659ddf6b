"""Where the time of marking at once goes, by the standard library's profiler."""

from __future__ import annotations

import cProfile
import pstats
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from caselens.answers import checksum, parse_submitted
from caselens.grading import bulk
from caselens.grading.alterations import alterations
from caselens.grading.bench_class import make_desk, ours
from caselens.grading.bench_compare import quiet
from caselens.grading.copy import write_copy
from caselens.grading.files import Files, read_files
from caselens.grading.graded import VersionGrader
from caselens.grading.quarantine import set_aside
from caselens.grading.rows import Writer
from caselens.grading.template import Template
from caselens.grading.written import written_cells

# Functions that do not call each other, so that their times can be added up; what
# is marked is inside of what is displayed, and is taken out of it again.
STAGES: Mapping[str, tuple[Callable[..., Any], ...]] = {
    "look at the folder": (set_aside,),
    "read the files": (read_files, Files.content.func),  # type: ignore[attr-defined]
    "read the answers": (parse_submitted, checksum),
    "compare the page": (alterations,),
    "mark": (VersionGrader.score,),
    "display": (VersionGrader._shown, written_cells, Template.fill),
    "write the copy": (write_copy,),
    "write the rows": (Writer.write,),
}
INSIDE = {"display": "mark"}
OWN = 8


@dataclass(frozen=True)
class Profile:
    """Shares of one run's time by stage, and the functions that took most."""

    size: int
    shares: Mapping[str, float]
    slowest: Mapping[str, float]


def profile(course: Path, unit_id: str, size: int) -> Profile:
    """Mark a class at once under the profiler. Raises NoRoomError."""
    with TemporaryDirectory(prefix="caselens-bench-") as name, quiet():
        desk = make_desk(course, Path(name) / "class", unit_id, size)
        api, taken = ours(desk.root), cProfile.Profile()
        taken.runcall(bulk.autograde, api.coursedir, unit_id, parent=api)
    return _read(size, pstats.Stats(taken))


def _read(size: int, stats: pstats.Stats) -> Profile:
    found: dict[Any, Any] = stats.stats  # type: ignore[attr-defined]
    whole = stats.total_tt  # type: ignore[attr-defined]
    taken = {stage: _within(found, calls) for stage, calls in STAGES.items()}
    for outer, inner in INSIDE.items():
        taken[outer] -= taken[inner]
    taken["all the rest"] = whole - sum(taken.values())
    own = sorted(found.items(), key=lambda item: -item[1][2])[:OWN]
    return Profile(
        size,
        {stage: seconds / whole for stage, seconds in taken.items()},
        {_name(place): one[2] / whole for place, one in own},
    )


def _within(found: Mapping[Any, Any], calls: tuple[Callable[..., Any], ...]) -> float:
    """Return the seconds within some functions and whatever they call."""
    codes = [getattr(one, "__wrapped__", one).__code__ for one in calls]
    places = [(one.co_filename, one.co_firstlineno, one.co_name) for one in codes]
    return float(sum(found[place][3] for place in places if place in found))


def _name(place: tuple[str, int, str]) -> str:
    file, number, name = place
    # Of what is built in only the name is known.
    return f"{Path(file).name}:{number} {name}" if number else name


def lines(found: Profile) -> Iterator[str]:
    """Yield the shares, as docs/performance.md keeps them."""
    yield f"Where the time goes, marking {found.size} at once under the profiler"
    for stage, share in found.shares.items():
        yield f"  {stage:24}{share:7.1%}"
    yield "  functions by the time in themselves"
    for name, share in found.slowest.items():
        yield f"    {share:6.1%}  {name}"
