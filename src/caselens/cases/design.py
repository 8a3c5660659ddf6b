"""The design table: identities drawn by lot, and the case that each went to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field

from caselens.cases.bank import Bank, Entry
from caselens.cases.case import CASE_ID, Case
from caselens.cases.source import BankError, Place, Problem, Source, read
from caselens.cases.vocabulary import Frozen

DESIGN_FILE = "design.yaml"
ATTRIBUTES = (
    "age",
    "gender",
    "origin",
    "class",
    "work",
    "faith",
    "disability",
    "family",
)

Size = Literal["full", "short"]
Suits = Literal["cbt", "dynamic", "either", "neither_yet"]
Found = tuple[Place, str, str]


class Row(Frozen):
    """One identity with the design of its case; `case` is None while it is free."""

    row: str = Field(pattern=r"^d[0-9]+$")
    case: str | None = Field(pattern=CASE_ID)
    size: Size
    lens: Suits
    goal: str | None
    age: str = Field(min_length=1)
    gender: str = Field(min_length=1)
    origin: str = Field(min_length=1)
    class_: str = Field(alias="class", min_length=1)
    work: str = Field(min_length=1)
    faith: str = Field(min_length=1)
    disability: str = Field(min_length=1)
    family: str = Field(min_length=1)

    @property
    def identity(self) -> dict[str, str]:
        """Every attribute of the identity by its name in the table."""
        plain = {name: getattr(self, name, "") for name in ATTRIBUTES}
        return plain | {"class": self.class_}


class Design(Frozen):
    """The whole table."""

    rows: tuple[Row, ...] = Field(min_length=1)

    @cached_property
    def taken(self) -> dict[str, Row]:
        """The first row of every case that has one, by case id."""
        return {row.case: row for row in reversed(self.rows) if row.case is not None}


def read_design(path: Path) -> Design:
    """Return the design table; BankError names every fault with its repair."""
    source, design = _read(path)
    if design is None or source.problems:
        raise BankError(source.problems)
    return design


def _read(path: Path) -> tuple[Source, Design | None]:
    source = read(path)
    return source, source.model(Design)


def size_of(case: Case) -> Size:
    """Return `short` for a case of one stage, else `full`."""
    return "short" if len(case.stages) == 1 else "full"


def counted(bank: Bank) -> list[Entry]:
    """Return the entries in order of id, a pair or a pair of twins only once.

    The one with the smaller id counts (docs/design.md, section 8).
    """
    return [
        entry
        for name, entry in sorted(bank.entries.items())
        if (other := entry.case.relative) is None
        or other not in bank.entries
        or name < other
    ]


def lint_design(bank: Bank) -> list[Problem]:
    """Return every fault of the design table beside each folder of cases.

    A folder without a table, as a private bank may be, is not asked for one.
    """
    folders = {one: None for entry in bank.entries.values() for one in _folder(entry)}
    problems: list[Problem] = []
    for folder in folders:
        path = folder / DESIGN_FILE
        if path.is_file():
            source, design = _read(path)
            if design is not None:
                for place, what, repair in _lint(design, bank, folder):
                    source.add(place, what, repair)
            problems += source.problems
    return problems


def _folder(entry: Entry) -> list[Path]:
    # datasets/<side>/cases/<id>.yaml; a case in memory lies nowhere.
    return list(entry.case_source.path.parents)[2:3]


def _lint(design: Design, bank: Bank, folder: Path) -> Iterator[Found]:
    seen: dict[str, str] = {}
    ids: set[str] = set()
    for index, row in enumerate(design.rows):
        place: Place = ("rows", index)
        if row.row in ids:
            what = f"The row {row.row} stands twice."
            yield (*place, "row"), what, "Give each row its own number."
        ids.add(row.row)
        yield from _lint_goal(place, row, bank)
        if row.case is None:
            continue
        if row.case in seen:
            what = f"Case {row.case} stands in the rows {seen[row.case]} and {row.row}."
            repair = "Keep the row that its client was drawn from, free the other."
            yield (*place, "case"), what, repair
        seen.setdefault(row.case, row.row)
        yield from _lint_case(place, row, bank, folder)
    for entry in counted(bank):
        if _folder(entry) == [folder] and entry.case.id not in seen:
            what = f"Case {entry.case.id} has no row."
            yield ("rows",), what, "Write its id into the row that it was drawn from."


def _lint_goal(place: Place, row: Row, bank: Bank) -> Iterator[Found]:
    known = [goal.id for goal in bank.vocabulary.goals]
    if row.goal is not None and row.goal not in known:
        what = f"{row.goal!r} is no goal."
        yield (*place, "goal"), what, f"Use one of: {', '.join(known)}; or null."


def _lint_case(place: Place, row: Row, bank: Bank, folder: Path) -> Iterator[Found]:
    entry = bank.entries.get(row.case or "")
    if entry is None:
        # A case that is there and cannot be read has faults of its own.
        if not any(folder.glob(f"*/cases/{row.case}.yaml")):
            what = f"Row {row.row} names {row.case}, and there is no such case."
            yield (*place, "case"), what, "Correct the id, or write case: null."
    elif size_of(entry.case) != row.size:
        what = f"Row {row.row} is for a {row.size} case, and {row.case} is not."
        yield (*place, "size"), what, "Take another row, or another length."
