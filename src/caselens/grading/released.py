"""What was released, and what came back: the two sides that grading compares."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory

from caselens.answers import Record, read_submitted, unknown_tasks
from caselens.cases import Unit, read_unit

MAX_NOTEBOOK = 10_000_000
NOT_USED = "It was not used: marks come from the answers."


@dataclass(frozen=True)
class Submission:
    """One trainee's submission of one unit, beside what was released."""

    unit: Unit
    released: Path
    submitted: Path
    record: Record | None
    problem: str | None

    def value(self, task_id: str) -> Any:
        """Return the untrusted value given for a task, or None."""
        return self.record.value(task_id) if self.record is not None else None

    def notes(self) -> list[str]:
        """Return what the marker should know about the submission as a whole."""
        notes = [self.problem] if self.problem else []
        if self.record is not None:
            unknown = unknown_tasks(self.unit, self.record)
            if unknown:
                shown = ", ".join(repr(one[:40]) for one in unknown[:5])
                notes.append(
                    f"The answers name tasks that this unit does not have ({shown}). "
                    "They were left out."
                )
            notes += _other_version(self.unit, self.record)
        notes += alterations(self.released, self.submitted / self.released.name)
        return notes


def find_submission(
    course: CourseDirectory, assignment: str, student: str, notebook: str
) -> Submission:
    """Return a submission with its released page. Raises UnitError, OSError."""
    release = Path(course.root) / course.format_path(
        course.release_directory, ".", assignment
    )
    submitted = Path(course.root) / course.format_path(
        course.submitted_directory, student, assignment
    )
    unit = read_unit(release)
    record, problem = read_submitted(submitted, unit.id)
    page = release / f"{notebook}.ipynb"
    return Submission(unit, page, submitted, record, problem)


def read_page(path: Path) -> NotebookNode:
    """Return a page of our own making as a notebook."""
    page: NotebookNode = nbformat.read(path, as_version=4)
    return page


@dataclass
class _Seen:
    """Sources of the cells that carry a grade id, by grade id."""

    sources: dict[str, list[str]] = field(default_factory=dict)
    other_code: int = 0


def alterations(released: Path, submitted: Path) -> list[str]:
    """Say how a submitted page differs from the released one, in one sentence.

    The submitted file is read as JSON only, bounded, and never executed.
    """
    try:
        theirs = _seen(_plain_json(submitted))
    except (OSError, ValueError, RecursionError):
        return [f"The submitted page is not a readable notebook. {NOT_USED}"]
    ours = _seen(_plain_json(released))
    found = []
    for name, sources in ours.sources.items():
        given = theirs.sources.get(name, [])
        if not given:
            found.append(f"{name} was deleted")
        elif len(given) > 1:
            found.append(f"{name} stands {len(given)} times")
        elif given != sources:
            found.append(f"{name} was edited")
    if theirs.other_code > ours.other_code:
        found.append("other code was added")
    if not found:
        return []
    return [f"The submitted page was changed ({'; '.join(found)}). {NOT_USED}"]


def _other_version(unit: Unit, record: Record) -> list[str]:
    ours = {name: digests.case for name, digests in unit.digests.items()}
    other = [name for name, one in record.cases.items() if ours.get(name, one) != one]
    if not other:
        return []
    return [
        f"The work was begun with another version of {', '.join(sorted(other))}. "
        "It was marked against the version that is released now."
    ]


def _plain_json(path: Path) -> Any:
    if path.is_symlink() or not path.is_file():
        raise ValueError("not a plain file")
    if path.stat().st_size > MAX_NOTEBOOK:
        raise ValueError("too large")
    return json.loads(path.read_bytes())


def _seen(data: Any) -> _Seen:
    cells = data.get("cells") if isinstance(data, dict) else None
    if not isinstance(cells, list):
        raise ValueError("no cells")
    seen = _Seen()
    for cell in cells:
        if not isinstance(cell, dict):
            raise ValueError("a cell is not an object")
        name = _grade_id(cell)
        if name is not None:
            seen.sources.setdefault(name, []).append(_source(cell))
        elif cell.get("cell_type") == "code":
            seen.other_code += 1
    return seen


def _grade_id(cell: dict[str, Any]) -> str | None:
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return name if isinstance(name, str) else None


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source")
    if isinstance(source, list):
        return "".join(one for one in source if isinstance(one, str))
    return source if isinstance(source, str) else ""
