"""Plain files, opened so that what is read is what was looked at."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from caselens.answers.files import PLAIN

_FOLDER = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_DIRECTORY", 0)


class NotPlainError(Exception):
    """A file is not what it has to be; the text says what it is instead."""


def open_plain(
    path: Path | str, *, folder: int | None = None, owner: int | None = None
) -> BinaryIO:
    """Return an open regular file that has one name, and belongs to `owner`.

    With `folder`, an open folder, `path` is a name in it. No link is followed.
    Raises NotPlainError, OSError.
    """
    handle = os.open(path, PLAIN, dir_fd=folder)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise NotPlainError("it is not a plain file")
        if found.st_nlink > 1:
            raise NotPlainError("it has a second name elsewhere (a hard link)")
        if owner is not None and found.st_uid != owner:
            raise NotPlainError("it belongs to somebody else")
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_plain(
    path: Path | str,
    limit: int,
    *,
    folder: int | None = None,
    owner: int | None = None,
) -> bytes:
    """Return the bytes of a plain file. Raises NotPlainError, OSError."""
    with open_plain(path, folder=folder, owner=owner) as stream:
        raw = stream.read(limit + 1)
    if len(raw) > limit:
        raise NotPlainError(f"it is larger than {size_text(limit)}")
    return raw


def read_head(path: Path | str, length: int) -> bytes:
    """Return the first bytes of a plain file, whatever its other names.

    Raises NotPlainError, OSError.
    """
    handle = os.open(path, PLAIN)
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NotPlainError("it is not a plain file")
        return stream.read(length)


def open_folder(path: Path | str, *, folder: int | None = None) -> int:
    """Return a handle on a folder that is no link. Raises OSError."""
    return os.open(path, _FOLDER, dir_fd=folder)


def size_text(size: int) -> str:
    """Return a size in megabytes, or in kilobytes where it is smaller."""
    if size < 1_000_000:  # noqa: PLR2004 (a megabyte)
        return f"{size // 1000} kB"
    return f"{size // 1_000_000} MB"
