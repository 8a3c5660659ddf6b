"""What marking reads of a submitted folder: a few files, bounded, no link followed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from nbgrader.utils import parse_utc

from caselens.answers import ANSWERS_FILE, AnswersError, read_bounded
from caselens.answers.record import MAX_BYTES
from caselens.cases.unit import UNIT_FILE

MAX_NOTEBOOK = 10_000_000
MAX_TIMESTAMP = 100
MAX_SECRET = 1_000
TIMESTAMP_FILE = "timestamp.txt"
# What `guard` calls a time stamp on which nbgrader would stop.
UNREADABLE = "timestamp.unreadable.txt"
SECRET_FILE = "submission_secret.txt"  # noqa: S105 (nbgrader's name for a file)
STAMP = re.compile(r"[A-Za-z0-9_ :.,+-]{8,64}")
USUAL = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})? UTC")


@dataclass(frozen=True)
class Files:
    """The bytes of a submission's files by name, and why a file cannot be used."""

    found: Mapping[str, bytes]
    faults: Mapping[str, str]
    page: str

    @cached_property
    def content(self) -> str:
        """SHA-256 over all that marking reads, in hexadecimal."""
        whole = hashlib.sha256()
        for name, raw in sorted(self.found.items()):
            whole.update(f"{name}\0{len(raw)}\0".encode())
            whole.update(raw)
        for name, fault in sorted(self.faults.items()):
            whole.update(f"{name}\0{fault}\0".encode())
        return whole.hexdigest()

    def timestamp(self) -> tuple[datetime | None, str | None]:
        """Return when it was submitted, in UTC without a zone, or why it is unknown."""
        raw = self.found.get(TIMESTAMP_FILE)
        fault = self.faults.get(TIMESTAMP_FILE)
        if raw is None and fault is None:
            return None, None
        moment = read_moment((raw or b"").decode("utf-8", "replace").strip())
        if moment is not None:
            return moment, None
        return None, "The time stamp of this submission cannot be read."


def read_files(folder: Path, page: str) -> Files:
    """Read a submitted folder; what is missing is left out. Never raises OSError."""
    limits = {
        ANSWERS_FILE: MAX_BYTES,
        page: MAX_NOTEBOOK,
        UNIT_FILE: MAX_BYTES,
        TIMESTAMP_FILE: MAX_TIMESTAMP,
        SECRET_FILE: MAX_SECRET,
    }
    found, faults = {}, {}
    for name, limit in limits.items():
        try:
            raw = read_bounded(folder / name, limit)
        except (AnswersError, OSError) as error:
            faults[name] = str(error)
        else:
            if raw is not None:
                found[name] = raw
    if TIMESTAMP_FILE not in found and (folder / UNREADABLE).exists():
        faults.setdefault(TIMESTAMP_FILE, "it cannot be read")
    return Files(found, faults, page)


def read_moment(text: str) -> datetime | None:
    """Return an untrusted time stamp in UTC without a zone, None if it is none."""
    # A zone that is a path would be opened.
    if not STAMP.fullmatch(text):
        return None
    try:
        if USUAL.fullmatch(text):
            return datetime.fromisoformat(text.removesuffix(" UTC"))
        moment: datetime = parse_utc(text)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return None
    return moment
