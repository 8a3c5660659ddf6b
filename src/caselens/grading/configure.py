"""The nbgrader configuration of a course: what `nbgrader_config.py` calls."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from nbgrader.preprocessors import (
    AssignLatePenalties,
    Execute,
    GetGrades,
    OverwriteCells,
    SaveAutoGrades,
)
from traitlets.config import Config

from caselens.grading.archive import ArchiveRelease
from caselens.grading.collect import CollectAnswers
from caselens.grading.feedback import FeedbackExporter
from caselens.grading.rebuild import RebuildSubmission, SubmissionExporter
from caselens.grading.score import FlagSubmission, ScoreAnswers
from caselens.notebooks.release import RELEASE_PREPROCESSORS

# The page is our own, and its metadata were checked when it was released.
SANITIZE = [RebuildSubmission, OverwriteCells]
AUTOGRADE = [
    ScoreAnswers,
    SaveAutoGrades,
    AssignLatePenalties,
    FlagSubmission,
]


def configure(
    config: Config,
    root: str | Path,
    *,
    course_id: str = "caselens",
    feedback: str = "points",
) -> None:
    """Set up nbgrader for the course in `root`.

    `feedback` is the release policy: "points" shows marks and comments only,
    "explained" the reasons and model answers too.
    """
    find_alembic()
    config.CourseDirectory.course_id = course_id
    config.CourseDirectory.root = str(Path(root).resolve())
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "exercises"
    config.GenerateAssignment.preprocessors = [*RELEASE_PREPROCESSORS, ArchiveRelease]
    config.Autograde.exporter_class = SubmissionExporter
    config.Autograde.sanitize_preprocessors = list(SANITIZE)
    config.Autograde.autograde_preprocessors = list(AUTOGRADE)
    config.GenerateFeedback.preprocessors = [GetGrades]
    config.GenerateFeedback.exporter_class = FeedbackExporter
    config.FeedbackExporter.policy = feedback
    config.ExchangeFactory.collect = CollectAnswers


def find_alembic() -> None:
    """Let nbgrader find the alembic beside this Python, activated or not."""
    if shutil.which("alembic") is None:
        beside = str(Path(sys.executable).parent)
        os.environ["PATH"] = os.pathsep.join([beside, os.environ.get("PATH", "")])


def executing(config: Config) -> None:
    """Put nbgrader's Execute back in the place of ScoreAnswers, to compare."""
    config.Autograde.autograde_preprocessors = [
        Execute if one is ScoreAnswers else one for one in AUTOGRADE
    ]
