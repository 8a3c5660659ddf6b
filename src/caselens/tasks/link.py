"""`link`: arrows between the elements of one's own formulation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import Any

from caselens.cases import Statement, Task, TaskKey
from caselens.tasks.choices import Menus
from caselens.tasks.kind import Cleaned, Fault, Setting, text_of
from caselens.tasks.sets import NO, SetKind

RELATIONS = {
    "leads_to": ("leads to", "The first brings the second about."),
    "keeps_going": ("keeps going", "Because of the first, the second goes on."),
    "protects_from": ("protects from", "The first keeps the second away or bearable."),
    "repeats": ("repeats", "The first is the second over again, in another place."),
}
MOST = 12


class Link(SetKind):
    """Arrows with a relation and sentences; hits minus listed false alarms."""

    name = "link"
    title = "Draw the arrows"
    prompt = (
        "How do the elements of your formulation hang together? Draw the few arrows "
        "that matter, mark the sentences that carry each, and say what would break it."
    )
    fewest_listed = 3
    nothing = "Your arrows"

    def menus(self, setting: Setting) -> Menus:
        """Return the relations for every arrow that could be drawn."""
        ids = [one.id for one in _elements(setting)]
        return {f"{a}-{b}": tuple(RELATIONS) for a, b in permutations(ids, 2)}

    def cites(self, setting: Setting, part: str) -> bool:
        """Every arrow asks for sentences."""
        return True

    def clean(self, setting: Setting, value: object) -> Cleaned:
        """Keep known arrows with their relation, sentences and what would break them.

        The page stops at `MOST`; more than that costs by itself, because every
        listed wrong arrow would be among them.
        """
        cleaned = super().clean(setting, value)
        given = value.get("parts") if isinstance(value, dict) else None
        given = given if isinstance(given, dict) else {}
        kept = cleaned.value["parts"]
        cleaned.value["parts"] = {
            part: kept[part] | {"breaks": _breaks(given[part], cleaned.problems)}
            for part in given
            if part in kept
        }
        return cleaned

    def part_label(self, setting: Setting, part: str) -> str:
        """Return both elements with an arrow between them."""
        texts = {one.id: one.text for one in _elements(setting)}
        one, _, two = part.partition("-")
        return f"{texts.get(one, one)} → {texts.get(two, two)}"

    def choice_label(self, setting: Setting, part: str, choice: str | None) -> str:
        """Return the relation in words."""
        if choice == NO:
            return "no arrow"
        return RELATIONS.get(choice or "", ("",))[0]

    def groups(self, setting: Setting) -> list[dict[str, Any]]:
        """Return one group: every arrow that could be drawn."""
        parts = [
            {
                "id": part,
                "text": self.part_label(setting, part),
                "evidence": True,
                "optional": True,
            }
            for part in self.menus(setting)
        ]
        return [{"choices": _relations(), "parts": parts}]

    def view(self, setting: Setting) -> dict[str, Any]:
        """Return the elements, the relations and how many arrows there may be."""
        return self.frame(setting) | {
            "evidence": True,
            "elements": [one.model_dump() for one in _elements(setting)],
            "relations": _relations(),
            "of": setting.task.of,
            "most": MOST,
        }

    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Check the slots task that the elements come from, and the arrows."""
        place = ("tasks", setting.case.tasks.index(setting.task), "of")
        source = _source(setting)
        if source is None or source.stage > setting.task.stage:
            what = f"{setting.task.of!r} is no slots task of this stage or before."
            yield Fault(place, what, "Name one.", in_key=False)
            return
        yield from super().lint(setting, key)
        right = sum(one.answer != NO for one in key.parts.values())
        if right > MOST:
            where = ("tasks", setting.task.id, "parts")
            yield Fault(where, f"More than {MOST} arrows are right.", "Keep the best.")


def _source(setting: Setting) -> Task | None:
    for task in setting.case.tasks:
        if task.id == setting.task.of and task.kind == "slots":
            return task
    return None


def _elements(setting: Setting) -> tuple[Statement, ...]:
    # A unit may leave the slots task out: then the task brings its own statements.
    source = _source(setting)
    return source.statements if source else setting.task.statements


def _relations() -> list[dict[str, str]]:
    return [
        {"id": one, "label": label, "help": text}
        for one, (label, text) in RELATIONS.items()
    ]


def _breaks(answer: object, problems: list[str]) -> str:
    given = answer.get("breaks") if isinstance(answer, dict) else None
    return text_of(given, problems, "What would break an arrow")
