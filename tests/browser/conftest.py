from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.bench import Bench
from tests.browser.places import Place, Server, free_port, own_environment, running

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
PATIENCE = 30_000
SIZE = {"width": 1280, "height": 860}
NO_BROWSER = """These tests need Chromium, and none was found. Install it with one of:
  sudo apt-get install chromium
  .venv/bin/playwright install chromium
or name another one in CASELENS_CHROMIUM."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


def find_chromium(own: str) -> str | None:
    asked = os.environ.get("CASELENS_CHROMIUM")
    found = (shutil.which(name) for name in ([asked] if asked else NAMES))
    chosen = next((path for path in found if path), None)
    return chosen or (own if not asked and Path(own).exists() else None)


# The package's own, and not the session's: Playwright keeps an event loop running
# in this thread, and what comes after these tests needs the thread for itself.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = find_chromium(playwright.chromium.executable_path)
        if path is None:
            pytest.fail(NO_BROWSER, pytrace=False)
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(
            executable_path=path, args=list(FLAGS), headless=True
        )
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The course as `caselens start` opens it, on a work folder of its own."""
    home = tmp_path_factory.mktemp("course")
    work = home / "work"
    work.mkdir()
    command = ["caselens", "start", "--folder", str(work), "--no-browser"]
    command += ["--port", str(free_port())]
    with running(command, work, own_environment(home)) as server:
        yield server


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make fresh visitors: no cookies, no storage, nobody's cache.

    Afterwards: nothing was fetched from elsewhere, no dialog was left unanswered.
    """
    contexts: list[BrowserContext] = []
    strangers: list[str] = []

    def visit(**options: object) -> BrowserContext:
        context = chromium.new_context(
            **{"viewport": SIZE, "locale": "en-GB"} | options
        )
        context.set_default_timeout(PATIENCE / 2)
        context.on("request", lambda one: strangers.append(one.url))
        contexts.append(context)
        return context

    yield visit
    for context in contexts:
        context.close()
    own = re.compile(r"(https?|wss?)://127\.0\.0\.1[:/]|blob:|data:|about:")
    assert [url for url in strangers if not own.match(url)] == []


@pytest.fixture
def page(visitor: Callable[..., BrowserContext]) -> Page:
    return visitor().new_page()


@pytest.fixture
def place(
    course: Server, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Place]]:
    """Lay out a unit in a folder that is this test's own."""
    # The end of a long name is what tells two cases of one test apart.
    name = re.sub(r"\W+", "_", request.node.name)[-60:]
    yield lambda unit_id: Place(course, name, unit_id).lay_out()
    course.quiet()
    shutil.rmtree(course.work / name, ignore_errors=True)


@pytest.fixture
def empty_course(course: Server) -> Iterator[Path]:
    """A work folder in which nothing has been begun from the start page."""
    yield course.work
    course.quiet()
    for path in list(course.work.iterdir()):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.fixture
def opened(page: Page, place: Callable[[str], Place]) -> Callable[..., Bench]:
    """Open a unit, laid out or yet to be, up to the point where work can begin."""

    def opened_unit(unit: str | Place, at: Page = page) -> Bench:
        found = place(unit) if isinstance(unit, str) else unit
        at.goto(found.address)
        return Bench(at, found).ready()

    return opened_unit
