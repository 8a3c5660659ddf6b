from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from caselens.opening.child import course as started_course
from caselens.opening.chromium import SIZE
from caselens.opening.chromium import chromium as started_chromium
from caselens.opening.lab import CannotOpen
from tests.browser.bench import Bench
from tests.browser.places import Place, Server

PATIENCE = 30_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


# The package's own, and not the session's: Playwright keeps an event loop running
# in this thread, and what comes after these tests needs the thread for itself.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    try:
        with started_chromium() as browser:
            yield browser
    except CannotOpen as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="package")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The course as `caselens start` opens it, on a work folder of its own."""
    with started_course(tmp_path_factory.mktemp("course")) as server:
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
