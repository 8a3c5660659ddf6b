"""Who marked what when, read from the log of changes."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from caselens.grading.tables import Change

LINES = 300
BY_A_PERSON = ("manual", "extra", "comment")


def recent(session: Session, unit_id: str, most: int = LINES) -> list[Change]:
    """Return the last changes that people made in a unit, the latest first."""
    return list(
        session.scalars(
            select(Change)
            .where(Change.unit == unit_id, Change.what.in_(BY_A_PERSON))
            .order_by(Change.id.desc())
            .limit(most)
        )
    )


def versions(session: Session, unit_id: str) -> dict[str, set[str]]:
    """Return the markers by rubric version, of the marks given in a unit."""
    asked = (
        select(Change.rubric, Change.by)
        .where(
            Change.unit == unit_id,
            Change.rubric.is_not(None),
            Change.what.in_(BY_A_PERSON),
        )
        .distinct()
    )
    found: dict[str, set[str]] = {}
    for rubric, by in session.execute(asked):
        assert rubric is not None
        found.setdefault(rubric, set()).add(by)
    return found
