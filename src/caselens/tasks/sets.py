"""Kinds in which some of many parts are chosen, and the rest are left alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caselens.cases import PartKey, TaskKey
from caselens.tasks.choices import ChoiceKind
from caselens.tasks.kind import Cleaned, Fault, Place, Setting, Value
from caselens.tasks.score import PartScore, Verdict

NO = "no"


class SetKind(ChoiceKind):
    """Hits over what the key holds right, minus false alarms over what it lists.

    Youden's J (youden1950index): choosing nothing, everything or at random earns
    nothing. Parts without a key, or keyed `no` and not chosen, are left alone.
    """

    fewest_listed = 2
    nothing = "Your choice"

    def clean(self, setting: Setting, value: object) -> Cleaned:
        """Keep only the parts that were chosen."""
        cleaned = super().clean(setting, value)
        chosen = {
            part: answer
            for part, answer in cleaned.value["parts"].items()
            if answer["choice"] is not None
        }
        return Cleaned(cleaned.value | {"parts": chosen}, cleaned.problems)

    def score_parts(
        self, setting: Setting, key: TaskKey, answers: dict[str, Any]
    ) -> Iterator[PartScore]:
        """Yield what the key holds right, then whatever else was chosen."""
        for part, one in key.parts.items():
            if one.answer != NO and part in answers:
                yield self.score_part(setting, key, part, answers[part])
            elif one.answer != NO:
                yield _left_out(part, one, "missed" if answers else "blank")
        for part, answer in answers.items():
            one_or_none = key.parts.get(part)
            if one_or_none is None:
                yield _open(part, answer)
            elif one_or_none.answer == NO:
                yield _alarm(part, one_or_none, answer)

    def corrected(
        self, setting: Setting, key: TaskKey, parts: tuple[PartScore, ...]
    ) -> float:
        """Return hits minus false alarms, each over its own weight."""
        right = [one.weight for one in key.parts.values() if one.answer != NO]
        listed = [one.weight for one in key.parts.values() if one.answer == NO]
        hits = sum(p.weight * p.credit for p in parts if p.credit > 0)
        alarms = sum(p.weight for p in parts if p.verdict == "unsupported")
        found = hits / sum(right) if sum(right) else 0.0
        return found - (alarms / sum(listed) if sum(listed) else 0.0)

    def chance(self, setting: Setting, key: TaskKey) -> float:
        """Return 0: whatever the share of parts chosen blindly, J is 0."""
        return 0.0

    def model(self, setting: Setting, key: TaskKey) -> Value:
        """Return what the key holds right, with its sentences."""
        parts: dict[str, dict[str, Any]] = {}
        for part, one in key.parts.items():
            if one.answer != NO:
                parts[part] = {"choice": one.answer}
                if self.cites(setting, part):
                    parts[part]["evidence"] = list(one.keyed)
        return {"parts": parts}

    def fill(self, setting: Setting, chosen: dict[str, dict[str, Any]]) -> Value:
        """Return the parts that have a choice."""
        return {"parts": {part: one for part, one in chosen.items() if one["choice"]}}

    def blanks(self, setting: Setting, value: object) -> list[str]:
        """Name the task where nothing at all is chosen."""
        chosen = self.clean(setting, value).value["parts"]
        return [] if chosen else [self.nothing]

    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Check that there is something right, and enough listed as wrong."""
        menus = self.menus(setting)
        root: Place = ("tasks", setting.task.id, "parts")
        for part, one in key.parts.items():
            if part not in menus:
                what = f"The task has no part {part!r}."
                yield Fault((*root, part), what, "Correct it.")
                continue
            if one.answer != NO and one.answer not in menus[part]:
                what = f"The choice {one.answer!r} is on no menu of this part."
                repair = f"Use one of: {', '.join(menus[part])}, or {NO}."
                yield Fault((*root, part, "answer"), what, repair)
            if one.answer != NO:
                yield from self._lint_marks(setting, (*root, part), key, part)
        answers = [one.answer for one in key.parts.values()]
        if all(one == NO for one in answers):
            yield Fault(root, "Nothing is keyed as right.", "Key one at least.")
        yield from self.lint_listed(root, answers.count(NO))

    def lint_listed(self, place: Place, listed: int) -> Iterator[Fault]:
        """Yield a fault where too few parts are listed as wrong."""
        if listed < self.fewest_listed:
            what = f"Fewer than {self.fewest_listed} parts are listed as wrong."
            repair = f"Key those that tempt as {NO}, each with its reason."
            yield Fault(place, what, repair)


def _left_out(part: str, key: PartKey, verdict: Verdict) -> PartScore:
    return PartScore(
        part=part,
        verdict=verdict,
        credit=0.0,
        weight=key.weight,
        choice=None,
        keyed=key.answer,
        missed=key.core,
        why=key.why,
    )


def _open(part: str, answer: dict[str, Any]) -> PartScore:
    return PartScore(part, "open", 0.0, 0.0, answer["choice"], None)


def _alarm(part: str, key: PartKey, answer: dict[str, Any]) -> PartScore:
    wrong = key.wrong.get(answer["choice"])
    return PartScore(
        part=part,
        verdict="unsupported",
        credit=0.0,
        weight=key.weight,
        choice=answer["choice"],
        keyed=NO,
        why=" ".join(filter(None, [wrong.why if wrong else "", key.why])),
        error=(wrong.error if wrong else None) or key.error,
    )
