"""Drawing the tasks of a made-up case, with keys that no answer strategy fits.

Words mean nothing, and answers are drawn apart from them, every option of a menu
as often as can be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from caselens.cases import Vocabulary
from caselens.cases.vocabulary import LENSES, SAFETY_PARTS, SAFETY_STATES
from caselens.tasks.accounts import MOVED
from caselens.tasks.link import RELATIONS
from caselens.tasks.observe import MENUS
from caselens.tasks.order import GIVEN_AWAY, tau

STATEMENTS = 8
MENU = 8
SORTED = 6
STEPS = 5
ARROWS = 5
SHARED = ("not_supported", "too_early")
QUESTIONS = ("q1", "q2", "q3", "q4")
OPTIONS = ("o1", "o2", "o3", "o4")
HYPOTHESES = ("h1", "h2", "h3", "h4")
REPLIES = ("r1", "r2", "r3")
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

# What stands in the case, and what in the key.
Made = tuple[dict[str, Any], dict[str, Any]]


def balanced(options: Sequence[str], count: int, rng: Random) -> list[str]:
    """Return `count` answers in random order, every option as often as can be."""
    whole, rest = divmod(count, len(options))
    found = [*options] * whole + rng.sample(list(options), rest)
    rng.shuffle(found)
    return found


class Draw:
    """The dice of one case: its sentences, its words and what it draws."""

    def __init__(self, ids: Sequence[str], rng: Random, vocabulary: Vocabulary) -> None:
        self.ids, self.rng, self.vocabulary = list(ids), rng, vocabulary

    def words(self, count: int) -> str:
        """Return so many words that mean nothing."""
        return " ".join(self.rng.choices(WORDS, k=count))

    def statements(self, ids: Sequence[str]) -> list[dict[str, str]]:
        """Return statements of some length with these ids."""
        return [{"id": one, "text": self.words(self.rng.randint(6, 16))} for one in ids]

    def part(self, answer: str | None, *, cited: bool = True) -> dict[str, Any]:
        """Return the key of a part, with two core and three wrong sentences."""
        part: dict[str, Any] = {"answer": answer, "why": "Drawn."}
        if cited:
            drawn = self.rng.sample(self.ids, 6)
            part |= {"core": drawn[:2], "supporting": drawn[2:3]}
            part["against"] = dict.fromkeys(drawn[3:], "Drawn.")
        return part

    def parts(self, ids: Sequence[str], menu: Sequence[str]) -> dict[str, Any]:
        """Return uncited parts with answers spread evenly over a menu."""
        drawn = balanced(menu, len(ids), self.rng)
        return {
            one: self.part(answer, cited=False)
            for one, answer in zip(ids, drawn, strict=True)
        }


def safety(draw: Draw) -> Made:
    """Four states of risk and a next question."""
    states = balanced(list(SAFETY_STATES), len(SAFETY_PARTS), draw.rng)
    parts = {
        part: draw.part(state) | {"explicit": state == "active"}
        for part, state in zip(SAFETY_PARTS, states, strict=True)
    }
    parts["next"] = draw.part(draw.rng.choice(QUESTIONS), cited=False)
    return {"questions": draw.statements(QUESTIONS)}, {"parts": parts}


def observe(draw: Draw) -> Made:
    """Six sentences, sorted twice."""
    sentences = sorted(draw.rng.sample(draw.ids, SORTED), key=draw.ids.index)
    parts: dict[str, Any] = {}
    for ask, menu in MENUS.items():
        parts |= draw.parts([f"{one}-{ask}" for one in sentences], list(menu))
    return {"sentences": sentences}, {"parts": parts}


def goals(draw: Draw) -> Made:
    """Every goal, with an agenda."""
    names = [goal.id for goal in draw.vocabulary.goals]
    answers = [answer.id for answer in draw.vocabulary.answers]
    drawn = balanced(answers, len(names), draw.rng)
    parts = {goal: draw.part(one) for goal, one in zip(names, drawn, strict=True)}
    best = draw.rng.sample(names, 2)
    return {}, {"parts": parts, "agenda": {"best": best, "why": "-"}}


def evidence(draw: Draw) -> Made:
    """One claim."""
    return {"claim": draw.words(12)}, {"parts": {"claim": draw.part(None)}}


def pick(draw: Draw) -> Made:
    """Six labels, one or several of which fit."""
    # Labels of far inference would earn nothing here and so try nothing.
    sets = [one for one in draw.vocabulary.labels if one.group != "far"]
    labels = draw.rng.choice(sets)
    options = draw.rng.sample(list(labels.by_id), min(SORTED, len(labels.labels)))
    several = draw.rng.random() < 1 / 2
    fitting = draw.rng.sample(options, 2 if several else 1)
    parts = {one: draw.part("fits" if one in fitting else "no") for one in options}
    parts = {one: part | {"group": labels.group} for one, part in parts.items()}
    task = {"labels": labels.id, "options": options, "several": several, "cite": True}
    return task, {"parts": parts}


def slots(draw: Draw) -> Made:
    """Eight statements for a lens's slots."""
    lens = draw.rng.choice(("cbt", "dynamic"))
    own = [one for one in draw.vocabulary.menu(lens) if one not in SHARED]
    menu = [*draw.rng.sample(own, MENU - len(SHARED)), *SHARED]
    ids = [f"a{one}" for one in range(1, STATEMENTS + 1)]
    drawn = balanced(menu, len(ids), draw.rng)
    parts = {
        one: draw.part(slot) | {"group": draw.vocabulary.slots[slot].group}
        for one, slot in zip(ids, drawn, strict=True)
    }
    task = {"lens": lens, "cite": True, "slots": menu}
    return task | {"statements": draw.statements(ids)}, {"parts": parts}


