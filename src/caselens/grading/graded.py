"""Marking one submission: its graded copy, its points, what the marker should know.

The one way to marks: nbgrader's autograde comes here, and so does the bulk.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import nbformat

from caselens.answers import (
    ANSWERS_FILE,
    Record,
    cannot_be_used,
    checksum,
    mark_task,
    parse_submitted,
    setting,
    unknown_tasks,
)
from caselens.grading.alterations import alterations, outline
from caselens.grading.files import Files
from caselens.grading.template import Template
from caselens.grading.version import Shelf, Version
from caselens.grading.written import comment_bank, unusable, written_cells
from caselens.tasks import Score, feedback, kind_of
from caselens.tasks.markup import feedback_html, feedback_text

CACHED = 4096
CACHED_BYTES = 20_000


@dataclass(frozen=True)
class Graded:
    """One submission, marked.

    `points` are by grade cell: None waits for a person. `blank` names the written
    cells that were left as released. `given` and `version` name the versions that
    the trainee worked with and that marked it.
    """

    page: str
    points: Mapping[str, float | None]
    blank: frozenset[str]
    notes: tuple[str, ...]
    flagged: bool
    answers: str | None
    given: str
    version: str


class UnitGrader:
    """Marks submissions of one unit, each by its version, prepared once."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._graders: dict[str, VersionGrader] = {}

    def grader(self, name: str) -> VersionGrader:
        """Return what marks by a version. Raises KeyMissingError, UnitError."""
        if name not in self._graders:
            self._graders[name] = VersionGrader(self.shelf.version(name))
        return self._graders[name]

    def grade(self, files: Files, by: str | None = None) -> Graded:
        """Return a submission, marked by its version, or by the version `by`."""
        unit_id = self.shelf.version(self.shelf.now).unit.id
        record, problem = _record(files, unit_id)
        given, notes = self.shelf.given(files.found.get("unit.json"), record)
        grader = self.grader(by or self.shelf.marked_by(given))
        told = [one for one in (problem, files.timestamp()[1]) if one]
        told += _unknown(grader.version, record) + notes
        told += alterations(self.grader(given).released, files)
        graded = grader.grade(record, told)
        return replace(graded, given=given)


class VersionGrader:
    """Marks records by one version."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.template = Template(version.page)
        self.released = outline(json.loads(nbformat.writes(version.page)))
        self._cells = self.template.graded
        self._bank = comment_bank(version.unit)
        self._known = lru_cache(maxsize=CACHED)(self._cell)

    def grade(self, record: Record | None, notes: list[str]) -> Graded:
        """Return the graded copy and the points of one record."""
        texts: dict[str, str] = {}
        points: dict[str, float | None] = {}
        notes = [*notes, *unusable(self.version.unit, record)]
        flagged = bool(notes)
        for name, cell in self._cells.items():
            if cell["cell_type"] == "code":
                value = record.value(name) if record is not None else None
                score, texts[name] = self._marked(name, value, tuple(notes))
                points[name] = float(score.points)
                flagged = flagged or bool(score.problems)
        written = written_cells(self.version.unit, record, self._bank)
        for name, source in written.items():
            texts[name] = self.template.markdown(name, source)
        by_hand = [name for name in self._cells if name not in points]
        points |= {name: None if name in written else 0.0 for name in by_hand}
        return Graded(
            page=self.template.fill(texts),
            points=points,
            blank=frozenset(name for name in by_hand if name not in written),
            notes=tuple(notes),
            flagged=flagged,
            answers=checksum(record) if record is not None else None,
            given=self.version.name,
            version=self.version.name,
        )

    @property
    def automatic(self) -> frozenset[str]:
        """The cells that a machine marks."""
        cells = self._cells.items()
        return frozenset(name for name, one in cells if one["cell_type"] == "code")

    def score(self, task_id: str, value: Any) -> Score:
        """Return the score of one untrusted answer, whatever it is."""
        maximum = self._cells[task_id]["metadata"]["nbgrader"]["points"]
        return checked(self._mark(task_id, value), maximum)

    def _marked(
        self, task_id: str, value: Any, notes: tuple[str, ...]
    ) -> tuple[Score, str]:
        # Most of a class gives one of few answers to a task, so the cell is kept.
        body = json.dumps(value, sort_keys=True)
        if notes or len(body) > CACHED_BYTES:
            return self._shown(task_id, value, notes)
        return self._known(task_id, body)

    def _cell(self, task_id: str, body: str) -> tuple[Score, str]:
        return self._shown(task_id, json.loads(body), ())

    def _shown(
        self, task_id: str, value: Any, notes: tuple[str, ...]
    ) -> tuple[Score, str]:
        score = self.score(task_id, value)
        at = setting(self.version.unit, task_id)
        found = feedback(kind_of(at), at, self.version.find(at.case.id), score)
        found["problems"] = [*notes, *found["problems"]]
        points = repr(float(score.points))
        shown = feedback_html(found), feedback_text(found)
        return score, self.template.code(task_id, *shown, points)

    def _mark(self, task_id: str, value: Any) -> Score:
        version = self.version
        try:
            return mark_task(version.unit, task_id, value, version.find)
        except (ArithmeticError, AttributeError, TypeError, ValueError) as error:
            # Whatever a trainee sent, the rest of the work is marked.
            at = setting(version.unit, task_id)
            key = version.find(at.case.id).tasks[task_id]
            blank = kind_of(at).score(at, key, None)
            note = (
                f"The answer could not be read ({type(error).__name__}) and "
                "counts as 0."
            )
            return replace(blank, points=0.0, problems=(note,))


def checked(score: Score, maximum: float) -> Score:
    """Return a score that nbgrader cannot misread: 0 and a note where it is odd.

    nbgrader gives full marks for anything but a float from 0 to the maximum.
    """
    if math.isfinite(score.points) and 0 <= score.points <= maximum:
        return score
    note = f"The points ({score.points}) were out of range and count as 0."
    return replace(score, points=0.0, problems=(*score.problems, note))


def _record(files: Files, unit_id: str) -> tuple[Record | None, str | None]:
    fault = files.faults.get(ANSWERS_FILE)
    if fault is not None:
        return None, cannot_be_used(ValueError(fault))
    return parse_submitted(files.found.get(ANSWERS_FILE), unit_id)


def _unknown(version: Version, record: Record | None) -> list[str]:
    unknown = unknown_tasks(version.unit, record) if record is not None else []
    if not unknown:
        return []
    shown = ", ".join(repr(one[:40]) for one in unknown[:5])
    return [
        f"The answers name tasks that this unit does not have ({shown}). "
        "They were left out."
    ]
