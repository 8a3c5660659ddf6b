"""Feedback on a scored task: per part, with sentence, reason and named error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from caselens.cases import Key, TaskKey
from caselens.cases.key import Anchor
from caselens.cases.vocabulary import LENSES
from caselens.tasks.kind import Setting
from caselens.tasks.score import PartScore, Score

if TYPE_CHECKING:
    from caselens.tasks.kind import Kind

VERDICTS = {
    "right": "right",
    "partly": "partly right",
    "missed": "missed",
    "unsupported": "without support",
    "blank": "not answered",
    "open": "not in the key",
}


MARKED_BY_HAND = (
    "No machine marks writing: a person reads it beside the rubric, or you do."
)
NEVER_MARKED = "This text is for you, and is not marked."
LEVELS = {"poor": "Poor", "adequate": "Adequate", "excellent": "Excellent"}


def summary(score: Score) -> str:
    """Return the score in words: points, and how many scored parts were what."""
    if score.by_hand:
        return MARKED_BY_HAND if score.maximum else NEVER_MARKED
    if not score.maximum:
        return f"Explained, not scored: {_counted(score.parts)}."
    rest = _counted([part for part in score.parts if not part.scored])
    beside = f" Explained beside it, not scored: {rest}." if rest else ""
    points = f"{score.points:.1f} of {score.maximum:g} points, corrected for guessing"
    found = _counted([part for part in score.parts if part.scored])
    return f"{points}: {found}.{beside}"


def _counted(parts: Iterable[PartScore]) -> str:
    counts: Counter[str] = Counter(part.verdict for part in parts)
    return ", ".join(
        f"{counts[one]} {word}" for one, word in VERDICTS.items() if counts[one]
    )


def feedback(kind: Kind, setting: Setting, key: Key, score: Score) -> dict[str, Any]:
    """Return the whole explanation of a score (docs/formats.md, section 6).

    It holds key content: only for practice, for the released feedback, and for
    the marker.
    """
    task_key = key.tasks[setting.task.id]
    return {
        "task": score.task,
        "points": score.points,
        "maximum": score.maximum,
        "summary": summary(score),
        "complete": score.complete,
        "problems": list(score.problems),
        "parts": [_part(kind, setting, task_key, part) for part in score.parts],
        "agenda": _agenda(kind, setting, task_key),
        "first": task_key.first,
        "model": _model(task_key),
        "anchors": [_anchor(one) for one in task_key.anchors],
        "supervisors": _supervisors(key),
    }


def _part(
    kind: Kind, setting: Setting, key: TaskKey, part: PartScore
) -> dict[str, Any]:
    error = setting.vocabulary.error(part.error)
    known = key.parts.get(part.part)
    also = known.also if known else None
    return {
        "part": part.part,
        "label": kind.part_label(setting, part.part),
        "verdict": part.verdict,
        "yours": kind.choice_label(setting, part.part, part.choice),
        "keyed": kind.choice_label(setting, part.part, part.keyed),
        "choice": part.choice,
        "answer": part.keyed,
        "also": kind.choice_label(setting, part.part, also) if also else None,
        "sentences": {
            "good": list(part.good),
            "missed": list(part.missed),
            "wrong": [{"id": one, "why": why} for one, why in part.wrong],
        },
        "why": part.why,
        "error": {"name": error.name, "text": error.text} if error else None,
        "breaks": known.breaks if known else None,
        "scored": part.scored or part.verdict == "open",
    }


def _agenda(kind: Kind, setting: Setting, key: TaskKey) -> dict[str, Any] | None:
    if key.agenda is None:
        return None
    best = [kind.part_label(setting, one) for one in key.agenda.best]
    return {"best": best, "why": key.agenda.why}


def _model(key: TaskKey) -> dict[str, Any] | None:
    if key.model is None:
        return None
    return {"text": key.model, "look_for": list(key.look_for)}


def _anchor(one: Anchor) -> dict[str, Any]:
    return {
        "id": one.id,
        "level": LEVELS[one.level],
        "lens": LENSES[one.lens],
        "text": one.text,
        "ratings": dict(one.ratings),
        "why": one.why,
    }


def closing(key: Key) -> dict[str, Any]:
    """Return what is said when a case is closed: both supervisors, the models.

    Like every feedback it holds key content.
    """
    models, compared = key.formulations, key.comparison
    return {
        "supervisors": _supervisors(key),
        "formulations": models.model_dump() if models else None,
        "comparison": compared.model_dump() if compared else None,
    }


def _supervisors(key: Key) -> dict[str, str] | None:
    if key.supervisors is None:
        return None
    return {"cbt": key.supervisors.cbt, "dynamic": key.supervisors.dynamic}