def link(draw: Draw, of: str) -> Made:
    """Arrows between the statements of the slots task `of`."""
    ids = [f"a{one}" for one in range(1, STATEMENTS + 1)]
    pairs = [f"{a}-{b}" for a in ids for b in ids if a != b]
    drawn = draw.rng.sample(pairs, 2 * ARROWS)
    relations = balanced(list(RELATIONS), ARROWS, draw.rng)
    right = {
        pair: draw.part(relation)
        for pair, relation in zip(drawn, relations, strict=False)
    }
    wrong = {pair: draw.part("no", cited=False) for pair in drawn[ARROWS:]}
    return {"of": of}, {"parts": right | wrong}


def ask(draw: Draw) -> Made:
    """Four questions, and three replies for two accounts."""
    pairs = [f"{reply}-{one}" for reply in REPLIES for one in HYPOTHESES[:2]]
    parts = {"next": draw.part(draw.rng.choice(QUESTIONS), cited=False)}
    task = {
        "questions": draw.statements(QUESTIONS),
        "replies": draw.statements(REPLIES),
        "hypotheses": list(HYPOTHESES[:2]),
    }
    return task, {"parts": parts | draw.parts(pairs, list(MOVED))}


def update(draw: Draw) -> Made:
    """Four accounts."""
    parts = draw.parts(HYPOTHESES, list(MOVED))
    return {"hypotheses": list(HYPOTHESES)}, {"parts": parts}


def lens(draw: Draw) -> Made:
    """Eight statements and four moves."""
    ids = [f"l{one}" for one in range(1, STATEMENTS + 1)]
    moves = [f"m{one}" for one in range(1, 5)]
    asked = [("next", "cbt"), ("next", "dynamic"), ("misses", "cbt"), ("decides", None)]
    task = {
        "statements": draw.statements(ids),
        "moves": [
            {"id": one, "ask": what, "lens": whose, "options": draw.statements(OPTIONS)}
            for one, (what, whose) in zip(moves, asked, strict=True)
        ],
    }
    parts = draw.parts(ids, list(LENSES)) | draw.parts(moves, OPTIONS)
    return task, {"parts": parts}


def translate(draw: Draw) -> Made:
    """Six statements, seven counterparts, and none for some."""
    ids = [f"c{one}" for one in range(1, SORTED + 1)]
    others = [f"k{one}" for one in range(1, SORTED + 2)]
    drawn = [*draw.rng.sample(others, SORTED - 1), "none"]
    draw.rng.shuffle(drawn)
    parts = {
        one: draw.part(answer, cited=False)
        for one, answer in zip(ids, drawn, strict=True)
    }
    counterparts = draw.statements(others)
    return {"statements": draw.statements(ids), "counterparts": counterparts}, {
        "parts": parts
    }


def order(draw: Draw) -> Made:
    """Five steps, shown in an order that gives nothing away."""
    ids = [f"p{one}" for one in range(1, STEPS + 1)]
    places = list(range(1, STEPS + 1))
    shown = dict(zip(ids, places, strict=True))
    while abs(tau(shown, dict(zip(ids, places, strict=True)))) > GIVEN_AWAY:
        draw.rng.shuffle(places)
    parts = {
        one: draw.part(str(place), cited=False)
        for one, place in zip(ids, places, strict=True)
    }
    return {"statements": draw.statements(ids)}, {"parts": parts}


def appraise(draw: Draw) -> Made:
    """Three texts, whose agreed levels are spread evenly."""
    rubric = draw.vocabulary.rubrics[-1]
    texts = [f"t{one}" for one in range(1, 4)]
    pairs = [f"{text}-{one.id}" for text in texts for one in rubric.criteria]
    levels = [str(one.points) for one in rubric.criteria[0].levels]
    task = {
        "rubric": rubric.id,
        "texts": [{"id": one, "text": draw.words(60)} for one in texts],
    }
    return task, {"parts": draw.parts(pairs, levels), "model": "-", "look_for": ["-"]}


def write(draw: Draw) -> Made:
    """A text that a person marks."""
    rubric = draw.vocabulary.rubrics[0].id
    model = ". ".join(draw.words(9) for _ in range(6)) + "."
    task = {"prompt": "-", "words": [40, 60], "rubric": rubric}
    return task, {"model": model, "look_for": ["-"]}


DRAWN: dict[str, Callable[[Draw], Made]] = {
    "safety": safety,
    "observe": observe,
    "goals": goals,
    "evidence": evidence,
    "pick": pick,
    "slots": slots,
    "ask": ask,
    "update": update,
    "lens": lens,
    "translate": translate,
    "order": order,
    "appraise": appraise,
    "write": write,
}
