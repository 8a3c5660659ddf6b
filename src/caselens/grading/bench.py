"""Timing stock nbgrader against this course's marking, on the same work."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from caselens.grading.bench_class import ours, stock
from caselens.grading.demo import gradebook, lay_out, marked, submit_class

SIZE = 12
SEED = 7
IMPORT_RUNS = 5
BARE = "import ipywidgets"
OURS = "from caselens import task, workbench"
PAGE = "import caselens.widgets.page"


@dataclass(frozen=True)
class Marking:
    """Seconds for the same submissions by either way, and whether marks agree."""

    submissions: int
    stock: float
    ours: float
    same: bool

    @property
    def ratio(self) -> float:
        """How many times as long stock nbgrader takes."""
        return self.stock / self.ours


@dataclass(frozen=True)
class Imports:
    """Median seconds of a fresh Python that imports something."""

    bare: float
    cells: float
    page: float


def bench_marking(course: Path, unit_id: str, size: int = SIZE) -> Marking:
    """Autograde the same class with stock nbgrader and with this course's steps.

    The two ways take turns, submission by submission, so that a busy machine
    slows both alike.
    """
    with tempfile.TemporaryDirectory() as name:
        desks = {
            way: opened(Path(name) / way)
            for way, opened in (("stock", stock), ("ours", ours))
        }
        for api in desks.values():
            lay_out(course, Path(api.coursedir.root), unit_id)
            names = submit_class(Path(api.coursedir.root), unit_id, size, SEED)
            marked(api.generate_assignment(unit_id))
        seconds = dict.fromkeys(desks, 0.0)
        for student in names:
            for way, api in desks.items():
                began = time.perf_counter()
                marked(api.autograde(unit_id, student))
                seconds[way] += time.perf_counter() - began
        points = [gradebook(api, unit_id).points for api in desks.values()]
    same = points[0].equals(points[1])
    return Marking(size, seconds["stock"], seconds["ours"], same)


def bench_imports(runs: int = IMPORT_RUNS) -> Imports:
    """Time what a trainee's page loads beside bare ipywidgets, taken in turn."""
    taken: dict[str, list[float]] = {code: [] for code in (BARE, OURS, PAGE)}
    for _ in range(runs):
        for code, seconds in taken.items():
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603
            seconds.append(time.perf_counter() - began)
    medians = [statistics.median(seconds) for seconds in taken.values()]
    return Imports(*medians)


def lines_by_module(package: Path) -> dict[str, int]:
    """Return the number of lines of every module below `package`, longest first."""
    counts = {
        path.relative_to(package).as_posix(): len(path.read_text("utf-8").splitlines())
        for ending in ("*.py", "*.js")
        for path in package.rglob(ending)
    }
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
