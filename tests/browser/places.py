"""Real units in real folders, as the browser finds them on a real server."""

from __future__ import annotations

import atexit
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psutil
from playwright.sync_api import Locator

from caselens.answers import ANSWERS_FILE
from caselens.cases import Unit, read_course, read_unit
from caselens.cases.places import clone_root
from caselens.notebooks import build, plan
from caselens.opening.checks import free_port
from caselens.opening.child import Server, own_environment, patiently, running
from caselens.widgets.desk import Desk

CLONE = clone_root()
SHOWCASE = Path(__file__).parents[1] / "showcase"
LESSON = "m04_l01_two_lenses"
CHANGED = "m07_u01_one_fact_changed"
COURSE_PRACTICE, COURSE_GRADED = "m04_u01_full_case", "m04_u03_graded_case"
# Units with every task of a case, for the tests of the page (tests/showcase).
PRACTICE, GRADED = "m90_u01_every_kind", "m90_u02_graded"
# What the tests share with `caselens bench page`, named here for them.
__all__ = ["Server", "free_port", "own_environment", "patiently", "running"]


class Place:
    """One unit in a folder of its own below the work folder."""

    def __init__(self, server: Server, name: str, unit_id: str) -> None:
        self.server, self.unit_id = server, unit_id
        self.folder = server.work / name / unit_id if name else server.work / unit_id

    @property
    def notebook(self) -> Path:
        return self.folder / f"{self.unit_id}.ipynb"

    @property
    def address(self) -> str:
        inside = self.notebook.relative_to(self.server.work).as_posix()
        return self.lab(f"tree/{inside}")

    def lab(self, path: str = "") -> str:
        # A workspace of its own: JupyterLab brings back the tabs of the last one.
        room = self.folder.relative_to(self.server.work).as_posix().replace("/", "-")
        return self.server.lab(room, path)

    def lay_out(self) -> Place:
        """Copy the unit as Begin does: the page and `unit.json`, nothing else."""
        self.folder.mkdir(parents=True)
        for name in (self.notebook.name, "unit.json"):
            shutil.copyfile(released(self.unit_id) / name, self.folder / name)
        return self

    @cached_property
    def unit(self) -> Unit:
        return read_unit(self.folder)

    @cached_property
    def view(self) -> dict[str, Any]:
        """The unit as its page draws it, tasks by id."""
        with self._elsewhere() as desk:
            page = desk.page()
        return {one["id"]: one for one in page["tasks"]}

    @contextmanager
    def _elsewhere(self) -> Iterator[Desk]:
        yield Desk(self.unit, self.folder)

    def give(self, values: dict[str, Any], commit: tuple[str, ...] = ()) -> Place:
        """Answer as the page would, before it opens."""
        desk = Desk(self.unit, self.folder)
        for task, value in values.items():
            message = {"type": "save", "task": task, "value": value, "revision": 0}
            assert desk.handle(message)["type"] == "saved"
        for task in commit:
            assert desk.handle({"type": "commit", "task": task})["type"] == "committed"
        return self

    def feedback(self, task: str) -> dict[str, Any]:
        """What the course explains of a task that has been committed."""
        return Desk(self.unit, self.folder).feedback()[task]

    @property
    def answers_path(self) -> Path:
        return self.folder / ANSWERS_FILE

    def answers(self) -> dict[str, Any]:
        """What the file holds now; an empty sheet where there is none yet."""
        try:
            return json.loads(self.answers_path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {"tasks": {}, "receipt": None}

    def value(self, task: str) -> Any:
        return self.answers()["tasks"].get(task, {}).get("value")

    def kernel_process(self) -> psutil.Process:
        kernel = self.server.kernel_of(self.notebook)["id"]
        named = f"kernel-{kernel}.json"
        (found,) = [
            one
            for one in psutil.process_iter(["cmdline"])
            if any(word.endswith(named) for word in one.info["cmdline"] or ())
        ]
        return found


def released(unit_id: str) -> Path:
    """Where a unit lies as trainees get it: in the course, or built for the tests."""
    folders = {unit["id"]: unit["folder"] for unit in catalogue_units()}
    if unit_id in folders:
        return CLONE / folders[unit_id]
    return showcase() / showcase_folder(unit_id)


@cache
def showcase() -> Path:
    """Build the units of tests/showcase once a run, from the course's own cases."""
    target = Path(mkdtemp(prefix="caselens-showcase-"))
    atexit.register(shutil.rmtree, target, ignore_errors=True)
    course = read_course(SHOWCASE / "course" / "course.toml")
    build(replace(plan(CLONE), root=SHOWCASE, course=course), target)
    return target


def showcase_folder(unit_id: str) -> str:
    catalogue = json.loads((showcase() / "course" / "course.json").read_text("utf-8"))
    units = [unit for module in catalogue["modules"] for unit in module["units"]]
    return next(unit["folder"] for unit in units if unit["id"] == unit_id)


def catalogue_units() -> list[dict[str, Any]]:
    catalogue = json.loads((CLONE / "course" / "course.json").read_text("utf-8"))
    return [unit for module in catalogue["modules"] for unit in module["units"]]


def module_of(start: Locator, unit_id: str) -> Locator:
    """Return the module of a unit on the start page, after opening it."""
    catalogue = json.loads((CLONE / "course" / "course.json").read_text("utf-8"))
    name = next(
        module["id"]
        for module in catalogue["modules"]
        if unit_id in {unit["id"] for unit in module["units"]}
    )
    module = start.locator(f"details[data-module={name}]")
    if module.get_attribute("open") is None:
        module.locator("> summary").click()
    return module


def fingerprint(*folders: Path) -> dict[str, str]:
    """Every file below the folders and what it holds."""
    return {
        path.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
