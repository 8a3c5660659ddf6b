"""The page's script: its modules joined, since a widget loads one file only."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"
ORDER = "modules.txt"
STYLES = "styles.txt"
LOCAL_IMPORT = re.compile(r'^import .* from "\./.*";$')
NAMED_EXPORT = re.compile(r"^export (?=(async )?(function|const|let|class)\b)")


@cache
def script() -> str:
    """Return every module of the page as one, in the order of modules.txt."""
    names = (STATIC / ORDER).read_text(encoding="utf-8").split()
    return "\n".join(_module(STATIC / name) for name in names)


@cache
def style() -> str:
    """Return the page's style sheets as one, in the order of styles.txt."""
    names = (STATIC / STYLES).read_text(encoding="utf-8").split()
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names)


@cache
def drill_style() -> str:
    """Return the style sheet of a lesson's drills."""
    return (STATIC / "drill.css").read_text(encoding="utf-8")


def _module(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [NAMED_EXPORT.sub("", one) for one in lines if not LOCAL_IMPORT.match(one)]
    return "\n".join(kept)
