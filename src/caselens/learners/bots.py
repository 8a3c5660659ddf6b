"""Key-blind bots: they answer without reading the case, and must earn nothing.

The list is that of reference "key-blind bots to keep as regression tests"
(docs/design.md, "Nothing is earned by not reading the case").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from random import Random
from typing import Any

from caselens.cases import Sentence
from caselens.learners.others import Others, family
from caselens.tasks import Setting, Value, kind_of

SHORTEST_WORD = 4
MARKED_SHARE = 3
WORD = re.compile(r"[a-z]+")
JARGON = {
    "cbt": "cbt thought thoughts thinking belief behaviour behavioural evidence test "
    "rule assumption automatic worry worrying avoid avoiding forecast trigger",
    "dynamic": "dynamic wish defence hidden feeling feelings unconscious conflict past "
    "family childhood mother father repetition relationship mean person",
}


@dataclass(frozen=True)
class Asked:
    """One part of a task as a bot sees it: public, and the other cases' keys."""

    setting: Setting
    others: Others
    part: str
    index: int
    text: str
    choices: tuple[Mapping[str, Any], ...] = ()
    optional: bool = False
    # What stands around the part: its explanation, and the parts with its menu.
    help: str = ""
    group: Mapping[str, Any] = field(default_factory=dict)

    @property
    def menu(self) -> tuple[str, ...]:
        """The ids of the choices, in the order shown."""
        return tuple(one["id"] for one in self.choices)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the case."""
        return tuple(self.setting.case.sentences.values())


Choose = Callable[[Asked, Random], str | None]
Mark = Callable[[Asked, Random], list[str]]


@dataclass(frozen=True)
class Bot:
    """A way to choose and a way to mark; `drawn` where both are random."""

    name: str
    choose: Choose
    mark: Mark
    drawn: bool = False

    def answer(self, setting: Setting, others: Others, rng: Random) -> Value:
        """Return the bot's answer to a task of whatever kind."""
        kind = kind_of(setting)
        chosen = {
            asked.part: {
                "choice": self.choose(asked, rng) if asked.choices else None,
                "evidence": self.mark(asked, rng) if cited else [],
            }
            for asked, cited in parts_of(setting, others)
        }
        return kind.fill(setting, chosen)


def parts_of(setting: Setting, others: Others) -> Iterator[tuple[Asked, bool]]:
    """Yield every part of a task, and whether it asks for sentences."""
    index = 0
    for group in kind_of(setting).groups(setting):
        choices = tuple(group["choices"])
        for one in group["parts"]:
            asked = Asked(
                setting,
                others,
                one["id"],
                index,
                one["text"],
                choices,
                one.get("optional", False),
                one.get("help", ""),
                group,
            )
            yield asked, one["evidence"]
            index += 1


def _nothing(asked: Asked, rng: Random) -> None:
    return None


def _first(asked: Asked, rng: Random) -> str | None:
    return asked.menu[0]


def _last(asked: Asked, rng: Random) -> str | None:
    return asked.menu[-1]


def _any(asked: Asked, rng: Random) -> str | None:
    # To leave a part that may be left is as likely as to choose something.
    if asked.optional and rng.random() < 1 / 2:
        return None
    return rng.choice(asked.menu)


def _as_shown(asked: Asked, rng: Random) -> str | None:
    """Choose the first option for the first part, the second for the second."""
    return asked.menu[asked.index % len(asked.menu)]


def _longest(asked: Asked, rng: Random) -> str | None:
    return str(max(asked.choices, key=lambda one: len(one["label"]))["id"])


def _overlapping(asked: Asked, rng: Random) -> str | None:
    """Choose the option that shares most words with statement and vignette."""
    vignette = words(" ".join(one.text for one in asked.sentences))

    def shared(one: Mapping[str, Any]) -> tuple[int, int]:
        option = words(f"{one['label']} {one['help']}")
        return len(option & words(asked.text)), len(option & vignette)

    return str(max(asked.choices, key=shared)["id"])


def commonest(asked: Asked, rng: Random) -> str | None:
    """Choose by part where all cases have the same parts, else by family."""
    task = asked.setting.task
    same = not (task.statements or task.hypotheses or task.of or task.texts)
    return _known(asked, asked.part if same else "")


def _positional(asked: Asked, rng: Random) -> str | None:
    return _known(asked, f"#{asked.index}")


def _known(asked: Asked, place: str) -> str | None:
    name = family(asked.setting.task)
    for where in ((name, place), (name, "")):
        found = asked.others.answer(where, asked.menu)
        if found is not None:
            return found
    return asked.menu[0]


def _previous(asked: Asked, rng: Random) -> str | None:
    part = asked.others.previous_part(asked.setting.task, asked.index)
    if part is None or part.answer not in asked.menu:
        return asked.menu[0]
    return part.answer


