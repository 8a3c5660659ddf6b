"""A class of honest trainees that hostile ones join, marked by real commands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from caselens.answers import ANSWERS_FILE, mark
from caselens.answers.record import text
from caselens.cases import find_key, read_unit
from caselens.cases.places import clone_root
from caselens.grading.demo import lay_out, open_course
from caselens.learners import work_unit
from tests.hostile.scene import SECRET, Hostile, Scene

UNIT = "m04_u03_graded_case"
SKILLS = {"ada": 1.0, "ben": 0.6, "cleo": 0.2}
SECONDS, MEGABYTES = 150, 900
Rows = dict[str, tuple[Any, ...]]


@dataclass
class Done:
    """A command that ended: what it said, and the most memory that it held."""

    code: int
    said: str
    megabytes: float


def run(command: list[str], folder: Path, seconds: float = SECONDS) -> Done:
    """Run a command to its end; one that does not end is killed and named."""
    log = folder.parent / f"{time.monotonic_ns()}.log"
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    env = os.environ | {"HOME": str(home), "JUPYTER_DATA_DIR": str(home / "data")}
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=folder, stdout=out, stderr=subprocess.STDOUT, env=env
        )
        deadline, peak = time.monotonic() + seconds, 0.0
        while True:
            peak = max(peak, held(process.pid))
            found, status = os.waitpid(process.pid, os.WNOHANG)
            if found:
                break
            if time.monotonic() > deadline:
                process.kill()
                process.wait()
                said = log.read_text("utf-8", "replace")
                raise AssertionError(f"{command} did not end: {said[-2000:]}")
            time.sleep(0.05)
        process.returncode = os.waitstatus_to_exitcode(status)
    said = log.read_text("utf-8", "replace")
    assert peak > 0, "The memory of the command was never seen."
    return Done(process.returncode, said, peak)


def held(process: int) -> float:
    """Return the most megabytes that a process has held, 0 where it cannot be told.

    What wait4 tells counts the memory of the tests themselves, from before exec.
    """
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    peak = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(peak[1]) / 1024 if peak else 0.0


class Classroom:
    """A course folder with one unit; honest trainees are marked in it already."""

    def __init__(self, home: Path) -> None:
        self.home, self.root = home, home / "course"
        lay_out(clone_root(), self.root, UNIT)
        shutil.copy(clone_root() / "nbgrader_config.py", self.root)
        self.secret = self.root / "secret.txt"
        self.secret.write_text(SECRET)
        self.released = self.root / "exercises" / UNIT
        self.unit = read_unit(self.released)
        self.api = open_course(self.root, "points")
        self._nbgrader(self.api.generate_assignment(UNIT))
        for name, skill in SKILLS.items():
            self._submit_honest(name, skill)
            self._nbgrader(self.api.autograde(UNIT, name))
        self._mark_by_hand()
        for name in SKILLS:
            self._nbgrader(self.api.autograde(UNIT, name))

    def _nbgrader(self, result: dict[str, Any]) -> None:
        assert result["success"], result

    def folder(self, trainee: str, kind: str = "submitted") -> Path:
        return self.root / kind / trainee / UNIT

    def _submit_honest(self, name: str, skill: float) -> None:
        shutil.copytree(self.released, self.folder(name))
        answers = text(work_unit(self.unit, find_key, skill, 11))
        (self.folder(name) / ANSWERS_FILE).write_text(answers, "utf-8")
        (self.folder(name) / "timestamp.txt").write_text("2026-11-24 10:00:00 UTC")

    def _mark_by_hand(self) -> None:
        with self.book() as book:
            for name in SKILLS:
                found = book.find_submission_notebook(UNIT, UNIT, name)
                for number, grade in enumerate(found.grades):
                    if grade.needs_manual_grade:
                        grade.manual_score = number % 3
                        grade.needs_manual_grade = False
                for number, comment in enumerate(found.comments):
                    comment.manual_comment = f"comment {number}"
            book.db.commit()

    def join(self, hostile: Iterable[Hostile]) -> list[str]:
        """Let hostile trainees submit; return those that this machine cannot make."""
        left_out = []
        for one in hostile:
            try:
                one.write(self.scene(one.name).lay_out())
            except PermissionError:
                shutil.rmtree(self.folder(one.name).parent)
                left_out.append(one.name)
        return left_out

    def scene(self, name: str) -> Scene:
        folder = self.folder(name)
        canary = self.home / f"canary-{name}"
        return Scene(folder, self.released, self.unit, canary, self.secret)

    def canaries(self) -> list[str]:
        return sorted(path.name for path in self.home.glob("canary-*"))

    def book(self) -> Any:
        from nbgrader.api import Gradebook

        return Gradebook(self.api.coursedir.db_url, self.api.coursedir.course_id)

    def rows(self, trainee: str) -> Rows:
        """Return everything that the gradebook holds of a trainee's work, by cell."""
        with self.book() as book:
            found = book.find_submission_notebook(UNIT, UNIT, trainee)
            rows: Rows = {
                one.name: (one.auto_score, one.manual_score, one.needs_manual_grade)
                for one in found.grades
            }
            for one in found.comments:
                rows[f"{one.name}/comment"] = (one.auto_comment, one.manual_comment)
            rows["flagged"] = (found.flagged, found.assignment.timestamp)
            return rows

    def automatic(self, trainee: str) -> dict[str, float]:
        """Return the points by machine, by task; none where there is no row."""
        from nbgrader.api import MissingEntry

        try:
            rows = self.rows(trainee)
        except MissingEntry:
            return {}
        return {name: rows[name][0] or 0.0 for name in self.best if name in rows}

    @cached_property
    def best(self) -> dict[str, float]:
        """Return what the sheet that every hostile trainee began with earns."""
        record = work_unit(self.unit, find_key, 1.0, 11)
        values = {task: record.value(task) for task in self.unit.points}
        found = mark(self.unit, values)
        return {name: one.points for name, one in found.items() if not one.by_hand}

    def due(self, one: Hostile) -> dict[str, float]:
        """Return what a hostile trainee's answers deserve, by task."""
        gone = tuple(self.unit.points) if one.lost is None else one.lost
        best = self.best
        return {name: 0.0 if name in gone else best[name] for name in best}

    def copies(self, trainee: str) -> str:
        """Return everything that was made from a submission, as one text."""
        made = [
            path.read_bytes().decode("utf-8", "replace")
            for kind in ("autograded", "feedback")
            for path in sorted(self.folder(trainee, kind).rglob("*"))
            if path.is_file() and path.name not in ("unit.json", ANSWERS_FILE)
        ]
        return "\n".join(made)

    def graded(self, trainee: str) -> str:
        path = self.folder(trainee, "autograded") / f"{UNIT}.ipynb"
        return path.read_text("utf-8") if path.is_file() else ""

    def command(self, *words: str, seconds: float = SECONDS) -> Done:
        command = [sys.executable, *words]
        return run(command, self.root, seconds)
