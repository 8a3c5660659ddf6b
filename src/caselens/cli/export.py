"""The verb `export`: every table of the marks at once, into one folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from caselens.cli.grading import add_course

if TYPE_CHECKING:
    from caselens.grading.export import Exported
    from caselens.grading.export_source import Source


def add_verbs(found: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the parser's."""
    one = found.add_parser("export", help="write the marks as CSV files")
    add_course(one)
    one.add_argument("folder", type=Path, help="where the files are put")
    one.add_argument(
        "--unit", action="append", default=[], help="only this one; may be repeated"
    )
    one.add_argument(
        "--trainee", action="append", default=[], help="only this one; may be repeated"
    )
    one.add_argument(
        "--partial",
        action="store_true",
        help="fill in the points so far where something has still to be marked",
    )
    one.add_argument("--excel", action="store_true", help="files for Excel")
    one.set_defaults(run=export)


def export(options: argparse.Namespace) -> int:
    """Write every table of a course's marks, and say what is not final."""
    from caselens.grading.course import CourseError
    from caselens.grading.export import TROUBLE, export_all
    from caselens.grading.export_source import open_source

    try:
        with open_source(options.course, options.trainee, options.unit) as source:
            made = export_all(
                source, options.folder, partial=options.partial, excel=options.excel
            )
            _tell(source, made)
    except (CourseError, *TROUBLE) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _tell(source: Source, made: Exported) -> None:
    from caselens.grading.export import standing_in, waiting

    for path in made.written.values():
        print(f"Written: {path}")
    for name, why in made.left_out.items():
        print(f"{name} was not written. {why}", file=sys.stderr)
    print(f"Trainees: {len(source.results.people)}.")
    print(f"Units: {len(source.results.maxima)}; {len(source.scheme.places)} count.")
    print("A stand-in counts:")
    for line in list(standing_in(source)) or ["nowhere"]:
        print(f"  {line}")
    print("Not final, and left empty without --partial:")
    for line in list(waiting(source)) or ["nothing"]:
        print(f"  {line}")
