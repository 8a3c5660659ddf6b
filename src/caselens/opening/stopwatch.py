"""Pages with a stopwatch in them: opened, clicked, timed from inside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from caselens.opening.chromium import SIZE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

SCRIPT = Path(__file__).with_name("stopwatch.js")
OPENED = "selector => caselensStopwatch.opened(selector)"
# A promise in a wrapper is not waited for before the click that it tells of.
WATCHED = "choice => ({ result: caselensStopwatch.clicked(choice) })"
RESULT = "watched => watched.result"


@dataclass(frozen=True)
class Click:
    """Milliseconds from the pointer going down to the painted answer, to Saved."""

    shown: float
    saved: float


@contextmanager
def timed_page(
    browser: Browser, address: str, selector: str
) -> Iterator[tuple[Page, float]]:
    """Open an address as a fresh visitor; yield the page and the seconds from the
    beginning of the navigation until `selector` was painted."""
    context = browser.new_context(viewport=SIZE, locale="en-GB")
    try:
        context.add_init_script(path=SCRIPT)
        page = context.new_page()
        page.goto(address, wait_until="commit")
        yield page, page.evaluate(OPENED, selector) / 1000
    finally:
        context.close()


def timed_click(choice: Locator) -> Click:
    """Click a choice that is not made yet, and wait until it is saved."""
    watched = choice.evaluate_handle(WATCHED)
    choice.click()
    return Click(**watched.evaluate(RESULT))
