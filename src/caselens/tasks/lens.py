"""`lens`: statements about the case sorted into CBT, dynamic, both, neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from caselens.cases import TaskKey
from caselens.cases.vocabulary import LENSES
from caselens.tasks.choices import Menus
from caselens.tasks.kind import Fault, Setting
from caselens.tasks.statements import StatementKind

HELP = {
    "cbt": "A CBT therapist would say this; a dynamic one would not need it.",
    "dynamic": "A dynamic therapist would say this; a CBT one would not need it.",
    "both": "Either would say this, perhaps in other words.",
    "neither": "Neither would say this of this case, on this evidence.",
}


class Lens(StatementKind):
    """Four balanced classes of statement."""

    name = "lens"
    title = "Two lenses"
    prompt = (
        "Who would say this about the case? Neither approach is better; the question "
        "is whose way of seeing it is, and whether the case supports it."
    )

    def menus(self, setting: Setting) -> Menus:
        """Return the four classes for every statement."""
        return {one.id: tuple(LENSES) for one in setting.task.statements}

    def claims(self, choice: str | None) -> bool:
        """Everything but `neither` claims that the case supports it."""
        return choice is not None and choice != "neither"

    def choice_label(self, setting: Setting, part: str, choice: str | None) -> str:
        """Return the class's label."""
        return LENSES.get(choice or "", "")

    def view(self, setting: Setting) -> dict[str, Any]:
        """Return one group: the statements, with the classes as choices."""
        choices = [
            {"id": one, "label": label, "help": HELP[one]}
            for one, label in LENSES.items()
        ]
        return self.table(setting, choices)

    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Check that the four classes are equally frequent."""
        yield from super().lint(setting, key)
        counts = Counter(one.answer for one in key.parts.values())
        sizes = [counts[one] for one in LENSES]
        if max(sizes) - min(sizes) > min(1, len(key.parts) % len(LENSES)):
            found = ", ".join(f"{one} {counts[one]}" for one in LENSES)
            yield Fault(
                ("tasks", setting.task.id, "parts"),
                f"The classes are not equally frequent ({found}).",
                "Balance them.",
            )
