"""Starting Jupyter on a work folder, for `caselens start`."""

import contextlib
import secrets
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from caselens.cases.places import clone_root, has_words
from caselens.opening.browser import open_browser
from caselens.opening.checks import PORT, check_python, choose_port, work_folder
from caselens.opening.lab import (
    CATALOGUE,
    CannotOpen,
    assemble,
    installed_course,
    installed_root,
)
from caselens.opening.server import Session, last_words, running, wait_until_ready

Tell = Callable[[str], None]


def say(text: str) -> None:
    """Put one line before the person at the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def start(
    folder: Path | None = None,
    port: int | None = None,
    browser: bool = True,
    bank: Path | None = None,
    tell: Tell = say,
) -> int:
    """Open the course in the browser and stay until Ctrl+C; return the exit status.

    `folder` is the work folder (default `~/caselens-work`), `port` the port that
    has to be used (default: 8888 or the next free one), `bank` a private course.
    `tell` is given each line for the terminal.
    Raises `CannotOpen`, with what to do, when it cannot be started.
    """
    check_python()
    work = work_folder(folder)
    chosen = choose_port(port)
    if port is None and chosen != PORT:
        tell(f"Port {PORT} is in use, so the course opens on port {chosen}.")
    own = bank.expanduser().resolve() if bank is not None else None
    with tempfile.TemporaryDirectory(prefix="caselens-") as scratch:
        extensions = extensions_folder(Path(scratch), own, tell)
        token = secrets.token_hex(24)
        session = Session(work, chosen, token, Path(scratch), extensions, own)
        return _run(session, browser, tell)


def extensions_folder(
    scratch: Path, bank: Path | None = None, tell: Tell = say
) -> Path | None:
    """Return the labextensions folder made for this run, or None when the
    installed one will do.

    The modules of a private bank stand beside the shipped ones, unless it has words
    of its own and so is a course of its own.
    """
    target = scratch / "labextensions"
    if bank is not None and has_words(bank / "datasets"):
        return assemble(target, bank)
    clone, own = clone_root(), [bank] if bank is not None else []
    if clone is not None and (clone / CATALOGUE).is_file():
        return assemble(target, clone, *own)
    if clone is not None:
        tell(f"{clone / CATALOGUE} is missing, so no unit is listed: caselens build")
        return assemble(target, *own)
    if not installed_course():
        raise CannotOpen("The course's units were not found. Install caselens again.")
    shipped = installed_root()
    return assemble(target, shipped, *own) if own and shipped is not None else None


def _run(session: Session, browser: bool, tell: Tell) -> int:
    with (
        contextlib.suppress(KeyboardInterrupt),
        stopped_by_signals(),
        running(session) as server,
    ):
        wait_until_ready(server, session)
        _announce(session, tell, opened=browser and open_browser(session))
        server.wait()
        raise CannotOpen(f"Jupyter stopped by itself.{last_words(session.log)}")
    tell(f"Stopped. Your work is in {session.work}.")
    return 0


@contextlib.contextmanager
def stopped_by_signals() -> Iterator[None]:
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


def _announce(session: Session, tell: Tell, *, opened: bool) -> None:
    verb = "The course is open at" if opened else "Open this address in your browser:"
    tell(f"{verb} {session.address}")
    tell("Leave this window open while you work; Ctrl+C stops.")
