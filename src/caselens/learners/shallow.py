"""Shallow readers: they look at the words of a task and understand none of it.

What they earn, a trainee could earn by matching words, by the form of a sentence or
by its hedges (docs/design.md, "Nothing is earned by not reading the case").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from statistics import mean
from typing import Any

from caselens.cases import Sentence
from caselens.learners.bots import (
    MARKED_SHARE,
    Asked,
    Bot,
    Mark,
    commonest,
    parts_of,
)
from caselens.learners.others import Others, family
from caselens.tasks import Setting
from caselens.tasks.sets import NO
from caselens.tasks.slots import SHARED

# How alike two texts of one case are, in whatever measure.
Near = Callable[[Setting, str, str], float]
Choice = Mapping[str, Any]

BEST = 3
UNSUPPORTED = SHARED[0]

QUOTED = re.compile("[\"“”‘«]|(?<![a-z])'(?=[A-Za-z])")
SELF = re.compile(r"\bI am\b|\bI'm\b|\bI’m\b")
BODY = re.compile(
    r"\b(heart|chest|stomach|throat|breath\w*|hands?|shoulders?|jaw|neck|legs?|knees?|"
    r"head|skin|muscles?|pulse|sweat\w*|trembl\w*|shak\w*|shook|pound\w*|tight\w*|"
    r"dizz\w*|sick|ach\w+|tired\w*|sleep\w*|blush\w*|cold|hot|numb\w*)\b",
    re.IGNORECASE,
)
FEELING = re.compile(
    r"\b(fear\w*|afraid|scared|fright\w*|terror|dread\w*|panic\w*|anxi\w+|worr\w+|"
    r"nervous\w*|ang(?:er|ry)|fury|furious|rage|irritat\w+|annoy\w+|sad\w*|grief|"
    r"griev\w+|sorrow|lonel\w+|asham\w+|shame\w*|guilt\w*|embarrass\w+|humiliat\w+|"
    r"disgust\w*|env(?:y|ious)|jealous\w*|hurt|joy\w*|happ\w+|glad|relie[fv]\w*|"
    r"proud|pride|hopeless\w*|despair\w*|longing|tender\w*|love[ds]?)\b",
    re.IGNORECASE,
)
RULE = re.compile(r"\bif\b.*\b(?:then|will|would)\b|\bmust\b|\bshould\b", re.IGNORECASE)
WISH = re.compile(r"\b(want\w*|wish\w*|hop(?:e|es|ed|ing))\b", re.IGNORECASE)
TOLD = re.compile(r"\b(says?|said|tells?|told|reports?|according)\b", re.IGNORECASE)
CONCLUDED = re.compile(
    r"\b(thinks?|thought|believes?|seem\w*|probably|because|must)\b", re.IGNORECASE
)
HEDGED = re.compile(r"\b(may|might|perhaps|seem\w*|could|possibly)\b", re.IGNORECASE)

# What a form is taken for, by the ids of choices; the first on the menu counts.
FORMS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (QUOTED, ("automatic_thought", "thought", "report")),
    (SELF, ("core_belief",)),
    (BODY, ("body",)),
    (FEELING, ("emotion", "feeling", "hidden_feeling")),
    (RULE, ("intermediate_belief",)),
    (WISH, ("wish",)),
    (TOLD, ("report",)),
    (CONCLUDED, ("inference",)),
)


def likeness_readers(name: str, near: Near) -> tuple[Bot, ...]:
    """Return two readers that take what is most alike; they differ in their marks."""
    reader = _Likeness(near)
    return (
        Bot(f"{name}, best third", reader.choose, reader.marks(_third)),
        Bot(f"{name}, best three", reader.choose, reader.marks(lambda _: BEST)),
    )


def form_readers() -> tuple[Bot, ...]:
    """Return the readers that go by the form of a sentence, and by its hedges."""
    return (
        Bot("grammatical form", _by_form, _matching(QUOTED, True)),
        Bot("hedged is true", _by_hedge(True), _matching(HEDGED, True)),
        Bot("hedged is false", _by_hedge(False), _matching(HEDGED, False)),
    )


def compared(setting: Setting, others: Others) -> Iterator[str]:
    """Yield every text of a task that a reader by likeness compares."""
    yield from (one.text for one in _open(setting))
    yield from (one.text for one in setting.task.replies)
    for asked, _ in parts_of(setting, others):
        yield asked.text
        yield _explained(asked.text, asked.help)
        for one in asked.choices:
            yield _explained(one["label"], one["help"])


def _open(setting: Setting) -> list[Sentence]:
    """Return what has been told when the task is answered."""
    stages = setting.case.stages[: setting.task.stage]
    return [one for stage in stages for one in stage.sentences]


def _third(sentences: int) -> int:
    return max(1, sentences // MARKED_SHARE)


def _explained(text: str, help_text: str) -> str:
    return f"{text} {help_text}".strip()


class _Likeness:
    """Chooses what is nearest in words, whatever the words mean."""

    def __init__(self, near: Near) -> None:
        self._near = near
        self._ranked: dict[tuple[str, str], list[tuple[float, str]]] = {}

    def choose(self, asked: Asked, rng: Random) -> str | None:
        """Choose the option most like the statement, the sentence or the case."""
        if asked.optional and not self._stands_out(asked):
            return None
        if _account_of(asked) is not None:
            return self._moved(asked)
        texts = self._read(asked)

        def like(one: Choice) -> float:
            return self._mean(asked, texts, _explained(one["label"], one["help"]))

        return str(max(asked.choices, key=like)["id"])

    def marks(self, count: Callable[[int], int]) -> Mark:
        """Return a way to mark the sentences most alike, so many of those there are."""

        def mark(asked: Asked, rng: Random) -> list[str]:
            ranking = self._ranking(asked, _explained(asked.text, asked.help))
            return [name for _, name in ranking[: count(len(ranking))]]

        return mark

    def _read(self, asked: Asked) -> list[str]:
        """Return what the choices are compared with."""
        own = _own_text(asked)
        if own is not None:
            return [own]
        told = [one.text for one in _open(asked.setting)]
        if not asked.help:
            return told
        # A goal or a kind of risk stands in no case: its nearest sentence does.
        _, best = self._ranking(asked, _explained(asked.text, asked.help))[0]
        return [asked.setting.case.sentences[best].text]

    def _ranking(self, asked: Asked, text: str) -> list[tuple[float, str]]:
        where = asked.setting.task.id, text
        if where not in self._ranked:
            found = [
                (self._near(asked.setting, one.text, text), one.id)
                for one in _open(asked.setting)
            ]
            self._ranked[where] = sorted(found, key=lambda one: -one[0])
        return self._ranked[where]

    def _stands_out(self, asked: Asked) -> bool:
        """Whether a part that may be left is more like the case than the others."""
        strengths = {
            one["id"]: self._ranking(
                asked, _explained(one["text"], one.get("help", ""))
            )[0][0]
            for one in asked.group["parts"]
        }
        several = asked.setting.task.several or asked.setting.task.of
        limit = (mean if several else max)(strengths.values())
        return bool(strengths[asked.part] >= limit)

    def _moved(self, asked: Asked) -> str:
        """Say that the account most like what was added has gained, the least lost."""
        added = _added(asked)
        accounts = asked.setting.case.accounts
        likes = {
            one: self._mean(asked, added, accounts[one])
            for one in asked.setting.task.hypotheses
        }
        order = sorted(likes, key=lambda one: likes[one])
        place = order.index(str(_account_of(asked)))
        if place in (0, len(order) - 1):
            return asked.menu[0 if place == 0 else -1]
        return asked.menu[len(asked.menu) // 2]

    def _mean(self, asked: Asked, texts: Sequence[str], text: str) -> float:
        return mean(self._near(asked.setting, one, text) for one in texts)


def _own_text(asked: Asked) -> str | None:
    """Return the statement or the sentence that a part asks about, None if neither."""
    texts = {one.id: one.text for one in asked.setting.task.statements}
    name = asked.part.partition("-")[0]
    if name in asked.setting.task.sentences:
        return asked.setting.case.sentences[name].text
    return texts.get(asked.part)


def _account_of(asked: Asked) -> str | None:
    name = asked.part.rpartition("-")[2]
    return name if name in asked.setting.task.hypotheses else None


def _added(asked: Asked) -> list[str]:
    """Return the reply that a part names, or what the task's own stage tells."""
    replies = {one.id: one.text for one in asked.setting.task.replies}
    reply = replies.get(asked.part.partition("-")[0])
    if reply is not None:
        return [reply]
    stage = asked.setting.case.stages[asked.setting.task.stage - 1]
    return [one.text for one in stage.sentences]


