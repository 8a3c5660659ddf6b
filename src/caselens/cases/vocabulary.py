"""The words of the course: goals, slots, named errors and rubrics."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from caselens.cases.source import BankError, Problem, Source, read

Group = Literal["near", "middle", "far", "discussed"]

# A part's share of the points by how far its inference reaches
# (reference: points groups in docs/design.md, "What may earn points").
GROUP_WEIGHT: dict[str, float] = {
    "near": 1.0,
    "middle": 0.5,
    "far": 0.0,
    "discussed": 0.0,
}
GROUP_ORDER: tuple[Group, ...] = ("near", "middle", "far", "discussed")

SAFETY_STATES = {
    "active": "Active",
    "unclear": "Cues, unclear or not asked",
    "denied": "Asked and denied",
}
SAFETY_PARTS = {
    "self": "Risk to self",
    "others": "Risk to others",
    "from_others": "Risk from others",
    "medical": "Medical risk",
}
LENSES = {"cbt": "CBT", "dynamic": "Dynamic", "both": "Both", "neither": "Neither"}


class Frozen(BaseModel):
    """Base of what authors write: unchangeable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(Frozen):
    """One of the five answers to whose goal it is."""

    id: str
    label: str
    help: str


class Goal(Frozen):
    """One of the seven goals, or `other`, with its threshold."""

    id: str
    name: str
    short: str
    covers: str
    threshold: str
    neighbours: dict[str, str] = Field(default_factory=dict)


class Slot(Frozen):
    """A place in a lens's formulation."""

    id: str
    label: str
    definition: str
    example: str
    group: Group
    source: str


class NamedError(Frozen):
    """A common error with a name and what to do instead."""

    id: str
    name: str
    text: str


class Level(Frozen):
    """An anchored level of a criterion."""

    points: int = Field(ge=0)
    label: str
    text: str


class Criterion(Frozen):
    """One criterion of a rubric; its highest level is its maximum."""

    id: str = Field(pattern=r"^[a-z]+$")
    name: str
    question: str
    levels: tuple[Level, ...] = Field(min_length=2)

    @property
    def maximum(self) -> int:
        """Highest number of points."""
        return max(level.points for level in self.levels)


class Rubric(Frozen):
    """Criteria by anchored levels for one kind of written work."""

    id: str
    title: str
    source: str
    criteria: tuple[Criterion, ...] = Field(min_length=1)

    @property
    def maximum(self) -> int:
        """Sum of the criteria's maxima."""
        return sum(criterion.maximum for criterion in self.criteria)


class Vocabulary(Frozen):
    """Everything that keys and pages name by an id."""

    answers: tuple[Answer, ...]
    goals: tuple[Goal, ...]
    shared: tuple[Slot, ...]
    cbt: tuple[Slot, ...]
    dynamic: tuple[Slot, ...]
    errors: tuple[NamedError, ...]
    rubrics: tuple[Rubric, ...]

    @cached_property
    def slots(self) -> dict[str, Slot]:
        """Every slot by id."""
        return {slot.id: slot for slot in self.cbt + self.dynamic + self.shared}

    def menu(self, lens: str) -> dict[str, Slot]:
        """Return the slots of one lens and the shared ones, by id."""
        own = self.cbt if lens == "cbt" else self.dynamic
        return {slot.id: slot for slot in own + self.shared}

    def error(self, name: str | None) -> NamedError | None:
        """Return the named error, or None."""
        return next((error for error in self.errors if error.id == name), None)

    def rubric(self, name: str) -> Rubric:
        """Return a rubric; KeyError where the course has none of that name."""
        for rubric in self.rubrics:
            if rubric.id == name:
                return rubric
        raise KeyError(f"No rubric is called {name!r}. Look in datasets/rubrics/.")


class _Goals(Frozen):
    answers: tuple[Answer, ...]
    goals: tuple[Goal, ...]


class _Slots(Frozen):
    shared: tuple[Slot, ...]
    cbt: tuple[Slot, ...]
    dynamic: tuple[Slot, ...]


class _Errors(Frozen):
    errors: tuple[NamedError, ...]


def load_vocabulary(datasets: Path) -> Vocabulary:
    """Read goals, slots, errors and rubrics below `datasets`.

    Raises BankError with every fault.
    """
    problems: list[Problem] = []

    def use(source: Source, model: type[Frozen]) -> dict[str, object]:
        found = source.model(model)
        problems.extend(source.problems)
        return {} if found is None else dict(found)

    parts = use(read(datasets / "goals.yaml"), _Goals)
    parts |= use(read(datasets / "slots.yaml"), _Slots)
    parts |= use(read(datasets / "errors.yaml"), _Errors)
    rubrics = []
    for path in sorted((datasets / "rubrics").glob("*.yaml")):
        source = read(path)
        rubric = source.model(Rubric)
        problems.extend(source.problems)
        rubrics += [rubric] if rubric is not None else []
    if problems:
        raise BankError(problems)
    return Vocabulary.model_validate(parts | {"rubrics": tuple(rubrics)})
