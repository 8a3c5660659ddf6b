"""`slots`: statements about the case are placed into a lens's slots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from caselens.cases import TaskKey
from caselens.cases.vocabulary import GROUP_ORDER
from caselens.tasks.choices import Menus
from caselens.tasks.kind import Fault, Setting
from caselens.tasks.statements import StatementKind

SHARED = ("not_supported", "too_early")
LARGEST_SHARE = 1 / 3
LENS_TITLE = {
    "cbt": "The CBT lens",
    "dynamic": "The dynamic lens",
    None: "The skeleton of a formulation",
}


class Slots(StatementKind):
    """Statements to place; some are overclaims, some too early to say."""

    name = "slots"
    title = "Place the statements"
    prompt = (
        "Where would this lens put each statement? Some are not supported by the "
        "case, and some are too early to say."
    )

    def menus(self, setting: Setting) -> Menus:
        """Return the task's slots for every statement."""
        return {one.id: setting.task.slots for one in setting.task.statements}

    def cites(self, setting: Setting, part: str) -> bool:
        """Sentences are asked where the task says so."""
        return setting.task.cite

    def claims(self, choice: str | None) -> bool:
        """Every slot but the two shared ones claims something."""
        return choice is not None and choice not in SHARED

    def choice_label(self, setting: Setting, part: str, choice: str | None) -> str:
        """Return the slot's label."""
        slot = setting.vocabulary.slots.get(choice or "")
        return slot.label if slot else ""

    def view(self, setting: Setting) -> dict[str, Any]:
        """Return one group: the statements, with the slots as choices."""
        slots = [setting.vocabulary.slots[one] for one in setting.task.slots]
        choices = [
            {
                "id": slot.id,
                "label": slot.label,
                "help": f"{slot.definition} For example: {slot.example}",
                "source": setting.vocabulary.cited(slot.source),
            }
            for slot in slots
        ]
        return self.table(setting, choices) | {
            "title": LENS_TITLE[setting.task.lens],
            "lens": setting.task.lens,
        }

    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Check the menu, the points groups and the spread of the answers."""
        place = ("tasks", setting.case.tasks.index(setting.task))
        unknown = set(setting.task.slots) - set(
            setting.vocabulary.menu(setting.task.lens)
        )
        for one in sorted(unknown):
            whose = f"the {setting.task.lens} lens" if setting.task.lens else "both"
            what = f"{one!r} is no slot of {whose}."
            known = ", ".join(setting.vocabulary.menu(setting.task.lens))
            yield Fault((*place, "slots"), what, f"Use some of: {known}.", False)
        for one in SHARED:
            if one not in setting.task.slots:
                what = f"The menu lacks {one!r}."
                yield Fault((*place, "slots"), what, "Add it.", in_key=False)
        yield from super().lint(setting, key)
        yield from self._lint_groups(setting, key)
        yield from self._lint_spread(setting, key)

    def _lint_groups(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        for part, one in key.parts.items():
            slot = setting.vocabulary.slots.get(one.answer or "")
            if slot is None:
                continue
            if GROUP_ORDER.index(one.group) < GROUP_ORDER.index(slot.group):
                yield Fault(
                    ("tasks", setting.task.id, "parts", part, "group"),
                    f"{slot.label} is {slot.group} inference, not {one.group}.",
                    f"Use group: {slot.group}, or one further off.",
                )

    def _lint_spread(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        counts = Counter(one.answer for one in key.parts.values())
        for answer, count in counts.items():
            if count > len(key.parts) * LARGEST_SHARE and count > 1:
                yield Fault(
                    ("tasks", setting.task.id, "parts"),
                    f"{answer!r} answers {count} of {len(key.parts)} statements.",
                    "Let no slot answer more than a third.",
                )
