"""A table, and writing it as CSV that every reader takes the same way.

RFC 4180, UTF-8, a decimal point, nothing where there is nothing to say.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

Value = str | float | bool | None

# Excel and its like take such a text for a formula, wherever it came from: a trainee
# chooses their own name. (OWASP, "CSV Injection"; the last four are the wide forms.)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
DIGITS = 4
# Excel takes a CSV file for UTF-8 only where it begins with this.
MARK = "\ufeff"


@dataclass(frozen=True)
class Table:
    """Names of columns, and rows of as many values."""

    header: Sequence[str]
    rows: Iterable[Sequence[Value]]

    def text(self) -> str:
        """Return the table as CSV."""
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer)
        writer.writerow([shown(one) for one in self.header])
        writer.writerows([shown(one) for one in row] for row in self.rows)
        return buffer.getvalue()

    def write(self, path: Path, *, excel: bool = False) -> None:
        """Write the table whole; the file is not touched before all is read."""
        text = (MARK if excel else "") + self.text()
        path.write_text(text, encoding="utf-8", errors="replace", newline="")


def shown(value: Value) -> str:
    """Return a value as the text of a cell: numbers plain, texts harmless."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        return plain(value)
    return f"{value:.{DIGITS}f}".rstrip("0").rstrip(".")


def plain(text: str) -> str:
    """Return a text that no spreadsheet runs: one that looks so begins with `'`.

    A lone hyphen, with which a learning management system says "no grade", stays.
    """
    text = text.replace("\x00", "")
    return f"'{text}" if text.startswith(FORMULA) and text != "-" else text
