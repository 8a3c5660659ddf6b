"""Written answers, as a marker sees them: the text, escaped, and its rubric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from caselens.answers import setting
from caselens.cases import Criterion, Unit
from caselens.cases.places import bank_dir, datasets_dir
from caselens.cases.vocabulary import Comment, Rubric, read_rubrics
from caselens.notebooks.pages import manual_id
from caselens.tasks import kind_of
from caselens.tasks.markup import text_html

# Comments by rubric and criterion.
CommentBank = Mapping[str, Mapping[str, Sequence[Comment]]]


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


def unusable(unit: Unit, one: Answered | None) -> list[str]:
    """Return what of the writing could not be used, such as a text that was cut."""
    found = []
    for task_id in written(unit, one):
        at = setting(unit, task_id)
        value = one.value(task_id) if one is not None else None
        cleaned = kind_of(at).clean(at, value)
        found += [f"{task_id}: {problem}" for problem in cleaned.problems]
    return found


def written_cells(
    unit: Unit, one: Answered | None, bank: CommentBank | None = None
) -> dict[str, str]:
    """Return the Markdown of the marker's cells, by grade id.

    A blank answer is left out: its cells stay as released, which nbgrader counts
    as no response. `bank` has comments for a marker to begin from.
    """
    cells: dict[str, str] = {}
    for task_id, text in written(unit, one).items():
        if text.strip():
            at = setting(unit, task_id)
            criteria = unit.vocabulary.rubric(at.task.rubric or "").criteria
            comments = (bank or {}).get(at.task.rubric or "", {})
            shown = [_criterion(one, comments.get(one.id, ())) for one in criteria]
            shown[0] = f"{_text(at.task.prompt, text)}\n\n{shown[0]}"
            names = [manual_id(task_id, one.id) for one in criteria]
            cells |= dict(zip(names, shown, strict=True))
    return cells


def _text(prompt: str | None, text: str) -> str:
    return f"**{prompt}**\n\n{len(text.split())} words:\n\n{text_html(text)}"


def comment_bank(unit: Unit) -> CommentBank:
    """Return the comments of the unit's rubrics, by rubric and criterion.

    They stand in the datasets and in no built page. Where a rubric there has other
    words than the one that the unit was released with, its comments are left out.
    """
    bank = bank_dir()
    own = bank is not None and (bank / "datasets" / "rubrics").is_dir()
    known = _rubrics(bank / "datasets" if bank is not None and own else datasets_dir())
    return {
        one.id: {each.id: each.comments for each in known[one.id].criteria}
        for one in unit.vocabulary.rubrics
        if one.id in known and known[one.id].version == one.version
    }


@lru_cache(maxsize=2)
def _rubrics(datasets: Path) -> dict[str, Rubric]:
    return read_rubrics(datasets)


def _criterion(criterion: Criterion, comments: Sequence[Comment]) -> str:
    lines = [f"#### {criterion.name}", "", criterion.question, ""]
    lines += [
        f"- **{level.points}** {level.label}: {level.text}"
        for level in criterion.levels
    ]
    if comments:
        lines += ["", "Comments to begin from:", ""]
        lines += [f"- {_for_level(one)}*{one.text}*" for one in comments]
    return "\n".join(lines)


def _for_level(comment: Comment) -> str:
    return "" if comment.points is None else f"**{comment.points}** "
