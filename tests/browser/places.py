"""Real servers and real files for the browser: started, asked, stopped."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

from caselens.answers import ANSWERS_FILE
from caselens.cases import Unit, read_unit
from caselens.cases.places import clone_root
from caselens.widgets.desk import Desk

CLONE = clone_root()
LESSON = "m04_l01_two_lenses"
PRACTICE = "m04_u01_full_case"
CHANGED = "m04_u02_one_fact_changed"
GRADED = "m04_u03_graded_case"
UNITS = (LESSON, PRACTICE, CHANGED, GRADED)
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\S*token=\S+")


@dataclass(frozen=True)
class Server:
    """A running Jupyter on one work folder, reached by one printed address."""

    work: Path
    address: str

    @property
    def root(self) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def token(self) -> str:
        return self.address.rpartition("token=")[2]

    def ask(self, path: str, method: str = "GET", body: Any = None) -> Any:
        request = urllib.request.Request(
            f"{self.root}/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            raw = answer.read()
        return json.loads(raw) if raw else None

    def sessions(self) -> list[Any]:
        return self.ask("api/sessions")

    def kernel_of(self, page: Path) -> dict[str, Any]:
        path = page.relative_to(self.work).as_posix()
        (found,) = [one["kernel"] for one in self.sessions() if one["path"] == path]
        return found

    def quiet(self) -> None:
        """Stop every kernel, so that the next test has the machine to itself."""
        for one in self.sessions():
            self.ask(f"api/sessions/{one['id']}", "DELETE")

    def set_theme(self, theme: str | None) -> None:
        chosen = json.dumps({"theme": theme} if theme else {})
        where = "lab/api/settings/@jupyterlab/apputils-extension:themes"
        self.ask(where, "PUT", {"raw": chosen})


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
        query = f"token={self.server.token}"
        return f"{self.server.root}/lab/workspaces/{room}/{path}?{query}"

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
    catalogue = json.loads((CLONE / "course" / "course.json").read_text("utf-8"))
    units = [unit for module in catalogue["modules"] for unit in module["units"]]
    (folder,) = [unit["folder"] for unit in units if unit["id"] == unit_id]
    return CLONE / folder


def catalogue_units() -> list[dict[str, Any]]:
    catalogue = json.loads((CLONE / "course" / "course.json").read_text("utf-8"))
    return [unit for module in catalogue["modules"] for unit in module["units"]]


def fingerprint(*folders: Path) -> dict[str, str]:
    """Every file below the folders and what it holds."""
    return {
        path.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def own_environment(home: Path, **more: str) -> dict[str, str]:
    """An environment in which Jupyter leaves the developer's own files alone."""
    names = ("CONFIG", "DATA", "RUNTIME")
    own = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in names}
    dropped = ("CASELENS_KEYS", "CASELENS_BANK", "NBGRADER_EXECUTION", "JUPYTER_PATH")
    kept = {name: one for name, one in os.environ.items() if name not in dropped}
    return {**kept, **own, "PYTHONUNBUFFERED": "1", **more}


@contextmanager
def running(command: list[str], work: Path, env: dict[str, str]) -> Iterator[Server]:
    """Start a server; yield it once it has printed its address and answers there."""
    log = work.with_name(f"{work.name}.log")
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            env=env,
            cwd=work,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Server(work, _printed_address(process, log))
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _printed_address(process: subprocess.Popen[bytes], log: Path) -> str:
    def said() -> str | None:
        text = log.read_text("utf-8", "replace")
        assert process.poll() is None, f"The server stopped:\n{text}"
        found = ADDRESS.search(text)
        return found[0] if found else None

    return patiently(said, 90, time.sleep)


def patiently(
    find: Callable[[], Any], seconds: float, pause: Callable[[float], None]
) -> Any:
    """Ask again until there is an answer; the last one, falsy or not, is the end."""
    deadline = time.monotonic() + seconds
    while not (found := find()) and time.monotonic() < deadline:
        pause(0.05)
    return found
