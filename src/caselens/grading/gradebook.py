"""The gradebook of a course, opened with this course's own tables in it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import select
from sqlalchemy.exc import SAWarning
from sqlalchemy.orm import Session
from traitlets.config import Configurable

from caselens.grading.cells import Cells
from caselens.grading.graded import UnitGrader
from caselens.grading.released import shelf_of
from caselens.grading.rows import Penalty
from caselens.grading.tables import Instead, ensure


@contextmanager
def open_gradebook(course: CourseDirectory) -> Iterator[Gradebook]:
    """Open the gradebook of a course folder; closed again at the end."""
    with warnings.catch_warnings():
        # nbgrader's models make SQLAlchemy warn about sessions; nothing is lost.
        warnings.simplefilter("ignore", SAWarning)
        with Gradebook(course.db_url, course.course_id) as book:
            # nbgrader takes a database with any table in it for its own, so these
            # come after its own.
            ensure(book.engine)
            yield book


def chosen_instead(db: Session, unit_id: str) -> dict[str, str]:
    """Return the versions that mark others, by the version that was released."""
    lines = db.execute(
        select(Instead.given, Instead.version).where(Instead.unit == unit_id)
    )
    return dict(iter(lines))


def unit_grader(course: CourseDirectory, db: Session, unit_id: str) -> UnitGrader:
    """Return what marks a unit by this gradebook. Raises MissingEntry."""
    maxima = Cells(db, unit_id).maxima
    return UnitGrader(shelf_of(course, unit_id, maxima, chosen_instead(db, unit_id)))


def penalty_of(parent: Configurable) -> Penalty:
    """Return the late penalty as nbgrader's configuration has it.

    An instructor's own plugin (`AssignLatePenalties.plugin_class`) is used as is.
    """
    step = AssignLatePenalties(parent=parent)
    step.init_plugin()
    penalty: Penalty = step.plugin_inst.late_submission_penalty
    return penalty
