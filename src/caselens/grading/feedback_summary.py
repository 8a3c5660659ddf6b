"""The head of a feedback page: what went well, and what to look at next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caselens.grading.feedback_marks import Marks
from caselens.grading.feedback_task import Marked, TaskView

WELL = 0.75
MOST_WELL = 5
MOST_NEXT = 5
SAFETY_MISSED = (
    "A sign of risk that stands in the text was passed over. Look here first:"
)
SAFETY_SEEN = "You passed over no sign of risk that stands in the text."


@dataclass(frozen=True)
class Line:
    """One line of the summary, with the tasks that it speaks of."""

    text: str
    tasks: tuple[TaskView, ...] = ()


@dataclass(frozen=True)
class Summary:
    """The whole unit in a few lines."""

    points: float
    maximum: float
    penalty: float
    waiting: int
    open_points: float
    again: int
    well: tuple[Line, ...]
    next: tuple[Line, ...]
    commented: tuple[TaskView, ...]


def summarise(marks: Marks, tasks: Sequence[TaskView], *, safety: bool) -> Summary:
    """Return the summary; `safety` says whether the policy lets it speak of risk."""
    waiting = [mark for mark in marks.waiting if mark.manual is None]
    return Summary(
        points=marks.points,
        maximum=sum(mark.maximum for mark in marks.marks.values()),
        penalty=marks.penalty,
        waiting=len(waiting),
        open_points=sum(mark.maximum for mark in waiting),
        again=len(marks.waiting) - len(waiting),
        well=tuple(_well(tasks, safety))[:MOST_WELL],
        next=tuple(_next(tasks))[:MOST_NEXT],
        commented=tuple(task for task in tasks if _is_commented(task)),
    )


def _well(tasks: Sequence[TaskView], safety: bool) -> Iterator[Line]:
    asked = [task for task in tasks if task.at.task.kind == "safety"]
    seen = all(task.complete and task.earned >= task.maximum / 2 for task in asked)
    if safety and asked and seen:
        yield Line(SAFETY_SEEN)
    # The best first, so that a long list is cut at its end.
    good = [task for task in _machine(tasks) if task.earned >= WELL * task.maximum]
    for task in sorted(good, key=lambda one: -one.earned / one.maximum):
        yield Line(f"{_points(task)}{_counted(task, 'right')}.", (task,))
    for task, one in _criteria(tasks):
        if one.level is not None and one.above is None:
            yield Line(f"{one.criterion.name}: {one.level.label}.", (task,))
    if not good:
        best = max(_machine(tasks), key=_rights, default=None)
        if best is not None and _rights(best):
            rights, asked_for = _rights(best), len(best.parts)
            yield Line(f"{rights} of {asked_for} parts were right.", (best,))


def _next(tasks: Sequence[TaskView]) -> Iterator[Line]:
    missed = tuple(task for task in tasks if not task.complete)
    if missed:
        yield Line(SAFETY_MISSED, missed)
    yield from _errors(tasks)
    claims = tuple(task for task in tasks if _count(task, "unsupported"))
    if claims:
        number = sum(_count(task, "unsupported") for task in claims)
        what = "claim has" if number == 1 else "claims have"
        yield Line(f"{number} {what} no support in the text.", claims)
    lost = [task for task in _machine(tasks) if task.earned < WELL * task.maximum]
    for task in sorted(lost, key=lambda one: one.earned - one.maximum):
        yield Line(f"{_points(task)}{_counted(task, 'missed')}.", (task,))
    yield from _levels(tasks)


def _levels(tasks: Sequence[TaskView]) -> Iterator[Line]:
    """Yield the criteria with a level above, the lowest first."""
    found = [
        (one.level.points, f"{one.criterion.name}: {one.level.label}.", one.above, task)
        for task, one in _criteria(tasks)
        if one.level is not None and one.above is not None
    ]
    for _, name, above, task in sorted(found, key=lambda one: one[0]):
        yield Line(f"{name} Next: {above.text}", (task,))


def _errors(tasks: Sequence[TaskView]) -> Iterator[Line]:
    """Yield named errors that came up more than once, the most frequent first."""
    count: Counter[tuple[str, str]] = Counter()
    where: dict[tuple[str, str], dict[str, TaskView]] = defaultdict(dict)
    for task in tasks:
        for part in task.parts:
            if part.error:
                count[part.error] += 1
                where[part.error][task.id] = task
    for error, times in count.most_common(2):
        if times > 1:
            text = f"{times} times, {error[0]}: {error[1]}"
            yield Line(text, tuple(where[error].values()))


def _machine(tasks: Sequence[TaskView]) -> list[TaskView]:
    """Return the tasks that have all their points and no rubric."""
    return [
        task
        for task in tasks
        if not task.criteria and task.maximum > 0 and task.state != "waits"
    ]


def _criteria(tasks: Sequence[TaskView]) -> list[tuple[TaskView, Marked]]:
    return [
        (task, one)
        for task in tasks
        for one in task.criteria
        if task.state != "blank" and one.level is not None
    ]


def _points(task: TaskView) -> str:
    return f"{task.earned:.1f} of {task.maximum:g} points"


def _counted(task: TaskView, verdict: str) -> str:
    number = _count(task, verdict)
    return f", {number} of {len(task.parts)} parts {verdict}" if number else ""


def _count(task: TaskView, verdict: str) -> int:
    return sum(part.verdict == verdict for part in task.parts)


def _rights(task: TaskView) -> int:
    return _count(task, "right")


def _is_commented(task: TaskView) -> bool:
    return bool(task.comment or any(one.comment for one in task.criteria))
