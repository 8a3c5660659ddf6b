"""One writer at a time: of a course folder, and of a gradebook on a server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, func, select

from caselens.grading.tables import TABLES_LOCK

MARKING_LOCK = TABLES_LOCK + 1
LOCK_FILE = ".caselens-marking.lock"


class AtWorkError(Exception):
    """Another run marks in this course; the text says what to do."""


@contextmanager
def one_run(root: Path) -> Iterator[None]:
    """Hold the course, so that there is one writer. Raises AtWorkError."""
    lock = FileLock(root / LOCK_FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise AtWorkError(
            f"Another run is marking in {root}. Wait until it is done and try again."
        ) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def one_writer(engine: Engine) -> Iterator[None]:
    """Hold a PostgreSQL gradebook, which may have runs from several course folders.

    SQLite lies in the course folder, whose own lock is enough. Raises AtWorkError.
    """
    with engine.connect() as connection:
        if connection.dialect.name != "postgresql":
            yield
            return
        held = connection.scalar(select(func.pg_try_advisory_lock(MARKING_LOCK)))
        # The lock is the connection's; an open transaction would hold up the server.
        connection.commit()
        if not held:
            raise AtWorkError(
                "Another run is marking in this gradebook, from another course folder. "
                "Wait until it is done and try again."
            )
        try:
            yield
        finally:
            connection.execute(select(func.pg_advisory_unlock(MARKING_LOCK)))
