"""What a feedback page tells of one part of a task, as far as the policy goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from caselens.tasks import Kind, Score, Setting
from caselens.tasks.feedback import VERDICTS

HEADINGS = {
    "right": "Right",
    "partly": "Partly right",
    "missed": "Missed",
    "unsupported": "Claimed without support",
    "blank": "Not answered",
    "open": "Left open",
}
assert set(HEADINGS) == set(VERDICTS)


@dataclass(frozen=True)
class Quoted:
    """A sentence of the case, with its number; `why` says why it does not count."""

    number: int
    text: str
    why: str = ""


@dataclass(frozen=True)
class Part:
    """One part of a task. Under `verdicts` only the first four fields are filled."""

    label: str
    verdict: str
    yours: str
    scored: bool
    keyed: str = ""
    also: str = ""
    good: tuple[Quoted, ...] = ()
    missed: tuple[Quoted, ...] = ()
    wrong: tuple[Quoted, ...] = ()
    why: str = ""
    breaks: str = ""
    error: tuple[str, str] | None = None


@dataclass(frozen=True)
class Group:
    """The parts of a task with one verdict."""

    verdict: str
    parts: tuple[Part, ...]

    @property
    def heading(self) -> str:
        """The verdict in words."""
        return HEADINGS[self.verdict]


def grouped(parts: Iterable[Part]) -> tuple[Group, ...]:
    """Return parts by verdict, what was right first."""
    by: dict[str, list[Part]] = {verdict: [] for verdict in HEADINGS}
    for part in parts:
        by[part.verdict].append(part)
    return tuple(Group(verdict, tuple(found)) for verdict, found in by.items() if found)


def told_parts(kind: Kind, at: Setting, score: Score) -> list[Part]:
    """Return the verdicts on what a trainee chose, and nothing else of the key.

    What was left blank has no place here: that a part is missed names it as right.
    """
    return [
        Part(
            label=_label(at, kind.part_label(at, part.part)),
            verdict=part.verdict,
            yours=kind.choice_label(at, part.part, part.choice),
            scored=part.scored,
        )
        for part in score.parts
        if part.choice is not None or at.task.kind == "evidence"
    ]


def explained_parts(at: Setting, found: Mapping[str, Any]) -> list[Part]:
    """Return all parts of a feedback, with their sentences, reasons and errors."""
    return [_explained(at, part) for part in found["parts"]]


def _explained(at: Setting, part: Mapping[str, Any]) -> Part:
    sentences, error = part["sentences"], part["error"]
    return Part(
        label=_label(at, part["label"]),
        verdict=part["verdict"],
        yours=part["yours"],
        scored=part["scored"],
        keyed=part["keyed"],
        also=part["also"] or "",
        good=tuple(_quoted(at, one) for one in sentences["good"]),
        missed=tuple(_quoted(at, one) for one in sentences["missed"]),
        wrong=tuple(_quoted(at, one["id"], one["why"]) for one in sentences["wrong"]),
        why=part["why"],
        breaks=part["breaks"] or "",
        error=(error["name"], error["text"]) if error else None,
    )


def arrow_ends(label: str) -> tuple[str, str]:
    """Return both ends of an arrow, quoted, from its label."""
    cause, _, effect = label.partition(" → ")
    return f"“{cause.rstrip('.')}”", f"“{effect.rstrip('.')}”"


def _label(at: Setting, label: str) -> str:
    """Return a part's name in words: an arrow is not read out as one."""
    if at.task.kind != "link":
        return label
    cause, effect = arrow_ends(label)
    return f"From {cause} to {effect}"


def _quoted(at: Setting, sentence: str, why: str = "") -> Quoted:
    one = at.case.sentences[sentence]
    return Quoted(one.number, one.text, why)
