"""The Jupyter server of one run: its command, its settings, its life."""

import contextlib
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_data_dir

from caselens.cases.places import BANK_VARIABLE
from caselens.opening import calm
from caselens.opening.checks import HOST
from caselens.opening.lab import NAME, CannotOpen

SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 10.0


@dataclass(frozen=True)
class Session:
    """One run: where the work lies, how to reach it, and the files made for it.

    `scratch` lasts as long as the run, and with it what was open: the next run
    begins with the start page.
    """

    work: Path
    port: int
    token: str
    scratch: Path
    extensions: Path | None
    bank: Path | None = None

    @property
    def address(self) -> str:
        """The address to open, token included."""
        return f"http://{HOST}:{self.port}/lab?token={self.token}"

    @property
    def log(self) -> Path:
        """Where Jupyter's own messages go."""
        return self.scratch / "jupyter.log"


def command(session: Session) -> list[str]:
    """Return the command that starts JupyterLab in this Python's environment.

    The token is not among the arguments: other users could read it there.
    """
    settings = {
        "ServerApp.root_dir": session.work,
        "ServerApp.ip": HOST,
        "ServerApp.port": session.port,
        "ServerApp.port_retries": 0,
        "ServerApp.base_url": "/",
        "LabApp.user_settings_dir": settings_folder(),
        "LabApp.workspaces_dir": session.scratch / "workspaces",
    }
    if session.extensions is not None:
        settings["LabApp.extra_labextensions_path"] = session.extensions
    flags = ["--no-browser", *(["--allow-root"] if _is_root() else [])]
    named = [f"--{name}={value}" for name, value in settings.items()]
    return [sys.executable, "-m", "jupyterlab", *flags, *named]


def settings_folder() -> Path:
    """Return where a choice such as the dark theme is kept: apart from what the
    same person has set in another JupyterLab."""
    return Path(jupyter_data_dir(), NAME, "settings")


def environment(session: Session) -> dict[str, str]:
    """Return the child's environment; writes the settings that it points to."""
    folder = calm.write(session.scratch / "config")
    known = os.environ.get("JUPYTER_CONFIG_PATH")
    paths = os.pathsep.join([str(folder), *([known] if known else [])])
    own = {"JUPYTER_CONFIG_PATH": paths, "JUPYTER_TOKEN": session.token}
    if session.bank is not None:
        own[BANK_VARIABLE] = str(session.bank)
    return {**os.environ, **own}


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


@contextlib.contextmanager
def running(session: Session) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the server in a process group of its own: Ctrl+C reaches only us, and
    Jupyter does not ask whether it was meant."""
    with session.log.open("wb") as log:
        server = subprocess.Popen(  # noqa: S603 - our own command, no shell
            command(session),
            env=environment(session),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            **_own_group(),
        )
        try:
            yield server
        finally:
            _stop(server)


def _own_group() -> dict[str, Any]:
    if os.name == "nt":
        return {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
    return {"start_new_session": True}


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def wait_until_ready(
    server: "subprocess.Popen[bytes]",
    session: Session,
    seconds: float = SECONDS_TO_START,
) -> None:
    """Return when the server answers; raise `CannotOpen` with its last words when
    it stops or does not answer in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise CannotOpen(f"Jupyter did not start.{last_words(session.log)}")
        if _answers(session):
            return
        time.sleep(0.2)
    raise CannotOpen(
        f"Jupyter did not answer within {seconds:.0f} seconds. Try again."
        f"{last_words(session.log)}"
    )


def _answers(session: Session) -> bool:
    address = f"http://{HOST}:{session.port}/api"
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def last_words(log: Path, lines: int = 5) -> str:
    """Return the end of Jupyter's messages, to be put after a sentence."""
    try:
        said = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    kept = [line.strip() for line in said if line.strip()][-lines:]
    return "\n".join([" Its last words:", *kept]) if kept else ""
