"""A sheet that a blind reader filled in, and adding it to the case's readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from caselens.cases import BankError, Entry, Reading, Readings, Vocabulary
from caselens.cases.reading import SUPERVISORS, as_choices, lint_sum, readings_path
from caselens.cases.source import Problem, Source, read
from caselens.cases.vocabulary import Frozen
from caselens.panel.files import read_text, replace, scalar
from caselens.panel.parts import Part, parts_of, unknown

Count = Annotated[int, Field(ge=0, le=SUPERVISORS)]
Row = Annotated[dict[str, Count | None], BeforeValidator(as_choices)]
Spreads = dict[str, dict[str, int]]


class Sheet(Frozen):
    """A sheet as it comes back: blanks are answers that nobody would give."""

    case: str
    parts: dict[str, Row]


def read_sheet(path: Path, entry: Entry, vocabulary: Vocabulary) -> Spreads:
    """Return the spread of every part that was filled in.

    Raises BankError with every fault: another case, an unknown part or choice, counts
    that are not twenty, or a sheet that is blank.
    """
    source = read(path)
    sheet = source.model(Sheet)
    if sheet is not None:
        _lint(source, sheet, entry, parts_of(entry, vocabulary))
    if sheet is None or source.problems:
        raise BankError(source.problems)
    return dict(_filled(sheet))


def _filled(sheet: Sheet) -> Iterator[tuple[str, dict[str, int]]]:
    for part, row in sheet.parts.items():
        counts = {choice: count for choice, count in row.items() if count}
        if counts:
            yield part, counts


def _lint(
    source: Source, sheet: Sheet, entry: Entry, known: Mapping[str, Part]
) -> None:
    if sheet.case != entry.case.id:
        what = f"The sheet is of {sheet.case}, not of {entry.case.id}."
        source.add(("case",), what, f"Add it with: caselens reading {sheet.case}.")
        return
    for place, what, repair in unknown(known, ("parts",), sheet.parts):
        source.add(place, what, repair)
    filled = dict(_filled(sheet))
    for part, counts in filled.items():
        for place, what, repair in lint_sum(("parts", part), part, counts):
            source.add(place, what, repair)
    if not filled:
        source.add(("parts",), "The sheet is blank.", "Fill in the counts.")


def add_reading(entry: Entry, reading: Reading) -> Path:
    """Add a reading at the end of the case's readings; return the file.

    What the file holds stays as it is, to the letter. Raises BankError where it is
    faulty, or has this very reading already.
    """
    path = readings_path(entry)
    assert path is not None, "a case that was read from a file lies in a bank"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f"case: {entry.case.id}\nreadings:\n"
        replace(path, head + "".join(_lines(reading)))
        return path
    source = read(path)
    found = source.model(Readings)
    if found is None or source.problems:
        raise BankError(source.problems)
    if reading in found.readings:
        what = f"This reading by {reading.reader} is here already."
        raise BankError([Problem(str(path), 1, what, "Nothing was added.")])
    replace(path, _inserted(source, reading))
    return path


def _inserted(source: Source, reading: Reading) -> str:
    lines = read_text(source.path).splitlines(keepends=True)
    end = "\r\n" if lines[0].endswith("\r\n") else "\n"
    root: Any = source.root
    node = next(value for name, value in root.value if name.value == "readings")
    if node.flow_style or node.value[0].flow_style:
        what = "The readings stand in brackets."
        repair = "Write them as a list, each beginning on a line with a dash."
        line = node.start_mark.line + 1
        raise BankError([Problem(str(source.path), line, what, repair)])
    last = _last_line(node)
    if not lines[last].endswith("\n"):
        lines[last] += end
    added = _lines(reading, " " * node.start_mark.column)
    lines[last + 1 : last + 1] = [one.replace("\n", end) for one in added]
    return "".join(lines)


def _last_line(node: Any) -> int:
    """Return the line, from 0, on which the last value below a node ends.

    A block's own end is where the next one begins, behind comments.
    """
    if not isinstance(node.value, list) or not node.value or node.flow_style:
        end = node.end_mark
        return int(end.line if end.column else end.line - 1)
    last = node.value[-1]
    return _last_line(last[1] if isinstance(last, tuple) else last)


def _lines(reading: Reading, indent: str = "  ") -> list[str]:
    rows = [
        f"- reader: {scalar(reading.reader)}",
        f"  kind: {reading.kind}",
        f"  as: {scalar(reading.view)}",
        f"  blind: {'true' if reading.blind else 'false'}",
        "  parts:",
    ]
    for part, counts in reading.parts.items():
        spread = ", ".join(f"{scalar(one)}: {count}" for one, count in counts.items())
        rows.append(f"    {part}: {{{spread}}}")
    return [f"{indent}{row}\n" for row in rows]
