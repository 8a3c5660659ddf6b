"""A made-up bank with balanced keys, for tests and benchmarks over many cases.

The words mean nothing and the keys are drawn apart from them: whoever earns
points here has found a hole in the scoring, not in a case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, get_args

from caselens.cases import Bank, Case, Entry, Key, Vocabulary
from caselens.cases.case import SentenceKind
from caselens.cases.source import Source
from caselens.cases.vocabulary import LENSES, SAFETY_PARTS, SAFETY_STATES

STAGES = 3
SENTENCES_A_STAGE = 9
STATEMENTS = 8
MENU = 8
SHARED = ("not_supported", "too_early")
QUESTIONS = ("q1", "q2", "q3", "q4")
FORMULATION_WORDS = 130
WORDS = [
    "morning",
    "letter",
    "kitchen",
    "garden",
    "neighbour",
    "brother",
    "window",
    "quiet",
    "answer",
    "street",
    "evening",
    "office",
    "silence",
    "train",
    "promise",
    "worry",
    "anger",
    "shame",
    "visit",
    "table",
    "river",
    "meeting",
    "doctor",
    "school",
    "father",
    "mother",
    "waiting",
    "talking",
    "leaving",
    "finding",
    "keeping",
]

Made = tuple[dict[str, Any], dict[str, Any]]


def generated_bank(size: int, seed: int, vocabulary: Vocabulary) -> Bank:
    """Return a bank of `size` full cases with a task of every kind, in memory."""
    bank = Bank(vocabulary)
    for number in range(size):
        rng = Random(f"{seed}/{number}")  # noqa: S311  # no secret is drawn
        name = f"g{number:04}"
        case, key = _Maker(name, rng, vocabulary).make()
        places = Source(Path(f"cases/{name}.yaml")), Source(Path(f"keys/{name}.yaml"))
        bank.entries[name] = Entry(case, key, "practice", *places)
    return bank


def balanced(options: Sequence[str], count: int, rng: Random) -> list[str]:
    """Return `count` answers in random order, every option as often as can be."""
    whole, rest = divmod(count, len(options))
    found = [*options] * whole + rng.sample(list(options), rest)
    rng.shuffle(found)
    return found


class _Maker:
    """Draws one case and its key."""

    def __init__(self, name: str, rng: Random, vocabulary: Vocabulary) -> None:
        self.name, self.rng, self.vocabulary = name, rng, vocabulary
        self.ids = [f"s{one}" for one in range(1, STAGES * SENTENCES_A_STAGE + 1)]

    def make(self) -> tuple[Case, Key]:
        made = dict(self._tasks())
        case = {
            "id": self.name,
            "title": "A made-up case",
            "level": "introductory",
            "setting": "Nowhere",
            "clients": [
                {"name": "N", "age": 40, "pronouns": "they/them", "context": "-"}
            ],
            "provenance": "Drawn at random; it means nothing.",
            "stages": self._stages(),
            "tasks": [task for task, _ in made.values()],
        }
        key = {
            "case": self.name,
            "status": "provisional",
            "formulations": dict.fromkeys(
                ("cbt", "dynamic", "bridge"), self._words(FORMULATION_WORDS)
            ),
            "tasks": {name: key for name, (_, key) in made.items()},
        }
        return Case.model_validate(case), Key.model_validate(key)

    def _stages(self) -> list[dict[str, Any]]:
        kinds = balanced(get_args(SentenceKind), len(self.ids), self.rng)
        sentences = [
            {"id": one, "kind": kind, "text": self._words(self.rng.randint(6, 16))}
            for one, kind in zip(self.ids, kinds, strict=True)
        ]
        starts = range(0, len(sentences), SENTENCES_A_STAGE)
        return [
            {"title": "A stage", "sentences": sentences[one : one + SENTENCES_A_STAGE]}
            for one in starts
        ]

    def _tasks(self) -> Iterator[tuple[str, Made]]:
        yield self._task("safety", *self._safety())
        yield self._task("goals", *self._goals())
        yield self._task("evidence", *self._evidence())
        yield self._task("slots-1", *self._slots(self.rng.choice(("cbt", "dynamic"))))
        yield self._task("lens", *self._lens())
        yield self._task("write", *self._write())

    def _task(
        self, name: str, task: dict[str, Any], key: dict[str, Any]
    ) -> tuple[str, Made]:
        task_id = f"{self.name}-{name}"
        kind = name.split("-", maxsplit=1)[0]
        return task_id, ({"id": task_id, "kind": kind, "stage": 1, **task}, key)

    def _safety(self) -> Made:
        states = balanced(list(SAFETY_STATES), len(SAFETY_PARTS), self.rng)
        parts = {
            part: self._part(state) | {"explicit": state == "active"}
            for part, state in zip(SAFETY_PARTS, states, strict=True)
        }
        parts["next"] = self._part(self.rng.choice(QUESTIONS), cited=False)
        return {"questions": self._statements(QUESTIONS)}, {"parts": parts}

    def _goals(self) -> Made:
        goals = [goal.id for goal in self.vocabulary.goals]
        answers = [answer.id for answer in self.vocabulary.answers]
        drawn = balanced(answers, len(goals), self.rng)
        parts = {goal: self._part(one) for goal, one in zip(goals, drawn, strict=True)}
        best = self.rng.sample(goals, 2)
        return {}, {"parts": parts, "agenda": {"best": best, "why": "-"}}

    def _evidence(self) -> Made:
        return {"claim": self._words(12)}, {"parts": {"claim": self._part(None)}}

    def _slots(self, lens: str) -> Made:
        own = [one for one in self.vocabulary.menu(lens) if one not in SHARED]
        menu = [*self.rng.sample(own, MENU - len(SHARED)), *SHARED]
        ids = [f"a{one}" for one in range(1, STATEMENTS + 1)]
        drawn = balanced(menu, len(ids), self.rng)
        parts = {
            one: self._part(slot) | {"group": self.vocabulary.slots[slot].group}
            for one, slot in zip(ids, drawn, strict=True)
        }
        task = {"lens": lens, "cite": True, "slots": menu}
        return task | {"statements": self._statements(ids)}, {"parts": parts}

    def _lens(self) -> Made:
        ids = [f"l{one}" for one in range(1, STATEMENTS + 1)]
        drawn = balanced(list(LENSES), len(ids), self.rng)
        parts = {
            one: self._part(lens, cited=False)
            for one, lens in zip(ids, drawn, strict=True)
        }
        return {"statements": self._statements(ids)}, {"parts": parts}

    def _write(self) -> Made:
        rubric = self.vocabulary.rubrics[0].id
        model = ". ".join(self._words(9) for _ in range(6)) + "."
        task = {"prompt": "-", "words": [40, 60], "rubric": rubric}
        return task, {"model": model, "look_for": ["-"]}

    def _part(self, answer: str | None, *, cited: bool = True) -> dict[str, Any]:
        """Return the key of a part, with two core and three wrong sentences."""
        part: dict[str, Any] = {"answer": answer, "why": "Drawn."}
        if cited:
            drawn = self.rng.sample(self.ids, 6)
            part |= {"core": drawn[:2], "supporting": drawn[2:3]}
            part["against"] = dict.fromkeys(drawn[3:], "Drawn.")
        return part

    def _statements(self, ids: Sequence[str]) -> list[dict[str, str]]:
        return [
            {"id": one, "text": self._words(self.rng.randint(6, 16))} for one in ids
        ]

    def _words(self, count: int) -> str:
        return " ".join(self.rng.choices(WORDS, k=count))
