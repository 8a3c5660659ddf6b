"""What a skeleton leaves open: the lines of tasks and of their keys, with TODOs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from random import Random

from caselens.cases.identity import Identity
from caselens.cases.specification import QUESTIONS, Specification
from caselens.cases.vocabulary import LENSES, SAFETY_PARTS, SAFETY_STATES, Slot
from caselens.cases.vocabulary import Vocabulary as Words

WIDTH = 88
USUAL_ERROR = "mind_reading"
SENTENCE_KINDS = ("third_party", "history", "client_words", "observed", "history")
WHY = "TODO: two or three plain sentences of a good supervisor, naming the sentences"
RIVAL = (
    "TODO: what a thoughtful trainee might ask, as long as the right one (too deep, "
    "too early, leading or reassuring)"
)
# Answers to a goal that an agenda may take up.
OPEN = ("asked", "other_asks", "proposed")
MOVED = ("less", "equally", "more")
SLOTS_OF_MIDDLE_REACH = 3
STATEMENTS_A_CLASS = 2
NOWHERE = ("not_supported", "too_early")
SLOT_HINTS = {
    "not_supported": "an overclaim, worded as carefully as the true ones",
    "too_early": "something that may be so and that the case cannot carry yet",
}
LENS_HINTS = {
    "cbt": "what a CBT therapist would say of it, and a dynamic one would not need",
    "dynamic": "what a dynamic therapist would say of it, and a CBT one would not need",
    "both": "what followers of either would say as readily",
    "neither": "what a thoughtful trainee might believe and no sentence carries",
}


def specification(one: Specification, words: Words, identity: Identity | None) -> str:
    """Return the specification as comment lines."""
    goals = {goal.id: goal.short for goal in words.goals}
    answers = {answer.id: answer.label for answer in words.answers}
    lines = []
    if identity is not None:
        row = identity.row
        lines.append(f"Who: row {row.row} of the design table")
        lines.append(f"The lens with more to work with: {row.lens}")
        lines.append(f"The central goal: {goals.get(row.goal or '', 'none')}")
    lines += [f"{goals[goal]}: {answers[given]}" for goal, given in one.goals.items()]
    lines += [f"{SAFETY_PARTS[p]}: {SAFETY_STATES[s]}" for p, s in one.safety.items()]
    lines.append(f"The right next question: {one.question}")
    return "\n".join(f"#      {line}" for line in lines)


def client(identity: Identity | None, rng: Random) -> str:
    """Return the client of the row, or one that is left open."""
    name = '  - name: "TODO: a name that fits this person"'
    if identity is None:
        return "\n".join(
            [
                name,
                "    age: 0 # TODO: the age, and it may predict nothing in your bank",
                '    pronouns: "TODO: pronouns"',
                '    context: "TODO: origin, class, work, faith, health, family: what '
                'matters for the formulation"',
            ]
        )
    return "\n".join(
        [
            name,
            f"    age: {identity.age(rng)} # drawn from {identity.row.age}",
            f"    pronouns: {identity.pronouns} # {identity.row.gender}",
            "    # Make each detail concrete (a country, a trade); never exchange it",
            "    # for an easier one, and never make it the pathology.",
            f'    context: "TODO: {identity.context}"',
        ]
    )


def sentences(first: int, last: int) -> str:
    """Return the numbered sentences of a stage."""
    kinds = [SENTENCE_KINDS[n % len(SENTENCE_KINDS)] for n in range(first, last + 1)]
    return "\n".join(
        f'      - {{id: s{number}, kind: {kind}, text: "TODO: one fact"}}'
        for number, kind in zip(range(first, last + 1), kinds, strict=True)
    )


def questions(right: str) -> str:
    """Return four next questions, the right one at its place."""
    texts = dict.fromkeys(QUESTIONS, RIVAL)
    texts[right] = "TODO: the right next question"
    return _options(texts)


def statements(keyed: dict[str, str], hints: dict[str, str]) -> str:
    """Return a task's statements, by what each is keyed."""
    return _options({one: f"TODO: {hints[answer]}" for one, answer in keyed.items()})


def _options(texts: dict[str, str]) -> str:
    return "\n".join(
        f'      - {{id: {one}, text: "{text}"}}' for one, text in texts.items()
    )


def placed(letter: str, answers: Iterable[str], rng: Random) -> dict[str, str]:
    """Return ids for as many statements, each with an answer drawn by lot."""
    drawn = list(answers)
    rng.shuffle(drawn)
    return {f"{letter}{number}": one for number, one in enumerate(drawn, start=1)}


