"""The workbench as somebody at the screen has it: by its words, not its insides."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.places import Place, patiently


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
        self.case = self.root.get_by_role("region", name="The case")
        self.heading = self.root.locator("h3.cl-heading")
        self.save = self.root.locator(".cl-save")

    @property
    def tasks(self) -> list[str]:
        return list(self.place.unit.points)

    def ready(self) -> Bench:
        """Wait for the page, and open the case where it lies behind its note."""
        expect(self.heading).to_be_visible(timeout=60_000)
        if self.heading.inner_text() == "Before you open this case":
            self.press("Open the case")
        return self

    def press(self, name: str) -> None:
        self.root.get_by_role("button", name=name, exact=True).click()

    def go(self, step: str) -> None:
        """Go to a task by its id, or to another step by its name."""
        steps = self.root.get_by_role("navigation", name="Steps of this unit")
        button = steps.locator(f"[data-step='{step}']")
        button.click()
        expect(button).to_have_attribute("aria-current", "step")

    def begin(self) -> None:
        """Go to the first step."""
        steps = self.root.get_by_role("navigation", name="Steps of this unit")
        steps.get_by_role("button").first.click()

    def home(self) -> None:
        """Go back to the start page, as from any screen."""
        panel = self.page.locator(".jp-NotebookPanel:visible")
        panel.get_by_role("button", name="Back to the start page").first.click()
        expect(self.page.locator("#caselens-start h3").first).to_be_visible()

    def finish(self) -> None:
        self.go("finish")

    def stage(self, task: str) -> int:
        return self.place.unit.task(task).stage

    def open_stage(self, stage: int) -> None:
        """Commit what comes before a stage and read on, blanks or not."""
        case = self.place.unit.cases[0].id
        self.go(f"read-{case}-{stage}")
        self.press("Commit and read on")
        anyway = self.root.get_by_role("button", name="Commit anyway")
        new = self.root.get_by_text(re.compile("^New in the case: sentences"))
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
        """Open marking for a part, tick the sentences, and say Done."""
        self.part(text).locator(".cl-mark-button").click()
        for one in sentences:
            self.tick(one)
        self.case.get_by_role("button", name="Done").click()

    def tick(self, sentence: str) -> None:
        self.sentence(sentence).get_by_role("checkbox").check()

    def sentence(self, sentence: str) -> Locator:
        number = self.number(sentence)
        mark = self.page.locator(".cl-number").get_by_text(str(number), exact=True)
        return self.case.get_by_role("listitem").filter(has=mark)

    def number(self, sentence: str) -> int:
        all_cases = [case.sentences for case in self.place.unit.cases]
        return next(one[sentence].number for one in all_cases if sentence in one)

    def write(self, label: str, text: str) -> None:
        self.root.get_by_label(label).fill(text)

    def answer(self, task: str, value: dict[str, Any]) -> None:
        """Give a value by mouse, whatever the kind of the task."""
        view = self.place.view[task]
        self.go(task)
        if view.get("claim"):
            for one in value["marked"]:
                self.tick(one)
        if "text" in value:
            self.write("Your text", value["text"])
        for group in view.get("groups") or ():
            labels = {one["id"]: one["label"] for one in group["choices"]}
            for part in group["parts"]:
                given = value["parts"].get(part["id"], {})
                if given.get("choice"):
                    self.choose(part["text"], labels[given["choice"]])
                if given.get("evidence"):
                    self.mark(part["text"], given["evidence"])
        if view.get("agenda"):
            self.take_up(view, value)

    def take_up(self, view: dict[str, Any], value: dict[str, Any]) -> None:
        agenda = self.root.get_by_role("group", name=view["agenda"]["prompt"])
        names = {one["id"]: one["text"] for one in view["groups"][0]["parts"]}
        for goal in value.get("agenda", []):
            agenda.get_by_label(names[goal], exact=True).check()
        if value.get("offer"):
            self.write(view["agenda"]["offer"], value["offer"])

    def saved(self) -> None:
        """Wait until the page says that everything is saved."""
        expect(self.save).to_have_text(re.compile(r"^Saved \d"))

    def stored(self, task: str, value: Any) -> None:
        """Wait until the file holds exactly this answer."""
        same = lambda: settled(self.place.value(task)) == settled(value)  # noqa: E731
        found = patiently(same, 30, lambda s: self.page.wait_for_timeout(s * 1000))
        assert found or settled(self.place.value(task)) == settled(value)

    def commit(self) -> None:
        self.press("Commit and compare")
        expect(self.root.locator(".cl-feedback")).to_be_visible()

    def hand_in(self) -> None:
        self.finish()
        self.press("Hand in")
        self.press("Hand in now")
        expect(self.root.get_by_role("heading", name="Receipt")).to_be_visible()


def settled(value: Any) -> Any:
    """A value in which the order of marking does not matter, nor what is blank."""
    if not isinstance(value, dict):
        return value
    if "marked" in value:
        return {"marked": sorted(value["marked"])}
    if "parts" not in value:
        return value
    parts = {
        name: (one.get("choice"), sorted(one.get("evidence") or ()))
        for name, one in value["parts"].items()
    }
    blank = (None, [])
    return {
        "parts": {name: one for name, one in parts.items() if one != blank},
        "agenda": sorted(value.get("agenda") or ()),
        "offer": value.get("offer") or "",
    }
