"""Working without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Locator, Page, expect

if TYPE_CHECKING:
    from tests.browser.bench import Bench

IS_AHEAD = "(node) => document.activeElement.compareDocumentPosition(node) & 4"
IS_FOCUSED = "(nodes) => nodes.some((node) => node === document.activeElement)"


class Keys:
    """Only what a keyboard can do, and nothing that Playwright could do for it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, keys: str) -> None:
        self.page.keyboard.press(keys)

    def tab_to(self, wanted: Locator, most: int = 80) -> None:
        self._repeat("Tab", wanted, most)

    def reach(self, wanted: Locator, most: int = 80) -> None:
        """Go forward, or back, with Tab."""
        expect(wanted.first).to_be_visible()
        key = "Tab" if wanted.first.evaluate(IS_AHEAD) else "Shift+Tab"
        self._repeat(key, wanted, most)

    def press_on(self, wanted: Locator) -> None:
        """Press a button, or tick a box, wherever it stands."""
        self.reach(wanted)
        self.press("Space")

    def mark(self, bench: Bench, button: Locator, sentences: list[str]) -> None:
        """Mark sentences from a button that opens marking, and come back."""
        self.reach(button)
        self.press("Enter")
        self.tick(bench, sentences)

    def tick(self, bench: Bench, sentences: list[str]) -> None:
        """Tick sentences while marking is on, and say that it is done."""
        for one in sorted(sentences, key=bench.number):
            box = bench.sentence(one).get_by_role("checkbox")
            self.walk_to(box)
            self.press("Space")
            expect(box).to_be_checked()
        self.press("Escape")

    def steps_to(self, bench: Bench, step: str) -> None:
        """Go step by step to a task by its id, or to another step by its name."""
        buttons = bench.root.locator("[data-step]")
        names = buttons.evaluate_all("(all) => all.map((one) => one.dataset.step)")
        here = bench.root.locator("[data-step][aria-current]")
        way = names.index(step) - names.index(here.get_attribute("data-step"))
        for _ in range(abs(way)):
            self.press("Alt+PageDown" if way > 0 else "Alt+PageUp")
        expect(here).to_have_attribute("data-step", step)

    def walk_to(self, wanted: Locator, most: int = 60) -> None:
        """Go down, or up, a list with the arrow keys."""
        here = self.page.evaluate("document.activeElement.getBoundingClientRect().top")
        key = "ArrowDown" if wanted.bounding_box()["y"] >= here else "ArrowUp"
        self._repeat(key, wanted, most)

    def pick(self, radios: Locator, index: int) -> None:
        """Choose one radio button of a group, as a person without a mouse does."""
        self.tab_to(radios)
        if index == 0:
            self.press("Space")
        for _ in range(index):
            self.press("ArrowRight")
        expect(radios.nth(index)).to_be_checked()

    def _repeat(self, key: str, wanted: Locator, most: int) -> None:
        expect(wanted.first).to_be_visible()
        for _ in range(most):
            if wanted.evaluate_all(IS_FOCUSED):
                return
            self.press(key)
        assert wanted.evaluate_all(IS_FOCUSED), f"{most} times {key} did not reach it"
