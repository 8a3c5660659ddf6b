"""`appraise`: formulations by others, rated criterion by criterion and repaired."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caselens.cases import Criterion, PartKey, Rubric, TaskKey
from caselens.tasks.choices import ChoiceKind, Menus
from caselens.tasks.kind import Cleaned, Fault, Setting, Value, text_of
from caselens.tasks.score import PartScore, Verdict
from caselens.tasks.write import rubric_faults

ALSO_DISTANCE = 0.5
LOWEST = -1.0
REPAIR = "Take the weakest of them and mend it, in your own words."


class Appraise(ChoiceKind):
    """A level for each text and criterion; agreement beyond the best constant."""

    name = "appraise"
    title = "Rate what others wrote"
    prompt = (
        "Colleagues have written about this client. Rate each text on every point, "
        "by the words of the levels and not by which lens you prefer."
    )

    def menus(self, setting: Setting) -> Menus:
        """Return the rubric's levels, as text, for every text and criterion."""
        return {
            f"{text.id}-{criterion.id}": _levels(criterion)
            for text in setting.task.texts
            for criterion in _rubric(setting).criteria
        }

    def clean(self, setting: Setting, value: object) -> Cleaned:
        """Keep the levels and the repaired text."""
        cleaned = super().clean(setting, value)
        repair = value.get("repair") if isinstance(value, dict) else None
        cleaned.value["repair"] = text_of(repair, cleaned.problems, "Your repair")
        return cleaned

    def model(self, setting: Setting, key: TaskKey) -> Value:
        """Return the agreed levels and the repaired text."""
        return super().model(setting, key) | {"repair": key.model or ""}

    def corrected(
        self, setting: Setting, key: TaskKey, parts: tuple[PartScore, ...]
    ) -> float:
        """Return 1 - disagreement / that of the best constant answer, at least -1."""
        menus = self.menus(setting)
        given = sum(
            part.weight * _distance(key.parts[part.part], part.choice, menus[part.part])
            for part in parts
        )
        best = self._least_by_constant(menus, key)
        return max(LOWEST, 1 - given / best) if best else 0.0

    def _least_by_constant(self, menus: Menus, key: TaskKey) -> float:
        levels = dict.fromkeys(one for menu in menus.values() for one in menu)
        return min(
            sum(
                one.weight * _distance(one, level, menus[part])
                for part, one in key.parts.items()
                if part in menus
            )
            for level in levels
        )

    def score_part(
        self, setting: Setting, key: TaskKey, part: str, answer: dict[str, Any]
    ) -> PartScore:
        """Return the score of one rating: right as agreed, partly one level off."""
        one, choice = key.parts[part], answer["choice"]
        menu = self.menus(setting)[part]
        wrong = one.wrong.get(choice or "")
        return PartScore(
            part=part,
            verdict=_verdict(one, choice, menu),
            credit=1 - _distance(one, choice, menu) / max(1, len(menu) - 1),
            weight=one.weight,
            choice=choice,
            keyed=one.answer,
            why=" ".join(filter(None, [wrong.why if wrong else "", one.why])),
            error=(wrong.error if wrong else None) or one.error,
        )

    def chance(self, setting: Setting, key: TaskKey) -> float:
        """Return 0, or 1 where one level would be right throughout."""
        return float(self._least_by_constant(self.menus(setting), key) == 0)

    def part_label(self, setting: Setting, part: str) -> str:
        """Return the text's number and the criterion's name."""
        text, _, criterion = part.partition("-")
        ids = [one.id for one in setting.task.texts]
        number = ids.index(text) + 1 if text in ids else text
        names = {one.id: one.name for one in _rubric(setting).criteria}
        return f"Text {number}: {names.get(criterion, criterion)}"

    def choice_label(self, setting: Setting, part: str, choice: str | None) -> str:
        """Return the level's label."""
        for criterion in _rubric(setting).criteria:
            if criterion.id == part.partition("-")[2]:
                labels = {str(one.points): one.label for one in criterion.levels}
                return labels.get(choice or "", "")
        return ""

    def view(self, setting: Setting) -> dict[str, Any]:
        """Return the texts, the rubric, and a group for each text and criterion."""
        rubric = _rubric(setting)
        groups = [
            {
                "text_id": text.id,
                "criterion": criterion.id,
                "choices": [
                    {"id": str(one.points), "label": one.label, "help": one.text}
                    for one in criterion.levels
                ],
                "parts": [
                    {
                        "id": f"{text.id}-{criterion.id}",
                        "text": self.part_label(setting, f"{text.id}-{criterion.id}"),
                        "help": criterion.question,
                        "evidence": False,
                    }
                ],
            }
            for text in setting.task.texts
            for criterion in rubric.criteria
        ]
        return self.frame(setting) | {
            "evidence": False,
            "groups": groups,
            "texts": [one.model_dump() for one in setting.task.texts],
            "rubric": rubric.model_dump(mode="json"),
            "repair": REPAIR,
        }

    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Check the texts, the rubric and the repair beside the levels."""
        place = ("tasks", setting.case.tasks.index(setting.task))
        faults = list(rubric_faults(setting, (*place, "rubric")))
        if setting.task.rubric is None:
            faults.append(Fault(place, "The rubric is missing.", "Add it.", False))
        yield from faults
        if not setting.task.texts:
            yield Fault(place, "There are no texts to rate.", "Add texts.", False)
        if faults or not setting.task.texts:
            return
        yield from super().lint(setting, key)
        if not key.model:
            where = ("tasks", setting.task.id)
            yield Fault(where, "The repaired text is missing.", "Add model.")


def _rubric(setting: Setting) -> Rubric:
    return setting.vocabulary.rubric(setting.task.rubric or "")


def _levels(criterion: Criterion) -> tuple[str, ...]:
    return tuple(str(level.points) for level in criterion.levels)


def _distance(key: PartKey, choice: str | None, menu: tuple[str, ...]) -> float:
    """Return how many levels lie between; nothing chosen is as far as can be."""
    if key.answer not in menu:
        return 0.0
    at = menu.index(key.answer)
    if choice not in menu:
        return float(max(at, len(menu) - 1 - at))
    found = float(abs(menu.index(choice) - at))
    if key.also in menu:
        found = min(
            found, abs(menu.index(choice) - menu.index(key.also)) + ALSO_DISTANCE
        )
    return found


def _verdict(key: PartKey, choice: str | None, menu: tuple[str, ...]) -> Verdict:
    if choice is None:
        return "blank"
    distance = _distance(key, choice, menu)
    if distance == 0:
        return "right"
    return "partly" if distance <= 1 else "missed"
