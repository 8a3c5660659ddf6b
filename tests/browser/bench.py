"""The workbench as somebody at the screen has it: by its words, not its insides."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import give, shows
from tests.browser.places import Place, patiently
from tests.browser.words import like, say


def until(page: Page, find: Callable[[], Any], what: str, seconds: float = 30) -> Any:
    """Wait for something outside the page, such as a file."""
    found = patiently(find, seconds, lambda pause: page.wait_for_timeout(pause * 1000))
    assert found, f"Waited {seconds} seconds in vain: {what}"
    return found


class Bench:
    """One open unit: its page in the browser and its files."""

    def __init__(self, page: Page, place: Place) -> None:
        self.page, self.place = page, place
        self.root = page.locator(".caselens-workbench:visible")
        self.case = self.root.get_by_role("region", name=say("case.region"))
        self.heading = self.root.locator("h3.cl-heading")
        self.save = self.root.locator(".cl-save")

    @property
    def tasks(self) -> list[str]:
        return list(self.place.unit.points)

    def ready(self) -> Bench:
        """Wait for the page, and open the case where it lies behind its note."""
        expect(self.heading).to_be_visible(timeout=60_000)
        if self.heading.inner_text() == say("note.title"):
            self.press(say("note.open"))
        return self

    def press(self, name: str) -> None:
        self.root.get_by_role("button", name=name, exact=True).click()

    def go(self, step: str) -> None:
        """Go to a task by its id, or to another step by its name."""
        steps = self.root.get_by_role("navigation", name=say("step.nav"))
        button = steps.locator(f"[data-step='{step}']")
        button.click()
        expect(button).to_have_attribute("aria-current", "step")

    def begin(self) -> None:
        """Go to the first step."""
        steps = self.root.get_by_role("navigation", name=say("step.nav"))
        steps.get_by_role("button").first.click()

    def home(self) -> None:
        """Go back to the start page, as from any screen."""
        panel = self.page.locator(".jp-NotebookPanel:visible")
        panel.get_by_role("button", name=say("finish.home")).first.click()
        expect(self.page.locator("#caselens-start h2").first).to_be_visible()

    def finish(self) -> None:
        self.go("finish")

    def stage(self, task: str) -> int:
        return self.place.unit.task(task).stage

    def open_stage(self, stage: int) -> None:
        """Commit what comes before a stage and read on, blanks or not."""
        case = self.place.unit.cases[0].id
        self.go(f"read-{case}-{stage}")
        new = self.root.get_by_text(like("read.new"))
        if not new.is_visible():
            self.press(say("gate.commit"))
        anyway = self.root.get_by_role("button", name=say("ask.commit"))
        expect(anyway.or_(new)).to_be_visible()
        if anyway.is_visible():
            anyway.click()
        expect(new).to_be_visible()

    def answer_all(self, values: dict[str, Any]) -> None:
        """Answer tasks in the order of the unit, opening stages on the way."""
        opened = min(self.stage(task) for task in self.tasks)
        for task in (one for one in self.tasks if one in values):
            while opened < self.stage(task):
                opened += 1
                if any(self.stage(one) == opened for one in self.tasks):
                    self.open_stage(opened)
            self.answer(task, values[task])

    def part(self, text: str) -> Locator:
        """A part of the task in view: a group of choices, or a statement's menu."""
        menus = self.root.locator(".cl-part").filter(
            has=self.page.get_by_text(text, exact=True)
        )
        return menus.first

    def choose(self, text: str, label: str) -> None:
        part = self.part(text)
        if part.get_by_role("combobox").count():
            part.get_by_role("combobox").select_option(label=label)
        else:
            part.get_by_role("radio", name=label, exact=True).check()

    def mark(self, text: str, sentences: list[str]) -> None:
        self.mark_at(self.part(text).locator(".cl-mark-button"), sentences)

    def mark_at(self, button: Locator, sentences: list[str]) -> None:
        """Open marking by a button, tick the sentences, and say Done."""
        button.click()
        for one in sentences:
            self.tick(one)
        self.case.get_by_role("button", name=say("marking.done")).click()

    def shows_marked(self, button: Locator, sentences: list[str] | None) -> None:
        """Wait until a button names these sentences, if any, as marked."""
        numbers = sorted(self.number(one) for one in sentences or ())
        if numbers:
            listed = r"\D+".join(str(one) for one in numbers)
            expect(button).to_have_text(re.compile(rf"\D{listed}$"))
        elif button.count():
            expect(button).to_have_text(re.compile(r"^\D*$"))

    def tick(self, sentence: str) -> None:
        self.sentence(sentence).get_by_role("checkbox").check()

    def sentence(self, sentence: str) -> Locator:
        number = self.number(sentence)
        mark = self.page.locator(".cl-number").get_by_text(str(number), exact=True)
        return self.case.get_by_role("listitem").filter(has=mark)

    def number(self, sentence: str) -> int:
        return self._found(sentence).number

    def text(self, sentence: str) -> str:
        return self._found(sentence).text

    def _found(self, sentence: str) -> Any:
        all_cases = [case.sentences for case in self.place.unit.cases]
        return next(one[sentence] for one in all_cases if sentence in one)

    def write(self, label: str, text: str) -> None:
        self.root.get_by_label(label).fill(text)

    def answer(self, task: str, value: dict[str, Any], first: str = "") -> None:
        """Give a value by mouse, whatever the kind of the task."""
        self.go(task)
        self.show_choices(first)
        give(self, self.place.view[task], value)

    def show_choices(self, words: str = "") -> None:
        """Go past the box for one's own words, where a task begins with it."""
        show = self.root.get_by_role("button", name=say("first.done"), exact=True)
        if not show.is_visible():
            return
        if words:
            self.write(say("first.label"), words)
        show.click()
        if not words:
            self.press(say("first.without"))
        expect(show).to_have_count(0)

    def shows(self, task: str, value: dict[str, Any]) -> None:
        """Go to a task that is open to change, and see a value there."""
        self.go(task)
        shows(self, self.place.view[task], value)

    def saved(self) -> None:
        """Wait until the page says that everything is saved."""
        expect(self.save).to_have_text(re.compile(r"^Saved \d"))

    def stored(self, task: str, value: Any) -> None:
        """Wait until the file holds exactly this answer."""
        wanted = settled(value)
        same = lambda: settled(self.place.value(task)) == wanted  # noqa: E731
        if not patiently(same, 30, lambda s: self.page.wait_for_timeout(s * 1000)):
            held = settled(self.place.value(task))
            assert held == wanted, f"{task} holds {held} and not {wanted}"

    def commit(self) -> None:
        self.press(say("go.commit"))
        expect(self.root.locator(".cl-feedback")).to_be_visible()

    def hand_in(self) -> None:
        self.finish()
        self.press(say("finish.handIn"))
        self.press(say("ask.handInYes"))
        expect(
            self.root.get_by_role("heading", name=say("receipt.title"))
        ).to_be_visible()


def settled(value: Any) -> Any:
    """A value in which the order of marking does not matter, nor what is blank."""
    if not isinstance(value, dict):
        return value
    if "marked" in value:
        return {"marked": sorted(value["marked"])}
    if "parts" not in value:
        return value
    parts = {
        name: (
            one.get("choice"),
            sorted(one.get("evidence") or ()),
            one.get("breaks") or "",
        )
        for name, one in value["parts"].items()
    }
    blank = (None, [], "")
    return {
        "parts": {name: one for name, one in parts.items() if one != blank},
        "agenda": sorted(value.get("agenda") or ()),
    } | {name: value.get(name) or "" for name in ("offer", "own", "repair")}
