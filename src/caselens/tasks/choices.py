"""Tasks that ask for a choice in each part, with or without sentences."""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from caselens.cases import PartKey, TaskKey
from caselens.tasks.kind import Cleaned, Fault, Kind, Setting, Value, sentences_of
from caselens.tasks.score import (
    CHOICE_SHARE,
    EVIDENCE_SHARE,
    SECOND_ANSWER,
    PartScore,
    Score,
    Verdict,
    correct,
    marks,
    points,
)

Menus = dict[str, tuple[str, ...]]
GOOD_MARKS = 0.5


class ChoiceKind(Kind):
    """A kind whose parts are each answered by one choice from a menu."""

    @abstractmethod
    def menus(self, setting: Setting) -> Menus:
        """Return each part's choices, by part, in the order shown."""

    def cites(self, setting: Setting, part: str) -> bool:
        """Whether the part asks for sentences beside the choice."""
        return False

    def claims(self, choice: str | None) -> bool:
        """Whether the choice claims something that sentences must support."""
        return False

    def missed_safety(self, key: PartKey, share: float) -> bool:
        """Whether a missed part withholds "complete"."""
        return False

    def clean(self, setting: Setting, value: object) -> Cleaned:
        """Keep known choices and known sentences; blank the rest, with a note."""
        problems: list[str] = []
        given = value.get("parts") if isinstance(value, dict) else None
        if given is None:
            given = {}
        if not isinstance(given, dict):
            problems.append("The answers of this task could not be read.")
            given = {}
        menus = self.menus(setting)
        if set(given) - set(menus):
            problems.append("Answers to unknown parts were left out.")
        parts = {
            part: self._clean_part(setting, part, menu, given.get(part), problems)
            for part, menu in menus.items()
        }
        return Cleaned({"parts": parts}, problems)

    def _clean_part(
        self,
        setting: Setting,
        part: str,
        menu: tuple[str, ...],
        given: object,
        problems: list[str],
    ) -> dict[str, Any]:
        label = self.part_label(setting, part)
        if given is not None and not isinstance(given, dict):
            problems.append(f"The answer to {label} could not be read.")
        given = given if isinstance(given, dict) else {}
        choice = given.get("choice")
        if choice is not None and choice not in menu:
            problems.append(f"The choice for {label} is not on the list.")
            choice = None
        cleaned: dict[str, Any] = {"choice": choice}
        if self.cites(setting, part):
            cleaned["evidence"] = sentences_of(
                given.get("evidence"), setting, problems, label
            )
        return cleaned

    def score(self, setting: Setting, key: TaskKey, value: object) -> Score:
        """Return the parts' credits, corrected for chance.

        A task whose parts are all unscored earns nothing and costs nothing.
        """
        cleaned = self.clean(setting, value)
        answers = cleaned.value["parts"]
        parts = tuple(self.score_parts(setting, key, answers))
        scored = any(one.weight for one in key.parts.values())
        corrected = self.corrected(setting, key, parts) if scored else 0.0
        missed = [
            one.part
            for one in parts
            if one.part in key.parts
            and self.missed_safety(
                key.parts[one.part], share_of(key.parts[one.part], one.choice)
            )
        ]
        return Score(
            task=setting.task.id,
            points=points(corrected, setting.points),
            maximum=setting.points,
            corrected=corrected,
            parts=parts,
            complete=not missed,
            problems=tuple(cleaned.problems),
        )

    def score_parts(
        self, setting: Setting, key: TaskKey, answers: dict[str, Any]
    ) -> Iterator[PartScore]:
        """Yield the score of every keyed part, in the order shown."""
        for part in self.menus(setting):
            if part in key.parts:
                yield self.score_part(setting, key, part, answers[part])

    def corrected(
        self, setting: Setting, key: TaskKey, parts: tuple[PartScore, ...]
    ) -> float:
        """Weighted hits, corrected by the best constant answer."""
        total = sum(part.weight for part in parts)
        hits = sum(part.weight * part.credit for part in parts) / total
        return correct(hits, self.chance(setting, key))

    def score_part(
        self, setting: Setting, key: TaskKey, part: str, answer: dict[str, Any]
    ) -> PartScore:
        """Return the score of one keyed part."""
        one, choice = key.parts[part], answer["choice"]
        share = share_of(one, choice)
        listed = key.listed(one)
        marked, keyed = answer.get("evidence", []), one.keyed
        value = marks(marked, keyed, listed)
        asked = self.cites(setting, part) and bool(one.core)
        worth = CHOICE_SHARE + EVIDENCE_SHARE * value if asked else 1.0
        wrong = one.wrong.get(choice or "")
        return PartScore(
            part=part,
            verdict=self._verdict(one, choice, share, value if asked else 1.0),
            credit=share * worth,
            weight=one.weight,
            choice=choice,
            keyed=one.answer,
            good=tuple(s for s in marked if s in keyed) if asked else (),
            missed=tuple(s for s in one.core if s not in marked) if asked else (),
            wrong=tuple((s, listed[s]) for s in marked if s in listed),
            why=" ".join(filter(None, [wrong.why if wrong else "", one.why])),
            error=wrong.error if wrong else None,
        )

    def _verdict(
        self, key: PartKey, choice: str | None, share: float, value: float
    ) -> Verdict:
        if choice is None:
            return "blank"
        if share == 1:
            return "right" if value >= GOOD_MARKS else "partly"
        if share > 0:
            return "partly"
        if self.claims(choice) and not self.claims(key.answer):
            return "unsupported"
        return "missed"

    def chance(self, setting: Setting, key: TaskKey) -> float:
        """Return the share of hits of the best constant answer.

        Parts with the same menu are answered alike; a part whose menu is its
        own counts the mean over its choices. No sentences are marked.
        """
        families: dict[tuple[str, ...], list[tuple[str, PartKey]]] = defaultdict(list)
        for part, menu in self.menus(setting).items():
            if menu and part in key.parts and key.parts[part].weight > 0:
                families[menu].append((part, key.parts[part]))
        total = sum(key.weight for family in families.values() for _, key in family)
        if not total:
            return 1.0
        earned = 0.0
        for menu, family in families.items():
            sums = [self._constant(setting, family, choice) for choice in menu]
            earned += max(sums) if len(family) > 1 else sum(sums) / len(menu)
        return earned / total

    def _constant(
        self, setting: Setting, family: list[tuple[str, PartKey]], choice: str
    ) -> float:
        worth = 0.0
        for part, key in family:
            asked = self.cites(setting, part) and bool(key.core)
            worth += key.weight * share_of(key, choice) * (CHOICE_SHARE if asked else 1)
        return worth

    def model(self, setting: Setting, key: TaskKey) -> Value:
        """Return the keyed choices, with every sentence that supports them."""
        parts: dict[str, dict[str, Any]] = {}
        for part in self.menus(setting):
            one = key.parts.get(part)
            parts[part] = {"choice": one.answer if one else None}
            if self.cites(setting, part):
                parts[part]["evidence"] = list(one.keyed) if one else []
        return {"parts": parts}

    def blanks(self, setting: Setting, value: object) -> list[str]:
        """Labels of the parts without a choice."""
        parts = self.clean(setting, value).value["parts"]
        return [
            self.part_label(setting, part)
            for part, answer in parts.items()
            if answer["choice"] is None
        ]

    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Yield parts that fit no menu, and keys that a constant answer solves."""
        menus = self.menus(setting)
        root: tuple[str | int, ...] = ("tasks", setting.task.id, "parts")
        for part in menus.keys() - key.parts.keys():
            yield Fault(root, f"The part {part!r} has no key.", "Add it.")
        for part, one in key.parts.items():
            if part not in menus:
                yield Fault(
                    (*root, part),
                    f"The task has no part {part!r}.",
                    f"Use one of: {', '.join(menus)}.",
                )
                continue
            yield from self._lint_choice((*root, part), one, menus[part])
            yield from self._lint_marks(setting, (*root, part), key, part)
        if not any(key.parts.keys() - menus.keys()) and menus.keys() <= set(key.parts):
            yield from self._lint_constant(setting, root, key)

    def _lint_choice(
        self, place: tuple[str | int, ...], key: PartKey, menu: tuple[str, ...]
    ) -> Iterator[Fault]:
        named = {"answer": key.answer, "also": key.also}
        for field, choice in named.items():
            if (choice is not None or field == "answer") and choice not in menu:
                yield Fault(
                    (*place, field),
                    f"The choice {choice!r} is on no menu of this part.",
                    f"Use one of: {', '.join(menu)}.",
                )
        for choice in key.wrong:
            if choice not in menu or choice == key.answer:
                yield Fault(
                    (*place, "wrong", choice),
                    f"{choice!r} is not a wrong choice of this part.",
                    f"Use one of: {', '.join(menu)}, but not the answer.",
                )

    def _lint_marks(
        self, setting: Setting, place: tuple[str | int, ...], key: TaskKey, part: str
    ) -> Iterator[Fault]:
        one = key.parts[part]
        if self.cites(setting, part) and one.core and not key.listed(one):
            yield Fault(
                (*place, "core"),
                "No sentence is listed as wrong, so marking everything would pay.",
                "List one under against, or under the task's irrelevant.",
            )

    def _lint_constant(
        self, setting: Setting, place: tuple[str | int, ...], key: TaskKey
    ) -> Iterator[Fault]:
        scored = [key for key in key.parts.values() if key.weight > 0]
        if not scored:
            return
        if len({key.answer for key in scored}) <= 1 or self.chance(setting, key) >= 1:
            yield Fault(
                place,
                "All scored parts have one answer, so a constant answer would pass.",
                "Vary the case, or mark parts as discussed.",
            )


def share_of(key: PartKey, choice: str | None) -> float:
    """Return how right a choice is: 1, a half for a second accepted answer, or 0."""
    if choice is None:
        return 0.0
    if choice == key.answer:
        return 1.0
    return SECOND_ANSWER if choice == key.also else 0.0
