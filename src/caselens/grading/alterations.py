"""How a submitted page differs from the one that was released."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from caselens.grading.files import Files

NOT_USED = "It was not used: marks come from the answers."
NAMED = 8  # so many alterations are named, and the rest counted


@dataclass
class Outline:
    """The sources of a page's cells that carry a grade id, by that id."""

    sources: dict[str, list[str]] = field(default_factory=dict)
    other_code: int = 0


def outline(page: Any) -> Outline:
    """Return the outline of a page as JSON data. Raises ValueError."""
    cells = page.get("cells") if isinstance(page, dict) else None
    if not isinstance(cells, list):
        raise ValueError("no cells")
    seen = Outline()
    for cell in cells:
        if not isinstance(cell, dict):
            raise ValueError("a cell is not an object")
        name = _grade_id(cell)
        if name is not None:
            seen.sources.setdefault(name, []).append(_source(cell))
        elif cell.get("cell_type") == "code":
            seen.other_code += 1
    return seen


def alterations(released: Outline, files: Files) -> list[str]:
    """Say how a submitted page differs from the released one, in one sentence.

    The submitted page is read as JSON only, bounded, and never executed.
    """
    raw = files.found.get(files.page)
    try:
        if raw is None:
            raise ValueError(files.faults.get(files.page, "there is none"))
        theirs = outline(json.loads(raw))
    except (ValueError, RecursionError):
        return [f"The submitted page is not a readable notebook. {NOT_USED}"]
    found = list(_differences(released, theirs))
    if not found:
        return []
    more = f"; and {len(found) - NAMED} more" if len(found) > NAMED else ""
    named = "; ".join(found[:NAMED]) + more
    return [f"The submitted page was changed ({named}). {NOT_USED}"]


def _differences(ours: Outline, theirs: Outline) -> list[str]:
    found = []
    for name, sources in ours.sources.items():
        given = theirs.sources.get(name, [])
        if not given:
            found.append(f"{name} was deleted")
        elif len(given) > 1:
            found.append(f"{name} stands {len(given)} times")
        elif given != sources:
            found.append(f"{name} was edited")
    if theirs.other_code > ours.other_code:
        found.append("other code was added")
    return found


def _grade_id(cell: Mapping[str, Any]) -> str | None:
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return name if isinstance(name, str) else None


def _source(cell: Mapping[str, Any]) -> str:
    source = cell.get("source")
    if isinstance(source, list):
        return "".join(one for one in source if isinstance(one, str))
    return source if isinstance(source, str) else ""
