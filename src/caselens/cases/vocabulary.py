"""The words of the course: goals, slots, named errors and rubrics."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from caselens.cases.references import read_references
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


class Label(Frozen):
    """A label that may fit: a thinking pattern, a defence, a belief, a wish."""

    id: str
    label: str
    definition: str
    example: str
    source: str


class LabelSet(Frozen):
    """A closed set of labels; `group` is the nearest points group of its parts."""

    id: str
    name: str
    group: Group
    labels: tuple[Label, ...] = Field(min_length=2)

    @cached_property
    def by_id(self) -> dict[str, Label]:
        """Every label by id, in order."""
        return {label.id: label for label in self.labels}


class Dimension(Frozen):
    """One row of the frame in which the two lenses are compared."""

    id: str
    name: str
    cbt: str
    dynamic: str
    shared: str
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


class Comment(Frozen):
    """A comment that a marker may use again; `points` is the level it goes with."""

    points: int | None = None
    text: str = Field(min_length=1, max_length=600)


class Criterion(Frozen):
    """One criterion of a rubric; its highest level is its maximum."""

    id: str = Field(pattern=r"^[a-z]+$")
    name: str
    question: str
    levels: tuple[Level, ...] = Field(min_length=2)
    # For markers only: never written out, so that no built page carries them.
    comments: tuple[Comment, ...] = Field(default=(), exclude=True)

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

    @property
    def version(self) -> str:
        """The id and a digest of what a marker sees: `formulation@1a2b3c4d`."""
        seen = [criterion.model_dump(mode="json") for criterion in self.criteria]
        text = json.dumps(seen, sort_keys=True, ensure_ascii=False)
        return f"{self.id}@{hashlib.sha256(text.encode()).hexdigest()[:8]}"

    def without_comments(self) -> Rubric:
        """Return the rubric as pages have it: what only markers read is left out."""
        bare = [one.model_copy(update={"comments": ()}) for one in self.criteria]
        return self.model_copy(update={"criteria": tuple(bare)})

    def comments(self, criterion: str) -> tuple[Comment, ...]:
        """Return a criterion's comment bank, () where it has none."""
        found = (one.comments for one in self.criteria if one.id == criterion)
        return next(found, ())


class Vocabulary(Frozen):
    """Everything that keys and pages name by an id."""

    answers: tuple[Answer, ...]
    goals: tuple[Goal, ...]
    shared: tuple[Slot, ...]
    common: tuple[Slot, ...] = ()
    cbt: tuple[Slot, ...]
    dynamic: tuple[Slot, ...]
    errors: tuple[NamedError, ...]
    rubrics: tuple[Rubric, ...]
    labels: tuple[LabelSet, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    works: dict[str, str] = Field(default_factory=dict)

    @cached_property
    def slots(self) -> dict[str, Slot]:
        """Every slot by id."""
        every = self.common + self.cbt + self.dynamic + self.shared
        return {slot.id: slot for slot in every}

    def menu(self, lens: str | None) -> dict[str, Slot]:
        """Return the slots of one lens, or those of both, with the shared ones."""
        own = {"cbt": self.cbt, "dynamic": self.dynamic}.get(lens or "", self.common)
        return {slot.id: slot for slot in own + self.shared}

    def label_set(self, name: str | None) -> LabelSet | None:
        """Return the set of labels of that name, or None."""
        return next((one for one in self.labels if one.id == name), None)

    def cited(self, source: str) -> str:
        """Return "Author, year" of a work, "" where the bibliography is not here."""
        return self.works.get(source, "")

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
    common: tuple[Slot, ...] = ()
    cbt: tuple[Slot, ...]
    dynamic: tuple[Slot, ...]


class _Errors(Frozen):
    errors: tuple[NamedError, ...]


class _Labels(Frozen):
    sets: tuple[LabelSet, ...]


class _Comparison(Frozen):
    dimensions: tuple[Dimension, ...]


def load_vocabulary(datasets: Path) -> Vocabulary:
    """Read goals, slots, errors, labels, the comparison and rubrics below `datasets`.

    A private bank may leave out labels and the comparison. Raises BankError with
    every fault.
    """
    problems: list[Problem] = []

    def use(source: Source, model: type[Frozen]) -> dict[str, Any]:
        found = source.model(model)
        problems.extend(source.problems)
        return {} if found is None else dict(found)

    parts = use(read(datasets / "goals.yaml"), _Goals)
    parts |= use(read(datasets / "slots.yaml"), _Slots)
    parts |= use(read(datasets / "errors.yaml"), _Errors)
    if (datasets / "labels.yaml").is_file():
        parts["labels"] = use(read(datasets / "labels.yaml"), _Labels).get("sets", ())
    if (datasets / "comparison.yaml").is_file():
        parts |= use(read(datasets / "comparison.yaml"), _Comparison)
    rubrics, faults = _rubrics(datasets)
    problems.extend(faults)
    if problems:
        raise BankError(problems)
    parts |= {"rubrics": tuple(one.without_comments() for one in rubrics)}
    return Vocabulary.model_validate(parts | {"works": _works(datasets, parts)})


def read_rubrics(datasets: Path) -> dict[str, Rubric]:
    """Return the rubrics below `datasets` by id, comment banks included.

    Raises BankError with every fault.
    """
    rubrics, problems = _rubrics(datasets)
    if problems:
        raise BankError(problems)
    return {one.id: one for one in rubrics}


def _rubrics(datasets: Path) -> tuple[tuple[Rubric, ...], list[Problem]]:
    sources = [read(path) for path in sorted((datasets / "rubrics").glob("*.yaml"))]
    found = [source.model(Rubric) for source in sources]
    problems = [one for source in sources for one in source.problems]
    return tuple(one for one in found if one is not None), problems


def _works(datasets: Path, parts: dict[str, Any]) -> dict[str, str]:
    """Return the works that slots, labels and the comparison name, by key."""
    path = datasets / "references.bib"
    if not path.is_file():
        return {}
    named = [
        one
        for name in ("shared", "common", "cbt", "dynamic", "dimensions")
        for one in parts.get(name, ())
    ]
    named += [one for each in parts.get("labels", ()) for one in each.labels]
    sources = {one.source for one in named}
    return {key: one for key, one in read_references(path).items() if key in sources}
