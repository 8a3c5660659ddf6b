"""The browser that pages are measured and tested in: found, started, closed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caselens.opening.lab import CannotOpen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize

VARIABLE = "CASELENS_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)
SIZE: ViewportSize = {"width": 1280, "height": 860}
NO_PLAYWRIGHT = (
    "This needs a browser, and Playwright, which drives one, is not installed. "
    "Install it, in a clone of the project, with: "
    'python -m pip install ".[development]"'
)
NO_CHROMIUM = (
    f"This needs Chromium, and none was found. Name one in {VARIABLE}, or install "
    "it with: python -m playwright install chromium"
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium without a window and close it at the end.

    Raises `CannotOpen` where Playwright or Chromium is missing or gives up.
    """
    sync_playwright, error = _playwright()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=find_chromium(playwright.chromium.executable_path),
                args=list(FLAGS),
                headless=True,
            )
            try:
                yield browser
            finally:
                browser.close()
    except error as reason:
        raise CannotOpen(
            f"The browser gave up ({str(reason).splitlines()[0]}). Try again, or name "
            f"another Chromium in {VARIABLE}."
        ) from reason


def find_chromium(own: str) -> str:
    """Return the Chromium to start: the one named, one on the path, or Playwright's
    `own`. Raises `CannotOpen` where there is none."""
    asked = os.environ.get(VARIABLE)
    found = (shutil.which(name) for name in ([asked] if asked else NAMES))
    chosen = next((path for path in found if path), None)
    if chosen:
        return chosen
    if asked:
        raise CannotOpen(
            f"{VARIABLE} names {asked}, which cannot be started. Name another "
            "Chromium, or none and one is looked for."
        )
    if not Path(own).exists():
        raise CannotOpen(NO_CHROMIUM)
    return own


def _playwright() -> tuple[Callable[[], Any], type[Exception]]:
    try:
        from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415
    except ModuleNotFoundError:
        raise CannotOpen(NO_PLAYWRIGHT) from None
    return sync_playwright, Error
