"""What a run needs to mark one unit, as plain data that travels to other processes."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from sqlalchemy.orm import Session

from caselens.cases.unit import UNIT_FILE
from caselens.grading.archive import ARCHIVE
from caselens.grading.cells import Cells
from caselens.grading.gradebook import chosen_instead
from caselens.grading.graded import UnitGrader
from caselens.grading.version import Shelf


@dataclass(frozen=True)
class Plan:
    """What every worker needs to mark one unit; `run` makes each run read anew."""

    root: Path
    unit_id: str
    release: Path
    source: Path
    submitted: str
    graded: str
    mode: int
    maxima: tuple[tuple[str, float], ...]
    instead: tuple[tuple[str, str], ...]
    run: str = field(default_factory=lambda: uuid.uuid4().hex)

    @classmethod
    def of(cls, course: CourseDirectory, db: Session, unit_id: str) -> Plan:
        """Return the plan for a unit of a course. Raises MissingEntry."""
        return cls(
            root=Path(course.root),
            unit_id=unit_id,
            release=Path(course.format_path(course.release_directory, ".", unit_id)),
            source=Path(course.format_path(course.source_directory, ".", unit_id)),
            submitted=course.format_path(course.submitted_directory, "{0}", unit_id),
            graded=course.format_path(course.autograded_directory, "{0}", unit_id),
            mode=0o664 if course.groupshared else 0o444,
            maxima=tuple(sorted(Cells(db, unit_id).maxima.items())),
            instead=tuple(sorted(chosen_instead(db, unit_id).items())),
        )

    @property
    def page(self) -> str:
        """The name of the unit's page."""
        return f"{self.unit_id}.ipynb"

    def folder(self, pattern: str, trainee: str) -> Path:
        """Return a trainee's folder: submitted, or graded."""
        return Path(pattern.replace("{0}", trainee))

    def grader(self) -> UnitGrader:
        """Return what marks the unit, made once a process."""
        return _grader(self)

    def beside(self) -> bytes:
        """Return the unit.json that lies beside every graded copy."""
        return _beside(self)


@lru_cache(maxsize=2)
def _grader(plan: Plan) -> UnitGrader:
    archive = plan.root / ARCHIVE / plan.unit_id
    shelf = Shelf(plan.release, archive, dict(plan.maxima), dict(plan.instead))
    return UnitGrader(shelf)


@lru_cache(maxsize=2)
def _beside(plan: Plan) -> bytes:
    return (plan.source / UNIT_FILE).read_bytes()
