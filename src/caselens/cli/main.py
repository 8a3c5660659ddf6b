"""`caselens VERB`: parse the words, call the room, print what came back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

Verb = Callable[[argparse.Namespace], int]


def check(options: argparse.Namespace) -> int:
    """Validate a bank and print every fault with file, line and repair."""
    from caselens.cases.places import bank_dir, datasets_dir
    from caselens.tasks.check import check_bank

    bank = bank_dir(options.bank)
    datasets = bank / "datasets" if bank is not None else datasets_dir()
    count, problems = check_bank(datasets, datasets_dir())
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} faults in {datasets}. Mend them and check again.")
        return 1
    print(f"{count} cases in {datasets}: no faults.")
    return 0


def parser() -> argparse.ArgumentParser:
    """Return the parser with every verb."""
    top = argparse.ArgumentParser(
        prog="caselens", description="A course in case conceptualization."
    )
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    one = verbs.add_parser("check", help="validate cases and keys")
    one.add_argument("--bank", type=Path, help="a private bank's folder")
    one.set_defaults(run=check)
    return top


def main(words: Sequence[str] | None = None) -> int:
    """Run one verb; return its exit status."""
    options = parser().parse_args(words)
    run: Verb = options.run
    return run(options)


if __name__ == "__main__":
    sys.exit(main())
