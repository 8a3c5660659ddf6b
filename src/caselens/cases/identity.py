"""Who a new case is about: the next free row of the design table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from random import Random

import yaml

from caselens.cases.design import DESIGN_FILE, Row, Size, read_design
from caselens.cases.source import BankError, Problem, read

# Age and gender have fields of their own in a case; these make its context.
CONTEXT = ("origin", "class", "work", "faith", "disability", "family")
PRONOUNS = {
    "woman": "she/her",
    "trans woman": "she/her",
    "man": "he/him",
    "trans man": "he/him",
}
OTHER_PRONOUNS = "they/them"
BAND = re.compile(r"([0-9]+)-([0-9]+)")


@dataclass(frozen=True)
class Identity:
    """A row of the design table, and where it stands there."""

    path: Path
    index: int
    row: Row

    @property
    def pronouns(self) -> str:
        """Pronouns of the row's gender."""
        return PRONOUNS.get(self.row.gender, OTHER_PRONOUNS)

    @property
    def context(self) -> str:
        """What the client's context is made of, as the table has it."""
        identity = self.row.identity
        said = "; ".join(f"{one}: {identity[one]}" for one in CONTEXT)
        return said.replace('"', "'")

    def age(self, rng: Random) -> int:
        """Return an age of the row's band, drawn by lot; 0 where it is no band."""
        band = BAND.fullmatch(self.row.age)
        return rng.randint(int(band[1]), int(band[2])) if band else 0

    def taken(self, case_id: str) -> str:
        """Return the table's text with the case's id in this row, all else the same."""
        source = read(self.path)
        node = source.node(("rows", self.index, "case"))
        # A table that was read has a case in each row.
        assert isinstance(node, yaml.ScalarNode)
        start, end = node.start_mark.index, node.end_mark.index
        before, after = source.text[:start], source.text[end:]
        space = "" if before.endswith(" ") else " "
        return f"{before}{space}{case_id}{after}"


def next_identity(datasets: Path, case_id: str, size: Size) -> Identity | None:
    """Return the row that names `case_id` already, or the next free one of the size.

    None where the bank has no design table. Raises BankError where the table cannot
    be read or has no such row left.
    """
    path = datasets / DESIGN_FILE
    if not path.is_file():
        return None
    rows = list(enumerate(read_design(path).rows))
    own = [one for one in rows if one[1].case == case_id]
    free = [one for one in rows if one[1].case is None and one[1].size == size]
    if own or free:
        return Identity(path, *(own or free)[0])
    what = f"No row of the size {size} is free in the design table."
    repair = "Draw further rows and add them with case: null, or take the other size."
    raise BankError([Problem(str(path), 1, what, repair)])
