"""Who gave which mark when: a row in the log for every mark that a person gives.

nbgrader's formgrader writes marks with SQLAlchemy and keeps no marker. The row is
written by a listener in the same transaction, so neither is there without the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from nbgrader.api import BaseCell, Comment, Grade, SubmittedNotebook
from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from caselens.answers import setting
from caselens.cases import UnitError, read_unit
from caselens.cases.unit import UNIT_FILE
from caselens.grading.archive import ARCHIVE
from caselens.grading.tables import Base, Change, Marking, moment
from caselens.grading.who import marker
from caselens.notebooks.pages import manual_id

RELEASE = "exercises"
MARKS = {
    (Grade, "manual_score"): "manual",
    (Grade, "extra_credit"): "extra",
    (Comment, "manual_comment"): "comment",
}
_roots: list[Path] = []


class _Changed(NamedTuple):
    mark: Any
    what: str
    old: str | None
    new: str | None


def watch_marks(root: str | Path) -> None:
    """Log every mark that a person gives from now on, in this process.

    `root` is the course folder, whose released units name the rubrics. Calling it
    again changes the folder and adds no second listener.
    """
    _roots[:] = [Path(root)]
    if not event.contains(Session, "before_flush", _log):
        event.listen(Session, "before_flush", _log)


def _log(session: Session, _context: object, _instances: object) -> None:
    changed = list(_changes(session))
    if not changed:
        return
    # On the session's own connection: SQLite would keep another one waiting.
    Base.metadata.create_all(session.connection())
    by, at = marker(), moment()
    for mark, what, old, new in changed:
        unit, trainee, cell = _named(session, mark)
        rubric = rubric_of(session, _roots[0], unit, trainee, cell)
        named = {"unit": unit, "trainee": trainee, "cell": cell, "rubric": rubric}
        session.add(Change(**named, what=what, old=old, new=new, by=by, at=at))


def _changes(session: Session) -> Iterator[_Changed]:
    for mark in [*session.new, *session.dirty]:
        for (model, field), what in MARKS.items():
            if not isinstance(mark, model):
                continue
            if not inspect(mark).attrs[field].history.has_changes():
                continue
            tell = words if what == "comment" else points
            old, new = tell(_stored(session, mark, field)), tell(getattr(mark, field))
            if old != new:
                yield _Changed(mark, what, old, new)


def _stored(session: Session, mark: Any, field: str) -> Any:
    """Return what the database holds: an attribute set unread has no old value."""
    if mark in session.new:
        return None
    model = type(mark)
    return session.scalar(select(getattr(model, field)).where(model.id == mark.id))


def _named(session: Session, mark: Any) -> tuple[str, str, str]:
    """Return unit, trainee and cell; a new mark may have only their ids as yet."""
    notebook: Any = mark.notebook or session.get(SubmittedNotebook, mark.notebook_id)
    cell: Any = mark.cell or session.get(BaseCell, mark.cell_id)
    whose = notebook.assignment
    return whose.assignment.name, whose.student.id, cell.name


def points(value: object) -> str | None:
    """Return points as the log writes them: formgrader's "2" as the stored 2.0."""
    if value is None or value == "":
        return None
    try:
        return f"{float(str(value)):g}"
    except ValueError:
        return str(value)


def words(value: object) -> str | None:
    """Return a comment as the log writes it; a blank one is none."""
    return str(value) if value else None


def rubric_of(
    session: Session, root: Path, unit_id: str, trainee: str, cell: str
) -> str | None:
    """Return the id and version of the rubric that a cell is marked by, or None.

    It is that of the version by which the trainee's work was autograded.
    """
    marking = session.get(Marking, (unit_id, trainee))
    kept = [root / ARCHIVE / unit_id / marking.version] if marking else []
    for folder in [*kept, root / RELEASE / unit_id]:
        try:
            changed = (folder / UNIT_FILE).stat().st_mtime_ns
            return _rubrics(folder, changed).get(cell)
        except (OSError, UnitError):
            continue
    return None


@lru_cache(maxsize=64)
def _rubrics(folder: Path, _changed: int) -> dict[str, str]:
    unit, found = read_unit(folder), {}
    for task_id in unit.points:
        named = setting(unit, task_id).task.rubric
        if named is not None:
            rubric = unit.vocabulary.rubric(named)
            for criterion in rubric.criteria:
                found[manual_id(task_id, criterion.id)] = rubric.version
    return found
