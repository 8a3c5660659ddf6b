"""Checking a whole bank: the cases' lint, and each kind's own."""

from __future__ import annotations

from pathlib import Path

from caselens.cases import Bank, BankError, Entry, Problem, load_bank
from caselens.cases.lint import lint_bank
from caselens.tasks import KINDS, Setting


def check_bank(datasets: Path, words: Path | None = None) -> tuple[int, list[Problem]]:
    """Return how many cases there are below `datasets`, and every fault at once.

    A bank without words of its own is read with those in `words`.
    """
    try:
        bank = load_bank(datasets, words)
    except BankError as error:
        return 0, error.problems
    problems = lint_bank(bank)
    for entry in bank.entries.values():
        problems += _check_entry(bank, entry)
    return len(bank.entries), sorted(set(problems))


def _check_entry(bank: Bank, entry: Entry) -> list[Problem]:
    problems = []
    for index, task in enumerate(entry.case.tasks):
        if task.kind not in KINDS:
            source = entry.case_source
            line = source.line(("tasks", index, "kind"))
            what = f"{task.kind!r} is no kind of task."
            repair = f"Use one of: {', '.join(KINDS)}."
            problems.append(Problem(str(source.path), line, what, repair))
            continue
        key = entry.key.tasks.get(task.id) if entry.key is not None else None
        if key is None or entry.key_source is None:
            continue
        setting = Setting(task, entry.case, bank.vocabulary)
        for fault in KINDS[task.kind].lint(setting, key):
            source = entry.key_source if fault.in_key else entry.case_source
            line = source.line(fault.place)
            problems.append(Problem(str(source.path), line, fault.what, fault.repair))
    return problems
