"""The archive: what was released, kept with the keys that it is marked by."""

from __future__ import annotations

import hashlib
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from caselens.cases import Key, Unit, find_key, read_unit
from caselens.cases.unit import UNIT_FILE
from caselens.grading.rebuild import Resources

ARCHIVE = "archive"
DIGITS = 16


class ArchiveRelease(NbGraderPreprocessor):  # type: ignore[misc]
    """Last in a release: keep the unit and its keys under their digest."""

    def preprocess(
        self, nb: NotebookNode, resources: Resources
    ) -> tuple[NotebookNode, Resources]:
        """Return the page unchanged. Raises KeyMissingError, UnitError."""
        course = self.parent.parent.coursedir
        name = resources["nbgrader"]["assignment"]
        root = Path(course.root)
        source = root / course.format_path(course.source_directory, ".", name)
        archive_unit(source, root / ARCHIVE / name)
        return nb, resources


def archive_unit(source: Path, archive: Path) -> Path:
    """Keep a unit's public half and keys in `archive`; return the folder.

    The folder is named by the unit's digest, so the same version is kept once.
    """
    raw = (source / UNIT_FILE).read_bytes()
    folder = archive / hashlib.sha256(raw).hexdigest()[:DIGITS]
    keys = folder / "keys"
    keys.mkdir(parents=True, exist_ok=True)
    (folder / UNIT_FILE).write_bytes(raw)
    for case in read_unit(source).cases:
        text = find_key(case.id).model_dump_json(indent=1)
        (keys / f"{case.id}.json").write_text(text + "\n", encoding="utf-8")
    return folder


def read_archived(folder: Path) -> tuple[Unit, dict[str, Key]]:
    """Return a released unit and its keys, by case id, as they were."""
    unit = read_unit(folder)
    keys = {
        path.stem: Key.model_validate_json(path.read_bytes())
        for path in sorted((folder / "keys").glob("*.json"))
    }
    return unit, keys
