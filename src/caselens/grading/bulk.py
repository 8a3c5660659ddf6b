"""Marking every submission of a unit at once, in nbgrader's own gradebook."""

from __future__ import annotations

import glob
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from sqlalchemy import select
from sqlalchemy.orm import Session
from traitlets.config import Configurable

from caselens.answers import ANSWERS_FILE
from caselens.cases import KeyMissingError
from caselens.cases.unit import UNIT_FILE
from caselens.grading.arrival import MAX_NAME, is_safe
from caselens.grading.copy import write_copy
from caselens.grading.files import SECRET_FILE, TIMESTAMP_FILE, Files, read_files
from caselens.grading.gradebook import open_gradebook, penalty_of
from caselens.grading.locks import one_run, one_writer
from caselens.grading.plan import Plan
from caselens.grading.quarantine import set_aside
from caselens.grading.rows import Reasons, Row, Writer
from caselens.grading.spread import spread, workers
from caselens.grading.tables import Marking

BATCH = 200
Tick = Callable[[int], object]


@dataclass(frozen=True)
class Outcome:
    """What became of one submission: a row, or why there is none."""

    trainee: str
    row: Row | None = None
    refused: tuple[str, ...] = ()
    failed: str | None = None


@dataclass
class Summary:
    """What a run did, and what needs a person."""

    marked: list[str] = field(default_factory=list)
    unchanged: int = 0
    refused: dict[str, tuple[str, ...]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    waiting: int = 0

    @property
    def seen(self) -> int:
        """How many submissions were looked at."""
        rest = self.unchanged + len(self.refused) + len(self.failed)
        return len(self.marked) + rest

    def count(self, outcome: Outcome) -> None:
        """Enter what became of one submission."""
        if outcome.failed is not None:
            self.failed[outcome.trainee] = outcome.failed
        elif outcome.refused:
            self.refused[outcome.trainee] = outcome.refused
        elif outcome.row is None:
            self.unchanged += 1
        else:
            self.marked.append(outcome.trainee)
            if outcome.row.graded.flagged:
                self.notes[outcome.trainee] = outcome.row.graded.notes


def autograde(
    course: CourseDirectory,
    unit_id: str,
    *,
    parent: Configurable,
    only: Sequence[str] = (),
    again: bool = False,
    jobs: int = 1,
    scheduler: str | None = None,
    tick: Tick = lambda _: None,
    reasons: Reasons | None = None,
) -> Summary:
    """Mark what was collected of a unit and has changed since it was marked.

    `only` names trainees; `again` marks unchanged work too, and `reasons` say in
    the log why a mark changed. What is done is committed every BATCH submissions,
    so that an interrupted run goes on where it was. Raises MissingEntry,
    KeyMissingError, UnitError, AtWorkError, SchedulerError.
    """
    summary = Summary()
    with (
        one_run(Path(course.root)),
        open_gradebook(course) as book,
        one_writer(book.engine),
    ):
        writer = Writer(book.db, unit_id, penalty_of(parent), reasons)
        plan = Plan.of(course, book.db, unit_id)
        grader = plan.grader()
        grader.grader(grader.shelf.now)
        names = iter(only or find_trainees(course, unit_id))
        with workers(jobs, scheduler):
            while batch := list(islice(names, BATCH)):
                known = {} if again else _known(book.db, unit_id, batch)
                rows = []
                todo = [(name, known.get(name)) for name in batch]
                for outcome in spread(partial(mark_one, plan), todo):
                    summary.count(outcome)
                    rows += [outcome.row] if outcome.row is not None else []
                    tick(1)
                writer.write(sorted(rows, key=lambda row: row.trainee))
        summary.waiting = writer.waiting()
    return summary


def mark_one(plan: Plan, todo: tuple[str, str | None]) -> Outcome:
    """Mark one submission and write its graded copy; its row is still to be written.

    `todo` is a trainee and the content that was marked before. Raises
    KeyMissingError, because without keys nobody is marked; whatever else happens to
    one submission is told, and the rest of the class is marked.
    """
    trainee, known = todo
    unfit = unfit_name(trainee)
    if unfit:
        return Outcome(trainee, failed=unfit)
    try:
        submitted = plan.folder(plan.submitted, trainee)
        if submitted.parent.is_symlink():
            said = "The folder is a link. Put the submission itself there."
            return Outcome(trainee, failed=said)
        reasons = set_aside(plan.root, trainee, plan.unit_id, folder=submitted)
        if reasons:
            return Outcome(trainee, refused=tuple(reasons))
        files = read_files(submitted, plan.page)
        folder = plan.folder(plan.graded, trainee)
        if known == files.content and (folder / plan.page).is_file():
            return Outcome(trainee)
        graded = plan.grader().grade(files)
        write_copy(folder, _copied(plan, files, graded.page), plan.mode)
    except KeyMissingError:
        raise
    except Exception as error:  # one submission must not stop a class
        return Outcome(trainee, failed=f"{type(error).__name__}: {error}")
    # The page is written, and need not travel back.
    graded = replace(graded, page="")
    return Outcome(trainee, Row(trainee, files.timestamp()[0], files.content, graded))


def find_trainees(course: CourseDirectory, unit_id: str) -> list[str]:
    """Return whose submissions of a unit were collected, sorted."""
    pattern = course.format_path(course.submitted_directory, "*", unit_id)
    named = course.format_path(
        course.submitted_directory, "(?P<trainee>.*)", re.escape(unit_id), escape=True
    )
    paths = glob.glob(pattern)  # noqa: PTH207 (as nbgrader itself finds them)
    found = (re.fullmatch(named, path, re.DOTALL) for path in paths)
    return sorted(one["trainee"] for one in found if one is not None)


def unfit_name(trainee: str) -> str | None:
    """Say why a folder's name cannot be a trainee's, or None."""
    if is_safe(trainee):
        return None
    return (
        f"The folder's name cannot be a trainee's: it is longer than {MAX_NAME} "
        "characters, or has signs that stand in no name. Rename it and mark again."
    )


def _copied(plan: Plan, files: Files, page: str) -> dict[str, bytes]:
    names = (ANSWERS_FILE, TIMESTAMP_FILE, SECRET_FILE)
    kept = {name: files.found[name] for name in names if name in files.found}
    return {**kept, UNIT_FILE: plan.beside(), plan.page: page.encode()}


def _known(db: Session, unit_id: str, names: list[str]) -> dict[str, str]:
    fit = [name for name in names if unfit_name(name) is None]
    lines = db.execute(
        select(Marking.trainee, Marking.content).where(
            Marking.unit == unit_id, Marking.trainee.in_(fit)
        )
    )
    return dict(iter(lines))
