"""Written answers, as a marker sees them: the text, escaped, and its rubric."""

from __future__ import annotations

from typing import Any, Protocol

from caselens.answers import setting
from caselens.cases import Criterion, Unit
from caselens.notebooks.pages import manual_id
from caselens.tasks import kind_of
from caselens.tasks.markup import text_html


class Answered(Protocol):
    """What holds the values given for tasks: a record, or a submission."""

    def value(self, task_id: str) -> Any:
        """Return the untrusted value given for a task, or None."""


def written(unit: Unit, one: Answered | None) -> dict[str, str]:
    """Return the text of every written task, by task id, "" where there is none."""
    texts = {}
    for task_id in unit.points:
        at = setting(unit, task_id)
        if kind_of(at).by_hand and at.task.rubric is not None:
            value = one.value(task_id) if one is not None else None
            texts[task_id] = kind_of(at).clean(at, value).value["text"]
    return texts


def written_cells(unit: Unit, one: Answered | None) -> dict[str, str]:
    """Return the Markdown of the marker's cells, by grade id.

    A blank answer is left out: its cells stay as released, which nbgrader counts
    as no response.
    """
    cells: dict[str, str] = {}
    for task_id, text in written(unit, one).items():
        if text.strip():
            at = setting(unit, task_id)
            criteria = unit.vocabulary.rubric(at.task.rubric or "").criteria
            shown = [_criterion(one) for one in criteria]
            shown[0] = f"{_text(at.task.prompt, text)}\n\n{shown[0]}"
            names = [manual_id(task_id, one.id) for one in criteria]
            cells |= dict(zip(names, shown, strict=True))
    return cells


def _text(prompt: str | None, text: str) -> str:
    return f"**{prompt}**\n\n{len(text.split())} words:\n\n{text_html(text)}"


def _criterion(criterion: Criterion) -> str:
    lines = [f"#### {criterion.name}", "", criterion.question, ""]
    lines += [
        f"- **{level.points}** {level.label}: {level.text}"
        for level in criterion.levels
    ]
    return "\n".join(lines)
