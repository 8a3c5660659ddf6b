"""Adding a unit: its text, its place in course.toml, its module's design."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from caselens.cases.course import Course
from caselens.cases.skeleton import SkeletonError, fill, write_new
from caselens.cases.unit import UNIT_ID

REGISTRY = "course.toml"
MODULE_ID = r"m[0-9]{2}"
MODULE_LINE = re.compile(r"^\[\[\s*modules\s*\]\]", re.MULTILINE)
NUMBERED = re.compile(r"(m[0-9]{2}_[a-z]+)([0-9]{2})(.*)")


def write_unit(
    course: Path, unit_id: str, module: str, kind: str, shipped: Path | None = None
) -> list[Path]:
    """Write a unit's skeleton and its block in the registry; return the files.

    The rest of the registry stays as it is, byte for byte; a module that is not there
    is added at the end, and gets a design.md where it has none. `shipped` is the
    course that a private bank adds to. Raises SkeletonError where the id cannot be
    used or the registry cannot be added to.
    """
    registry = course / REGISTRY
    before = _text(registry)
    taken = {path.stem for path in course.glob("m*/*.md")} | set(_units(before))
    if shipped is not None:
        taken |= set(_units(_text(shipped / REGISTRY)))
    _check_id(unit_id, module, taken)
    after = with_unit(before or fill(REGISTRY), unit_id, module, kind)
    made = [course / module / f"{unit_id}.md"]
    write_new(made[0], fill(f"{kind}.md"))
    design = course / module / "design.md"
    if not design.is_file():
        write_new(design, fill("design.md", module=module))
        made.append(design)
    registry.write_bytes(after.encode())
    return [*made, registry]


def with_unit(text: str, unit_id: str, module: str, kind: str) -> str:
    """Return the registry with a block for the unit, last in its module."""
    block = fill("unit.toml", id=unit_id, kind=kind)
    known = [one.get("id") for one in _modules(text)]
    if module in known:
        place = _end_of_module(text, known.index(module))
    else:
        block = fill("module.toml", module=module) + block
        place = len(text)
    if place == len(text) and text and not text.endswith("\n"):
        block = f"\n{block}"
    if "\r\n" in text:
        block = block.replace("\n", "\r\n")
    after = text[:place] + block + text[place:]
    _check_added(text, after, unit_id)
    return after


def _end_of_module(text: str, index: int) -> int:
    """Return where a module's last block ends, before what belongs to the next."""
    starts = [found.start() for found in MODULE_LINE.finditer(text)]
    if index + 1 >= len(starts):
        return len(text)
    lines = text[: starts[index + 1]].splitlines(keepends=True)
    while lines and lines[-1].lstrip().startswith("#"):
        lines.pop()
    while lines and not lines[-1].strip():
        lines.pop()
    return len("".join(lines))


def _check_added(before: str, after: str, unit_id: str) -> None:
    """Raise SkeletonError unless the unit was added and nothing else changed."""
    repair = f"Add the unit {unit_id} by hand; nothing was written."
    try:
        data = tomllib.loads(after)
        Course.model_validate(data)
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise SkeletonError(f"{REGISTRY} cannot be read ({error}). {repair}") from None
    for module in data["modules"]:
        module["units"] = [one for one in module["units"] if one["id"] != unit_id]
    kept = [one for one in data["modules"] if one["units"]]
    if kept != _modules(before) or unit_id not in _units(after):
        raise SkeletonError(f"{REGISTRY} has another form than usual. {repair}")


def _text(registry: Path) -> str:
    # Line ends stay as they are.
    return registry.read_bytes().decode("utf-8") if registry.is_file() else ""


def _modules(text: str) -> list[dict[str, Any]]:
    try:
        found = tomllib.loads(text).get("modules", [])
    except tomllib.TOMLDecodeError as error:
        raise SkeletonError(
            f"{REGISTRY} is not valid TOML: {error}. Mend it, and try again."
        ) from None
    return [one for one in found if isinstance(one, dict)]


def _units(text: str) -> Iterator[str]:
    for module in _modules(text):
        for unit in module.get("units", []):
            yield str(unit.get("id"))


def _check_id(unit_id: str, module: str, taken: set[str]) -> None:
    if not re.fullmatch(MODULE_ID, module):
        raise SkeletonError(f"{module!r} is no module. Use m and two figures, as m04.")
    if not re.fullmatch(UNIT_ID, unit_id) or not unit_id.startswith(f"{module}_"):
        raise SkeletonError(
            f"{unit_id!r} is no id of a unit of {module}. Use small letters, figures "
            f"and _, 40 at most, as {module}_u01_short_name."
        )
    if unit_id in taken:
        raise SkeletonError(
            f"The id {unit_id} is taken, and nothing was written. "
            f"The next free one is {free_unit(unit_id, taken)}."
        )


def free_unit(unit_id: str, taken: set[str]) -> str:
    """Return the id with the next number that no unit of its module and kind has."""
    found = NUMBERED.fullmatch(unit_id)
    if found is None:
        return f"{unit_id[:38]}_2"
    begins, number, name = found[1], int(found[2]), found[3]
    while any(one.startswith(f"{begins}{number:02}") for one in taken):
        number += 1
    return f"{begins}{number:02}{name}"
