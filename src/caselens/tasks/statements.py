"""Kinds whose parts are the statements of the task."""

from __future__ import annotations

from typing import Any

from caselens.tasks.choices import ChoiceKind
from caselens.tasks.kind import Setting


class StatementKind(ChoiceKind):
    """Every statement of the task is answered by one choice."""

    def part_label(self, setting: Setting, part: str) -> str:
        """Return the statement."""
        texts = {one.id: one.text for one in setting.task.statements}
        return texts.get(part, part)

    def table(self, setting: Setting, choices: list[dict[str, str]]) -> dict[str, Any]:
        """Return the view: one group with the statements and these choices."""
        parts = [
            {
                "id": one.id,
                "text": one.text,
                "help": "",
                "evidence": self.cites(setting, one.id),
            }
            for one in setting.task.statements
        ]
        return self.frame(setting) | {
            "evidence": any(part["evidence"] for part in parts),
            "groups": [{"choices": choices, "parts": parts}],
        }
