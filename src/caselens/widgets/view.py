"""The unit as its page draws it: what a trainee may see before answering."""

from __future__ import annotations

from typing import Any

from caselens.answers import setting
from caselens.cases import Case, Unit
from caselens.cases.vocabulary import Dimension
from caselens.tasks import kind_of

SHOWN = (
    "id",
    "title",
    "module_title",
    "kind",
    "intro",
    "hint",
    "next",
    "alternative",
)
OF_A_CASE = ("id", "title", "setting", "debrief")


def unit_view(unit: Unit) -> dict[str, Any]:
    """Return the unit as plain data (docs/formats.md, section 6)."""
    return {name: getattr(unit, name) for name in SHOWN} | {
        "cases": [_case(case, unit) for case in unit.cases],
        "tasks": [task_view(unit, task_id) for task_id in unit.points],
        "frame": [_dimension(one, unit) for one in unit.vocabulary.dimensions],
    }


def task_view(unit: Unit, task_id: str) -> dict[str, Any]:
    """Return one task as plain data."""
    one = setting(unit, task_id)
    return kind_of(one).view(one)


def _case(case: Case, unit: Unit) -> dict[str, Any]:
    # How each sentence is known stays here: a task may ask for it.
    stages = [
        {
            "title": stage.title,
            "sentences": [
                {"id": one.id, "number": one.number, "text": one.text}
                for one in stage.sentences
            ],
        }
        for stage in case.stages
    ]
    return {name: getattr(case, name) for name in OF_A_CASE} | {
        "content_notes": list(case.content_notes),
        "clients": [client.model_dump() for client in case.clients],
        "hypotheses": [one.model_dump() for one in case.hypotheses],
        "stages": stages,
        "short": len(case.stages) == 1,
        "continued": case.id in unit.continued,
    }


def _dimension(one: Dimension, unit: Unit) -> dict[str, str]:
    cited = unit.vocabulary.cited(one.source)
    return one.model_dump(exclude={"source"}) | {"source": cited}
