"""The nbgrader configuration of a course: what `nbgrader_config.py` calls."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from nbgrader.preprocessors import (
    AssignLatePenalties,
    Execute,
    SaveAutoGrades,
)
from traitlets.config import Config

from caselens.grading.archive import ArchiveRelease
from caselens.grading.collect import CollectAnswers
from caselens.grading.feedback import FeedbackExporter
from caselens.grading.feedback_release import ReleaseFeedback
from caselens.grading.guard import GuardedExporter
from caselens.grading.rebuild import RebuildSubmission, SaveMarks
from caselens.grading.watch import watch_marks
from caselens.grading.zipcollect import AnswersCollector, AnswersExtractor
from caselens.notebooks.release import RELEASE_PREPROCESSORS

# Both read the answers and neither reads the page: see caselens.grading.graded.
SANITIZE = [RebuildSubmission]
AUTOGRADE = [SaveMarks]


def configure(
    config: Config,
    root: str | Path,
    *,
    course_id: str = "caselens",
    feedback: str = "points",
    explained_after: str | Mapping[str, str] = "",
) -> None:
    """Set up nbgrader for the course in `root`.

    `feedback` is what feedback shows of the key: "points" nothing, "verdicts" how
    each choice was judged, "explained" reasons and model answers too. From the date
    in `explained_after`, by unit or for all of them, it is explained.
    """
    find_alembic()
    config.CourseDirectory.course_id = course_id
    config.CourseDirectory.root = str(Path(root).resolve())
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "exercises"
    config.GenerateAssignment.preprocessors = [*RELEASE_PREPROCESSORS, ArchiveRelease]
    config.Autograde.exporter_class = GuardedExporter
    config.Autograde.sanitize_preprocessors = list(SANITIZE)
    config.Autograde.autograde_preprocessors = list(AUTOGRADE)
    # The exporter reads the gradebook by itself.
    config.GenerateFeedback.preprocessors = []
    config.GenerateFeedback.exporter_class = FeedbackExporter
    config.FeedbackExporter.policy = feedback
    config.FeedbackExporter.explained_after = (
        explained_after if isinstance(explained_after, str) else dict(explained_after)
    )
    config.ExchangeFactory.collect = CollectAnswers
    config.ExchangeFactory.release_feedback = ReleaseFeedback
    config.ZipCollectApp.extractor_plugin = AnswersExtractor
    config.ZipCollectApp.collector_plugin = AnswersCollector
    watch_marks(config.CourseDirectory.root)


def find_alembic() -> None:
    """Let nbgrader find the alembic beside this Python, activated or not."""
    if shutil.which("alembic") is None:
        beside = str(Path(sys.executable).parent)
        os.environ["PATH"] = os.pathsep.join([beside, os.environ.get("PATH", "")])


def executing(config: Config) -> None:
    """Put nbgrader's own execution and saving in the place of ours, to compare."""
    config.Autograde.autograde_preprocessors = [
        Execute,
        SaveAutoGrades,
        AssignLatePenalties,
    ]
