"""Own tables in the gradebook's database: who marked what, when, by which version.

nbgrader keeps one manual score and one comment a cell, no marker and no history.
Nothing here refers to nbgrader's rows by their ids, so `nbgrader db` is free to
change them: a mark is named by unit, trainee and cell, as a person would name it.
"""

from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime

from sqlalchemy import Engine, Float, Index, Integer, String, Text, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAME = String(128)
DIGEST = String(64)
TABLES_LOCK = 0x636173656C656E73  # "caselens": a number that nobody else takes


class Base(DeclarativeBase):
    """The tables of this course, apart from nbgrader's own."""


class Marking(Base):
    """How a submission was last marked by machine; one row a unit and trainee."""

    __tablename__ = "caselens_marking"

    unit: Mapped[str] = mapped_column(NAME, primary_key=True)
    trainee: Mapped[str] = mapped_column(NAME, primary_key=True)
    content: Mapped[str] = mapped_column(DIGEST)
    """SHA-256 of what was submitted: page, answers, time stamp."""
    answers: Mapped[str | None] = mapped_column(DIGEST)
    """The checksum of the answers, as a trainee's receipt names it."""
    version: Mapped[str] = mapped_column(String(16))
    """The digest of the unit and keys that it was marked by; a folder in archive/."""
    given: Mapped[str] = mapped_column(String(16))
    """The digest of the version that the trainee worked with."""
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(NAME)
    notes: Mapped[str] = mapped_column(Text, default="")
    """What the marker should know about the submission, a line each."""


class Instead(Base):
    """An instructor's choice: what was released as `given` is marked by `version`."""

    __tablename__ = "caselens_instead"

    unit: Mapped[str] = mapped_column(NAME, primary_key=True)
    given: Mapped[str] = mapped_column(String(16), primary_key=True)
    version: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(NAME)
    reason: Mapped[str] = mapped_column(Text, default="")


class Change(Base):
    """One change of one mark, never rewritten: the log."""

    __tablename__ = "caselens_change"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(NAME)
    unit: Mapped[str] = mapped_column(NAME)
    trainee: Mapped[str] = mapped_column(NAME)
    cell: Mapped[str] = mapped_column(NAME)
    what: Mapped[str] = mapped_column(String(16))
    """`auto` (by machine), `manual`, `extra` (credit) or `comment` (by a person)."""
    old: Mapped[str | None] = mapped_column(Text)
    new: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    rubric: Mapped[str | None] = mapped_column(NAME)
    """The rubric's id and version, `formulation@1a2b3c4d`, for written work."""

    __table_args__ = (Index("caselens_change_of", "unit", "trainee", "cell"),)


class SecondMark(Base):
    """A second marker's points for one criterion, beside the mark that counts."""

    __tablename__ = "caselens_second_mark"

    unit: Mapped[str] = mapped_column(NAME, primary_key=True)
    trainee: Mapped[str] = mapped_column(NAME, primary_key=True)
    cell: Mapped[str] = mapped_column(NAME, primary_key=True)
    by: Mapped[str] = mapped_column(NAME, primary_key=True)
    points: Mapped[float] = mapped_column(Float)
    rubric: Mapped[str] = mapped_column(NAME)
    at: Mapped[datetime]


class Calibration(Base):
    """The level that a marker gave an exemplar on one criterion."""

    __tablename__ = "caselens_calibration"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    by: Mapped[str] = mapped_column(NAME)
    rubric: Mapped[str] = mapped_column(NAME)
    """The rubric's id and version."""
    exemplar: Mapped[str] = mapped_column(NAME)
    criterion: Mapped[str] = mapped_column(NAME)
    level: Mapped[int]
    agreed: Mapped[int]
    at: Mapped[datetime]


def ensure(engine: Engine) -> None:
    """Make the tables where they are missing; nbgrader's are left alone."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # Of two runs that make the same table at once, one would fail.
            connection.execute(select(func.pg_advisory_xact_lock(TABLES_LOCK)))
        Base.metadata.create_all(connection)


def moment() -> datetime:
    """Return the time in UTC without a zone, as nbgrader's own columns have it."""
    return datetime.now(UTC).replace(tzinfo=None)


def person() -> str:
    """Return who is at work: the hub's user, or the one of this machine."""
    return os.environ.get("JUPYTERHUB_USER") or getpass.getuser()
