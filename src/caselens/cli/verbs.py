"""What each verb calls, and how it prints what comes back."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from caselens.cli import figures, panel

Item = TypeVar("Item")
INSTRUCTOR = 'python -m pip install ".[instructor]"'


def start(options: argparse.Namespace) -> int:
    """Open the course in the browser."""
    from caselens.cases.places import bank_dir
    from caselens.opening.lab import CannotOpen
    from caselens.opening.start import start as open_course

    try:
        return open_course(
            folder=options.folder,
            port=options.port,
            browser=not options.no_browser,
            bank=bank_dir(options.bank),
        )
    except CannotOpen as error:
        return _refuse(error)


def check(options: argparse.Namespace) -> int:
    """Validate a bank and print every fault with file, line and repair."""
    from caselens.cases.places import bank_dir, datasets_dir
    from caselens.cases.prose import lint_course
    from caselens.cases.roster import lint_roster
    from caselens.cli.authoring import tell
    from caselens.tasks.check import check_bank

    if options.balance or options.shallow or options.units:
        return figures.show(options)
    bank = bank_dir(options.bank)
    datasets = bank / "datasets" if bank is not None else datasets_dir()
    count, problems = check_bank(datasets, datasets_dir())
    problems += lint_course(datasets.parent / "course")
    problems += lint_roster(datasets, datasets_dir())
    unknown, advice = panel.check(options)
    status = tell(datasets, count, problems + unknown)
    for line in advice:
        print(line)
    return status


def build(options: argparse.Namespace) -> int:
    """Build every page from its text, or compare with what is committed."""
    from caselens.cases import BankError
    from caselens.cases.places import datasets_dir
    from caselens.notebooks import TextError, differences, plan
    from caselens.notebooks import build as build_pages

    root = course_folder(options)
    try:
        one = plan(root, datasets_dir())
        if options.compare:
            return _print_differences(differences(one))
        build_pages(one, root, print)
    except (BankError, TextError, KeyError) as error:
        return _refuse(error)
    return 0


def demo(options: argparse.Namespace) -> int:
    """Take a class of simulated trainees through nbgrader."""
    from caselens.grading.demo import DemoError, run_demo

    root = options.folder or Path(tempfile.mkdtemp(prefix="caselens-demo-")) / "course"
    if root.exists():
        return _refuse(f"{root} is there already. Name a folder that is not.")
    try:
        found = run_demo(
            course_folder(options),
            root,
            options.unit,
            size=options.size,
            seed=options.seed,
            progress=_progress,
        )
    except DemoError as error:
        return _refuse(error)
    print(f"\n{found.points.to_string()}\n")
    print(f"A person still marks the written work of: {', '.join(found.by_hand)}.")
    print(f"Flagged for a look: {', '.join(found.flagged) or 'nobody'}.")
    print(f"Feedback pages: {found.feedback}")
    return 0


def course_folder(options: argparse.Namespace) -> Path:
    """Return the clone or the private bank; say where to go where there is none."""
    from caselens.cases.places import bank_dir, clone_root

    root = bank_dir(options.bank) or clone_root()
    if root is None:
        print(
            "This verb works in a clone of the project, or on a private bank. "
            "Run it there, or add --bank FOLDER.",
            file=sys.stderr,
        )
        raise SystemExit(2)
    return root


def _print_differences(found: list[str]) -> int:
    for line in found:
        print(line)
    if not found:
        print("Every built file is as a fresh build makes it.")
    return 1 if found else 0


def _progress(items: Iterable[Item], what: str) -> Iterable[Item]:
    from tqdm import tqdm

    return tqdm(items, desc=what, unit="trainee", file=sys.stdout)


def _refuse(reason: object) -> int:
    print(reason, file=sys.stderr)
    return 1
