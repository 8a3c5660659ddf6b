"""`caselens bench`: the words, and how the figures that come back are printed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

Item = TypeVar("Item")
UNIT = "m04_u03_graded_case"
ROUNDS = 5
SIZE = 200
SCALE = [100, 1000, 10_000]
MOST = 1_000_000
LISTED = 1000
OTTER = 10
PROFILED = 1000
FEEDBACK = 50
USUAL = ("ways", "profile", "scale", "feedback", "formgrader")
PARTS = (*USUAL, "otter")


def add_verbs(found: Any, bank: argparse.ArgumentParser) -> None:
    """Add the verb to the parser's."""
    one = found.add_parser("bench", parents=[bank], help="print the figures")
    one.add_argument(
        "what",
        nargs="?",
        choices=("marking", "page", "autograde"),
        default="marking",
        help="of marking (the default), of the page in a browser, or of marking a "
        "large class, which takes many minutes",
    )
    one.add_argument("--unit", default=UNIT, help="the graded unit to be marked")
    one.add_argument(
        "--rounds",
        type=int,
        choices=range(1, 101),
        metavar="N",
        default=ROUNDS,
        help="with page: how often it opens",
    )
    _add_large(one)
    one.set_defaults(run=bench)


def _add_large(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--size",
        type=_size,
        metavar="N",
        default=SIZE,
        help="with autograde: how many submissions are marked in every way",
    )
    one.add_argument(
        "--scale",
        type=_size,
        metavar="N",
        nargs="+",
        default=SCALE,
        help="with autograde: the sizes of the classes that are marked at once",
    )
    one.add_argument(
        "--only",
        nargs="+",
        choices=PARTS,
        default=USUAL,
        help="with autograde: only these figures",
    )
    one.add_argument(
        "--listed",
        type=_size,
        metavar="N",
        default=LISTED,
        help="with autograde: how many submissions formgrader lists",
    )
    one.add_argument(
        "--otter",
        nargs="?",
        type=Path,
        const=Path(),
        metavar="FOLDER",
        help="with autograde: otter-grader too, from the environment in this folder, "
        "or from one that is made for it with pip",
    )


def _size(word: str) -> int:
    if word.isdecimal() and 1 < int(word) <= MOST:
        return int(word)
    raise argparse.ArgumentTypeError(f"{word} is no number from 2 to {MOST:,}")


def bench(options: argparse.Namespace) -> int:
    """Print the figures that docs/performance.md keeps."""
    from caselens.opening.lab import CannotOpen

    taken = {"page": _page, "marking": _marking, "autograde": _autograde}
    try:
        return taken[options.what](options)
    except CannotOpen as error:
        return _refuse(error)
    except KeyboardInterrupt:
        return _refuse("Stopped before the end, so there are no more figures.")


def _page(options: argparse.Namespace) -> int:
    from caselens.opening.bench import bench_page, lines
    from caselens.opening.start import say

    return _tell(lines(bench_page(say, options.rounds)))


def _marking(options: argparse.Namespace) -> int:
    from caselens.cli.verbs import course_folder
    from caselens.grading import bench as figures

    marking = figures.bench_marking(course_folder(options), options.unit)
    print(f"Autograding the same {marking.submissions} submissions")
    print(f"  stock nbgrader  {marking.stock:7.2f} s")
    print(f"  this course     {marking.ours:7.2f} s")
    print(f"  ratio           {marking.ratio:7.1f}")
    print(f"  same points     {'yes' if marking.same else 'NO'}")
    imports = figures.bench_imports()
    print("A fresh Python that imports (median of five, taken in turn)")
    print(f"  ipywidgets                           {imports.bare:5.2f} s")
    print(f"  caselens, what a graded copy calls   {imports.cells:5.2f} s")
    print(f"  caselens, the whole page             {imports.page:5.2f} s")
    print("Lines a module, the ten longest")
    lines = figures.lines_by_module(Path(figures.__file__).parents[1])
    for name, count in list(lines.items())[:10]:
        print(f"  {count:4} {name}")
    return 0 if marking.same else 1


def _autograde(options: argparse.Namespace) -> int:
    from caselens.grading.bench_class import NoRoomError
    from caselens.grading.bench_worker import BenchError
    from caselens.grading.demo import DemoError

    parts = {
        "ways": _ways,
        "profile": _profile,
        "scale": _scale,
        "feedback": _feedback,
        "formgrader": _formgrader,
        "otter": _otter,
    }
    asked = {*options.only, *(["otter"] if options.otter is not None else [])}
    try:
        status = [parts[one](options) for one in PARTS if one in asked]
    except (BenchError, DemoError, NoRoomError) as error:
        return _refuse(error)
    return max(status, default=0)


def _ways(options: argparse.Namespace) -> int:
    from caselens.cli.verbs import course_folder
    from caselens.grading.bench_compare import compare, lines

    found = compare(course_folder(options), options.unit, options.size, _through)
    _tell(lines(found))
    return 1 if found.marks.unequal else 0


def _profile(options: argparse.Namespace) -> int:
    from caselens.cli.verbs import course_folder
    from caselens.grading.bench_profile import lines, profile

    size = max(options.scale) if max(options.scale) < PROFILED else PROFILED
    return _tell(lines(profile(course_folder(options), options.unit, size)))


def _scale(options: argparse.Namespace) -> int:
    from caselens.cli.verbs import course_folder
    from caselens.grading.bench_scale import growth, head, line, scale

    sizes = sorted(set(options.scale))
    _tell(head())
    taken = []
    for one in scale(course_folder(options), options.unit, sizes, _through):
        taken.append(one)
        print(line(one), flush=True)
    return _tell(growth(taken))


def _feedback(options: argparse.Namespace) -> int:
    from caselens.cli.verbs import course_folder
    from caselens.grading.bench_feedback import bench_feedback, lines

    size = min(options.size, FEEDBACK)
    course = course_folder(options)
    return _tell(lines(bench_feedback(course, options.unit, size, _through)))


def _formgrader(options: argparse.Namespace) -> int:
    from caselens.cli.verbs import course_folder
    from caselens.grading.bench_formgrader import bench_formgrader, lines
    from caselens.opening.start import say

    course, unit = course_folder(options), options.unit
    return _tell(lines(bench_formgrader(course, unit, options.listed, say)))


def _otter(options: argparse.Namespace) -> int:
    from caselens.cli.verbs import course_folder
    from caselens.grading.bench_otter import bench_otter, lines
    from caselens.grading.bench_worker import BenchError

    # Named without a folder, it is installed for this run.
    venv = options.otter if options.otter != Path() else None
    size = min(options.size, OTTER)
    course = course_folder(options)
    try:
        found = bench_otter(course, options.unit, size, venv, _through)
    except BenchError as error:
        # It is somebody else's program: what is ours was measured all the same.
        print(f"otter-grader was left out. {error}")
        return 0
    return _tell(lines(found))


def _tell(lines: Iterable[str]) -> int:
    for line in lines:
        print(line, flush=True)
    return 0


def _through(items: Iterable[Item], what: str) -> Iterator[Item]:
    from tqdm import tqdm

    yield from tqdm(items, desc=what, file=sys.stderr)


def _refuse(reason: object) -> int:
    print(reason, file=sys.stderr)
    return 1
