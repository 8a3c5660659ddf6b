"""What a page may not show, what it must reach, and its pictures."""

from __future__ import annotations

import os

from playwright.sync_api import Locator, Page, expect

from tests.browser.places import CLONE

MACHINERY = (
    ".jp-InputArea-editor",
    ".jp-InputPrompt",
    ".jp-OutputPrompt",
    ".jp-NotebookPanel-toolbar",
    ".jp-cell-toolbar",
    ".jp-Notebook-footer",
)
SHOWN = """[...root.querySelectorAll("button, input, select, textarea")]
  .filter((node) => node.checkVisibility({ visibilityProperty: true }))
  .filter((node) => node.getClientRects().length)"""
CODE = ("workbench()", "task(", "from caselens", "Out[")


def no_code_in_sight(page: Page) -> None:
    """No code, no prompt, no toolbar in the page that is open."""
    panel = page.locator(".jp-NotebookPanel:visible")
    expect(panel).to_have_count(1)
    for one in MACHINERY:
        expect(panel.locator(f"{one}:visible")).to_have_count(0)
    seen = panel.inner_text()
    assert [word for word in CODE if word in seen] == []


def fits_the_window(bench_root: Locator) -> None:
    """Nothing has to be scrolled sideways, and every button can be pressed."""
    wide = bench_root.evaluate(
        """(root) => [root, ...root.querySelectorAll("*")]
          .filter((node) => node.clientWidth > 0)
          .filter((node) => node.scrollWidth > node.clientWidth + 1)
          .filter((node) => /auto|scroll/.test(getComputedStyle(node).overflowX))
          .map((node) => `${node.className}: ${node.scrollWidth}`)"""
    )
    assert not wide, f"These scroll sideways: {wide}"
    beyond = bench_root.evaluate(
        f"""(root) => {SHOWN}
          .map((node) => [node, node.getBoundingClientRect()])
          .filter(([, box]) => box.left < -1 || box.right > innerWidth + 1)
          .map(([node]) => node.outerHTML)"""
    )
    assert not beyond, f"These lie outside the window: {beyond}"
    # What is pinned to the top or the bottom may lie over a button for a while,
    # as long as it can be scrolled out from under it.
    covered = bench_root.evaluate(
        f"""(root) => {SHOWN}
          .filter((node) => node.tagName === "BUTTON" && !node.disabled)
          .filter((node) => !["center", "end", "start"].some((block) => {{
            node.scrollIntoView({{ block, behavior: "instant" }});
            const box = node.getBoundingClientRect();
            const middle = [box.left + box.width / 2, box.top + box.height / 2];
            return node.contains(document.elementFromPoint(...middle));
          }}))
          .map((node) => node.outerHTML)"""
    )
    assert not covered, f"These buttons cannot be pressed: {covered}"


def picture(page: Page, name: str) -> None:
    """Keep a picture for the documents, when it was asked for."""
    if os.environ.get("CASELENS_PICTURES") == "1":
        folder = CLONE / "docs" / "pictures"
        folder.mkdir(exist_ok=True)
        page.screenshot(path=folder / f"{name}.png", animations="disabled")
