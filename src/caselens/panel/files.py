"""Writing an author's file: whole or not at all, all else in it as it was."""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path

PLAIN = re.compile(r"[A-Za-z]([A-Za-z0-9 _-]*[A-Za-z0-9_])?")
# What YAML would not read as a word.
MISREAD = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


def replace(path: Path, text: str) -> None:
    """Put `text` in the place of a file, in one step. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    new = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        new.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def read_text(path: Path) -> str:
    """Return a file's text with its own line ends."""
    with path.open(encoding="utf-8", newline="") as stream:
        return stream.read()


def scalar(text: str) -> str:
    """Return a text as a YAML value on one line, in quotes where it needs them."""
    if PLAIN.fullmatch(text) and text.lower() not in MISREAD:
        return text
    return json.dumps(text, ensure_ascii=False)
