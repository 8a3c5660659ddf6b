"""The part of a bank that figures can be taken from: its cases without a fault."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from caselens.cases import Bank, load_bank
from caselens.cases.design import DESIGN_FILE, Design, read_design
from caselens.cases.source import faults
from caselens.tasks.check import check_bank


@dataclass(frozen=True)
class Sound:
    """A bank without its faulty cases, their ids, and its design table if any."""

    bank: Bank
    left_out: tuple[str, ...]
    design: Design | None


def sound(datasets: Path, words: Path | None = None) -> Sound:
    """Return the cases below `datasets` that a check finds no fault in.

    Raises BankError where the words of the course or the design table cannot be read.
    """
    bank = load_bank(datasets, words)
    _, problems = check_bank(datasets, words)
    faulty = {one.file for one in faults(problems)}
    whole = {
        name: entry
        for name, entry in bank.entries.items()
        if entry.key_source is not None
        and not faulty & {str(entry.case_source.path), str(entry.key_source.path)}
    }
    left_out = tuple(name for name in bank.entries if name not in whole)
    path = datasets / DESIGN_FILE
    design = read_design(path) if path.is_file() else None
    return Sound(Bank(bank.vocabulary, whole), left_out, design)
