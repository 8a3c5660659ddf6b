"""`translate`: which dynamic element describes the same fact as a CBT element."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caselens.cases import TaskKey
from caselens.tasks.choices import Menus
from caselens.tasks.kind import Fault, Setting
from caselens.tasks.statements import StatementKind

NONE = "none"
NO_COUNTERPART = "No counterpart"
LETTERS = "ABCDEFGHIJ"


class Translate(StatementKind):
    """Statements of one lens, and the other's names for the same facts."""

    name = "translate"
    title = "Two names for one fact"
    prompt = (
        "Which of the dynamic lens's statements describes the same fact? Where "
        "nothing does, say that there is no counterpart: translation has limits."
    )

    def menus(self, setting: Setting) -> Menus:
        """Return the counterparts, and none, for every statement."""
        menu = (*(one.id for one in setting.task.counterparts), NONE)
        return {one.id: menu for one in setting.task.statements}

    def claims(self, choice: str | None) -> bool:
        """Every counterpart claims that one fact is meant."""
        return choice is not None and choice != NONE

    def choice_label(self, setting: Setting, part: str, choice: str | None) -> str:
        """Return the counterpart."""
        texts = {one.id: one.text for one in setting.task.counterparts}
        return NO_COUNTERPART if choice == NONE else texts.get(choice or "", "")

    def view(self, setting: Setting) -> dict[str, Any]:
        """Return one group: the statements, with lettered counterparts."""
        choices = [
            {"id": one.id, "label": one.text, "help": "", "letter": letter}
            for letter, one in zip(LETTERS, setting.task.counterparts, strict=False)
        ]
        last = {"id": NONE, "label": NO_COUNTERPART, "help": "", "letter": ""}
        return self.table(setting, [*choices, last])

    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Check that a counterpart answers once, and that something has none."""
        place = ("tasks", setting.case.tasks.index(setting.task), "counterparts")
        count = len(setting.task.counterparts)
        if not len(LETTERS) >= count > 1:
            what = f"There are {count} counterparts."
            yield Fault(place, what, f"Write 2 to {len(LETTERS)}.", in_key=False)
        answers = [one.answer for one in key.parts.values()]
        where = ("tasks", setting.task.id, "parts")
        for one in {one for one in answers if one != NONE and answers.count(one) > 1}:
            what = f"{one!r} is the counterpart of two statements."
            yield Fault(where, what, "Let each describe one fact.")
        if NONE not in answers:
            what = "Every statement has a counterpart, which is too smooth to be true."
            yield Fault(where, what, "Add one that has none.")
        yield from super().lint(setting, key)
