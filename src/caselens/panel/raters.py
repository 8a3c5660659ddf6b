"""Who rates: `raters.csv`, which is made with the panel and filled in by hand."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RATERS_FILE = "raters.csv"
FIELDS = ("rater", "approach", "years")
APPROACHES = ("cbt", "dynamic", "both")
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
MAX_BYTES = 100_000


class PanelError(Exception):
    """A panel cannot be made, read or written; the text says what to do."""


@dataclass(frozen=True)
class Rater:
    """A rater by id; the approach is None where nobody has filled it in."""

    id: str
    approach: str | None = None
    years: str = ""


def names(count: int) -> list[str]:
    """Return the ids of so many raters."""
    return [f"rater-{number:02}" for number in range(1, count + 1)]


def raters_text(count: int) -> str:
    """Return the list of so many raters, to be filled in."""
    rows = [",".join(FIELDS), *(f"{name},," for name in names(count))]
    return "\n".join(rows) + "\n"


def read_raters(folder: Path) -> list[Rater]:
    """Return the raters in the list. Raises PanelError with file and line."""
    path = folder / RATERS_FILE
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PanelError(f"{path} is too large to be a list of raters. Mend it.")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = f"{path} cannot be read ({error})."
        raise PanelError(f"{what} Save it as a UTF-8 text with commas.") from None
    found = list(_rows(path, text))
    for number, (line, one) in enumerate(found):
        if one.id in {other.id for _, other in found[:number]}:
            raise PanelError(f"{path}:{line}: {one.id} stands twice. Keep one line.")
    return [one for _, one in found]


def _rows(path: Path, text: str) -> Iterator[tuple[int, Rater]]:
    # A spreadsheet may save with semicolons, according to where it is used.
    head = text.partition("\n")[0]
    mark = ";" if ";" in head else ","
    lines = csv.reader(io.StringIO(text), delimiter=mark, strict=True)
    try:
        for row in lines:
            cells = [one.strip() for one in row] + [""] * len(FIELDS)
            if lines.line_num == 1 and cells[0].lower() != FIELDS[0]:
                repair = f"The first line is: {','.join(FIELDS)}."
                raise PanelError(f"{path}:1: This is no list of raters. {repair}")
            if lines.line_num > 1 and any(cells):
                yield lines.line_num, _rater(path, lines.line_num, cells)
    except csv.Error as error:
        what = f"{path}:{lines.line_num}: This line cannot be read ({error})."
        raise PanelError(f"{what} Write rater, approach, years.") from None


def _rater(path: Path, line: int, cells: list[str]) -> Rater:
    name, approach, years = cells[0], cells[1].lower(), cells[2]
    if not NAME.fullmatch(name):
        repair = "Use the name of the rater's folder, such as rater-01."
        raise PanelError(f"{path}:{line}: {name!r} is no rater. {repair}")
    if approach and approach not in APPROACHES:
        repair = f"Write {', '.join(APPROACHES)}, or leave it empty."
        raise PanelError(f"{path}:{line}: The approach {approach!r} is new. {repair}")
    return Rater(name, approach or None, years)
