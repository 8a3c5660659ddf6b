"""`lens`: statements about the case sorted into CBT, dynamic, both, neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from caselens.cases import TaskKey
from caselens.cases.case import Move
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


MOVES = {
    ("next", "cbt"): "What might a CBT therapist do next{here}?",
    ("next", "dynamic"): "What might a dynamic therapist do next{here}?",
    ("misses", "cbt"): "What might the CBT lens miss in this case?",
    ("misses", "dynamic"): "What might the dynamic lens miss in this case?",
    ("decides", None): "What would help most to decide between the two readings?",
}
OPTIONS = 4


class Lens(StatementKind):
    """Four balanced classes of statement; and what each lens would do, or miss."""

    name = "lens"
    title = "Two lenses"
    prompt = (
        "Who would say this about the case? Neither approach is better; the question "
        "is whose way of seeing it is, and whether the case supports it."
    )

    def menus(self, setting: Setting) -> Menus:
        """Return the four classes for every statement, the options for every move."""
        statements = {one.id: tuple(LENSES) for one in setting.task.statements}
        moves = {
            move.id: tuple(one.id for one in move.options)
            for move in setting.task.moves
        }
        return statements | moves

    def claims(self, choice: str | None) -> bool:
        """Everything but `neither` claims that the case supports it."""
        return choice is not None and choice != "neither"

    def part_label(self, setting: Setting, part: str) -> str:
        """Return the statement, or the question of a move."""
        for move in setting.task.moves:
            if move.id == part:
                return _question(setting, move)
        return super().part_label(setting, part)

    def choice_label(self, setting: Setting, part: str, choice: str | None) -> str:
        """Return the class's label, or the option of a move."""
        for move in setting.task.moves:
            if move.id == part:
                options = {one.id: one.text for one in move.options}
                return options.get(choice or "", "")
        return LENSES.get(choice or "", "")

    def view(self, setting: Setting) -> dict[str, Any]:
        """Return one group: the statements, with the classes as choices."""
        choices = [
            {"id": one, "label": label, "help": HELP[one]}
            for one, label in LENSES.items()
        ]
        view = self.table(setting, choices)
        if not setting.task.statements:
            view["groups"] = []
        view["groups"] += [_group(setting, move) for move in setting.task.moves]
        moves = [move.model_dump(exclude={"options"}) for move in setting.task.moves]
        return view | {"moves": moves}

    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Check that the four classes are equally frequent, and the moves."""
        yield from super().lint(setting, key)
        yield from _lint_moves(setting)
        statements = {one.id for one in setting.task.statements}
        counts = Counter(
            one.answer for part, one in key.parts.items() if part in statements
        )
        sizes = [counts[one] for one in LENSES]
        if max(sizes) - min(sizes) > min(1, len(statements) % len(LENSES)):
            found = ", ".join(f"{one} {counts[one]}" for one in LENSES)
            yield Fault(
                ("tasks", setting.task.id, "parts"),
                f"The classes are not equally frequent ({found}).",
                "Balance them.",
            )


def _question(setting: Setting, move: Move) -> str:
    sentence = setting.case.sentences.get(move.sentence or "")
    here = f" with sentence {sentence.number}" if sentence else ""
    return MOVES.get((move.ask, move.lens), "").format(here=here)


def _group(setting: Setting, move: Move) -> dict[str, Any]:
    question = _question(setting, move)
    choices = [{"id": one.id, "label": one.text, "help": ""} for one in move.options]
    part = {"id": move.id, "text": question, "help": "", "evidence": False}
    return {"choices": choices, "parts": [part | {"sentence": move.sentence}]}


def _lint_moves(setting: Setting) -> Iterator[Fault]:
    index = setting.case.tasks.index(setting.task)
    wanted = [f"o{one}" for one in range(1, OPTIONS + 1)]
    for number, move in enumerate(setting.task.moves):
        place = ("tasks", index, "moves", number)
        if (move.ask, move.lens) not in MOVES:
            what = f"A move that asks {move.ask!r} cannot have the lens {move.lens!r}."
            yield Fault(place, what, "next and misses have a lens.", in_key=False)
        if [one.id for one in move.options] != wanted:
            what = f"The options of {move.id} are not {', '.join(wanted)}."
            yield Fault((*place, "options"), what, "Name them so.", in_key=False)
        if move.sentence is not None and move.sentence not in setting.case.sentences:
            what = f"The case has no sentence {move.sentence!r}."
            yield Fault((*place, "sentence"), what, "Correct it.", in_key=False)
