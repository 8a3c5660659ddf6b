"""Opening the course in a browser, where there is one."""

import os
import sys
import webbrowser
from pathlib import Path

from jupyter_core.paths import jupyter_runtime_dir

from caselens.opening.server import Session


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
