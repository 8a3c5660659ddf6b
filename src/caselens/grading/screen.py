"""A look at a submitted folder: why it is refused. Nothing in it is followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from unicodedata import category

from caselens.answers import ANSWERS_FILE
from caselens.cases.unit import UNIT_FILE
from caselens.grading.files import MAX_NOTEBOOK, SECRET_FILE, TIMESTAMP_FILE
from caselens.grading.plain import NotPlainError, read_head, size_text

MAX_ENTRIES = 1000
MAX_DEPTH = 8
MAX_FOLDER = 100_000_000
MAX_REASONS = 10
MAX_SHOWN = 80
HEAD = 512
KINDS = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFBLK: "a device",
    stat.S_IFCHR: "a device",
}
ARCHIVE_SUFFIXES = (
    *(".zip", ".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz", ".7z", ".rar"),
    *(".zst", ".jar", ".whl"),
)
ARCHIVE_STARTS = (
    *(b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c"),
    *(b"\xfd7zXZ\x00", b"Rar!\x1a\x07", b"\x28\xb5\x2f\xfd"),
    *(b"BZh%d1AY&SY" % level for level in range(1, 10)),
)
TAR_MARK, TAR_AT = b"ustar", 257
# Documents that are zip files inside. A trainee's notes are no reason to refuse.
DOCUMENT_SUFFIXES = (
    *(".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub"),
    *(".pages", ".numbers", ".key"),
)


@dataclass(frozen=True)
class Entry:
    """What lies in a submitted folder, as `lstat` has it; `fault` where it has not."""

    name: str
    path: Path
    found: os.stat_result | None
    fault: str | None = None

    @property
    def kind(self) -> int:
        """The type bits of its mode; 0 where it could not be looked at."""
        return stat.S_IFMT(self.found.st_mode) if self.found is not None else 0


def needed_files(unit_id: str) -> tuple[str, ...]:
    """Return the names of all files of a submission that marking ever reads."""
    page = f"{unit_id}.ipynb"
    return page, ANSWERS_FILE, UNIT_FILE, TIMESTAMP_FILE, SECRET_FILE


def screen(folder: Path, unit_id: str, owner: int | None = None) -> list[str]:
    """Return the reasons for which a submitted folder is refused, none if it is not.

    Every entry has to belong to `owner`, where one is given. Names and the first
    bytes of files are looked at; no link is followed and no pipe is waited for.
    """
    try:
        found = folder.lstat()
    except OSError as error:
        return [f"The folder cannot be looked at ({error.strerror})."]
    if not stat.S_ISDIR(found.st_mode):
        return ["What was submitted is not a folder."]
    entries = list(walk(folder))
    reasons = [_too_much(entries)]
    reasons += [_reason(one, needed_files(unit_id), owner) for one in entries]
    told = [one for one in reasons if one is not None]
    more = len(told) - MAX_REASONS
    return told[:MAX_REASONS] + ([f"There is more like this ({more})."] * (more > 0))


def walk(folder: Path, most: int = MAX_ENTRIES) -> Iterator[Entry]:
    """Yield what lies in a folder and below it: at most `most` entries and one."""
    return islice(_walk(folder, "", most + 1, 1), most + 1)


def _walk(folder: Path, prefix: str, most: int, depth: int) -> Iterator[Entry]:
    try:
        with os.scandir(folder) as found:
            names = sorted(one.name for one in islice(found, most))
    except OSError as error:
        fault = f"cannot be listed ({error.strerror})"
        yield Entry(prefix.rstrip("/") or folder.name, folder, None, fault)
        return
    for name in names:
        one = _entry(prefix + name, folder / name)
        yield one
        if stat.S_ISDIR(one.kind) and depth == MAX_DEPTH:
            yield Entry(one.name, one.path, None, "lies too deep")
        elif stat.S_ISDIR(one.kind):
            yield from _walk(one.path, f"{one.name}/", most, depth + 1)


def shown(name: str) -> str:
    """Return an untrusted name as one short printable line."""
    cut = name if len(name) <= MAX_SHOWN else f"{name[:MAX_SHOWN]}..."
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode()
        for one in cut
    )


def has_controls(name: str) -> bool:
    """Whether a name holds a control character, a line break or half a character."""
    # Odd spaces are no reason: the names of a Mac's screenshots hold one.
    return any(category(one) in {"Cc", "Cs", "Zl", "Zp"} for one in name)


def is_archive(name: str, head: bytes) -> bool:
    """Whether a file is an archive, by its name or its first bytes."""
    suffix = Path(name).suffix.lower()
    if suffix in ARCHIVE_SUFFIXES:
        return True
    if suffix in DOCUMENT_SUFFIXES:
        return False
    return head.startswith(ARCHIVE_STARTS) or head[TAR_AT:].startswith(TAR_MARK)


def _entry(name: str, path: Path) -> Entry:
    try:
        return Entry(name, path, path.lstat())
    except OSError as error:
        return Entry(name, path, None, f"cannot be looked at ({error.strerror})")


def _too_much(entries: list[Entry]) -> str | None:
    if len(entries) > MAX_ENTRIES:
        return f"There are more than {MAX_ENTRIES} files and folders in it."
    whole = sum(
        one.found.st_size
        for one in entries
        if one.found is not None and stat.S_ISREG(one.kind)
    )
    if whole > MAX_FOLDER:
        return f"Its files are together larger than {size_text(MAX_FOLDER)}."
    return None


def _reason(one: Entry, needed: tuple[str, ...], owner: int | None) -> str | None:
    name = shown(one.name)
    if one.found is None:
        return f"{name} {one.fault}."
    if has_controls(one.name):
        return f"{name} is a name with control characters in it."
    if owner is not None and one.found.st_uid != owner:
        return f"{name} belongs to the account {account(one.found.st_uid)}."
    if stat.S_ISREG(one.kind):
        return _file_reason(one, one.found, needed)
    what = KINDS.get(one.kind)
    if stat.S_ISLNK(one.kind):
        what = f"a link{_target(one.path)}"
    if stat.S_ISDIR(one.kind) and one.name in needed:
        what = "a folder, not a file"
    return f"{name} is {what}." if what else None


def _file_reason(
    one: Entry, found: os.stat_result, needed: tuple[str, ...]
) -> str | None:
    name = shown(one.name)
    # nbgrader writes every submitted file anew, so that each has one name.
    if found.st_nlink > 1:
        return f"{name} has a second name elsewhere (a hard link)."
    if one.name in needed and found.st_size > MAX_NOTEBOOK:
        return f"{name} is larger than {size_text(MAX_NOTEBOOK)}."
    try:
        head = read_head(one.path, HEAD)
    except OSError as error:
        return f"{name} cannot be read ({error.strerror})."
    except NotPlainError as error:
        return f"{name} cannot be read ({error})."
    return f"{name} is an archive." if is_archive(one.name, head) else None


def account(uid: int) -> str:
    """Return the name of the account with this number, or the number."""
    try:
        import pwd  # noqa: PLC0415 (Windows has none)

        return pwd.getpwuid(uid).pw_name
    except (ImportError, KeyError):
        return f"number {uid}, which has no name here"


def _target(path: Path) -> str:
    try:
        return f" to {shown(str(path.readlink()))}"
    except OSError:
        return ""
