"""Comparing what is committed with a fresh build, byte for byte."""

from __future__ import annotations

import tempfile
from pathlib import Path

from caselens.notebooks.build import Plan, build

REPAIR = "Run caselens build and commit what it writes."
BUILT_ROOTS = ("course", "exercises", "solutions")
BUILT_ENDINGS = {".ipynb", ".json"}


def differences(one: Plan) -> list[str]:
    """Return every built file that is missing, different or too many."""
    with tempfile.TemporaryDirectory() as name:
        fresh = Path(name)
        build(one, fresh)
        made, there = _files(fresh), _files(one.root)
        found = [f"{path}: not built yet. {REPAIR}" for path in made.keys() - there]
        found += [
            f"{path}: no unit of course.toml makes this file. Remove it."
            for path in there.keys() - made
        ]
        found += [
            f"{path}: differs from a fresh build. {REPAIR}"
            for path in made.keys() & there.keys()
            if made[path].read_bytes() != there[path].read_bytes()
        ]
    return sorted(found)


def _files(root: Path) -> dict[str, Path]:
    found = {}
    for name in BUILT_ROOTS:
        for path in (root / name).rglob("*"):
            hidden = ".ipynb_checkpoints" in path.parts
            is_source = name == "course" and path.suffix not in BUILT_ENDINGS
            if path.is_file() and not hidden and not is_source:
                found[path.relative_to(root).as_posix()] = path
    return found
