"""Writing feedback pages into nbgrader's feedback folder, a few trainees at a time."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from caselens.answers import ANSWERS_FILE, Record, mark_task, read_submitted
from caselens.cases import KeyMissingError, read_unit
from caselens.cases.unit import UNIT_FILE
from caselens.grading.feedback_marks import Marks
from caselens.grading.feedback_page import Pages
from caselens.grading.feedback_policy import Policy
from caselens.grading.feedback_task import Scorer, StaleMarksError
from caselens.grading.files import SECRET_FILE, TIMESTAMP_FILE
from caselens.grading.graded import VersionGrader
from caselens.grading.version import Shelf, Version
from caselens.tasks import Score

# What `nbgrader release_feedback` reads beside a page.
BESIDE = (TIMESTAMP_FILE, SECRET_FILE)
VERSIONS = 16
SHARED = 0o2770
State = Literal["written", "unchanged", "failed"]


@dataclass(frozen=True)
class Place:
    """Where the versions of one unit are, and what its cells are worth."""

    unit_id: str
    release: Path
    archive: Path
    maxima: tuple[tuple[str, float], ...]
    shared: bool = False
    """Whether the course folder belongs to a group, as nbgrader's `groupshared`."""


@dataclass(frozen=True)
class Item:
    """One trainee's page to be written: plain data, because it travels."""

    marks: Marks
    policy: Policy
    graded: Path
    submitted: Path
    feedback: Path


@dataclass(frozen=True)
class Outcome:
    """What became of one trainee's page."""

    trainee: str
    state: State
    waits: int = 0
    reason: str = ""


def write_items(work: tuple[Place, tuple[Item, ...]]) -> list[Outcome]:
    """Write the pages of some trainees; one that fails leaves the rest alone."""
    place, items = work
    return [_write(place, item) for item in items]


def page_of(place: Place, item: Item) -> str:
    """Return one trainee's page.

    Raises KeyMissingError, UnitError, StaleMarksError. Under `points` no key is
    opened.
    """
    stamp = (place.release / UNIT_FILE).stat().st_mtime_ns
    opened = item.policy != "points"
    pages = _pages(place, item.marks.version, opened, stamp)
    record, problem = answers_of(item)
    return pages.page(item.marks, record, problem, item.policy)


def answers_of(item: Item) -> tuple[Record | None, str | None]:
    """Return the answers that were marked, or None and why there are none.

    They stand in the graded copy: what was submitted may be newer. A link is not
    followed, and what it leads to may have been copied.
    """
    unit_id = item.graded.name
    linked = (item.submitted / ANSWERS_FILE).is_symlink()
    copied = (item.graded / ANSWERS_FILE).is_file()
    return read_submitted(
        item.graded if copied and not linked else item.submitted, unit_id
    )


@lru_cache(maxsize=VERSIONS)
def _pages(place: Place, version: str | None, opened: bool, _stamp: int) -> Pages:
    # Unit, keys and template are read once a process, and anew after a release.
    shelf = Shelf(place.release, place.archive, dict(place.maxima))
    name = version if version in shelf.archived else shelf.now
    if not opened:
        archived = name in shelf.archived
        return Pages(read_unit(place.archive / name if archived else place.release))
    found = shelf.version(name)
    return Pages(found.unit, _scorer(found), found.find)


def _scorer(version: Version) -> Scorer:
    grader = VersionGrader(version)

    def score(task_id: str, value: Any) -> Score:
        # A task that a person marks has no cell that a machine fills.
        if task_id not in grader.template.graded:
            return mark_task(version.unit, task_id, value, version.find)
        return grader.score(task_id, value)

    return score


def _write(place: Place, item: Item) -> Outcome:
    trainee, waits = item.marks.trainee, len(item.marks.waiting)
    try:
        body = page_of(place, item).encode("utf-8")
        files = {f"{place.unit_id}.html": body} | _beside(item)
        changed = [
            _put(item.feedback / name, raw, place) for name, raw in files.items()
        ]
    except KeyMissingError:
        raise
    except (StaleMarksError, OSError) as error:
        return Outcome(trainee, "failed", waits, str(error))
    except Exception as error:  # one submission must not stop a class
        return Outcome(trainee, "failed", waits, f"{type(error).__name__}: {error}")
    return Outcome(trainee, "written" if any(changed) else "unchanged", waits)


def _beside(item: Item) -> dict[str, bytes]:
    paths = {name: item.graded / name for name in BESIDE}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}


def _put(path: Path, body: bytes, place: Place) -> bool:
    """Write a file whole or not at all; return whether its bytes have changed."""
    if path.is_file() and not path.is_symlink() and path.read_bytes() == body:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".feedback-")
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(body)
        new.chmod(0o664 if place.shared else 0o644)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    if place.shared:
        _share(path.parent)
    return True


def _share(folder: Path) -> None:
    """Let the group write in the folder of a page, as nbgrader does."""
    for one in (folder, folder.parent):
        mode = one.stat().st_mode
        if mode & SHARED != SHARED:
            one.chmod((mode | SHARED) & 0o2777)
