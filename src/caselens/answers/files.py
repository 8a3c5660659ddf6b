"""The folder of a sheet: bounded reading, whole writing, one writer at a time."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from caselens.answers.record import MAX_BYTES, AnswersError

# A pipe must not wait for its writer. Windows has neither flag, and no such files.
PLAIN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
PLAIN |= getattr(os, "O_BINARY", 0)
_NOT_PLAIN = {errno.ELOOP, errno.ENXIO, errno.EISDIR}
LOCK_FILE = ".answers.lock"
LOCK_SECONDS = 5


class NotSavedError(Exception):
    """The folder cannot be written; the text says what to do."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder's lock; NotSavedError where it cannot be had or written."""
    lock = FileLock(folder / LOCK_FILE, timeout=LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        raise NotSavedError(
            "Another open page holds your answers just now. Close other tabs "
            "with this unit; the page tries again by itself."
        ) from None
    except OSError as error:
        raise NotSavedError(cannot_write(folder, error)) from None
    try:
        yield
    except OSError as error:
        raise NotSavedError(cannot_write(folder, error)) from None
    finally:
        lock.release()


def read_bounded(path: Path, limit: int = MAX_BYTES) -> bytes | None:
    """Return a file's bytes, None where there is none.

    Raises AnswersError where it is no regular file or larger than `limit`. What is
    read is what was looked at: the file is opened once, and no link is followed.
    """
    try:
        handle = os.open(path, PLAIN)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno in _NOT_PLAIN:
            raise AnswersError("it is not a plain file") from None
        raise
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        os.close(handle)
        raise AnswersError("it is not a plain file")
    with os.fdopen(handle, "rb") as stream:
        if found.st_size > limit:
            raise AnswersError(f"it is larger than {limit // 1_000_000} MB")
        return stream.read(limit)


def write_atomically(path: Path, body: str, previous: Path) -> None:
    """Write a file whole or not at all, and keep the one before as `previous`.

    The new file is synced before anything is renamed, so that a full disk or a
    killed process leaves one good file at least.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".answers-")
    new = Path(name)
    try:
        with os.fdopen(
            handle, "w", encoding="utf-8", errors="replace", newline="\n"
        ) as stream:
            stream.write(body)
            stream.flush()
            os.fsync(stream.fileno())
        new.chmod(0o644)
        if path.exists():
            path.replace(previous)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def cannot_write(folder: Path, error: OSError) -> str:
    """Say why nothing can be saved in a folder, and what to do."""
    return (
        f"Your answers cannot be saved in {folder} ({error.strerror}). Free some "
        "space or make the folder writable; what you typed is kept in this browser."
    )
