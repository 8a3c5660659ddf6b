"""Formgrader's own lists of a large class: its server's seconds, and the browser's."""

from __future__ import annotations

import json
import re
import shutil
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from caselens.grading.bench_class import Desk, make_desk
from caselens.grading.bench_compare import quiet
from caselens.grading.bench_worker import BenchError, working
from caselens.opening.checks import free_port
from caselens.opening.child import Server, own_environment, running
from caselens.opening.chromium import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TIMES = 5
SECONDS = 180
CONFIG = "nbgrader_config.py"
# The page of each list, and where it gets its rows from.
LISTS = {
    "manage submissions": (
        "formgrader/manage_submissions/{0}",
        "formgrader/api/submissions/{0}",
    ),
    "manual grading": (
        "formgrader/gradebook/{0}/{0}",
        "formgrader/api/submitted_notebooks/{0}/{0}",
    ),
}
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Lists:
    """Median seconds of each list: of its rows, and of the filled table."""

    size: int
    rows: Mapping[str, float]
    tables: Mapping[str, float]


def bench_formgrader(course: Path, unit_id: str, size: int, tell: Tell) -> Lists:
    """Open formgrader's lists of a marked class. Raises BenchError, CannotOpen."""
    with TemporaryDirectory(prefix="caselens-bench-") as name, quiet():
        desk = make_desk(course, Path(name) / "class", unit_id, size)
        with working("bulk", desk) as worker:
            worker.ask("mark")
        with _formgrader(course, desk) as server, chromium() as browser:
            rows, tables = {}, {}
            for one, (page, source) in LISTS.items():
                fetch = partial(_fetch, server, size, source.format(unit_id))
                rows[one] = _median(fetch, f"{one}, rows", tell)
                show = partial(_open, browser, server, page.format(unit_id))
                tables[one] = _median(show, f"{one}, table", tell)
    return Lists(size, rows, tables)


def lines(found: Lists) -> Iterator[str]:
    """Yield the figures in words, as docs/performance.md keeps them."""
    yield f"Formgrader's own lists of {found.size} submissions, median of {TIMES}"
    yield f"  {'seconds':22}{'its rows':>12}{'filled table':>16}"
    for one in LISTS:
        yield f"  {one:22}{found.rows[one]:12.2f}{found.tables[one]:16.2f}"


def _formgrader(course: Path, desk: Desk) -> AbstractContextManager[Server]:
    shutil.copy(course / CONFIG, desk.root)
    port = f"--port={free_port()}"
    command = ["jupyterlab", "--no-browser", "--allow-root", port]
    return running(command, desk.root, own_environment(desk.root.with_name("home")))


def _median(once: Callable[[], None], what: str, tell: Tell) -> float:
    taken = []
    for number in range(1, TIMES + 1):
        began = time.perf_counter()
        once()
        taken.append(time.perf_counter() - began)
        tell(f"Formgrader, {what}, {number} of {TIMES}: {taken[-1]:.2f} s")
    return median(taken)


def _fetch(server: Server, size: int, path: str) -> None:
    request = urllib.request.Request(  # noqa: S310 - a printed address, http
        f"{server.root}/{path}", headers=_named(server)
    )
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
        found = json.loads(answer.read())
    if len(found) != size:
        raise BenchError(f"Formgrader lists {len(found)} submissions, not {size}.")


def _named(server: Server) -> dict[str, str]:
    return {"Authorization": f"token {server.token}"}


def _open(browser: Browser, server: Server, path: str) -> None:
    """Open a list and wait until its table can be used, which it says itself."""
    context = browser.new_context(extra_http_headers=_named(server))
    context.set_default_timeout(1000 * SECONDS)
    # nbgrader's pages ask a server elsewhere for MathJax.
    context.route(re.compile(r"^https://"), lambda route: route.abort())
    try:
        page = context.new_page()
        page.goto(f"{server.root}/{path}")
        page.wait_for_function("window.models && models.loaded")
        page.locator("table tbody tr").first.wait_for()
    finally:
        context.close()
