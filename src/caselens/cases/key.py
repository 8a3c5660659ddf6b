"""A key: what the course holds to be a good answer, with evidence and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from caselens.cases.vocabulary import GROUP_WEIGHT, Frozen, Group

CORE_WEIGHT = 2.0
SUPPORTING_WEIGHT = 1.0


class Wrong(Frozen):
    """Why one particular other answer is wrong."""

    why: str = Field(min_length=1)
    error: str | None = None


class PartKey(Frozen):
    """The key of one part of a task."""

    answer: str | None = None
    also: str | None = None
    group: Group = "near"
    core: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    against: dict[str, str] = Field(default_factory=dict)
    explicit: bool = False
    why: str = Field(min_length=1)
    wrong: dict[str, Wrong] = Field(default_factory=dict)
    error: str | None = None
    breaks: str | None = None
    # What each rater of a panel chose, by rater; never part of a page.
    votes: dict[str, str] = Field(default_factory=dict)

    @property
    def weight(self) -> float:
        """Share of the points: 1 near, 0.5 middle, 0 far or discussed."""
        return GROUP_WEIGHT[self.group]

    @property
    def keyed(self) -> dict[str, float]:
        """Sentences that support the claim, with their weights."""
        supporting = dict.fromkeys(self.supporting, SUPPORTING_WEIGHT)
        return supporting | dict.fromkeys(self.core, CORE_WEIGHT)


class Agenda(Frozen):
    """Which two goals a good agenda may take up; discussed, never scored."""

    best: tuple[str, ...]
    why: str = Field(min_length=1)


class Anchor(Frozen):
    """A text with its agreed ratings, by which a trainee rates their own."""

    id: str
    level: Literal["poor", "adequate", "excellent"]
    lens: Literal["cbt", "dynamic"]
    text: str
    ratings: dict[str, int]
    why: str = Field(min_length=1)


class TaskKey(Frozen):
    """The key of one task."""

    irrelevant: dict[str, str] = Field(default_factory=dict)
    parts: dict[str, PartKey] = Field(default_factory=dict)
    agenda: Agenda | None = None
    first: str | None = None
    anchors: tuple[Anchor, ...] = ()
    model: str | None = None
    look_for: tuple[str, ...] = ()

    def listed(self, part: PartKey) -> Mapping[str, str]:
        """Sentences listed as wrong for a part, each with its reason."""
        return {**self.irrelevant, **part.against}


class Formulations(Frozen):
    """Model formulations through either lens, and a bridge in plain words."""

    cbt: str
    dynamic: str
    bridge: str


class Supervisors(Frozen):
    """What a supervisor of either approach might say, in a sentence."""

    cbt: str
    dynamic: str


class Compared(Frozen):
    """One dimension of the comparison, for one client."""

    cbt: str
    dynamic: str
    shared: str


class Comparison(Frozen):
    """What each lens takes as its unit, sees maintaining, does first, may miss."""

    unit: Compared
    maintains: Compared
    first: Compared
    misses: Compared


class Key(Frozen):
    """The key of one case."""

    case: str
    status: Literal["provisional", "panel"]
    errors: tuple[str, ...] = ()
    formulations: Formulations | None = None
    supervisors: Supervisors | None = None
    comparison: Comparison | None = None
    tasks: dict[str, TaskKey]