def _jargon(lens: str) -> Choose:
    def choose(asked: Asked, rng: Random) -> str | None:
        def terms(one: Mapping[str, Any]) -> int:
            return len(_words(f"{one['id']} {one['label']}") & _words(JARGON[lens]))

        return str(max(asked.choices, key=terms)["id"])

    return choose


def _constant(chosen: tuple[str, ...]) -> Choose:
    def choose(asked: Asked, rng: Random) -> str | None:
        found = next((one for one in asked.menu if one in chosen), None)
        return found or commonest(asked, rng)

    return choose


def _no_marks(asked: Asked, rng: Random) -> list[str]:
    return []


def _all_marks(asked: Asked, rng: Random) -> list[str]:
    return [one.id for one in asked.sentences]


def _some_marks(share: float) -> Mark:
    def mark(asked: Asked, rng: Random) -> list[str]:
        return [one.id for one in asked.sentences if rng.random() < share]

    return mark


def _first_marks(asked: Asked, rng: Random) -> list[str]:
    count = max(1, len(asked.sentences) // MARKED_SHARE)
    return [one.id for one in asked.sentences[:count]]


def _last_marks(asked: Asked, rng: Random) -> list[str]:
    count = max(1, len(asked.sentences) // MARKED_SHARE)
    return [one.id for one in asked.sentences[-count:]]


def _longest_marks(asked: Asked, rng: Random) -> list[str]:
    count = max(1, len(asked.sentences) // MARKED_SHARE)
    longest = sorted(asked.sentences, key=lambda one: -len(one.text))
    return [one.id for one in longest[:count]]


def _overlapping_marks(asked: Asked, rng: Random) -> list[str]:
    """Mark the sentences that share at least half as many words as the best."""
    text = words(asked.text)
    shared = {one.id: len(words(one.text) & text) for one in asked.sentences}
    best = max(shared.values())
    return [one for one, count in shared.items() if 0 < best <= 2 * count]


def _keyed_marks(asked: Asked, rng: Random) -> list[str]:
    """Mark the sentence numbers that other cases key more often than they list."""
    where = (family(asked.setting.task), "")
    tally = asked.others.sentences
    return [one.id for one in asked.sentences if tally[where, one.id] > 0]


def _previous_marks(asked: Asked, rng: Random) -> list[str]:
    part = asked.others.previous_part(asked.setting.task, asked.index)
    keyed = part.keyed if part is not None else {}
    return [one.id for one in asked.sentences if one.id in keyed]


def _quotations(asked: Asked, rng: Random) -> list[str]:
    return [one.id for one in asked.sentences if one.kind == "client_words"]


def _jargon_marks(lens: str) -> Mark:
    def mark(asked: Asked, rng: Random) -> list[str]:
        terms = _words(JARGON[lens])
        return [one.id for one in asked.sentences if _words(one.text) & terms]

    return mark


BOTS: tuple[Bot, ...] = (
    Bot("blank", _nothing, _no_marks),
    Bot("everything", _first, _all_marks),
    Bot("random 25%", _any, _some_marks(0.25), drawn=True),
    Bot("random 50%", _any, _some_marks(0.5), drawn=True),
    Bot("random 75%", _any, _some_marks(0.75), drawn=True),
    Bot("first options", _first, _first_marks),
    Bot("last options", _last, _last_marks),
    Bot("as shown", _as_shown, _first_marks),
    Bot("longest option", _longest, _longest_marks),
    Bot("lexical overlap", _overlapping, _overlapping_marks),
    Bot("most common elsewhere", commonest, _keyed_marks),
    Bot("most common by position", _positional, _keyed_marks),
    Bot("same as the previous case", _previous, _previous_marks),
    Bot("CBT jargon", _jargon("cbt"), _jargon_marks("cbt")),
    Bot("dynamic jargon", _jargon("dynamic"), _jargon_marks("dynamic")),
    Bot("all quotations", commonest, _quotations),
)


def constants(settings: Iterable[Setting]) -> tuple[Bot, ...]:
    """Return a bot for every constant answer to these tasks.

    A constant answer is one choice from each menu of a task, the same for all
    parts with that menu; where a menu lacks it, the bot does as most others do.
    """
    answers: dict[tuple[str, ...], None] = {}
    for setting in settings:
        groups = kind_of(setting).groups(setting)
        # Groups with the same menu are one family, answered alike.
        menus = {tuple(one["id"] for one in group["choices"]) for group in groups}
        answers |= dict.fromkeys(product(*sorted(menus)) if any(menus) else ())
    return tuple(
        Bot(f"always {' and '.join(one)}", _constant(one), _no_marks) for one in answers
    )


@lru_cache(maxsize=4096)
def words(text: str) -> frozenset[str]:
    """Return the words of a text that are long enough to carry meaning."""
    return frozenset(one for one in _words(text) if len(one) >= SHORTEST_WORD)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text.lower()))
