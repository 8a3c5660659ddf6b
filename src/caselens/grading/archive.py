"""The archive: what was released, kept with the keys that it is marked by."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from caselens.cases import Key, Unit, find_key, read_unit
from caselens.cases.case import digest
from caselens.cases.unit import UNIT_FILE

Resources = dict[str, Any]
ARCHIVE = "archive"
RELEASES = "releases.txt"
PAGE_FILE = "page.ipynb"
DIGITS = 16


class StaleBuildError(Exception):
    """A key was changed after the unit was built; the text says what to run."""


class ArchiveRelease(NbGraderPreprocessor):  # type: ignore[misc]
    """Last in a release: keep the unit, its page and its keys under their digest."""

    def preprocess(
        self, nb: NotebookNode, resources: Resources
    ) -> tuple[NotebookNode, Resources]:
        """Return the page unchanged. Raises KeyMissingError, UnitError."""
        course = self.parent.parent.coursedir
        name = resources["nbgrader"]["assignment"]
        root = Path(course.root)
        source = root / course.format_path(course.source_directory, ".", name)
        archive_unit(source, root / ARCHIVE / name, nbformat.writes(nb))
        return nb, resources


def archive_unit(source: Path, archive: Path, page: str) -> Path:
    """Keep a unit's public half, page and keys in `archive`; return the folder.

    The folder is named by the unit's digest, so the same version is kept once, and
    releases.txt names the versions in the order of their release. Raises
    StaleBuildError where a key is not the one that the unit was built with.
    """
    raw = (source / UNIT_FILE).read_bytes()
    unit = read_unit(source)
    keys = {case.id: _key(unit, case.id) for case in unit.cases}
    folder = archive / version_name(raw)
    (folder / "keys").mkdir(parents=True, exist_ok=True)
    (folder / UNIT_FILE).write_bytes(raw)
    (folder / PAGE_FILE).write_text(page + "\n", encoding="utf-8")
    for case_id, key in keys.items():
        text = key.model_dump_json(indent=1)
        (folder / "keys" / f"{case_id}.json").write_text(text + "\n", encoding="utf-8")
    _enter(archive / RELEASES, folder.name)
    return folder


def version_name(raw: bytes) -> str:
    """Return the name of a version: the digest of the bytes of its unit.json."""
    return hashlib.sha256(raw).hexdigest()[:DIGITS]


def read_archived(folder: Path) -> tuple[Unit, dict[str, Key]]:
    """Return a released unit and its keys, by case id, as they were."""
    unit = read_unit(folder)
    keys = {
        path.stem: Key.model_validate_json(path.read_bytes())
        for path in sorted((folder / "keys").glob("*.json"))
    }
    return unit, keys


def releases(archive: Path) -> list[str]:
    """Return the names of the archived versions, the latest release first."""
    entered = archive / RELEASES
    names = entered.read_text("utf-8").split() if entered.is_file() else []
    kept = {folder.parent.name for folder in archive.glob(f"*/{UNIT_FILE}")}
    latest_first = dict.fromkeys([*reversed(names), *sorted(kept)])
    return [name for name in latest_first if name in kept]


def _enter(entered: Path, name: str) -> None:
    names = entered.read_text("utf-8").split() if entered.is_file() else []
    if names[-1:] != [name]:
        entered.write_text("\n".join([*names, name]) + "\n", encoding="utf-8")


def _key(unit: Unit, case_id: str) -> Key:
    key = find_key(case_id)
    built = unit.digests[case_id].key if case_id in unit.digests else None
    if built is not None and built != digest(key):
        raise StaleBuildError(
            f"The key of {case_id} is not the one that {unit.id} was built with. "
            "Run `caselens build` and release the unit again."
        )
    return key
