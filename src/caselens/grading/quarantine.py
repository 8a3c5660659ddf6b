"""Where refused submissions are kept, for the instructor to look at."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from caselens.grading.arrival import is_safe
from caselens.grading.plain import NotPlainError, open_folder, read_plain
from caselens.grading.screen import (
    MAX_DEPTH,
    MAX_ENTRIES,
    MAX_FOLDER,
    screen,
    shown,
    walk,
)
from caselens.grading.tables import moment

REFUSED = "refused"
REASON_FILE = "reason.txt"
UNNAMED = "unnamed"
# Whoever can fill the exchange must not fill the course's disk.
MAX_KEPT = 20
MAX_NAME = 100


@dataclass(frozen=True)
class Refusal:
    """A submission that was refused: whose it claims to be, which, and why.

    `label` tells it from others of the same trainee, and is not trusted.
    """

    root: Path
    trainee: str
    unit: str
    label: str
    reasons: tuple[str, ...]

    @property
    def place(self) -> Path:
        """Where refused submissions of this trainee and unit are kept."""
        name = self.trainee if is_safe(self.trainee) else UNNAMED
        return self.root / REFUSED / name / self.unit

    @property
    def line(self) -> str:
        """Who was refused, why, and where it is kept, in one line."""
        return (
            f"{shown(self.trainee) or 'A file'} was refused: {' '.join(self.reasons)} "
            f"It is kept in {self.place.relative_to(self.root)}."
        )

    def keep(self, source: Path) -> None:
        """Copy the plain files of a folder here, with the reasons. Raises OSError.

        The same one is kept once, and of one trainee's no more than MAX_KEPT.
        """
        with self._kept() as into:
            if into is None:
                return
            try:
                handle = open_folder(source)
            except OSError as error:
                left = [f"the folder itself ({error.strerror})"]
            else:
                left = _copy(handle, into, _Room())
            self._write_reason(into, left)

    def keep_files(self, files: Mapping[str, bytes]) -> None:
        """Write these files here, as `keep` does with a folder. Raises OSError."""
        with self._kept() as into:
            if into is None:
                return
            for name, raw in files.items():
                _free(into / safe_name(name)).write_bytes(raw)
            self._write_reason(into)

    def move(self, folder: Path) -> None:
        """Move a folder here, without its links, pipes and devices. Raises OSError."""
        kept = _free(self.place / safe_name(self.label))
        kept.parent.mkdir(parents=True, exist_ok=True)
        folder.rename(kept)
        if kept.is_symlink() or not kept.is_dir():
            kept.unlink()
            kept.mkdir()
        for one in list(walk(kept)):
            if one.kind and one.kind not in (stat.S_IFREG, stat.S_IFDIR):
                one.path.unlink()
        self._write_reason(kept)

    @contextmanager
    def _kept(self) -> Iterator[Path | None]:
        final = self.place / safe_name(self.label)
        self.place.mkdir(parents=True, exist_ok=True)
        if final.exists() or len(list(self.place.iterdir())) >= MAX_KEPT:
            yield None
            return
        # Under its name it is there whole, or not at all.
        with tempfile.TemporaryDirectory(dir=self.place, prefix=".new-") as name:
            into = Path(name) / "new"
            into.mkdir()
            yield into
            into.rename(final)

    def _write_reason(self, folder: Path, left: Iterable[str] = ()) -> None:
        lines = [
            "This submission was refused. Nothing of it was marked.",
            f"Handed in as: {shown(self.trainee)}, {self.unit}, {shown(self.label)}",
            *(f"- {one}" for one in self.reasons),
            *(f"Not kept here: {one}" for one in left),
        ]
        path = folder / REASON_FILE
        if path.exists():
            path.rename(_free(folder / f"submitted-{REASON_FILE}"))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def set_aside(
    root: Path, trainee: str, unit_id: str, *, folder: Path | None = None
) -> list[str]:
    """Move a submission that is refused out of `submitted/`; return the reasons.

    Nothing is moved, and no reason returned, where it can be marked. `folder` says
    where it lies, if not in its usual place. Raises OSError.
    """
    folder = folder or root / "submitted" / trainee / unit_id
    reasons = screen(folder, unit_id)
    if reasons:
        label = f"{moment():%Y-%m-%d %H:%M:%S} UTC"
        Refusal(root, trainee, unit_id, label, tuple(reasons)).move(folder)
    return reasons


def safe_name(text: str) -> str:
    """Return untrusted text as the name of a file: letters, digits, dot, dash."""
    name = re.sub(r"[^\w.@+-]+", "_", text.encode("utf-8", "replace").decode())
    return name.strip("._-")[:MAX_NAME] or "_"


@dataclass
class _Room:
    """How much more may be kept of one submission."""

    size: int = MAX_FOLDER
    entries: int = MAX_ENTRIES


def _copy(handle: int, into: Path, room: _Room, depth: int = 1) -> list[str]:
    """Copy plain files out of an open folder and close it; return what stayed."""
    left = []
    try:
        with os.scandir(handle) as found:
            names = sorted(one.name for one in islice(found, max(0, room.entries)))
        for name in names:
            room.entries -= 1
            to = _free(into / safe_name(name))
            try:
                mode = os.stat(name, dir_fd=handle, follow_symlinks=False).st_mode
                if stat.S_ISDIR(mode) and depth <= MAX_DEPTH:
                    inner = open_folder(name, folder=handle)
                    to.mkdir()
                    left += _copy(inner, to, room, depth + 1)
                else:
                    raw = read_plain(name, room.size, folder=handle)
                    room.size -= len(raw)
                    to.write_bytes(raw)
            except (NotPlainError, OSError) as error:
                why = error.strerror if isinstance(error, OSError) else error
                left.append(f"{shown(name)} ({why})")
    finally:
        os.close(handle)
    return left


def _free(path: Path) -> Path:
    number, free = 2, path
    while free.exists() or free.is_symlink():
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return free
