"""A Jupyter server in a process of its own: started, asked and stopped."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from caselens.opening.checks import free_port
from caselens.opening.lab import CannotOpen
from caselens.opening.server import last_words

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\S*token=\S+")
SECONDS_TO_START = 90.0
SECONDS_TO_STOP = 20.0
OWN = ("CONFIG", "DATA", "RUNTIME")
DROPPED = (
    "CASELENS_KEYS",
    "CASELENS_BANK",
    "NBGRADER_EXECUTION",
    "JUPYTER_PATH",
    "JUPYTER_CONFIG_PATH",
)


@dataclass(frozen=True)
class Server:
    """A running Jupyter on one work folder, reached by one printed address."""

    work: Path
    address: str

    @property
    def root(self) -> str:
        """The address without path and token."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def token(self) -> str:
        """What the address has to carry."""
        return self.address.rpartition("token=")[2]

    def lab(self, room: str, path: str = "") -> str:
        """Return the address of JupyterLab in a workspace of its own: it brings
        back the tabs of the last one."""
        return f"{self.root}/lab/workspaces/{room}/{path}?token={self.token}"

    def ask(self, path: str, method: str = "GET", body: Any = None) -> Any:
        """Return what the server answers to one request, None for nothing."""
        request = urllib.request.Request(  # noqa: S310 - a printed address, http
            f"{self.root}/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            raw = answer.read()
        return json.loads(raw) if raw else None

    def sessions(self) -> list[dict[str, Any]]:
        """Return what is open, each with its kernel."""
        return list(self.ask("api/sessions"))

    def kernel_of(self, page: Path) -> dict[str, Any]:
        """Return the kernel of an open page."""
        path = page.relative_to(self.work).as_posix()
        (found,) = [one["kernel"] for one in self.sessions() if one["path"] == path]
        return dict(found)

    def quiet(self) -> None:
        """Stop every kernel, so that what comes next has the machine to itself."""
        for one in self.sessions():
            self.ask(f"api/sessions/{one['id']}", "DELETE")

    def set_theme(self, theme: str | None) -> None:
        """Choose a theme as the settings menu does; None for the default."""
        chosen = json.dumps({"theme": theme} if theme else {})
        where = "lab/api/settings/@jupyterlab/apputils-extension:themes"
        self.ask(where, "PUT", {"raw": chosen})


def own_environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment in which Jupyter leaves everybody's own files alone."""
    own = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in OWN}
    own |= {"IPYTHONDIR": str(home / "ipython"), "PYTHONUNBUFFERED": "1"}
    kept = {name: one for name, one in os.environ.items() if name not in DROPPED}
    return {**kept, **own, **more}


@contextmanager
def course(home: Path, **more: str) -> Iterator[Server]:
    """Start the course as `caselens start` does, on a new work folder in `home`;
    `more` is added to its environment."""
    work = home / "work"
    work.mkdir(parents=True)
    command = ["caselens", "start", "--folder", str(work), "--no-browser"]
    command += ["--port", str(free_port())]
    with running(command, work, own_environment(home, **more)) as server:
        yield server


@contextmanager
def running(command: list[str], work: Path, env: dict[str, str]) -> Iterator[Server]:
    """Start a module of this Python as a server; yield it once it has printed its
    address. Raises `CannotOpen` with its last words where it does not."""
    log = work.with_name(f"{work.name}.log")
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own command, no shell
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
        _stop(process)


def patiently(
    find: Callable[[], Any], seconds: float, pause: Callable[[float], None]
) -> Any:
    """Ask again until there is an answer; the last one, falsy or not, is the end."""
    deadline = time.monotonic() + seconds
    while not (found := find()) and time.monotonic() < deadline:
        pause(0.05)
    return found


def _printed_address(process: subprocess.Popen[bytes], log: Path) -> str:
    def said() -> str | None:
        ended = process.poll() is not None
        found = ADDRESS.search(log.read_text("utf-8", "replace"))
        if ended:
            raise CannotOpen(f"The server stopped.{last_words(log, 20)}")
        return found[0] if found else None

    address = patiently(said, SECONDS_TO_START, time.sleep)
    if address is None:
        raise CannotOpen(f"The server did not get ready in time.{last_words(log, 20)}")
    return str(address)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