def slots_of(slots: Sequence[Slot], rng: Random) -> list[str]:
    """Return a menu: every near slot of a lens, some of middle reach, the shared."""
    middle = [slot.id for slot in slots if slot.group == "middle"]
    drawn = set(rng.sample(middle, min(SLOTS_OF_MIDDLE_REACH, len(middle))))
    kept = [slot.id for slot in slots if slot.group == "near" or slot.id in drawn]
    return [*kept, *NOWHERE]


def slot_hints(words: Words) -> dict[str, str]:
    """Return what each slot asks for, for an author, without marks that YAML reads."""
    plain = {
        one.id: f"{one.label}: {one.definition.rstrip('.')}"
        for one in words.slots.values()
    }
    return {one: text.replace('"', "'") for one, text in (plain | SLOT_HINTS).items()}


def safety_key(case_id: str, one: Specification, words: Words) -> str:
    """Return the key of the safety task."""
    lines = [f"  {case_id}-safety:", *_irrelevant("sentences that bear on no risk")]
    lines.append("    parts:")
    for part, state in one.safety.items():
        lines += _comment(6, f"{SAFETY_PARTS[part]}.")
        lines += _part(part, state, "near")
        lines.append("        core: [] # TODO: the sentences, or [] where nobody asked")
        lines.append(f'        why: "{WHY}"')
        rest = [name for name in SAFETY_STATES if name != state]
        lines += _wrong(rest, words)
    lines += _part("next", one.question, "near")
    lines.append(f'        why: "{WHY}"')
    lines += _wrong([name for name in QUESTIONS if name != one.question], words)
    return "\n".join(lines)


def goals_key(case_id: str, one: Specification, words: Words) -> str:
    """Return the key of the goals task, with the threshold of each goal."""
    lines = [f"  {case_id}-goals:", *_irrelevant("sentences that no goal rests on")]
    lines.append("    parts:")
    for goal in [goal for goal in words.goals if goal.id in one.goals]:
        answer = one.goals[goal.id]
        lines += _comment(6, f"{goal.short}. It counts when: {goal.threshold}")
        lines += _part(goal.id, answer, "near")
        lines.append("        core: [] # TODO: the sentences without which it falls")
        lines.append(f'        why: "{WHY}"')
        rest = [name.id for name in words.answers if name.id != answer]
        lines += _wrong(rest[:2], words)
    if len(one.goals) == len(words.goals):
        best = ", ".join(
            [goal for goal, given in one.goals.items() if given in OPEN][:2]
        )
        why = '"TODO: which two to take up first, and why"'
        lines.append(f"    agenda: {{best: [{best}], why: {why}}}")
    return "\n".join(lines)


def evidence_key(case_id: str) -> str:
    """Return the key of the evidence task."""
    lines = [f"  {case_id}-evidence-1:", "    parts:", "      claim:"]
    lines.append("        group: near")
    lines.append("        core: [s1, s2] # TODO: the sentences that carry the claim")
    lines.append("        against: # TODO: at least three that tempt")
    lines += [f'          s{n}: "TODO: why it does not count"' for n in (3, 4, 5)]
    lines.append(f'        why: "{WHY}"')
    return "\n".join(lines)


def statements_key(
    task: str, keyed: dict[str, str], groups: dict[str, str], *, cite: bool = False
) -> str:
    """Return the key of a task whose parts are its statements."""
    lines = [f"  {task}:"]
    lines += _irrelevant("sentences that no statement needs") if cite else []
    lines.append("    parts:")
    for part, answer in keyed.items():
        lines += _part(part, answer, groups[answer])
        if cite:
            lines.append("        core: [] # TODO: the sentences it rests on")
        lines.append(f'        why: "{WHY}"')
    return "\n".join(lines)


def moved(accounts: Iterable[str], rng: Random) -> dict[str, str]:
    """Return a direction for each account, drawn by lot, no two alike."""
    return dict(zip(accounts, rng.sample(MOVED, len(MOVED)), strict=True))


def lens_answers() -> list[str]:
    """Return the classes of the lens statements, equally often."""
    return list(LENSES) * STATEMENTS_A_CLASS


def _part(part: str, answer: str, group: str) -> list[str]:
    return [f"      {part}:", f"        answer: {answer}", f"        group: {group}"]


def _irrelevant(which: str) -> list[str]:
    return [f"    irrelevant: {{}} # TODO: {which}, each with its reason"]


def _wrong(choices: Iterable[str], words: Words) -> list[str]:
    known = [error.id for error in words.errors]
    error = USUAL_ERROR if USUAL_ERROR in known else known[0]
    lines = ["        wrong: # TODO: see that each names its own error"]
    for one in choices:
        why = "TODO: why a careful reader would not say this"
        lines.append(f'          {one}: {{why: "{why}", error: {error}}}')
    return lines


def _comment(indent: int, text: str) -> list[str]:
    mark = f"{' ' * indent}# "
    return textwrap.wrap(text, WIDTH, initial_indent=mark, subsequent_indent=mark)
