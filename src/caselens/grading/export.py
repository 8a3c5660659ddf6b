"""nbgrader's export, in the shapes that others read; all of them, or one by one.

nbgrader export --exporter=caselens.grading.export.CanvasExport --to canvas.csv
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import ExportPlugin
from traitlets import Bool, Enum

from caselens.cases import BankError, KeyMissingError, UnitError
from caselens.grading import export_shapes as shapes
from caselens.grading.export_goals import goals
from caselens.grading.export_log import log
from caselens.grading.export_source import ExportError, Source
from caselens.grading.export_table import Table

TROUBLE = (ExportError, BankError, KeyMissingError, UnitError, OSError)
BY = ("task", "cell", "unit", "counted", "goal")


class _Export(ExportPlugin):  # type: ignore[misc]
    """What the exporters share: their options, and writing the file."""

    file = "export.csv"

    partial = Bool(
        False,
        help="Fill in the points so far where something has still to be marked. "
        "Otherwise such a cell is empty, because its number would look final.",
    ).tag(config=True)
    excel = Bool(
        False, help="Begin the file with the mark by which Excel knows UTF-8."
    ).tag(config=True)

    def export(self, gradebook: Gradebook) -> None:
        """Write the table to `to`; on trouble say what to do, and leave the file."""
        course: CourseDirectory = self.parent.coursedir
        trainees, units = map(str, self.student), map(str, self.assignment)
        source = Source(course, gradebook, list(trainees), list(units))
        try:
            path = Path(self.to or self.file)
            self.table(source).write(path, excel=self.excel)
            for line in waiting(source):
                self.log.warning("Not final. %s", line)
        except TROUBLE as error:
            self.log.error("Nothing was exported. %s", error)
            raise SystemExit(1) from None
        self.log.info("Exported to %s", path)

    def table(self, source: Source) -> Table:
        """Return the table that is written."""
        raise NotImplementedError


class CanvasExport(_Export):
    """A file for "Import" in Canvas's gradebook."""

    file = "canvas.csv"
    lms_user_id = Enum(
        [shapes.CANVAS_ID, "SIS User ID"],
        default_value=shapes.CANVAS_ID,
        help="The column of Canvas's that the gradebook's lms_user_id stands for.",
    ).tag(config=True)

    def table(self, source: Source) -> Table:
        """Return a row for each trainee and a column for each place."""
        return shapes.canvas(
            source.results, source.scheme, partial=self.partial, lms=self.lms_user_id
        )


class MoodleExport(_Export):
    """A file for Moodle's grade import from CSV."""

    file = "moodle.csv"

    def table(self, source: Source) -> Table:
        """Return a row for each trainee, points and a feedback for each place."""
        return shapes.moodle(source.results, source.scheme, partial=self.partial)


class TidyExport(_Export):
    """A tidy table, for pandas or R."""

    file = "tidy.csv"
    by = Enum(
        list(BY),
        default_value="task",
        help="What a row is, beside the trainee: a task, a cell (a task or one of its "
        "criteria), a unit as handed in, what is counted, or a goal.",
    ).tag(config=True)

    def table(self, source: Source) -> Table:
        """Return a row for each trainee and unit, task, cell, place or goal."""
        return tidy(source, self.by, partial=self.partial)


class MarkersExport(_Export):
    """Who marked what, when."""

    file = "markers.csv"

    def table(self, source: Source) -> Table:
        """Return a row for each thing that was done."""
        return log(source.book, source.results, source.units)


def tidy(source: Source, by: str, *, partial: bool) -> Table:
    """Return the table with a row for each trainee and `by`, one of `BY`."""
    if by == "goal":
        return goals(source.works())
    if by == "counted":
        return shapes.counted(source.results, source.scheme, partial=partial)
    if by == "unit":
        return shapes.units(
            source.results, source.scheme, partial=partial, wanted=source.wanted
        )
    return shapes.marks(source.results, partial=partial, wanted=source.wanted, by=by)


@dataclass(frozen=True)
class Exported:
    """The files that were written, by name, and why others were not."""

    written: dict[str, Path]
    left_out: dict[str, str]


def export_all(
    source: Source, folder: Path, *, partial: bool = False, excel: bool = False
) -> Exported:
    """Write every table into `folder`. Raises ExportError, BankError, OSError.

    Without keys there is no table of goals; the rest is written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: dict[str, Path] = {}
    left_out: dict[str, str] = {}
    for name, table in _tables(source, partial).items():
        try:
            made = table()
        except (KeyMissingError, UnitError) as error:
            left_out[name] = str(error)
            continue
        written[name] = folder / name
        made.write(written[name], excel=excel)
    return Exported(written, left_out)


def _tables(source: Source, partial: bool) -> dict[str, Callable[[], Table]]:
    results, scheme = source.results, source.scheme
    named = {"tasks": "task", "cells": "cell", "units": "unit", "goals": "goal"}

    def by(one: str) -> Callable[[], Table]:
        return lambda: tidy(source, one, partial=partial)

    return {
        "canvas.csv": lambda: shapes.canvas(results, scheme, partial=partial),
        "moodle.csv": lambda: shapes.moodle(results, scheme, partial=partial),
        "counted.csv": by("counted"),
        **{f"{name}.csv": by(one) for name, one in named.items()},
        "markers.csv": lambda: log(source.book, results, source.units),
    }


def waiting(source: Source) -> Iterator[str]:
    """Yield a line for each unit of which something has still to be marked."""
    for unit in source.results.maxima:
        found = [one for one in source.results.submitted if one.unit == unit]
        open_yet = [one for one in found if one.waits and source.wanted(unit)]
        collected = [one.trainee for one in open_yet if not one.marks]
        by_hand = [one.trainee for one in open_yet if one.marks]
        if collected:
            yield f"{unit}: not autograded yet: {_names(collected)}."
        if by_hand:
            yield f"{unit}: a person has still to mark {_names(by_hand)}."


def standing_in(source: Source) -> Iterator[str]:
    """Yield a line for each place in which another unit counts for somebody."""
    found: dict[tuple[str, str], list[str]] = {}
    for trainee, counted in shapes.counted_by_trainee(source.results, source.scheme):
        for one in counted:
            if one.unit is not None and one.unit != one.place:
                found.setdefault((one.place, one.unit), []).append(trainee)
    for (place, unit), trainees in found.items():
        yield f"{place}: {unit} counts for {_names(trainees)}."


def _names(trainees: list[str], most: int = 5) -> str:
    shown, rest = trainees[:most], len(trainees) - most
    return ", ".join(shown) + (f" and {rest} more" if rest > 0 else "")
