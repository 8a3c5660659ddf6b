"""`caselens VERB`: parse the words, call the room, print what came back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from caselens.cli import (
    authoring,
    bench,
    collecting,
    export,
    feedback,
    figures,
    grading,
    marking,
    panel,
    verbs,
)

UNIT = "m04_u03_graded_case"
SIZE = 12


def parser() -> argparse.ArgumentParser:
    """Return the parser with every verb."""
    top = argparse.ArgumentParser(
        prog="caselens", description="A course in case conceptualization."
    )
    found = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    bank = argparse.ArgumentParser(add_help=False)
    bank.add_argument("--bank", type=Path, help="the folder of a private bank")

    one = found.add_parser("start", parents=[bank], help="open the course")
    one.add_argument("--folder", type=Path, help="where your work is kept")
    one.add_argument("--port", type=int, help="the port that has to be used")
    one.add_argument("--no-browser", action="store_true", help="print the address")
    one.set_defaults(run=verbs.start)

    one = found.add_parser("check", parents=[bank], help="validate cases and keys")
    figures.add_flags(one)
    one.set_defaults(run=verbs.check)

    one = found.add_parser("build", parents=[bank], help="make pages from text")
    one.add_argument("--compare", action="store_true", help="only compare")
    one.set_defaults(run=verbs.build)

    one = found.add_parser("demo", parents=[bank], help="mark a simulated class")
    one.add_argument("--unit", default=UNIT, help="the graded unit")
    one.add_argument("--size", type=int, default=SIZE, help="how many trainees")
    one.add_argument("--seed", type=int, default=1, help="for the same class again")
    one.add_argument("--folder", type=Path, help="a new folder for the class")
    one.set_defaults(run=verbs.demo)

    bench.add_verbs(found, bank)
    authoring.add_verbs(found)
    panel.add_verbs(found, bank)
    marking.add_verbs(found, bank)
    collecting.add_verbs(found)
    grading.add_verbs(found)
    export.add_verbs(found)
    feedback.add_verbs(found)
    return top


def main(words: Sequence[str] | None = None) -> int:
    """Run one verb; return its exit status."""
    options = parser().parse_args(words)
    try:
        return int(options.run(options))
    except ModuleNotFoundError as error:
        only = (error.name or "").split(".")[0] in figures.NEEDED
        command = figures.DEVELOPMENT if only else verbs.INSTRUCTOR
        print(
            f"This verb needs {error.name}, which is not installed. "
            f"Install it, in a clone of the project, with: {command}",
            file=sys.stderr,
        )
        return 2


if __name__ == "__main__":
    sys.exit(main())
