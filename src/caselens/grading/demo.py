"""A whole class of simulated trainees through the real nbgrader."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from caselens.answers import ANSWERS_FILE
from caselens.answers.record import now, text
from caselens.cases import find_key, read_unit
from caselens.grading.configure import configure
from caselens.grading.results import task_of
from caselens.learners import classroom, work_unit

Item = TypeVar("Item")
Progress = Callable[[Iterable[Item], str], Iterable[Item]]
COURSE_FOLDERS = ("solutions", "exercises")


class DemoError(Exception):
    """nbgrader reported a failure; the text is its log."""


@dataclass(frozen=True)
class Marked:
    """What a marked class looks like to the instructor."""

    points: pd.DataFrame
    by_hand: list[str]
    flagged: list[str]
    feedback: Path


def lay_out(course: Path, root: Path, unit_id: str) -> None:
    """Copy one graded unit of `course` into a fresh course folder `root`."""
    for name in COURSE_FOLDERS:
        shutil.copytree(course / name / unit_id, root / name / unit_id)


def open_course(root: Path, feedback: str = "explained") -> NbGraderAPI:
    """Return nbgrader's own interface for the course folder, as formgrader has it."""
    config = Config()
    configure(config, root, feedback=feedback)
    return NbGraderAPI(config=config)


def submit_class(root: Path, unit_id: str, size: int, seed: int) -> list[str]:
    """Put the work of `size` simulated trainees into `submitted/`; return names."""
    released = root / "exercises" / unit_id
    unit = read_unit(released)
    names = []
    for trainee in classroom(size, seed):
        folder = root / "submitted" / trainee.id / unit_id
        shutil.copytree(released, folder)
        record = work_unit(unit, find_key, trainee.skill, trainee.seed)
        (folder / ANSWERS_FILE).write_text(text(record), encoding="utf-8")
        (folder / "timestamp.txt").write_text(now().replace("T", " ")[:-1] + " UTC")
        names.append(trainee.id)
    return names


def mark_class(
    api: NbGraderAPI, unit_id: str, names: list[str], progress: Progress[str]
) -> None:
    """Release, autograde and write feedback. Raises DemoError with the log."""
    marked(api.generate_assignment(unit_id))
    for name in progress(names, "Autograding"):
        marked(api.autograde(unit_id, name))
    for name in progress(names, "Writing feedback"):
        marked(api.generate_feedback(unit_id, name))


def gradebook(api: NbGraderAPI, unit_id: str) -> Marked:
    """Read back what nbgrader holds: points, who waits for a person, flags."""
    rows, by_hand, flagged = [], [], []
    with Gradebook(api.coursedir.db_url, api.coursedir.course_id) as book:
        for submission in book.assignment_submissions(unit_id):
            name, notebook = submission.student.id, submission.notebooks[0]
            grades = {task_of(grade.name): 0.0 for grade in notebook.grades}
            for grade in notebook.grades:
                grades[task_of(grade.name)] += grade.score or 0.0
            rows.append({"trainee": name, **grades, "total": submission.score})
            by_hand += [name] if submission.needs_manual_grade else []
            flagged += [name] if notebook.flagged else []
    points = pd.DataFrame(rows).set_index("trainee").sort_index().round(2)
    root = Path(api.coursedir.root)
    return Marked(
        points,
        sorted(by_hand),
        sorted(flagged),
        root / api.coursedir.feedback_directory,
    )


def run_demo(
    course: Path,
    root: Path,
    unit_id: str,
    *,
    size: int,
    seed: int,
    progress: Progress[str],
) -> Marked:
    """Take a class of `size` through one unit in the new folder `root`."""
    lay_out(course, root, unit_id)
    names = submit_class(root, unit_id, size, seed)
    with warnings.catch_warnings():
        # nbgrader's models make SQLAlchemy warn about sessions; nothing is lost.
        warnings.simplefilter("ignore", SAWarning)
        api = open_course(root)
        mark_class(api, unit_id, names, progress)
        return gradebook(api, unit_id)


def marked(result: dict[str, Any]) -> None:
    """Raise DemoError with nbgrader's own log where it reports a failure."""
    if not result["success"]:
        said = [result.get("log"), result.get("error")]
        raise DemoError("\n".join(one for one in said if one) or "nbgrader failed.")
