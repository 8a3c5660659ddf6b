"""Model answers and their reasons as Markdown, for the instructor's pages."""

from __future__ import annotations

from collections.abc import Iterable

from caselens.cases import Key, PartKey, TaskKey
from caselens.cases.vocabulary import LENSES
from caselens.tasks import Kind, Setting, kind_of
from caselens.tasks.feedback import LEVELS
from caselens.tasks.markup import plain

PROVISIONAL = (
    "*This key is provisional: set by its authors, and not yet rated by a panel.*"
)


def model_markdown(one: Setting, key: Key) -> str:
    """Return the model answer and rationale of one task."""
    kind, task_key = kind_of(one), key.tasks[one.task.id]
    lines = [f"### Model answer: {kind.title}", ""]
    if key.status == "provisional":
        lines += [PROVISIONAL, ""]
    lines += _written_first(task_key)
    lines += [part for name in task_key.parts for part in _part(one, kind, key, name)]
    lines += _agenda(one, kind, task_key)
    if task_key.model:
        lines += [task_key.model, "", "What to look for:", ""]
        lines += [f"- {plain(point)}" for point in task_key.look_for]
    lines += _anchors(task_key)
    return "\n".join(lines).strip()


def _written_first(key: TaskKey) -> list[str]:
    if key.first is None:
        return []
    return [f"**Written before the choices, for example**: {plain(key.first)}", ""]


def _anchors(key: TaskKey) -> list[str]:
    lines = ["", "Examples to rate one's own text by:", ""] if key.anchors else []
    for one in key.anchors:
        agreed = ", ".join(f"{name} {level}" for name, level in one.ratings.items())
        head = f"**{LEVELS[one.level]}, {LENSES[one.lens]}** ({agreed})"
        lines += [head, "", plain(one.text), "", plain(one.why), ""]
    return lines


def _part(one: Setting, kind: Kind, key: Key, name: str) -> list[str]:
    part = key.tasks[one.task.id].parts[name]
    answer = kind.choice_label(one, name, part.answer)
    also = kind.choice_label(one, name, part.also) if part.also else ""
    lines = [f"**{kind.part_label(one, name)}**"]
    if answer:
        lines[0] += f": {answer}" + (f" (or {also})" if also else "")
    lines += [_points_group(part), *_sentences(key.tasks[one.task.id], part)]
    lines.append(plain(part.why))
    if part.breaks:
        lines.append(f"What would break it: {plain(part.breaks)}")
    for choice, wrong in part.wrong.items():
        error = one.vocabulary.error(wrong.error)
        named = f" *({error.name})*" if error else ""
        label = kind.choice_label(one, name, choice)
        lines.append(f"Not \u201c{label}\u201d: {plain(wrong.why)}{named}")
    return [line for each in lines if each for line in (each, "")]


def _points_group(part: PartKey) -> str:
    if part.weight > 0:
        return ""
    return "Explained, not scored."


def _sentences(key: TaskKey, part: PartKey) -> list[str]:
    lines = []
    if part.core:
        lines.append(f"Core: {_numbers(part.core)}.")
    if part.supporting:
        lines.append(f"Supporting: {_numbers(part.supporting)}.")
    lines += [
        f"Does not count: {plain(one)} ({plain(why)})."
        for one, why in key.listed(part).items()
        if part.core
    ]
    return [" ".join(lines)] if lines else []


def _agenda(one: Setting, kind: Kind, key: TaskKey) -> list[str]:
    if key.agenda is None:
        return []
    best = " and ".join(kind.part_label(one, goal) for goal in key.agenda.best)
    return [f"**For the agenda**: {best}", "", plain(key.agenda.why), ""]


def _numbers(ids: Iterable[str]) -> str:
    return plain(", ".join(ids))
