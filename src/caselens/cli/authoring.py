"""The verb `new`, for whoever writes cases and units, and how a check is told."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caselens.cases import Problem


def add_verbs(found: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `new case` and `new unit` to the parser."""
    one = found.add_parser("new", help="begin a case or a unit")
    whats = one.add_subparsers(
        dest="what", required=True, metavar="WHAT", help="case or unit"
    )
    bank = argparse.ArgumentParser(add_help=False)
    bank.add_argument("--bank", type=Path, help="the folder of a private bank")

    one = whats.add_parser("case", parents=[bank], help="begin a case and its key")
    one.add_argument("id", help="letters and three figures, such as c101")
    one.add_argument(
        "--side",
        required=True,
        choices=("practice", "graded"),
        help="whether trainees may look the key up",
    )
    one.add_argument(
        "--size",
        choices=("full", "short"),
        default="short",
        help="three stages, or one of five to eight sentences (the default)",
    )
    one.set_defaults(run=new_case)

    one = whats.add_parser("unit", parents=[bank], help="begin a unit")
    one.add_argument("id", help="such as m04_u06_short_name")
    one.add_argument("--module", required=True, help="such as m04")
    one.add_argument(
        "--kind",
        required=True,
        choices=("lesson", "practice", "graded"),
        help="what kind of unit",
    )
    one.set_defaults(run=new_unit)


def tell(datasets: Path, count: int, problems: list[Problem]) -> int:
    """Print the faults of a check, then what is worth a look; return the status."""
    from caselens.cases.source import faults, looks

    found, advice = faults(problems), looks(problems)
    for problem in found:
        print(problem)
    if found:
        print(f"{len(found)} faults in {datasets}. Mend them and check again.")
    else:
        print(f"{count} cases in {datasets}: no faults.")
    if advice:
        print("\nWorth a look, when you have time. A good case may keep them:")
        for problem in advice:
            print(problem)
        print(f"{len(advice)} to look at. They do not fail the check.")
    return 1 if found else 0


def new_case(options: argparse.Namespace) -> int:
    """Write the skeletons of a case and of its key."""
    from caselens.cases import BankError
    from caselens.cases.places import datasets_dir
    from caselens.cases.skeleton import SkeletonError, write_case

    try:
        folder, shipped = _root(options) / "datasets", datasets_dir()
        made = write_case(folder, shipped, options.id, options.side, options.size)
    except (BankError, SkeletonError) as error:
        print(error, file=sys.stderr)
        return 1
    return _told(made)


def new_unit(options: argparse.Namespace) -> int:
    """Write the skeleton of a unit and its place in the registry."""
    from caselens.cases.places import clone_root, has_words
    from caselens.cases.registry import write_unit
    from caselens.cases.skeleton import SkeletonError

    try:
        root, clone = _root(options), clone_root()
        # Only a bank without words of its own stands beside the shipped course.
        own = clone is None or has_words(root / "datasets")
        shipped = None if own or clone is None else clone / "course"
        course = root / "course"
        made = write_unit(course, options.id, options.module, options.kind, shipped)
    except SkeletonError as error:
        print(error, file=sys.stderr)
        return 1
    return _told(made)


def _root(options: argparse.Namespace) -> Path:
    from caselens.cases.places import bank_dir, clone_root
    from caselens.cases.skeleton import SkeletonError

    root = bank_dir(options.bank) or clone_root()
    if root is None:
        raise SkeletonError(
            "There is no clone of the project here. Add --bank FOLDER, and the "
            "folder becomes your private bank."
        )
    return root


def _told(made: list[Path]) -> int:
    for path in made:
        print(path)
    print("Now write what they leave open: `caselens check` names it line by line.")
    return 0