def _by_form(asked: Asked, rng: Random) -> str | None:
    text = _own_text(asked) or ""
    for pattern, names in FORMS:
        found = next((one for one in names if one in asked.menu), None)
        if found is not None and pattern.search(text):
            return found
    return _elsewhere(asked, rng)


def _elsewhere(asked: Asked, rng: Random) -> str | None:
    """Return what answers most parts of the other cases, to leave it included."""
    if not asked.optional:
        return commonest(asked, rng)
    name = family(asked.setting.task)
    for where in ((name, asked.part), (name, "")):
        found = asked.others.answer(where, (*asked.menu, NO))
        if found is not None:
            return None if found == NO else found
    return None


def _by_hedge(hedged_is_true: bool) -> Callable[[Asked, Random], str | None]:
    def claimed(text: str) -> bool:
        return (HEDGED.search(text) is not None) == hedged_is_true

    def choose(asked: Asked, rng: Random) -> str | None:
        text = _own_text(asked)
        if text is None:
            # Options without an explanation are the case's own words.
            drawn = [one for one in asked.choices if not one["help"]]
            fitting = [one["id"] for one in drawn if claimed(one["label"])]
            return fitting[0] if fitting else _elsewhere(asked, rng)
        if UNSUPPORTED in asked.menu:
            return _supported(asked) if claimed(text) else UNSUPPORTED
        if "dynamic" in asked.menu:
            return "dynamic" if claimed(text) else "cbt"
        return _elsewhere(asked, rng)

    return choose


def _supported(asked: Asked) -> str:
    """Return the slot that most statements of the other cases belong in."""
    menu = tuple(one for one in asked.menu if one not in SHARED)
    where = (family(asked.setting.task), "")
    return asked.others.answer(where, menu) or menu[0]


def _matching(pattern: re.Pattern[str], wanted: bool) -> Mark:
    def mark(asked: Asked, rng: Random) -> list[str]:
        found = _open(asked.setting)
        return [one.id for one in found if bool(pattern.search(one.text)) == wanted]

    return mark
