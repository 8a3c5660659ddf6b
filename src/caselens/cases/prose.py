"""The lint of texts: vignettes that tell too much, keys that are hard to read.

The rules are those of docs/authoring.md, "What the check says". A fault fails the
check; a look is advice, because a good case may have a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from caselens.cases import wording
from caselens.cases.bank import Bank, Entry
from caselens.cases.case import Case
from caselens.cases.key import Key
from caselens.cases.options import lint_options
from caselens.cases.source import TODO, Place, Problem, Severity, unwritten

LONGEST, LONG = 40, 28
FEWEST_WORDS_OF_CONTEXT = 5
LONG_ON_AVERAGE = 30
OWN_INFERENCE = ("others_inference", "client_words")
FILLER = re.compile(r"\b(?:simply|obviously)\b", re.IGNORECASE)
FENCE = re.compile(r"^(?:```|---$)")
CODE = re.compile(r"`[^`]*`")
HEDGES = "may, might, perhaps, seems"

Found = tuple[Place, str, str, Severity]


def lint_prose(bank: Bank) -> list[Problem]:
    """Return what to mend, and what to look at, in the bank's texts."""
    found = []
    for entry in bank.entries.values():
        source = entry.case_source
        # What was made up in memory stands in no file, and its words mean nothing.
        if source.data is None:
            continue
        found += [source.problem(*one) for one in _lint_case(entry)]
        if entry.key is not None and entry.key_source is not None:
            source = entry.key_source
            found += [source.problem(*one) for one in _lint_key(entry, entry.key)]
    return found


def lint_course(course: Path) -> list[Problem]:
    """Return what to mend, and what to look at, in the units' texts below `course`."""
    found: list[Problem] = []
    for path in sorted([*course.glob("course.toml"), *course.glob("m*/*.md")]):
        text = path.read_text(encoding="utf-8", errors="replace")
        found += unwritten(path, text)
        if path.suffix == ".md" and path.stem != "design":
            found += _lint_page(path, text)
    return found


def _lint_case(entry: Entry) -> Iterator[Found]:
    yield from _lint_vignette(entry.case)
    yield from _lint_clients(entry.case)
    yield from _lint_private(entry.case_source.data)
    yield from lint_options(entry)


def _lint_key(entry: Entry, key: Key) -> Iterator[Found]:
    source = entry.key_source
    assert source is not None
    yield from _lint_private(source.data)
    yield from _lint_tentative(key)
    for place, text in texts(source.data):
        yield from ((place, *one) for one in _tone(text))
        yield from ((place, *one) for one in _ease(text))


def texts(data: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Yield every text of an author's data with its place, and none with a TODO."""
    if isinstance(data, str) and not TODO.search(data):
        yield place, data
    if isinstance(data, dict | list):
        items = data.items() if isinstance(data, dict) else enumerate(data)
        for step, one in items:
            yield from texts(
                one, (*place, step if isinstance(step, int) else str(step))
            )


def _lint_vignette(case: Case) -> Iterator[Found]:
    for number, stage in enumerate(case.stages):
        for index, one in enumerate(stage.sentences):
            if not TODO.search(one.text):
                place: Place = ("stages", number, "sentences", index)
                yield from ((place, *each) for each in _size(one.id, one.text))
                if one.kind not in OWN_INFERENCE:
                    yield from ((place, *each) for each in _told(one.id, one.text))


def _size(name: str, text: str) -> Iterator[tuple[str, str, Severity]]:
    words = wording.count(text)
    repair = "Say one fact, and put the next into a sentence of its own."
    if words > LONG:
        severity: Severity = "fault" if words > LONGEST else "look"
        yield f"{name} has {words} words.", repair, severity
    if len(wording.sentences(text)) > 1:
        yield f"{name} is more than one sentence.", repair, "look"


def _told(name: str, text: str) -> Iterator[tuple[str, str, Severity]]:
    word = wording.theory(text)
    if word:
        yield (
            f"{name} explains, with {word!r}, what should be inferred.",
            "Show what was said or done, or tag it as somebody's others_inference.",
            "fault",
        )


def _lint_clients(case: Case) -> Iterator[Found]:
    for number, one in enumerate(case.clients):
        few = wording.count(one.context) < FEWEST_WORDS_OF_CONTEXT
        if few and not TODO.search(one.context):
            what = f"The context of {one.name} is missing or too short to matter."
            repair = "Say in five words or more how this person lives."
            yield ("clients", number, "context"), what, repair, "fault"


def _lint_private(data: Any) -> Iterator[Found]:
    for place, text in texts(data):
        for what, words in wording.private(text):
            repair = "Take it out: a case has nothing by which anybody could be found."
            yield place, f"{words!r} looks like {what}.", repair, "fault"
        name = wording.identified(text)
        if name:
            what = f"{name!r} stands with a place and a date, or an address."
            yield place, what, "Leave one of them out, unless it is invented.", "look"


def _lint_tentative(key: Key) -> Iterator[Found]:
    for name, text in key.formulations or ():
        if not TODO.search(text) and not wording.hedged(text):
            what = f"The {name} formulation is nowhere tentative."
            repair = f"Say where it might be otherwise ({HEDGES})."
            yield ("formulations", name), what, repair, "look"


def _tone(text: str) -> Iterator[tuple[str, str, Severity]]:
    bare = wording.unquoted(text)
    if "!" in bare:
        yield "The text exclaims.", "End with a full stop.", "look"
    filler = FILLER.search(bare)
    if filler:
        what = f"{filler[0]!r} may sound as though it were easy."
        yield what, "Leave the word out.", "look"
    if "\u2014" in bare:
        yield "There is an em dash.", "Use a comma, a colon or a full stop.", "look"


def _ease(text: str) -> Iterator[tuple[str, str, Severity]]:
    found = wording.sentences(text)
    mean = sum(map(wording.count, found)) / max(1, len(found))
    if mean > LONG_ON_AVERAGE:
        whose = "The sentence has" if len(found) == 1 else "On average a sentence has"
        yield f"{whose} {mean:.0f} words.", "Divide it, for a tired reader.", "look"


def _lint_page(path: Path, text: str) -> Iterator[Problem]:
    fenced = False
    for number, line in enumerate(text.splitlines(), start=1):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            for what, repair, severity in _tone(CODE.sub("", line.replace("![", "["))):
                yield Problem(str(path), number, what, repair, severity)
