"""Simulated trainees of a given skill: invented answers, drawn by a seed.

Nobody's data: a trainee of skill 1 answers as the key does, one of skill 0
guesses, blanks and marks what tempts. For tests, the demo and the benchmarks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from caselens.answers import Record, TaskAnswer, checksum
from caselens.answers import setting as setting_of
from caselens.cases import Key, PartKey, TaskKey, Unit
from caselens.tasks import Setting, Value, kind_of

# How answers depend on skill; invented for plausible classes, not estimated.
FEWEST_HITS = 0.25
MOST_ALARMS = 0.4
MOST_NEUTRAL = 0.1
MOST_STRAY = 0.02
MOST_BLANK_PARTS = 0.08
MOST_BLANK_TEXTS = 0.25
TEMPTING_WEIGHT = 3
SKILLS = (0.2, 0.95)

BEGUN = datetime(2030, 1, 1, 10, tzinfo=UTC)
MINUTES_A_TASK = 6
SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


@dataclass(frozen=True)
class Trainee:
    """An invented trainee: a neutral id, a skill in [0, 1], a seed."""

    id: str
    skill: float
    seed: int


def classroom(size: int, seed: int) -> tuple[Trainee, ...]:
    """Return `size` trainees whose skills are spread evenly, in random order."""
    rng = Random(seed)  # noqa: S311  # no secret is drawn
    low, high = SKILLS
    skills = [low + (high - low) * (one + 0.5) / size for one in range(size)]
    rng.shuffle(skills)
    width = max(2, len(str(size)))
    return tuple(
        Trainee(f"trainee-{number:0{width}}", round(skill, 3), rng.getrandbits(32))
        for number, skill in enumerate(skills, start=1)
    )


def work_unit(
    unit: Unit, find_key: Callable[[str], Key], skill: float, seed: int
) -> Record:
    """Return a whole sheet, handed in: every task committed, with a receipt.

    The same unit, skill and seed give the same record, times included.
    """
    at = BEGUN
    cases = {name: digests.case for name, digests in unit.digests.items()}
    record = Record(unit.id, _stamp(at), len(unit.points) + 1, cases)
    answered = 0
    for task_id in unit.points:
        at += timedelta(minutes=MINUTES_A_TASK)
        one = setting_of(unit, task_id)
        rng = Random(f"{seed}/{skill}/{task_id}")  # noqa: S311
        value = answer(one, find_key(one.case.id).tasks[task_id], skill, rng)
        answered += _is_answered(one, value)
        record.tasks[task_id] = TaskAnswer(value=value, revision=1, saved=_stamp(at))
    _hand_in(record, _stamp(at), answered)
    return record


def _is_answered(setting: Setting, value: Value) -> bool:
    """Whether the answer is not wholly blank, as the page counts it."""
    kind = kind_of(setting)
    return len(kind.blanks(setting, value)) < len(kind.blanks(setting, None))


def _hand_in(record: Record, at: str, answered: int) -> None:
    for one in record.tasks.values():
        one.committed, one.committed_at = True, at
    record.receipt = {
        "at": at,
        "answered": answered,
        "of": len(record.tasks),
        "digest": checksum(record),
    }


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def answer(setting: Setting, key: TaskKey, skill: float, rng: Random) -> Value:
    """Return an answer of that skill; one of skill 1 is the key's own."""
    kind = kind_of(setting)
    if kind.by_hand:
        return {"text": _text(key.model or "", skill, rng)}
    chosen = {
        one["id"]: _part(setting, key, one, group, skill=skill, rng=rng)
        for group in kind.groups(setting)
        for one in group["parts"]
    }
    value = kind.fill(setting, chosen)
    view = kind.view(setting)
    return value | (_agenda(view, key, skill, rng) if view.get("agenda") else {})


def _part(
    setting: Setting,
    key: TaskKey,
    part: Mapping[str, Any],
    group: Mapping[str, Any],
    *,
    skill: float,
    rng: Random,
) -> dict[str, Any]:
    keyed = key.parts.get(part["id"])
    menu = [one["id"] for one in group["choices"]]
    if part.get("optional"):
        choice = _wanted(keyed, menu, skill, rng)
    elif keyed is None or rng.random() < MOST_BLANK_PARTS * (1 - skill):
        choice = None
    else:
        choice = _choice(keyed, menu, skill, rng) if menu else None
    asked = keyed is not None and part["evidence"] and (choice is not None or not menu)
    cited = _marks(setting, key, keyed, skill, rng) if keyed and asked else []
    return {"choice": choice, "evidence": cited}


def _wanted(
    keyed: PartKey | None, menu: list[str], skill: float, rng: Random
) -> str | None:
    """Choose what may also be left alone: what is right more often, with skill."""
    if keyed is None:
        return rng.choice(menu) if rng.random() < MOST_STRAY * (1 - skill) else None
    if keyed.answer not in menu:
        return rng.choice(menu) if rng.random() < MOST_ALARMS * (1 - skill) else None
    if rng.random() > FEWEST_HITS + (1 - FEWEST_HITS) * skill:
        return None
    return _choice(keyed, menu, skill, rng)


def _choice(keyed: PartKey, menu: list[str], skill: float, rng: Random) -> str | None:
    """Pick the keyed choice with a probability that grows from chance to 1."""
    chance = 1 / len(menu)
    if len(menu) == 1 or rng.random() < chance + (1 - chance) * skill:
        return keyed.answer
    others = [one for one in menu if one != keyed.answer]
    tempting = {keyed.also, *keyed.wrong}
    weights = [TEMPTING_WEIGHT if one in tempting else 1 for one in others]
    return rng.choices(others, weights)[0]


def _marks(
    setting: Setting, key: TaskKey, keyed: PartKey, skill: float, rng: Random
) -> list[str]:
    """Mark keyed sentences more often, wrong and neutral ones less, with skill."""
    listed = key.listed(keyed)
    rates = dict.fromkeys(setting.case.sentences, MOST_NEUTRAL * (1 - skill))
    rates |= dict.fromkeys(listed, MOST_ALARMS * (1 - skill))
    rates |= dict.fromkeys(keyed.keyed, FEWEST_HITS + (1 - FEWEST_HITS) * skill)
    return [one for one in setting.case.sentences if rng.random() < rates[one]]


def _agenda(
    view: Mapping[str, Any], key: TaskKey, skill: float, rng: Random
) -> dict[str, Any]:
    labels = {one["id"]: one["text"] for one in view["groups"][0]["parts"]}
    size = view["agenda"]["size"]
    chosen = rng.sample(sorted(labels), size)
    if key.agenda is not None and rng.random() < skill:
        chosen = list(key.agenda.best)[:size]
    named = " and ".join(labels.get(one, one).lower() for one in chosen)
    return {"agenda": chosen, "offer": f"Could we begin with {named}?"}


def _text(model: str, skill: float, rng: Random) -> str:
    """Return as much of the model text as the skill allows, now and then nothing."""
    if rng.random() < MOST_BLANK_TEXTS * (1 - skill):
        return ""
    sentences = SENTENCE_END.split(model.strip())
    count = max(1, round(len(sentences) * skill))
    kept = sorted(rng.sample(range(len(sentences)), count))
    return " ".join(sentences[one] for one in kept)
