"""Writing a graded copy: the folder that formgrader shows, whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path


def write_copy(folder: Path, files: Mapping[str, bytes], mode: int) -> None:
    """Write a graded folder in the place of the one that is there.

    It is made beside its place and moved there, so that an interrupted run leaves
    the old one or the new one. Raises OSError.
    """
    fresh = folder.with_name(f".{folder.name}.new")
    _remove(fresh)
    fresh.mkdir(parents=True)
    for name, raw in files.items():
        path = fresh / name
        path.write_bytes(raw)
        path.chmod(mode)
    if mode & 0o020:
        # A course that several instructors share keeps its group (groupshared).
        for one in (fresh, fresh.parent, fresh.parent.parent):
            _share(one)
    _remove(folder)
    fresh.rename(folder)


def _remove(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def _share(folder: Path) -> None:
    try:
        folder.chmod((folder.stat().st_mode | 0o2770) & 0o2777)
    except PermissionError:
        # It belongs to another instructor of the group, who shared it already.
        return
