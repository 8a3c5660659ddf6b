"""`update`: whether each hypothesis is less, equally or more likely than before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caselens.cases import TaskKey
from caselens.tasks.accounts import (
    MOVED,
    account,
    account_faults,
    moved_choices,
    moved_label,
)
from caselens.tasks.choices import ChoiceKind, Menus
from caselens.tasks.kind import Fault, Setting

FEWEST, MOST = 2, 6


class Update(ChoiceKind):
    """Three directions for each hypothesis, after a new stage."""

    name = "update"
    title = "What has moved?"
    prompt = (
        "You have read more. Is each account now less likely, as likely as before, or "
        "more likely? Judge by what is new, not by what you liked at first."
    )

    def menus(self, setting: Setting) -> Menus:
        """Return the three directions for every hypothesis of the task."""
        return dict.fromkeys(setting.task.hypotheses, tuple(MOVED))

    def part_label(self, setting: Setting, part: str) -> str:
        """Return the hypothesis."""
        return account(setting, part)

    def choice_label(self, setting: Setting, part: str, choice: str | None) -> str:
        """Return the direction's name."""
        return moved_label(choice)

    def view(self, setting: Setting) -> dict[str, Any]:
        """Return one group: the hypotheses, with the directions as choices."""
        parts = [
            {"id": one, "text": account(setting, one), "help": "", "evidence": False}
            for one in setting.task.hypotheses
        ]
        group = {"choices": moved_choices(), "parts": parts}
        return self.frame(setting) | {"evidence": False, "groups": [group]}

    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Check the hypotheses beside the choices."""
        yield from account_faults(setting, FEWEST, MOST)
        yield from super().lint(setting, key)
