"""The page's own words, so that polishing one of them breaks no test."""

from __future__ import annotations

import json
import re

from tests.browser.places import CLONE

STATIC = CLONE / "src" / "caselens" / "widgets" / "static"
ENTRY = re.compile(r'^\s*"([\w.]+)":\s*("(?:[^"\\]|\\.)*")', re.MULTILINE)
WORDS = {
    key: json.loads(text)
    for key, text in ENTRY.findall((STATIC / "strings.js").read_text("utf-8"))
}


def say(key: str, **values: object) -> str:
    """The text for a key with its {names} filled in, as strings.js does it."""
    one = f"{key}.one"
    text = WORDS[one if values.get("count") == 1 and one in WORDS else key]
    return re.sub(r"\{(\w+)\}", lambda name: str(values[name[1]]), text)


def like(key: str) -> re.Pattern[str]:
    """A pattern for the text of a key, whatever stands for its {names}."""
    pieces = re.split(r"\{\w+\}", WORDS[key])
    return re.compile(".*".join(re.escape(piece) for piece in pieces))
