"""`order`: goals or steps are put in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from caselens.cases import TaskKey
from caselens.tasks.choices import Menus
from caselens.tasks.kind import Fault, Setting
from caselens.tasks.score import PartScore, Verdict
from caselens.tasks.statements import StatementKind

FEWEST, MOST = 3, 8
GIVEN_AWAY = 0.34


class Order(StatementKind):
    """Places for statements; Kendall's tau over the pairs that the key orders."""

    name = "order"
    title = "In what order?"
    prompt = "Put these in the order in which you would take them up."

    def menus(self, setting: Setting) -> Menus:
        """Return the places, from "1", for every statement."""
        statements = setting.task.statements
        places = tuple(str(one) for one in range(1, len(statements) + 1))
        return {one.id: places for one in statements}

    def choice_label(self, setting: Setting, part: str, choice: str | None) -> str:
        """Return the place in words."""
        return f"Place {choice}" if choice else ""

    def view(self, setting: Setting) -> dict[str, Any]:
        """Return one group: the statements, with the places as choices."""
        count = len(setting.task.statements)
        choices = [
            {"id": str(one), "label": f"Place {one}", "help": ""}
            for one in range(1, count + 1)
        ]
        return self.table(setting, choices)

    def corrected(
        self, setting: Setting, key: TaskKey, parts: tuple[PartScore, ...]
    ) -> float:
        """Return Kendall's tau-a over the pairs that the key orders.

        Blank places and equal places put no pair in order, right or wrong.
        """
        scored = [one for one in parts if one.weight > 0]
        given = {one.part: _place(one.choice) for one in scored}
        keyed = {one.part: _place(one.keyed) for one in scored}
        return tau(given, keyed)

    def score_part(
        self, setting: Setting, key: TaskKey, part: str, answer: dict[str, Any]
    ) -> PartScore:
        """Return the score of one place: right where it is, partly one away."""
        one, choice = key.parts[part], answer["choice"]
        verdict, credit = _near(_place(choice), _place(one.answer))
        return PartScore(
            part=part,
            verdict=verdict,
            credit=credit,
            weight=one.weight,
            choice=choice,
            keyed=one.answer,
            why=one.why,
        )

    def chance(self, setting: Setting, key: TaskKey) -> float:
        """Return 0: an order drawn at random agrees as often as it disagrees."""
        return 0.0

    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Check that the key is an order, and not the one in which it is shown."""
        place = ("tasks", setting.case.tasks.index(setting.task), "statements")
        shown = [one.id for one in setting.task.statements]
        if not FEWEST <= len(shown) <= MOST:
            what = f"There are {len(shown)} statements to order."
            yield Fault(place, what, f"Write {FEWEST} to {MOST}.", in_key=False)
        yield from super().lint(setting, key)
        keyed = {
            one: _place(key.parts[one].answer) for one in shown if one in key.parts
        }
        as_shown = tau({one: float(n) for n, one in enumerate(shown)}, keyed)
        if abs(as_shown) > GIVEN_AWAY:
            what = f"The order shown gives the answer away (tau {as_shown:.2f})."
            yield Fault(place, what, "Show them in another order.", in_key=False)


def tau(given: Mapping[str, float | None], keyed: Mapping[str, float | None]) -> float:
    """Return Kendall's tau-a, from -1 to 1, over the pairs that `keyed` orders."""
    pairs = [
        (one, two)
        for one, two in combinations(keyed, 2)
        if _sign(keyed[one], keyed[two])
    ]
    if not pairs:
        return 0.0
    agreed = sum(
        _sign(given.get(one), given.get(two)) * _sign(keyed[one], keyed[two])
        for one, two in pairs
    )
    return agreed / len(pairs)


def _sign(one: float | None, two: float | None) -> int:
    if one is None or two is None:
        return 0
    return (one > two) - (one < two)


def _place(choice: str | None) -> float | None:
    return float(choice) if choice and choice.isdigit() else None


def _near(given: float | None, keyed: float | None) -> tuple[Verdict, float]:
    if given is None or keyed is None:
        return "blank", 0.0
    if given == keyed:
        return "right", 1.0
    return ("partly", 0.5) if abs(given - keyed) == 1 else ("missed", 0.0)
