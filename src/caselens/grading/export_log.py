"""Who marked what, when: the rows of this course's own tables, in order of time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from nbgrader.api import Gradebook
from sqlalchemy import inspect, select

from caselens.grading.export_table import Table, Value
from caselens.grading.results import Results, task_of, when
from caselens.grading.tables import Base, Change, Marking, SecondMark

HEADER = ["at", "by", "what", "trainee", "unit", "task", "cell", "old", "new"]
HEADER += ["reason", "rubric", "version"]
UNRECORDED = "Not recorded: given in a tool that keeps no record."

Named = tuple[str, str, str]
Entry = tuple[datetime | None, list[Value]]


def log(book: Gradebook, results: Results, units: Collection[str]) -> Table:
    """Return a row for each thing that was done; those without a time come first.

    `what` is `auto` or `manual` for a changed mark, `comment`, `second` for a second
    marker's points beside the mark that counts, and `marking` for the last time that
    a machine marked a whole submission. A person's mark of which nothing is recorded
    stands there without a name, so that nobody takes it for the machine's.
    """
    kept = inspect(book.engine).has_table
    entries: list[Entry] = []
    if all(kept(table) for table in Base.metadata.tables):
        entries += [*_changes(book), *_markings(book), *_seconds(book)]
    entries += _unrecorded(book, results, entries)
    entries.sort(key=lambda entry: (entry[0] is not None, entry[0] or datetime.min))
    return Table(
        HEADER,
        (
            [when(at), *row]
            for at, row in entries
            if row[2] in results.people and (not units or row[3] in units)
        ),
    )


def _changes(book: Gradebook) -> Iterator[Entry]:
    for one in book.db.scalars(select(Change).order_by(Change.at, Change.id)):
        named = [one.trainee, one.unit, task_of(one.cell), one.cell]
        rest = [one.old, one.new, one.reason, one.rubric, None]
        yield one.at, [one.by, one.what, *named, *rest]


def _markings(book: Gradebook) -> Iterator[Entry]:
    for one in book.db.scalars(select(Marking)):
        rest = [None, None, None, None, one.notes, None, one.version]
        yield one.at, [one.by, "marking", one.trainee, one.unit, *rest]


def _seconds(book: Gradebook) -> Iterator[Entry]:
    for one in book.db.scalars(select(SecondMark)):
        named = [one.trainee, one.unit, task_of(one.cell), one.cell]
        rest = [None, one.points, None, one.rubric, None]
        yield one.at, [one.by, "second", *named, *rest]


def _unrecorded(
    book: Gradebook, results: Results, entries: list[Entry]
) -> Iterator[Entry]:
    """Yield the marks that people gave of which the last change does not tell."""
    last: dict[Named, Value] = {
        (str(row[2]), str(row[3]), str(row[5])): row[7]
        for _, row in entries
        if row[1] == "manual"
    }
    for one in results.submitted:
        for mark in one.marks:
            if mark.manual is None:
                continue
            if _number(last.get((one.trainee, one.unit, mark.cell))) != mark.manual:
                named = [one.trainee, one.unit, mark.task, mark.cell]
                rest = [None, mark.manual, UNRECORDED, None, None]
                yield None, [None, "manual", *named, *rest]


def _number(value: Value) -> float | None:
    try:
        return None if value is None else float(value)
    except ValueError:
        return None
