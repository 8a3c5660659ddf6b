"""The verbs about other people's judgement: `reading` and `panel`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from caselens.cases import Bank, Problem

READERS = ("language model", "clinician")
RATERS = 7
MOST_RATERS = 99


def add_verbs(found: Any, bank: argparse.ArgumentParser) -> None:
    """Add both verbs to the parser's."""
    one = found.add_parser("reading", parents=[bank], help="read a case blind")
    one.add_argument("case", nargs="?", help="print a blank sheet for this case")
    one.add_argument("--to", type=Path, metavar="SHEET", help="write it there instead")
    one.add_argument("--add", type=Path, metavar="SHEET", help="add a filled sheet")
    one.add_argument("--reader", help="the reader's id, such as r1")
    one.add_argument("--kind", choices=READERS, help="who read")
    one.add_argument("--as", dest="view", help="whose view the reader took")
    one.add_argument("--not-blind", action="store_true", help="the key was seen")
    one.add_argument("--summary", action="store_true", help="what the readings say")
    one.set_defaults(run=reading)

    one = found.add_parser("panel", help="have clinicians rate cases")
    kinds = one.add_subparsers(
        dest="step", required=True, metavar="STEP", help="make, read or write"
    )
    step = kinds.add_parser("make", parents=[bank], help="make pages for raters")
    step.add_argument("folder", type=Path, help="a new folder for the panel")
    step.add_argument("--cases", nargs="+", required=True, help="ids of the cases")
    step.add_argument(
        "--raters",
        type=int,
        choices=range(2, MOST_RATERS + 1),
        metavar="N",
        default=RATERS,
        help="how many raters",
    )
    step.set_defaults(run=panel_make)
    step = kinds.add_parser("read", parents=[bank], help="compute agreement")
    step.add_argument("folder", type=Path, help="the panel's folder")
    step.set_defaults(run=panel_read)
    step = kinds.add_parser("write", parents=[bank], help="put votes into the keys")
    step.add_argument("folder", type=Path, help="the panel's folder")
    step.add_argument("--dry-run", action="store_true", help="only show the changes")
    step.set_defaults(run=panel_write)


def reading(options: argparse.Namespace) -> int:
    """Print a blank sheet or the summary, or add a filled sheet."""
    from caselens.cases import BankError

    try:
        bank = _bank(options)
        if options.summary:
            return _summary(bank)
        if options.case is None:
            return _refuse("No case is named. Name one, or ask for the --summary.")
        if options.case not in bank.entries:
            known = ", ".join(sorted(bank.entries))
            return _refuse(f"No case is called {options.case}. The bank has: {known}.")
        return _add(bank, options) if options.add else _blank(bank, options)
    except (BankError, OSError) as error:
        return _refuse(error)


def _summary(bank: Bank) -> int:
    from caselens.panel.summary import lines, summarise

    for line in lines(summarise(bank)):
        print(line)
    return 0


def _blank(bank: Bank, options: argparse.Namespace) -> int:
    from caselens.panel.blank import blank_sheet

    entry, to = bank.entries[options.case], options.to
    if entry.key is None:
        what = f"The key of {options.case} is not here, and lists its arrows."
        return _refuse(f"{what} Make the sheet where the keys are.")
    text = blank_sheet(entry, bank.vocabulary)
    if to is None:
        print(text, end="")
        return 0
    if to.exists():
        return _refuse(f"{to} is there already. Name another file.")
    to.write_text(text, encoding="utf-8", newline="\n")
    print(f"A blank sheet is in {to}. Its reader needs no other file.")
    return 0


def _add(bank: Bank, options: argparse.Namespace) -> int:
    from caselens.cases import Reading
    from caselens.panel.filled import add_reading, read_sheet

    given = {"--reader": options.reader, "--kind": options.kind, "--as": options.view}
    absent = [name for name, value in given.items() if not value]
    if absent:
        return _refuse(f"The reading lacks {', '.join(absent)}. Say who read it.")
    entry = bank.entries[options.case]
    parts = read_sheet(options.add, entry, bank.vocabulary)
    made = {
        "reader": options.reader,
        "kind": options.kind,
        "as": options.view,
        "blind": not options.not_blind,
        "parts": parts,
    }
    path = add_reading(entry, Reading.model_validate(made))
    where = f" --bank {options.bank}" if options.bank else ""
    print(f"{len(parts)} parts added to {path}. Now run: caselens check{where}")
    return 0


