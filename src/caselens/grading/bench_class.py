"""A course folder with a made-up class in it, as every benchmark of marking needs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config

from caselens.answers import (
    ANSWERS_FILE,
    Record,
    checksum,
    parse_submitted,
    setting,
)
from caselens.answers.record import text
from caselens.cases import Unit, find_key, read_unit
from caselens.grading.configure import configure, find_alembic
from caselens.grading.demo import lay_out, marked
from caselens.grading.files import TIMESTAMP_FILE
from caselens.grading.gradebook import open_gradebook
from caselens.grading.written import written_cells
from caselens.learners import Trainee, classroom, work_unit
from caselens.notebooks.release import RELEASE_PREPROCESSORS
from caselens.tasks import kind_of

SEED = 7
DUE = datetime(2030, 2, 1, 12)
EVERY = 10
LATE, SILENT = 0, 1
GRADEBOOK = "gradebook.db"
FRESH = "gradebook.fresh.db"
BLOCK = 4096
# A graded copy is larger than what was submitted, and the gradebook comes to it.
GRADED_TIMES = 2
Through = Callable[[Iterable[Trainee]], Iterable[Trainee]]


class NoRoomError(Exception):
    """The class does not fit on the disk; the text says what is needed."""


@dataclass(frozen=True)
class Desk:
    """A course folder with one unit, released and handed in by a whole class."""

    root: Path
    unit_id: str
    names: tuple[str, ...]

    def fresh(self) -> None:
        """Forget every mark: the gradebook is again as it was before the first."""
        shutil.rmtree(self.root / "autograded", ignore_errors=True)
        shutil.copyfile(self.root / FRESH, self.root / GRADEBOOK)

    def copy(self, root: Path) -> Desk:
        """Return the same class in a folder of its own."""
        shutil.copytree(self.root, root)
        return Desk(root, self.unit_id, self.names)

    def folder(self, step: str, name: str) -> Path:
        """Return a trainee's folder of a step: submitted, autograded, feedback."""
        return self.root / step / name / self.unit_id


def ours(root: Path) -> NbGraderAPI:
    """Return nbgrader with this course's steps, and a penalty for late work."""
    config = Config()
    configure(config, root, feedback="explained")
    config.LateSubmissionPlugin.penalty_method = "zero"
    return NbGraderAPI(config=config)


def stock(root: Path) -> NbGraderAPI:
    """Return nbgrader with its own steps, and a penalty for late work."""
    find_alembic()
    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.course_id = "caselens"
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "exercises"
    config.GenerateAssignment.preprocessors = list(RELEASE_PREPROCESSORS)
    config.LateSubmissionPlugin.penalty_method = "zero"
    return NbGraderAPI(config=config)


def make_desk(
    course: Path, root: Path, unit_id: str, size: int, through: Through = iter
) -> Desk:
    """Release a unit in the new folder `root` and let `size` trainees hand it in.

    Everybody's work is invented by itself, so no two sheets are alike but by
    chance; every tenth is late, and every tenth writes nothing. Raises NoRoomError
    before anything is written.
    """
    check_room(root.parent, course / "exercises" / unit_id, size)
    lay_out(course, root, unit_id)
    api = ours(root)
    marked(api.generate_assignment(unit_id))
    with open_gradebook(api.coursedir):
        pass  # this course's own tables are made
    with Gradebook(api.coursedir.db_url, api.coursedir.course_id) as book:
        book.update_or_create_assignment(unit_id, duedate=DUE)
    shutil.copyfile(root / GRADEBOOK, root / FRESH)
    unit = read_unit(root / "exercises" / unit_id)
    trainees = classroom(size, SEED)
    for number, one in enumerate(through(trainees)):
        _hand_in(root, unit, one, number % EVERY)
    return Desk(root, unit_id, tuple(sorted(one.id for one in trainees)))


def check_room(folder: Path, released: Path, size: int) -> None:
    """Raise NoRoomError where a class, marked, would not fit beside `folder`."""
    blocks = sum(1 + one.stat().st_size // BLOCK for one in released.iterdir())
    each = (blocks + 4) * BLOCK * (1 + GRADED_TIMES)
    needed, free = size * each, shutil.disk_usage(folder).free
    if needed > free:
        raise NoRoomError(
            f"{size:,} submissions need about {needed / 1e9:.1f} GB below {folder}, "
            f"and {free / 1e9:.1f} GB are free. Set TMPDIR to a larger disk, or "
            "take fewer."
        )


def write_on_pages(desk: Desk) -> None:
    """Put the writing into the submitted pages, which is where stock looks for it."""
    unit = read_unit(desk.root / "exercises" / desk.unit_id)
    for name in desk.names:
        folder = desk.folder("submitted", name)
        raw = (folder / ANSWERS_FILE).read_bytes()
        record, _ = parse_submitted(raw, desk.unit_id)
        cells = written_cells(unit, record)
        path = folder / f"{desk.unit_id}.ipynb"
        page = nbformat.read(path, as_version=4)
        for cell in page.cells:
            named = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = cells.get(named, cell.source)
        nbformat.write(page, path)


def _hand_in(root: Path, unit: Unit, trainee: Trainee, turn: int) -> None:
    folder = root / "submitted" / trainee.id / unit.id
    shutil.copytree(root / "exercises" / unit.id, folder)
    record = work_unit(unit, find_key, trainee.skill, trainee.seed)
    if turn == SILENT:
        _silence(unit, record)
    (folder / ANSWERS_FILE).write_text(text(record), encoding="utf-8")
    at = DUE + timedelta(days=1 if turn == LATE else -1)
    (folder / TIMESTAMP_FILE).write_text(f"{at:%Y-%m-%d %H:%M:%S} UTC")


def _silence(unit: Unit, record: Record) -> None:
    """Leave blank what a person would mark."""
    for task_id, answer in record.tasks.items():
        if kind_of(setting(unit, task_id)).by_hand:
            answer.value = {"text": ""}
    if record.receipt is not None:
        record.receipt["digest"] = checksum(record)
