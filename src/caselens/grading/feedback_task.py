"""One task on a feedback page: marks, own words, and what the policy tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from caselens.answers import Record, setting
from caselens.answers.marking import FindKey
from caselens.cases import Criterion, Unit
from caselens.cases.vocabulary import Level
from caselens.grading.feedback_marks import Marks
from caselens.grading.feedback_parts import (
    Group,
    Part,
    arrow_ends,
    explained_parts,
    grouped,
    told_parts,
)
from caselens.grading.feedback_policy import Policy
from caselens.grading.results import Mark
from caselens.notebooks.pages import manual_id
from caselens.tasks import Kind, Score, Setting, feedback, kind_of
from caselens.tasks.kind import text_of
from caselens.tasks.markup import plain

Scorer = Callable[[str, Any], Score]
CLOSE = 0.001
OWN_WORDS = {
    "text": "What you wrote",
    "offer": "How you would offer them",
    "own": "Your own question",
    "repair": "Your repair",
}


class StaleMarksError(Exception):
    """The marks in the gradebook are not those of these answers and this key."""


@dataclass(frozen=True)
class Marked:
    """One criterion of a rubric: the level given, the one above it, the comment."""

    criterion: Criterion
    mark: Mark | None
    comment: str

    @property
    def state(self) -> str:
        """`marked`; `waits` for a person; or `again`, marked and to be checked."""
        if self.mark is None or (self.mark.waits and self.mark.manual is None):
            return "waits"
        return "again" if self.mark.waits else "marked"

    @property
    def level(self) -> Level | None:
        """The level whose points were given, if there is one."""
        if self.mark is None or self.state == "waits":
            return None
        given = self.mark.points
        return next((one for one in self.criterion.levels if one.points == given), None)

    @property
    def above(self) -> Level | None:
        """What the next level asks for."""
        if self.level is None:
            return None
        given = self.level.points
        higher = [one for one in self.criterion.levels if one.points > given]
        return min(higher, key=lambda one: one.points, default=None)


@dataclass(frozen=True)
class TaskView:
    """What a page shows of one task."""

    number: int
    at: Setting
    title: str
    prompt: str
    maximum: float
    mark: Mark | None
    criteria: tuple[Marked, ...]
    own: tuple[tuple[str, str], ...]
    arrows: tuple[str, ...]
    comment: str
    problems: tuple[str, ...]
    groups: tuple[Group, ...] = ()
    complete: bool = True
    agenda: Mapping[str, Any] | None = None
    first: str = ""
    model: Mapping[str, Any] | None = None

    @property
    def id(self) -> str:
        """The id of the task, which is its anchor on the page."""
        return self.at.task.id

    @property
    def earned(self) -> float:
        """The points given so far."""
        marks = [one.mark for one in self.criteria] if self.criteria else [self.mark]
        return sum(mark.points for mark in marks if mark is not None)

    @property
    def state(self) -> str:
        """`nothing` to be earned, `waits`, `again`, `person`, `blank` or `key`."""
        if not self.maximum:
            return "nothing"
        if self.criteria:
            states = {one.state for one in self.criteria}
            by_hand = any(one.mark and one.mark.by == "person" for one in self.criteria)
            done = "person" if by_hand else "blank"
            return next((one for one in ("waits", "again") if one in states), done)
        if self.mark is None or self.mark.waits:
            return "waits"
        return "person" if self.mark.by == "person" else "key"

    @property
    def parts(self) -> list[Part]:
        """Every part that is told."""
        return [part for group in self.groups for part in group.parts]


@dataclass(frozen=True)
class TaskFrame:
    """What every page of a unit shows of a task, prepared once."""

    number: int
    at: Setting
    kind: Kind
    title: str
    prompt: str
    criteria: tuple[Criterion, ...]

    def view(
        self,
        marks: Marks,
        record: Record | None,
        policy: Policy,
        scorer: Scorer | None,
        find: FindKey | None,
    ) -> TaskView:
        """Return the task for one trainee. Raises StaleMarksError, KeyMissingError."""
        task_id = self.at.task.id
        value = record.value(task_id) if record is not None else None
        clean = self.kind.clean(self.at, value)
        mark = marks.marks.get(task_id)
        made: dict[str, Any] = {
            "number": self.number,
            "at": self.at,
            "title": self.title,
            "prompt": self.prompt,
            "maximum": mark.maximum if mark is not None else self.at.points,
            "mark": mark,
            "criteria": tuple(self._marked(one, marks) for one in self.criteria),
            "own": tuple(self._own(clean.value, record)),
            "arrows": tuple(self._arrows(clean.value)),
            "comment": marks.comments.get(task_id, ""),
            "problems": tuple(clean.problems),
        }
        if policy != "points":
            assert scorer is not None and find is not None
            score = scorer(task_id, value)
            _compare(score, mark)
            made |= self._told(score, policy, find)
        return TaskView(**made)

    def _told(self, score: Score, policy: Policy, find: FindKey) -> dict[str, Any]:
        made: dict[str, Any] = {
            "complete": score.complete,
            "problems": score.problems,
        }
        if policy == "verdicts":
            return made | {"groups": grouped(told_parts(self.kind, self.at, score))}
        found = feedback(self.kind, self.at, find(self.at.case.id), score)
        return made | {
            "groups": grouped(explained_parts(self.at, found)),
            "agenda": found["agenda"],
            "first": found["first"] or "",
            "model": found["model"],
        }

    def _marked(self, criterion: Criterion, marks: Marks) -> Marked:
        cell = manual_id(self.at.task.id, criterion.id)
        return Marked(criterion, marks.marks.get(cell), marks.comments.get(cell, ""))

    def _own(
        self, value: Mapping[str, Any], record: Record | None
    ) -> Iterator[tuple[str, str]]:
        answer = record.tasks.get(self.at.task.id) if record is not None else None
        first = text_of(answer.first_text if answer is not None else None, [], "")
        if first.strip():
            yield "Your first words, before any menu", first
        for name, heading in OWN_WORDS.items():
            if value.get(name, "").strip():
                yield heading, value[name]
        if value.get("agenda"):
            chosen = [self.kind.part_label(self.at, one) for one in value["agenda"]]
            yield "Your agenda", " and ".join(chosen)

    def _arrows(self, value: Mapping[str, Any]) -> Iterator[str]:
        if self.at.task.kind != "link":
            return
        for part, one in value["parts"].items():
            cause, effect = arrow_ends(self.kind.part_label(self.at, part))
            relation = self.kind.choice_label(self.at, part, one["choice"])
            cited = plain(", ".join(one["evidence"])) or "no sentence"
            broken = one["breaks"].strip()
            said = f" You said what would break it: {broken}" if broken else ""
            yield f"{cause} {relation} {effect} ({cited}).{said}"


def frames_of(unit: Unit) -> list[TaskFrame]:
    """Return every task of a unit, in its order."""
    frames = [_frame(unit, *one) for one in enumerate(unit.points, start=1)]
    count = Counter((one.at.case.id, one.title) for one in frames)
    return [
        # What is asked again at a later part of a case is told apart by that part.
        replace(one, title=f"{one.title} ({_stage(one.at)})")
        if count[one.at.case.id, one.title] > 1
        else one
        for one in frames
    ]


def _stage(at: Setting) -> str:
    return at.case.stages[at.task.stage - 1].title


def _frame(unit: Unit, number: int, task_id: str) -> TaskFrame:
    at = setting(unit, task_id)
    kind, rubric = kind_of(at), at.task.rubric
    by_hand = kind.by_hand and rubric is not None
    criteria = at.vocabulary.rubric(rubric or "").criteria if by_hand else ()
    view = kind.view(at)
    return TaskFrame(number, at, kind, view["title"], view["prompt"], tuple(criteria))


def _compare(score: Score, mark: Mark | None) -> None:
    """Refuse an explanation that contradicts the points beside it."""
    auto = mark.auto if mark is not None else None
    if score.by_hand or auto is None or abs(auto - score.points) < CLOSE:
        return
    raise StaleMarksError(
        f"{score.task} has {auto:g} points in the gradebook, and these answers and "
        f"this key give {score.points:g}. Mark the submission again first."
    )
