"""The nbgrader course in a folder, as its nbgrader_config.py has it."""

from __future__ import annotations

import logging
from pathlib import Path

from nbgrader.apps.baseapp import NbGrader

CONFIG_FILE = "nbgrader_config.py"


class CourseError(Exception):
    """There is no course in a folder; the text says where to go."""


def open_course(folder: Path) -> NbGrader:
    """Return nbgrader's application for a course folder; `.coursedir` is its course.

    The configuration is the folder's own and the user's. Raises CourseError.
    """
    folder = folder.resolve()
    if not (folder / CONFIG_FILE).is_file():
        raise CourseError(
            f"{folder} has no {CONFIG_FILE}. Go to your course folder, or name it "
            "with --course FOLDER."
        )
    # nbgrader warns of every place that has no configuration but this one.
    app = NbGrader(log_level=logging.ERROR)
    app.load_cwd_config = False
    app.initialize([], root=str(folder))
    app.log_level = logging.WARNING
    return app