def panel_make(options: argparse.Namespace) -> int:
    """Make a folder for each rater."""
    from caselens.panel.raters import RATERS_FILE, PanelError
    from caselens.panel.sheet import make_panel

    try:
        made = make_panel(options.folder, _bank(options), options.cases, options.raters)
    except (PanelError, OSError) as error:
        return _refuse(error)
    unit = made.panel.unit
    print(f"{len(made.pages)} pages, each of {len(unit.cases)} cases and ", end="")
    print(f"{len(unit.points)} tasks: about {unit.minutes} minutes a rater.")
    print(f"Give each rater one folder, such as {made.pages[0].parent}.")
    print(f"Fill in {options.folder / RATERS_FILE}: cbt, dynamic or both, and years.")
    return 0


def panel_read(options: argparse.Namespace) -> int:
    """Read the answers that came back and print the agreement."""
    from caselens.panel.groups import groups_of
    from caselens.panel.raters import PanelError
    from caselens.panel.report import parts_table, table, write_report
    from caselens.panel.votes import read_votes

    try:
        found = read_votes(options.folder, _bank(options))
        _print_returned(found)
        if len(found.ballots) < 2:  # noqa: PLR2004
            return _refuse("Agreement needs two raters. Wait until they have answered.")
        groups = groups_of(found)
        paths = write_report(options.folder, found, groups)
    except (PanelError, OSError) as error:
        return _refuse(error)
    for line in table(groups):
        print(line)
    print("The majority is not the key:")
    for line in list(parts_table(found)) or ["  nowhere"]:
        print(line)
    print(f"Written: {', '.join(str(path) for path in paths)}")
    return 0


def panel_write(options: argparse.Namespace) -> int:
    """Put the votes into the keys, or show what would change."""
    from caselens.panel.groups import groups_of
    from caselens.panel.raters import PanelError
    from caselens.panel.votes import read_votes
    from caselens.panel.write import RATERS as NEEDED
    from caselens.panel.write import draft_votes, for_the_author, save

    try:
        bank = _bank(options)
        found = read_votes(options.folder, bank)
        _print_returned(found)
        if not found.ballots:
            return _refuse("No votes came back, so nothing was written. Wait for them.")
        drafts = draft_votes(bank, found)
        for draft in drafts:
            if options.dry_run:
                print(draft.diff(), end="")
            else:
                save(draft)
    except (PanelError, OSError) as error:
        return _refuse(error)
    for draft in drafts:
        print(f"{draft.case}: status {draft.status} ({draft.path})")
        for part, count in draft.missing.items():
            print(f"  {part} has {count} of {NEEDED} raters")
    print("For the author to decide; no answer was changed:")
    groups = groups_of(found, [None])
    for line in list(for_the_author(found, groups)) or ["nothing"]:
        print(f"  {line}")
    if not options.dry_run:
        print("The keys have changed: run caselens check, then caselens build.")
    return 0


def check(options: argparse.Namespace) -> tuple[list[Problem], list[str]]:
    """Return the faults of readings and votes that only their tasks can tell.

    Beside them, as lines, what was not read blind yet, or not since it was changed.
    """
    from caselens.cases import BankError
    from caselens.panel.parts import check_choices
    from caselens.panel.summary import advice, summarise

    try:
        bank = _bank(options)
    except BankError:
        # A bank whose words cannot be read is told by its own check.
        return [], []
    return check_choices(bank), list(advice(summarise(bank)))


def _print_returned(found: Any) -> None:
    for name, why in found.skipped.items():
        print(f"{name}: skipped. {why}", file=sys.stderr)
    for ballot in found.ballots:
        for problem in ballot.problems:
            print(f"{ballot.rater.id}: {problem}", file=sys.stderr)
        if ballot.rater.approach is None:
            print(f"{ballot.rater.id}: no approach in raters.csv.", file=sys.stderr)
    for case in found.changed:
        print(f"{case}: reworded since it was rated, left out.", file=sys.stderr)
    print(f"{len(found.ballots)} raters, {len(found.parts)} parts asked.")


def _bank(options: argparse.Namespace) -> Bank:
    from caselens.cases import load_bank
    from caselens.cases.places import bank_dir, datasets_dir

    bank = bank_dir(options.bank)
    datasets = bank / "datasets" if bank is not None else datasets_dir()
    return load_bank(datasets, datasets_dir())


def _refuse(reason: object) -> int:
    print(reason, file=sys.stderr)
    return 1
