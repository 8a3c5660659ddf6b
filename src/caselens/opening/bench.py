"""The figures of the page, taken in a real browser on a real server."""

from __future__ import annotations

import ast
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from jupyter_client.blocking.client import BlockingKernelClient

from caselens.cases import Unit, unit_text
from caselens.opening import sample
from caselens.opening.checks import free_port
from caselens.opening.child import Server, own_environment, running
from caselens.opening.chromium import chromium
from caselens.opening.lab import CannotOpen
from caselens.opening.start import stopped_by_signals
from caselens.opening.stopwatch import Click, timed_click, timed_page
from caselens.widgets.script import script

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROUNDS = 5
CLICKS = 2
# What is answered by a click alone: no menu of the browser's own, no text, no arrow.
CLICKED = (
    "safety",
    "observe",
    "goals",
    "evidence",
    "pick",
    "ask",
    "update",
    "lens",
    "translate",
    "order",
    "appraise",
)
CHOICES = ", ".join(
    f".caselens-workbench {one}"
    for one in (".cl-case .cl-mark", ".cl-pill", ".cl-tick", ".cl-order-wait")
)
READY = ".caselens-workbench h3.cl-heading"
LAYOUT = "LayoutModel"
MODELS = (
    '[one["model_name"] for one in '
    '__import__("ipywidgets").Widget.get_manager_state()["state"].values()]'
)
SHOWN_TARGET, SAVED_TARGET, OPENED_TARGET = 50, 300, 1
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Figures:
    """What one run found: seconds by round, milliseconds by click, bytes."""

    models: tuple[str, ...]
    script: int
    unit: int
    opened: tuple[float, ...]
    empty: tuple[float, ...]
    clicks: tuple[Click, ...]
    kinds: int

    @property
    def more(self) -> float:
        """How many seconds longer the unit takes to open than the empty page."""
        return median(self.opened) - median(self.empty)


class Place(NamedTuple):
    """A page on a server, and what is seen of it once it is ready."""

    server: Server
    page: Path
    selector: str
    runtime: Path

    def address(self, room: str) -> str:
        """Return where the page opens, in a workspace that nobody used before."""
        inside = self.page.relative_to(self.server.work).as_posix()
        return self.server.lab(room, f"tree/{inside}")


def bench_page(tell: Tell, rounds: int = ROUNDS) -> Figures:
    """Measure the page; `tell` hears how far it is.

    Raises `CannotOpen`, with what to do, where it cannot be measured.
    """
    unit = sample.every_kind()
    with stopped_by_signals(), chromium() as browser, _places(unit) as (full, empty):
        seconds = _take_turns(browser, full, empty, rounds, tell)
        tell("Clicking")
        models, clicks = _work(browser, full, unit)
    sizes = len(script().encode()), len(unit_text(unit).encode())
    return Figures(models, *sizes, *seconds, clicks, len(CLICKED))


@contextmanager
def _places(unit: Unit) -> Iterator[tuple[Place, Place]]:
    """Two servers in folders of their own: one with the unit, one with the stub."""
    with ExitStack() as stack:
        name = tempfile.TemporaryDirectory(
            prefix="caselens-bench-", ignore_cleanup_errors=True
        )
        home = Path(stack.enter_context(name))
        stub = sample.write_stub(home / "stub")
        full = stack.enter_context(_started(home / "full", None))
        empty = stack.enter_context(_started(home / "empty", stub))
        unit_page = sample.write_unit(full.work, unit)
        empty_page = sample.write_empty(empty.work, unit)
        yield (
            Place(full, unit_page, READY, home / "full" / "runtime"),
            Place(empty, empty_page, f".{sample.EMPTY_CLASS}", home / "empty/runtime"),
        )


@contextmanager
def _started(home: Path, stub: Path | None) -> Iterator[Server]:
    work = home / "work"
    work.mkdir(parents=True)
    kernels = sample.write_kernel(home / "jupyter", stub)
    command = ["caselens", "start", "--folder", str(work), "--no-browser"]
    command += ["--port", str(free_port())]
    env = own_environment(home, JUPYTER_PATH=str(kernels))
    with running(command, work, env) as server:
        yield server


def _take_turns(
    browser: Browser, full: Place, empty: Place, rounds: int, tell: Tell
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Open both in turn, so that a busy machine slows both alike."""
    taken: list[tuple[float, float]] = []
    for number in range(1, rounds + 1):
        room = f"round-{number}"
        one, other = (_seconds(browser, place, room) for place in (full, empty))
        tell(f"Round {number} of {rounds}: unit {one:.2f} s, empty page {other:.2f} s")
        taken.append((one, other))
    return tuple(one for one, _ in taken), tuple(other for _, other in taken)


def _seconds(browser: Browser, place: Place, room: str) -> float:
    with timed_page(browser, place.address(room), place.selector) as (_, seconds):
        pass
    place.server.quiet()
    return seconds


def _work(
    browser: Browser, place: Place, unit: Unit
) -> tuple[tuple[str, ...], tuple[Click, ...]]:
    with timed_page(browser, place.address("work"), place.selector) as (page, _):
        models = _models(place)
        clicks = tuple(_clicks(page, unit))
    place.server.quiet()
    return models, clicks


def _clicks(page: Page, unit: Unit) -> Iterator[Click]:
    (case,) = unit.cases
    tasks = {task.kind: task.id for task in case.tasks}
    for kind in CLICKED:
        step = page.locator(f".caselens-workbench [data-step='{tasks[kind]}']")
        step.click()
        step.and_(page.locator("[aria-current='step']")).wait_for()
        for number in range(CLICKS):
            yield timed_click(page.locator(CHOICES).nth(number))


def _models(place: Place) -> tuple[str, ...]:
    """Return the widget models that the page's kernel holds, each of which the page
    has too."""
    kernel = place.server.kernel_of(place.page)["id"]
    client = BlockingKernelClient(
        connection_file=str(place.runtime / f"kernel-{kernel}.json")
    )
    client.load_connection_file()
    client.start_channels()
    try:
        asked = {"models": MODELS}
        reply = client.execute("", user_expressions=asked, reply=True, timeout=30)
        found = reply["content"]["user_expressions"]["models"]["data"]["text/plain"]
    finally:
        client.stop_channels()
    return tuple(ast.literal_eval(found))
