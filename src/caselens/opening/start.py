"""Starting Jupyter on a work folder, for `caselens start`."""

import contextlib
import hashlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_data_dir, jupyter_runtime_dir

from caselens.opening.lab import CannotOpen, assemble, clone_root, course_root

OLDEST_PYTHON = (3, 11)
HOST = "127.0.0.1"
PORT = 8888
WORK = "caselens-work"
SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 10.0

# The one thing changed in Jupyter: it does not ask whether to fetch news.
QUIET = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    }
}


@dataclass(frozen=True)
class Session:
    """One run: where the work lies, how to reach it, and the files made for it."""

    work: Path
    port: int
    token: str
    scratch: Path
    extensions: Path | None

    @property
    def address(self) -> str:
        """The address to open, token included."""
        return f"http://{HOST}:{self.port}/lab?token={self.token}"

    @property
    def log(self) -> Path:
        """Where Jupyter's own messages go."""
        return self.scratch / "jupyter.log"


def start(
    folder: Path | None = None,
    port: int | None = None,
    browser: bool = True,
    bank: Path | None = None,
) -> int:
    """Open the course in the browser and stay until Ctrl+C; return the exit status.

    `folder` is the work folder (default `~/caselens-work`), `port` the port that
    has to be used (default: 8888 or the next free one), `bank` a private course.
    Raises `CannotOpen`, with what to do, when it cannot be started.
    """
    check_python()
    work = work_folder(folder)
    chosen = choose_port(port)
    if port is None and chosen != PORT:
        print(f"Port {PORT} is in use, so the course opens on port {chosen}.")
    with tempfile.TemporaryDirectory(prefix="caselens-") as scratch:
        extensions = extensions_folder(Path(scratch), bank)
        token = secrets.token_hex(24)
        session = Session(work, chosen, token, Path(scratch), extensions)
        return _run(session, browser)


def check_python(version: tuple[int, ...] = tuple(sys.version_info[:3])) -> None:
    """Raise `CannotOpen` when Python is older than the course needs."""
    if version < OLDEST_PYTHON:
        found = ".".join(map(str, version))
        raise CannotOpen(
            f"Caselens needs Python 3.11 or newer; this is Python {found}. "
            "Install a newer one from python.org, and caselens into it."
        )


def work_folder(folder: Path | None = None) -> Path:
    """Return the work folder, made if needed; raise `CannotOpen` if it cannot be
    written to."""
    work = (folder or Path.home() / WORK).expanduser().resolve()
    try:
        work.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=work):
            pass
    except (FileExistsError, NotADirectoryError):
        raise CannotOpen(f"{work} is a file. Name a folder for your work.") from None
    except OSError as error:
        raise CannotOpen(
            f"Your work cannot be kept in {work} ({error.strerror}). "
            "Name a folder that you can write to: caselens start FOLDER"
        ) from None
    return work


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of this computer."""
    with socket.socket() as probe:
        if os.name == "posix":
            # As the server does, or a port just left counts as taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def choose_port(asked: int | None = None) -> int:
    """Return the port to use; raise `CannotOpen` when the one asked for is taken."""
    if asked is not None:
        if not 0 < asked < 65536:
            raise CannotOpen(f"{asked} is no port. Choose one from 1024 to 65535.")
        if is_free(asked):
            return asked
        raise CannotOpen(
            f"Port {asked} is in use or not allowed. Close what uses it, name "
            "another port, or leave --port out and a free one is found."
        )
    nearby = (port for port in range(PORT, PORT + 20) if is_free(port))
    return next(nearby, None) or _any_port()


def _any_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def extensions_folder(scratch: Path, bank: Path | None = None) -> Path | None:
    """Return the labextensions folder made for this run, or None when the
    installed one will do."""
    if bank is not None:
        return assemble(scratch / "labextensions", bank.expanduser().resolve())
    root = course_root()
    if clone_root() is None:
        return None
    return assemble(scratch / "labextensions", root)


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
        "LabApp.workspaces_dir": workspaces_folder(session.work),
    }
    if session.extensions is not None:
        settings["LabApp.extra_labextensions_path"] = session.extensions
    flags = ["--no-browser", *(["--allow-root"] if _is_root() else [])]
    named = [f"--{name}={value}" for name, value in settings.items()]
    return [sys.executable, "-m", "jupyterlab", *flags, *named]


def workspaces_folder(work: Path) -> Path:
    """Return where JupyterLab remembers the open tabs of this work folder: apart
    from what the same person has open in other projects."""
    name = hashlib.sha256(str(work).encode()).hexdigest()[:12]
    return Path(jupyter_data_dir(), "caselens", "workspaces", name)


def environment(session: Session) -> dict[str, str]:
    """Return the child's environment; writes the settings that it points to."""
    folder = session.scratch / "config"
    path = folder / "labconfig" / "default_setting_overrides.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(QUIET), encoding="utf-8")
    known = os.environ.get("JUPYTER_CONFIG_PATH")
    paths = os.pathsep.join([str(folder), *([known] if known else [])])
    return {**os.environ, "JUPYTER_CONFIG_PATH": paths, "JUPYTER_TOKEN": session.token}


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _run(session: Session, browser: bool) -> int:
    with contextlib.suppress(KeyboardInterrupt), _stopped_by_signals():
        with _server(session) as server:
            wait_until_ready(server, session)
            _announce(session, opened=browser and open_browser(session))
            server.wait()
            raise CannotOpen(f"Jupyter stopped by itself.{last_words(session.log)}")
    print(f"Stopped. Your work is in {session.work}.")
    return 0


@contextlib.contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Let a closed terminal and `kill` stop the server as Ctrl+C does."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.getsignal(getattr(signal, name)) for name in names}
    for name in names:
        signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


@contextlib.contextmanager
def _server(session: Session) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the server in a process group of its own: Ctrl+C reaches only us, and
    Jupyter does not ask whether it was meant."""
    with session.log.open("wb") as log:
        server = subprocess.Popen(
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
    try:
        with urllib.request.urlopen(f"http://{HOST}:{session.port}/api", timeout=5):
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


def _announce(session: Session, *, opened: bool) -> None:
    verb = "The course is open at" if opened else "Open this address in your browser:"
    print(f"{verb} {session.address}")
    print("Leave this window open while you work; Ctrl+C stops.", flush=True)


def open_browser(session: Session) -> bool:
    """Open the course in a browser; return False where there is none.

    A file only this user can read carries the address, because the arguments of
    a browser can be read by others.
    """
    if not _has_screen():
        return False
    page = Path(jupyter_runtime_dir(), f"caselens-{session.port}.html")
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.unlink(missing_ok=True)
        page.touch(mode=0o600)
        page.write_text(_forward(session.address), encoding="utf-8")
        return webbrowser.open(page.as_uri())
    except (OSError, webbrowser.Error):
        return False


def _has_screen() -> bool:
    # Without one, webbrowser may start a text browser inside the terminal.
    if sys.platform in ("win32", "darwin") or "BROWSER" in os.environ:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _forward(address: str) -> str:
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Caselens</title>'
        f'<meta http-equiv="refresh" content="0; url={address}">'
        f'<p><a href="{address}">Open the course</a></p></html>'
    )
