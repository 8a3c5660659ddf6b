"""The bibliography: "Author, year" of every work in a BibTeX file."""

from __future__ import annotations

import re
from pathlib import Path

ENTRY = re.compile(r"^@\w+\{(\w+),(.*?)^\}", re.MULTILINE | re.DOTALL)
FIELD = re.compile(r"^\s*(author|editor|year)\s*=\s*\{(.*)\},?\s*$", re.MULTILINE)
BRACES = re.compile(r"[{}]")
MANY = 3


def read_references(path: Path) -> dict[str, str]:
    """Return "Author, year" of every work in a BibTeX file, by key."""
    found = {}
    for key, body in ENTRY.findall(path.read_text(encoding="utf-8")):
        fields = dict(FIELD.findall(body))
        names = _surnames(fields.get("author") or fields.get("editor", ""))
        found[key] = f"{names}, {fields.get('year', 'n.d.')}"
    return found


def _surnames(authors: str) -> str:
    names = [_surname(one) for one in authors.split(" and ")]
    if "others" in names or len(names) >= MANY:
        return f"{names[0]} et al."
    return " and ".join(names)


def _surname(author: str) -> str:
    # A name in braces is an institution's, and stays whole.
    if author.strip().startswith("{"):
        return BRACES.sub("", author).strip()
    return BRACES.sub("", author.split(",", maxsplit=1)[0]).strip()
