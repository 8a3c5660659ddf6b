"""The figures of the page, taken in a real browser on a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from caselens.answers import read_submitted
from caselens.cases import Unit, unit_text
from caselens.opening.chromium import chromium
from caselens.opening.lab import CannotOpen
from caselens.opening.sample import every_kind
from caselens.opening.stands import Stand, stands
from caselens.opening.start import stopped_by_signals
from caselens.opening.stopwatch import Click, timed_click, timed_page
from caselens.widgets.script import script

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CLICKS = 2
# What a click alone answers: no menu of the browser's own, no text, no arrow.
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
BENCH = ".caselens-workbench"
CHOICES = (".cl-case .cl-mark", ".cl-pill", ".cl-tick", ".cl-order-wait")
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Figures:
    """What one run found: bytes, milliseconds by click, seconds by round."""

    sentences: int
    tasks: int
    models: int
    script: int
    unit: int
    clicks: tuple[Click, ...]
    opened: tuple[float, ...]
    empty: tuple[float, ...]

    @property
    def more(self) -> float:
        """How many seconds longer the unit takes to open than the empty page."""
        return median(self.opened) - median(self.empty)


def bench_page(tell: Tell, rounds: int) -> Figures:
    """Measure the page; `tell` hears how far it is.

    Raises `CannotOpen`, with what to do, where it cannot be measured.
    """
    unit = every_kind()
    with stopped_by_signals(), chromium() as browser:
        tell("Starting two servers")
        with stands(unit) as (full, empty):
            turns = list(_turns(browser, full, empty, rounds, tell))
            tell("Clicking")
            models, clicks = _work(browser, full, unit)
    opened, empties = zip(*turns, strict=True)
    return Figures(
        sentences=sum(len(case.sentences) for case in unit.cases),
        tasks=len(unit.tasks),
        models=models,
        script=len(script().encode()),
        unit=len(unit_text(unit).encode()),
        clicks=clicks,
        opened=opened,
        empty=empties,
    )


def lines(found: Figures) -> list[str]:
    """Return the figures in words, as docs/performance.md keeps them."""
    shown = [one.shown for one in found.clicks]
    saved = [one.saved for one in found.clicks]
    return [
        f"A unit: {found.sentences} sentences, {found.tasks} tasks, one of each kind",
        _line("widget models", found.models),
        _line("script", found.script / 1000, "kB"),
        _line("unit.json", found.unit / 1000, "kB"),
        f"From the pointer going down on a choice, clicks: {len(shown)}",
        _line("to the painted answer, median", median(shown), "ms"),
        _line("to the painted answer, slowest", max(shown), "ms", "under 50 ms"),
        _line("to Saved, median", median(saved), "ms"),
        _line("to Saved, slowest", max(saved), "ms", "under 300 ms"),
        f"From an address to a ready page, taken in turn, rounds: {len(found.opened)}",
        _line("the unit, median", median(found.opened), "s"),
        _line("an empty widget, median", median(found.empty), "s"),
        _line("the unit takes longer by", found.more, "s", "less than 1 s"),
    ]


def _line(words: str, number: float, unit: str = "", target: str = "") -> str:
    shown = f"{number:7.2f}" if unit == "s" else f"{number:7.0f}"
    aim = f" (target: {target})" if target else ""
    return f"  {words:32}{shown} {unit:2}{aim}".rstrip()


def _turns(
    browser: Browser, full: Stand, empty: Stand, rounds: int, tell: Tell
) -> Iterator[tuple[float, float]]:
    """Open both pages in turn, so that a busy machine slows both alike."""
    for number in range(1, rounds + 1):
        room = f"round-{number}"
        one, other = (_opened(browser, stand, room) for stand in (full, empty))
        tell(f"Round {number} of {rounds}: {one:.2f} s, empty {other:.2f} s")
        yield one, other


def _opened(browser: Browser, stand: Stand, room: str) -> float:
    """Open a page with a fresh kernel, which is stopped afterwards."""
    try:
        with timed_page(browser, stand.address(room), stand.selector) as (_, seconds):
            return seconds
    finally:
        stand.server.quiet()


def _work(browser: Browser, stand: Stand, unit: Unit) -> tuple[int, tuple[Click, ...]]:
    """Count the open page's widget models, and answer its tasks."""
    with timed_page(browser, stand.address("work"), stand.selector) as (page, _):
        models = len(stand.models())
        clicks = tuple(_clicks(page, _tasks(unit)))
    _check_saved(stand.page.parent, unit)
    return models, clicks


def _tasks(unit: Unit) -> list[str]:
    found = {task.kind: task.id for case in unit.cases for task in case.tasks}
    return [found[kind] for kind in CLICKED]


def _clicks(page: Page, tasks: list[str]) -> Iterator[Click]:
    choices = page.locator(", ".join(f"{BENCH} {one}" for one in CHOICES))
    for task in tasks:
        step = page.locator(f"{BENCH} [data-step='{task}']")
        step.click()
        step.and_(page.locator("[aria-current='step']")).wait_for()
        for number in range(CLICKS):
            yield timed_click(choices.nth(number))


def _check_saved(folder: Path, unit: Unit) -> None:
    """Raise `CannotOpen` where the page said Saved and the file has no answer."""
    record, problem = read_submitted(folder, unit.id)
    lost = [one for one in _tasks(unit) if record is None or not record.value(one)]
    if lost or problem:
        raise CannotOpen(
            f"The page said Saved, and the file lacks {', '.join(lost) or problem}. "
            "Look into this before you time anything."
        )
