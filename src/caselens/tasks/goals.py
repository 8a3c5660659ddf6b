"""`goals`: whose goal is each of the seven, and which two go on the agenda.

A task may ask about some of the goals only (`options`), as short cases do; it then
has no agenda.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caselens.cases import TaskKey
from caselens.cases.vocabulary import Goal
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
        """Return the five answers for each goal that is asked about."""
        menu = tuple(answer.id for answer in setting.vocabulary.answers)
        return {goal.id: menu for goal in _asked(setting)}

    def cites(self, setting: Setting, part: str) -> bool:
        """Every goal asks for sentences."""
        return True

    def claims(self, choice: str | None) -> bool:
        """Everything but "not on this evidence" claims something."""
        return choice is not None and choice != "not_evident"

    def clean(self, setting: Setting, value: object) -> Cleaned:
        """Keep the choices, the agenda of two goals and the offered sentence."""
        cleaned = super().clean(setting, value)
        if setting.task.options:
            return cleaned
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
        if setting.task.options:
            return super().model(setting, key)
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
        """Return one group with a part a goal, and the agenda of a whole task."""
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
            for goal in _asked(setting)
        ]
        agenda = (
            None
            if setting.task.options
            else {
                "size": AGENDA_SIZE,
                "prompt": "Which two would you put on the agenda with this client?",
                "offer": "How would you offer them? Write the sentence you would say.",
            }
        )
        return self.frame(setting) | {
            "evidence": True,
            "groups": [{"choices": choices, "parts": parts}],
            "agenda": agenda,
        }

    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Check the agenda and the goals asked about beside the choices."""
        yield from super().lint(setting, key)
        known = {goal.id for goal in setting.vocabulary.goals}
        place = ("tasks", setting.case.tasks.index(setting.task), "options")
        for one in setting.task.options:
            if one not in known:
                repair = f"Use one of: {', '.join(sorted(known))}."
                yield Fault(place, f"{one!r} is no goal.", repair, in_key=False)
        yield from _lint_agenda(setting, key)


def _asked(setting: Setting) -> list[Goal]:
    """Return the goals the task asks about, in the order of the course."""
    chosen = setting.task.options
    return [one for one in setting.vocabulary.goals if not chosen or one.id in chosen]


def _lint_agenda(setting: Setting, key: TaskKey) -> Iterator[Fault]:
    place = ("tasks", setting.task.id, "agenda")
    known = {goal.id for goal in setting.vocabulary.goals}
    if setting.task.options:
        if key.agenda is not None:
            what = "A task about some of the goals has no agenda."
            yield Fault(place, what, "Remove it, or ask about every goal.")
    elif key.agenda is None:
        yield Fault(place, "The agenda is missing.", "Add the best two, and why.")
    elif not set(key.agenda.best) <= known:
        yield Fault(place, "The agenda names an unknown goal.", "Use goal ids.")
