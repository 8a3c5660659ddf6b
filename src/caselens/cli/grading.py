"""`caselens autograde` and `regrade`: the words, and how the results are printed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caselens.grading.bulk import Summary
    from caselens.grading.regrade import Regrade

NAMED = 20  # so many trainees are named, and the rest counted


def add_verbs(found: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verbs to the parser."""
    one = found.add_parser("autograde", help="mark all that was collected of a unit")
    add_course(one)
    one.add_argument("unit", help="the graded unit")
    one.add_argument(
        "--trainee", action="append", default=[], help="only this one; may be repeated"
    )
    one.add_argument(
        "--force", action="store_true", help="mark again what has not changed"
    )
    add_workers(one)
    one.set_defaults(run=autograde)

    one = found.add_parser(
        "regrade", help="mark a unit again after a key or a rule has changed"
    )
    add_course(one)
    one.add_argument("unit", help="the graded unit")
    one.add_argument(
        "--dry-run", action="store_true", help="only show who changes, and why"
    )
    one.add_argument("--reason", help="why, for the log; needed to change marks")
    one.add_argument(
        "--to", metavar="VERSION", help="the version to mark by (what is released now)"
    )
    one.add_argument(
        "--other-texts",
        action="store_true",
        help="also those who answered when the case was worded otherwise",
    )
    one.set_defaults(run=regrade)


def add_course(one: argparse.ArgumentParser) -> None:
    """Add the flag that names the course folder."""
    one.add_argument(
        "--course",
        type=Path,
        default=Path(),
        help="the course folder, with nbgrader_config.py (this one by default)",
    )


def add_workers(one: argparse.ArgumentParser) -> None:
    """Add the flags that say where the work is done."""
    one.add_argument(
        "--jobs",
        type=int,
        choices=range(1, 257),
        metavar="N",
        default=1,
        help="how many processes of this machine share the work",
    )
    one.add_argument("--scheduler", help="a Dask scheduler, as tcp://ADDRESS:PORT")


def regrade(options: argparse.Namespace) -> int:
    """Show what marking by another version changes, and do it where asked."""
    from nbgrader.api import MissingEntry
    from tqdm import tqdm

    from caselens.cases import KeyMissingError
    from caselens.cases.unit import UnitError
    from caselens.grading import regrade as room
    from caselens.grading.course import CourseError, open_course
    from caselens.grading.locks import AtWorkError

    if not options.dry_run and not (options.reason or "").strip():
        print(
            'Marks change only with a reason, for the log: add --reason "...". '
            "To see first who changes, add --dry-run.",
            file=sys.stderr,
        )
        return 2
    try:
        course = (app := open_course(options.course)).coursedir
        with tqdm(desc="Comparing", unit="submission", file=sys.stdout) as bar:
            found = room.compare(
                course,
                options.unit,
                to=options.to,
                other_texts=options.other_texts,
                tick=bar.update,
            )
        for line in _compared(found):
            print(line)
        if options.dry_run or not found.marked:
            return 0
        with tqdm(
            total=len(found.marked), desc="Marking", unit="submission", file=sys.stdout
        ) as bar:
            summary = room.regrade(
                course, found, reason=options.reason, parent=app, tick=bar.update
            )
    except (
        AtWorkError,
        CourseError,
        KeyMissingError,
        MissingEntry,
        UnitError,
        room.VersionError,
    ) as error:
        print(error, file=sys.stderr)
        return 1
    for line in told(summary):
        print(line)
    return 1 if summary.failed else 0


def _compared(found: Regrade) -> Iterator[str]:
    from caselens.grading.regrade import totals

    counts = totals(found)
    yield (
        f"By version {found.to}: {counts['win']} win points, {counts['lose']} lose "
        f"some, {counts['keep']} keep theirs."
    )
    for why, count in found.by_reason().most_common(NAMED):
        yield f"  {count:5}  {_one_line(why)}"
    gains = sorted(found.by_trainee().items(), key=lambda one: (one[1], one[0]))
    for trainee, gain in gains[:NAMED]:
        yield f"  {gain:+6.2f}  {trainee}"
    if len(gains) > NAMED:
        yield f"          and {len(gains) - NAMED} more, in the log once it is done"
    if found.other_texts:
        cases = sorted({one for cases in found.other_texts.values() for one in cases})
        yield (
            f"Left alone: {len(found.other_texts)} who answered when "
            f"{', '.join(cases)} was worded otherwise (--other-texts takes them too)."
        )
    if found.newer:
        yield (
            f"Left alone: {len(found.newer)} who have handed in again since. "
            f"Run caselens autograde {found.unit_id} first."
        )


def autograde(options: argparse.Namespace) -> int:
    """Mark a unit, with a bar while it lasts and a summary at the end."""
    from nbgrader.api import MissingEntry
    from tqdm import tqdm

    from caselens.cases import KeyMissingError
    from caselens.cases.unit import UnitError
    from caselens.grading.bulk import autograde as mark
    from caselens.grading.bulk import find_trainees
    from caselens.grading.course import CourseError, open_course
    from caselens.grading.locks import AtWorkError
    from caselens.grading.spread import SchedulerError

    try:
        app = open_course(options.course)
        names = options.trainee or find_trainees(app.coursedir, options.unit)
        with tqdm(total=len(names), unit="submission", file=sys.stdout) as bar:
            summary = mark(
                app.coursedir,
                options.unit,
                parent=app,
                only=names,
                again=options.force,
                jobs=options.jobs,
                scheduler=options.scheduler,
                tick=bar.update,
            )
    except (
        AtWorkError,
        CourseError,
        KeyMissingError,
        MissingEntry,
        SchedulerError,
        UnitError,
    ) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Run the same command again to go on.", file=sys.stderr)
        return 130
    for line in told(summary):
        print(line)
    return 1 if summary.failed else 0


def told(summary: Summary) -> Iterator[str]:
    """Yield the lines of a summary: what was done, and what needs a person."""
    yield f"Marked: {len(summary.marked)}. Not changed: {summary.unchanged}."
    yield from _named("Refused", summary.refused)
    if summary.refused:
        yield "What was refused is kept in the folder refused, with the reasons."
    yield from _named(
        "NOT MARKED", {one: (why,) for one, why in summary.failed.items()}
    )
    yield from _named("Flagged", summary.notes)
    if summary.waiting:
        yield f"Written work waits for a person in {summary.waiting} submissions."


def _named(what: str, found: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    from caselens.grading.screen import shown

    for trainee, why in sorted(found.items())[:NAMED]:
        reasons = " ".join(why) or "Look at the display of its tasks in formgrader."
        yield f"{what}: {shown(trainee)}. {_one_line(reasons)}"
    if len(found) > NAMED:
        yield f"{what}: and {len(found) - NAMED} more."


def _one_line(text: str) -> str:
    return "".join(one if one.isprintable() else " " for one in text)
