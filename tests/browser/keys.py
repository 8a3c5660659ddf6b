"""Working without a mouse."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

IS_FOCUSED = "(nodes) => nodes.some((node) => node === document.activeElement)"


class Keys:
    """Only what a keyboard can do, and nothing that Playwright could do for it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, keys: str) -> None:
        self.page.keyboard.press(keys)

    def tab_to(self, wanted: Locator, most: int = 80) -> None:
        self._repeat("Tab", wanted, most)

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
