"""What was downloaded from a learning management system, read member by member."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from caselens.grading.plain import NotPlainError, read_plain, size_text
from caselens.grading.screen import (
    ARCHIVE_SUFFIXES,
    HEAD,
    MAX_FOLDER,
    has_controls,
    is_archive,
    shown,
    walk,
)

MAX_MEMBERS = 50_000
MAX_ZIP = 1_000_000_000
MAX_RATIO = 100
SMALL = 1_000_000
ENCRYPTED = 0x1
UTF8 = 0x800
DRIVE = re.compile(r"[A-Za-z]:")
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(OSError, ValueError, OverflowError),
)


@dataclass(frozen=True)
class Member:
    """One downloaded file: its path, and what is wrong with it, if something is.

    `source` is the zip file that it lies in, else the file itself.
    """

    parts: tuple[str, ...]
    source: Path
    size: int
    entry: zipfile.ZipInfo | None = None
    fault: str | None = None
    can_be_kept: bool = True

    @property
    def path(self) -> str:
        """Its path as text, for people."""
        return shown("/".join(self.parts))

    @property
    def is_zipped(self) -> bool:
        """Whether it lies in a zip file."""
        return self.entry is not None


class Download:
    """The zip files and loose files of a folder, one zip file open at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[str] = []
        self._path: Path | None = None
        self._zip: zipfile.ZipFile | None = None

    def members(self) -> list[Member]:
        """Return everything in it; what cannot be read at all is in `problems`."""
        found: list[Member] = []
        for one in walk(self.folder, MAX_MEMBERS):
            if one.found is None:
                self.problems.append(f"{shown(one.name)} {one.fault}.")
            elif stat.S_ISREG(one.kind):
                found += self._of(one.path, tuple(one.name.split("/")))
            elif not stat.S_ISDIR(one.kind):
                self.problems.append(f"{shown(one.name)} is a link or no plain file.")
        return [one for one in found if not is_litter(one.parts)]

    def read(self, one: Member, limit: int) -> bytes:
        """Return a member's bytes. Raises NotPlainError."""
        try:
            if one.entry is None:
                return read_plain(one.source, limit)
            with self._opened(one.source).open(one.entry) as stream:
                raw = stream.read(limit + 1)
        except DAMAGED as error:
            raise NotPlainError(f"it cannot be unpacked ({error})") from None
        if len(raw) > limit:
            raise NotPlainError(f"it is larger than {size_text(limit)}")
        return raw

    def close(self) -> None:
        """Close the zip file that is open."""
        if self._zip is not None:
            self._zip.close()
        self._zip = self._path = None

    def _opened(self, path: Path) -> zipfile.ZipFile:
        if self._zip is None or path != self._path:
            self.close()
            if path.stat().st_size > MAX_ZIP:
                raise NotPlainError(f"it is larger than {size_text(MAX_ZIP)}")
            self._zip, self._path = zipfile.ZipFile(path), path
        return self._zip

    def _of(self, path: Path, parts: tuple[str, ...]) -> Iterator[Member]:
        suffix = path.suffix.lower()
        if suffix == ".zip":
            yield from self._zipped(path)
        elif suffix in ARCHIVE_SUFFIXES:
            self.problems.append(f"{shown(path.name)} was left: only zip is unpacked.")
        else:
            size = path.lstat().st_size
            fault = f"is larger than {size_text(MAX_FOLDER)}"
            yield Member(parts, path, size, fault=fault if size > MAX_FOLDER else None)

    def _zipped(self, path: Path) -> list[Member]:
        try:
            entries = self._opened(path).infolist()
            if len(entries) > MAX_MEMBERS:
                raise NotPlainError(f"it holds more than {MAX_MEMBERS} files")
        except (NotPlainError, *DAMAGED) as error:
            self.problems.append(f"{shown(path.name)} cannot be used: {error}.")
            return []
        return [self._member(path, one) for one in entries if not one.is_dir()]

    def _member(self, path: Path, entry: zipfile.ZipInfo) -> Member:
        name = decoded(entry).replace("\\", "/")
        parts = tuple(one for one in name.split("/") if one not in ("", "."))
        size = entry.file_size
        fault = leaving(name, parts)
        can_be_kept = True
        if unreadable := unreadable_fault(entry):
            fault, can_be_kept = unreadable, False
        elif fault is None and parts:
            fault = self._head_fault(Member(parts, path, size, entry))
        parts = tuple(one for one in parts if one != "..") or ("_",)
        return Member(parts, path, size, entry, fault, can_be_kept)

    def _head_fault(self, one: Member) -> str | None:
        try:
            assert one.entry is not None
            with self._opened(one.source).open(one.entry) as stream:
                head = stream.read(HEAD)
        except DAMAGED as error:
            return f"cannot be unpacked ({error})"
        if is_archive(one.parts[-1], head):
            return "is an archive inside the download"
        return None


def decoded(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry; many zip files hold UTF-8 and do not say so."""
    name = entry.filename
    if entry.flag_bits & UTF8:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def leaving(name: str, parts: tuple[str, ...]) -> str | None:
    """Say that a path leaves the folder or is none, if it does."""
    if name.startswith("/") or DRIVE.match(name) or ".." in parts:
        return "is a path that leaves the folder"
    if not parts or has_controls(name):
        return "is a name with control characters in it"
    return None


def unreadable_fault(entry: zipfile.ZipInfo) -> str | None:
    """Say why an entry is not to be unpacked at all, if it is not."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "is a link" if kind == stat.S_IFLNK else "is no plain file"
    if entry.flag_bits & ENCRYPTED:
        return "is encrypted"
    if entry.file_size > MAX_FOLDER:
        return f"unpacks to more than {size_text(MAX_FOLDER)}"
    if entry.file_size > max(SMALL, MAX_RATIO * entry.compress_size):
        return f"unpacks to more than {MAX_RATIO} times its size"
    return None


def is_litter(parts: tuple[str, ...]) -> bool:
    """Whether a path is what systems leave behind: hidden, or a Mac's own."""
    return any(one.startswith(".") or one == "__MACOSX" for one in parts)
