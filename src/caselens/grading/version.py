"""Versions of a unit: which one a submission was given, and is marked by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from caselens.answers import Record
from caselens.cases import Key, Unit, find_key, read_unit
from caselens.cases.bank import KeyMissingError
from caselens.cases.unit import UNIT_FILE
from caselens.grading.archive import PAGE_FILE, read_archived, releases, version_name

Maxima = Mapping[str, float]


@dataclass(frozen=True)
class Version:
    """A unit as it was released, with its page and the keys that it is marked by."""

    name: str
    unit: Unit
    page: NotebookNode
    keys: Mapping[str, Key]

    def find(self, case_id: str) -> Key:
        """Return the key of a case. Raises KeyMissingError."""
        if case_id not in self.keys:
            raise KeyMissingError(case_id)
        return self.keys[case_id]

    def other_texts(self, other: Version) -> list[str]:
        """Return the cases whose text is another one in `other`, sorted."""
        theirs = other.unit.digests
        return sorted(
            case_id
            for case_id, digests in self.unit.digests.items()
            if case_id not in theirs or theirs[case_id].case != digests.case
        )


@dataclass
class Shelf:
    """Every version of one unit in a course folder, each read once.

    `maxima` are the gradebook's points by grade cell, which count; `instead` names
    the version by which an instructor chose to mark another one.
    """

    release: Path
    archive: Path
    maxima: Maxima = field(default_factory=dict)
    instead: Mapping[str, str] = field(default_factory=dict)
    _read: dict[str, Version] = field(default_factory=dict, repr=False)

    @cached_property
    def raw(self) -> bytes:
        """The bytes of the unit.json that is released now."""
        return (self.release / UNIT_FILE).read_bytes()

    @cached_property
    def now(self) -> str:
        """The name of the version that is released now."""
        return version_name(self.raw)

    @cached_property
    def archived(self) -> list[str]:
        """The names of the archived versions, the latest release first."""
        return releases(self.archive)

    def version(self, name: str) -> Version:
        """Return a version by name. Raises KeyMissingError, UnitError, OSError."""
        if name not in self._read:
            self._read[name] = self._load(name)
        return self._read[name]

    def given(self, unit: bytes | None, record: Record | None) -> tuple[str, list[str]]:
        """Return the version that a trainee worked with, and what to note about it.

        It is told by the unit.json that was submitted, else by the digests of the
        cases in the answers. Neither is trusted further than to choose among the
        versions that were released.
        """
        if unit is not None:
            name = self.now if unit == self.raw else version_name(unit)
            if name == self.now or name in self.archived:
                return name, []
        cases = record.cases if record is not None else {}
        for name in dict.fromkeys([self.now, *self.archived]):
            if not self._other(name, cases):
                return name, []
        other = ", ".join(self._other(self.now, cases))
        return self.now, [
            f"The work was begun with another version of {other}. "
            "It was marked against the version that is released now."
        ]

    def marked_by(self, name: str) -> str:
        """Return the version that marks submissions of the version `name`."""
        return self.instead.get(name, name)

    def _other(self, name: str, cases: Mapping[str, str]) -> list[str]:
        ours = self.version(name).unit.digests
        return sorted(
            case
            for case, digest in cases.items()
            if case in ours and ours[case].case != digest
        )

    def _load(self, name: str) -> Version:
        folder = self.archive / name
        if name in self.archived:
            unit, keys = read_archived(folder)
        else:
            unit = read_unit(self.release)
            keys = {case.id: find_key(case.id) for case in unit.cases}
        page = folder / PAGE_FILE
        if not page.is_file():
            page = self.release / f"{unit.id}.ipynb"
        return Version(name, self._weighed(unit), self._page(page), keys)

    def _weighed(self, unit: Unit) -> Unit:
        tasks = tuple(
            task.model_copy(update={"points": self.maxima.get(task.id, task.points)})
            for task in unit.tasks
        )
        return unit.model_copy(update={"tasks": tasks})

    def _page(self, path: Path) -> NotebookNode:
        page: NotebookNode = nbformat.read(path, as_version=4)
        for cell in page.cells:
            ours = cell.metadata.get("nbgrader", {})
            counts = self.maxima.get(ours.get("grade_id"))
            if ours.get("grade") and counts not in (None, ours["points"]):
                ours["points"] = counts
        return page
