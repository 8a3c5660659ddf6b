"""A made-up bank with balanced keys, for tests and benchmarks over many cases.

The words mean nothing and the keys are drawn apart from them: whoever earns
points here has found a hole in the scoring, not in a case.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, get_args

from caselens.cases import Bank, Case, Entry, Key, Vocabulary
from caselens.cases.case import SentenceKind
from caselens.cases.source import Source
from caselens.learners.draw import DRAWN, HYPOTHESES, Draw, Made, balanced, link

STAGES = 3
SENTENCES_A_STAGE = 9
FORMULATION_WORDS = 130


def generated_bank(size: int, seed: int, vocabulary: Vocabulary) -> Bank:
    """Return a bank of `size` full cases with a task of every kind, in memory."""
    bank = Bank(vocabulary)
    for number in range(size):
        rng = Random(f"{seed}/{number}")  # noqa: S311  # no secret is drawn
        name = f"g{number:04}"
        case, key = made_up(name, rng, vocabulary)
        places = Source(Path(f"cases/{name}.yaml")), Source(Path(f"keys/{name}.yaml"))
        bank.entries[name] = Entry(case, key, "practice", *places)
    return bank


def made_up(
    name: str, rng: Random, vocabulary: Vocabulary, sentences: int = SENTENCES_A_STAGE
) -> tuple[Case, Key]:
    """Return a case of three stages with so many sentences each, and its key."""
    ids = [f"s{one}" for one in range(1, STAGES * sentences + 1)]
    draw = Draw(ids, rng, vocabulary)
    made = dict(_tasks(name, draw))
    case = {
        "id": name,
        "title": "A made-up case",
        "level": "introductory",
        "setting": "Nowhere",
        "clients": [{"name": "N", "age": 40, "pronouns": "they/them", "context": "-"}],
        "provenance": "Drawn at random; it means nothing.",
        "hypotheses": draw.statements(HYPOTHESES),
        "stages": _stages(draw, sentences),
        "tasks": [task for task, _ in made.values()],
    }
    texts = dict.fromkeys(("cbt", "dynamic", "bridge"), draw.words(FORMULATION_WORDS))
    compared = dict.fromkeys(("cbt", "dynamic", "shared"), draw.words(8))
    frame = dict.fromkeys(("unit", "maintains", "first", "misses"), compared)
    key = {
        "case": name,
        "status": "provisional",
        "formulations": texts,
        "comparison": frame,
        "tasks": {name: key for name, (_, key) in made.items()},
    }
    return Case.model_validate(case), Key.model_validate(key)


def _stages(draw: Draw, size: int) -> list[dict[str, Any]]:
    kinds = balanced(get_args(SentenceKind), len(draw.ids), draw.rng)
    sentences = [
        {"id": one, "kind": kind, "text": draw.words(draw.rng.randint(6, 16))}
        for one, kind in zip(draw.ids, kinds, strict=True)
    ]
    starts = range(0, len(sentences), size)
    return [
        {"title": "A stage", "sentences": sentences[one : one + size]} for one in starts
    ]


def _tasks(name: str, draw: Draw) -> Iterator[tuple[str, Made]]:
    for kind, make in DRAWN.items():
        yield _task(name, kind, make(draw))
        if kind == "slots":
            yield _task(name, "link", link(draw, f"{name}-slots"))


def _task(name: str, kind: str, made: Made) -> tuple[str, Made]:
    task, key = made
    task_id = f"{name}-{kind}"
    whole = {"id": task_id, "kind": kind, "stage": STAGES, **task}
    return task_id, (whole, key)
