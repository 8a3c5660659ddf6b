"""From `solutions/` to `exercises/`: nbgrader's release, without model answers."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.apps.baseapp import NbGrader
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    ComputeChecksums,
    LockCells,
    NbGraderPreprocessor,
    SaveCells,
)
from traitlets.config import Config

from caselens.notebooks.pages import MODEL_TAG

Resources = dict[str, Any]


class RemoveModelAnswers(NbGraderPreprocessor):  # type: ignore[misc]
    """Drop every cell that holds a model answer, before anything is stored."""

    def preprocess(
        self, nb: NotebookNode, resources: Resources
    ) -> tuple[NotebookNode, Resources]:
        """Return the page without the cells tagged as model answers."""
        nb.cells = [
            cell for cell in nb.cells if MODEL_TAG not in cell.metadata.get("tags", [])
        ]
        return nb, resources


# nbgrader's own list without ClearSolutions, which would overwrite the cells that
# a person marks, and without what only serves code. ComputeChecksums comes last
# again so that an untouched cell is known as such.
RELEASE_PREPROCESSORS = [
    RemoveModelAnswers,
    LockCells,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
    SaveCells,
    CheckCellMetadata,
]


def release(root: Path, unit_id: str) -> None:
    """Make `root`/exercises/<unit> from `root`/solutions/<unit>; no gradebook."""
    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "exercises"
    config.CourseDirectory.assignment_id = unit_id
    config.GenerateAssignment.force = True
    config.GenerateAssignment.no_database = True
    config.GenerateAssignment.preprocessors = [
        one for one in RELEASE_PREPROCESSORS if one is not SaveCells
    ]
    app = NbGrader(config=config, log_level=logging.ERROR)
    folder = CourseDirectory(parent=app, config=config)
    GenerateAssignment(coursedir=folder, parent=app, config=config).start()
