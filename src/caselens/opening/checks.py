"""What has to be true before Jupyter starts: Python, work folder, port."""

import os
import socket
import sys
import tempfile
from pathlib import Path

from caselens.opening.lab import CannotOpen

OLDEST_PYTHON = (3, 11)
HOST = "127.0.0.1"
PORT = 8888
LARGEST_PORT = 65535
WORK = "caselens-work"


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
        if not 0 < asked <= LARGEST_PORT:
            raise CannotOpen(f"{asked} is no port. Choose one from 1024 to 65535.")
        if is_free(asked):
            return asked
        raise CannotOpen(
            f"Port {asked} is in use or not allowed. Close what uses it, name "
            "another port, or leave --port out and a free one is found."
        )
    nearby = (port for port in range(PORT, PORT + 20) if is_free(port))
    return next(nearby, None) or free_port()


def free_port() -> int:
    """Return a port that nothing uses at the moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port
