"""`pick`: one or several labels that fit: a thinking pattern, a defence, a belief."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caselens.cases import TaskKey
from caselens.cases.vocabulary import GROUP_ORDER, Label
from caselens.tasks.choices import Menus, share_of
from caselens.tasks.kind import Cleaned, Fault, Place, Setting
from caselens.tasks.score import CHOICE_SHARE, PartScore, correct
from caselens.tasks.sets import NO, SetKind

FITS = "fits"
FEWEST = 3


class Pick(SetKind):
    """Labels from a closed set, with sentences where the task asks for them."""

    name = "pick"
    title = "Name it"
    prompt = (
        "Which label fits best, if the case shows it at all? Read what each one "
        "means before you choose."
    )
    nothing = "The label"

    def menus(self, setting: Setting) -> Menus:
        """Return `fits` for every label that is offered."""
        return {label.id: (FITS,) for label in _offered(setting)}

    def cites(self, setting: Setting, part: str) -> bool:
        """Sentences are asked where the task says so."""
        return setting.task.cite

    def clean(self, setting: Setting, value: object) -> Cleaned:
        """Keep the labels; only the first where one is asked for."""
        cleaned = super().clean(setting, value)
        chosen = cleaned.value["parts"]
        if not setting.task.several and len(chosen) > 1:
            cleaned.problems.append("More than one label was picked; the first counts.")
            first = next(iter(chosen))
            cleaned.value["parts"] = {first: chosen[first]}
        return cleaned

    def corrected(
        self, setting: Setting, key: TaskKey, parts: tuple[PartScore, ...]
    ) -> float:
        """Return J over several labels, or (hit - 1/m) / (1 - 1/m) for one of m."""
        if setting.task.several:
            return super().corrected(setting, key, parts)
        hits = sum(one.credit for one in parts if one.weight > 0)
        return correct(hits, self.chance(setting, key))

    def score_parts(
        self, setting: Setting, key: TaskKey, answers: dict[str, Any]
    ) -> Iterator[PartScore]:
        """Yield the parts; of one label, a second accepted one is half a hit."""
        second = not setting.task.several
        for one in super().score_parts(setting, key, answers):
            half = key.parts.get(one.part)
            if second and half and half.answer == NO and half.also == one.choice:
                yield self.score_part(setting, key, one.part, answers[one.part])
            else:
                yield one

    def chance(self, setting: Setting, key: TaskKey) -> float:
        """Return 0 for several labels, else the mean over the labels offered."""
        if setting.task.several:
            return 0.0
        menu = self.menus(setting)
        worth = 0.0
        for one in (part for part in key.parts.values() if part.weight > 0):
            asked = setting.task.cite and bool(one.core)
            worth += share_of(one, FITS) * (CHOICE_SHARE if asked else 1.0)
        return worth / len(menu) if menu else 1.0

    def part_label(self, setting: Setting, part: str) -> str:
        """Return the label."""
        labels = {one.id: one.label for one in _offered(setting)}
        return labels.get(part, part)

    def choice_label(self, setting: Setting, part: str, choice: str | None) -> str:
        """Return whether the label fits, in words."""
        return {FITS: "It fits", NO: "It does not fit"}.get(choice or "", "")

    def view(self, setting: Setting) -> dict[str, Any]:
        """Return one group: the labels, each of which fits or is left alone."""
        parts = [
            {
                "id": one.id,
                "text": one.label,
                "help": f"{one.definition} For example: {one.example}",
                "source": setting.vocabulary.cited(one.source),
                "evidence": setting.task.cite,
                "optional": True,
            }
            for one in _offered(setting)
        ]
        group = {"choices": [{"id": FITS, "label": "It fits", "help": ""}]}
        return self.frame(setting) | {
            "evidence": setting.task.cite,
            "several": setting.task.several,
            "groups": [group | {"parts": parts}],
        }

    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Check the set, the options, and that one fits where one is asked for."""
        place: Place = ("tasks", setting.case.tasks.index(setting.task))
        labels = setting.vocabulary.label_set(setting.task.labels)
        if labels is None:
            known = ", ".join(one.id for one in setting.vocabulary.labels)
            what = f"No set of labels is called {setting.task.labels!r}."
            yield Fault((*place, "labels"), what, f"Use one of: {known}.", False)
            return
        for number, name in enumerate(setting.task.options):
            if name not in labels.by_id:
                what = f"{name!r} is no label of the set {labels.id}."
                where = (*place, "options", number)
                yield Fault(where, what, "See datasets/labels.yaml.", False)
        if len(_offered(setting)) < FEWEST:
            yield Fault(place, f"Fewer than {FEWEST} labels.", "Offer more.", False)
        yield from super().lint(setting, key)
        yield from _lint_second(setting, key)
        fitting = [one for one in key.parts.values() if one.answer == FITS]
        if not setting.task.several and len(fitting) > 1:
            where = ("tasks", setting.task.id, "parts")
            yield Fault(where, "Two labels fit.", "Key one, or set several: true.")
        for part, one in key.parts.items():
            if GROUP_ORDER.index(one.group) < GROUP_ORDER.index(labels.group):
                yield Fault(
                    ("tasks", setting.task.id, "parts", part, "group"),
                    f"A label of this set is {labels.group} inference.",
                    f"Use group: {labels.group}, or one further off.",
                )


def _lint_second(setting: Setting, key: TaskKey) -> Iterator[Fault]:
    # Beside several labels half a hit has no share to be half of.
    for part, one in key.parts.items():
        if setting.task.several and one.also is not None:
            place = ("tasks", setting.task.id, "parts", part, "also")
            what = "Where several labels may fit, none is a second answer."
            yield Fault(place, what, "Use group: discussed.")


def _offered(setting: Setting) -> list[Label]:
    labels = setting.vocabulary.label_set(setting.task.labels)
    if labels is None:
        return []
    wanted = setting.task.options or tuple(labels.by_id)
    return [labels.by_id[one] for one in wanted if one in labels.by_id]
