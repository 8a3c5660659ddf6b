"""`goals`: whose goal is each of the seven, and which two go on the agenda."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caselens.cases import TaskKey
from caselens.tasks.choices import ChoiceKind, Menus
from caselens.tasks.kind import Cleaned, Fault, Setting, Value, text_of

AGENDA_SIZE = 2


class Goals(ChoiceKind):
    """Five answers for each goal and for `other`, with sentences."""

    name = "goals"
    title = "Goals"
    prompt = (
        "For each goal, whose goal is it now? Mark the sentences your answer rests "
        "on. Where a goal is not on this evidence, mark what speaks against it, if "
        "anything does."
    )

    def menus(self, setting: Setting) -> Menus:
        """Return the five answers for each of the eight goals."""
        menu = tuple(answer.id for answer in setting.vocabulary.answers)
        return {goal.id: menu for goal in setting.vocabulary.goals}

    def cites(self, setting: Setting, part: str) -> bool:
        """Every goal asks for sentences."""
        return True

    def claims(self, choice: str | None) -> bool:
        """Everything but "not on this evidence" claims something."""
        return choice is not None and choice != "not_evident"

    def clean(self, setting: Setting, value: object) -> Cleaned:
        """Keep the choices, the agenda of two goals and the offered sentence."""
        cleaned = super().clean(setting, value)
        given = value if isinstance(value, dict) else {}
        known = [goal.id for goal in setting.vocabulary.goals]
        agenda = given.get("agenda")
        agenda = agenda if isinstance(agenda, list) else []
        chosen = [one for one in known if one in agenda]
        cleaned.value["agenda"] = chosen[:AGENDA_SIZE]
        cleaned.value["offer"] = text_of(
            given.get("offer"), cleaned.problems, "The sentence that offers the goals"
        )
        return cleaned

    def model(self, setting: Setting, key: TaskKey) -> Value:
        """Return the keyed choices and agenda."""
        agenda = list(key.agenda.best) if key.agenda else []
        return super().model(setting, key) | {"agenda": agenda, "offer": ""}

    def part_label(self, setting: Setting, part: str) -> str:
        """Return the goal's short name."""
        goals = {goal.id: goal.short for goal in setting.vocabulary.goals}
        return goals.get(part, part)

    def choice_label(self, setting: Setting, part: str, choice: str | None) -> str:
        """Return the answer's label."""
        labels = {answer.id: answer.label for answer in setting.vocabulary.answers}
        return labels.get(choice or "", "")

    def view(self, setting: Setting) -> dict[str, Any]:
        """Return one group of eight parts, and the agenda."""
        words = setting.vocabulary
        choices = [
            {"id": one.id, "label": one.label, "help": one.help}
            for one in words.answers
        ]
        parts = [
            {
                "id": goal.id,
                "text": goal.short,
                "help": goal.covers,
                "more": f"It counts when: {goal.threshold}",
                "evidence": True,
            }
            for goal in words.goals
        ]
        agenda = {
            "size": AGENDA_SIZE,
            "prompt": "Which two would you put on the agenda with this client?",
            "offer": "How would you offer them? Write the sentence you would say.",
        }
        return self.frame(setting) | {
            "evidence": True,
            "groups": [{"choices": choices, "parts": parts}],
            "agenda": agenda,
        }

    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Check the agenda beside the choices."""
        yield from super().lint(setting, key)
        place = ("tasks", setting.task.id, "agenda")
        if key.agenda is None:
            yield Fault(place, "The agenda is missing.", "Add the best two, and why.")
        elif not set(key.agenda.best) <= set(self.menus(setting)):
            yield Fault(place, "The agenda names an unknown goal.", "Use goal ids.")
