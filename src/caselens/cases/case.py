"""A case: stages of numbered sentences, and the public half of its tasks."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Literal

from pydantic import Field

from caselens.cases.vocabulary import Frozen

SentenceKind = Literal[
    "client_words", "observed", "third_party", "history", "others_inference"
]
ID = r"^[a-z][a-z0-9]*$"
CASE_ID = r"^[a-z]+[0-9]{3,}$"


class Sentence(Frozen):
    """One numbered sentence, tagged by what it is."""

    id: str = Field(pattern=r"^s[0-9]+$")
    # Left out of a unit that asks for it.
    kind: SentenceKind | None
    text: str = Field(min_length=1, max_length=600)

    @property
    def number(self) -> int:
        """The number that a reader sees."""
        return int(self.id[1:])


class Stage(Frozen):
    """One disclosure of a case: referral, intake, a later session."""

    title: str
    sentences: tuple[Sentence, ...] = Field(min_length=1)


class Client(Frozen):
    """Who the case is about."""

    name: str
    age: int = Field(ge=0, le=120)
    pronouns: str
    context: str


class Statement(Frozen):
    """A statement about the case, or an option, that a trainee places or picks."""

    id: str = Field(pattern=ID)
    text: str = Field(min_length=1, max_length=600)


class Text(Frozen):
    """A formulation that somebody else wrote, to be rated."""

    id: str = Field(pattern=ID)
    text: str = Field(min_length=1, max_length=3000)


class Move(Frozen):
    """What a lens would do next, or miss, or what would decide: one of its options."""

    id: str = Field(pattern=ID)
    ask: Literal["next", "misses", "decides"]
    lens: Literal["cbt", "dynamic"] | None = None
    sentence: str | None = None
    options: tuple[Statement, ...] = Field(min_length=2)


class Task(Frozen):
    """The public half of a task: what a trainee sees before answering.

    Which fields a kind uses is fixed by its module in `caselens.tasks`.
    """

    id: str = Field(pattern=r"^[a-z]+[0-9]{3,}-[a-z]+(-[0-9]+)?$")
    kind: str
    stage: int = Field(ge=1)
    prompt: str | None = None
    first: str | None = None
    confidence: bool = False
    lens: Literal["cbt", "dynamic"] | None = None
    claim: str | None = None
    cite: bool = False
    several: bool = False
    of: str | None = None
    labels: str | None = None
    options: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    hypotheses: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    counterparts: tuple[Statement, ...] = ()
    questions: tuple[Statement, ...] = ()
    replies: tuple[Statement, ...] = ()
    moves: tuple[Move, ...] = ()
    texts: tuple[Text, ...] = ()
    words: tuple[int, int] | None = None
    rubric: str | None = None
    rewrites: str | None = None

    @property
    def case(self) -> str:
        """Id of the case that the task asks about."""
        return self.id.split("-")[0]


class Case(Frozen):
    """A synthetic story of a client, a couple or a family."""

    id: str = Field(pattern=CASE_ID)
    title: str
    level: Literal["introductory", "intermediate", "advanced"]
    setting: str
    clients: tuple[Client, ...] = Field(min_length=1)
    content_notes: tuple[str, ...] = ()
    debrief: str | None = None
    provenance: str
    pair_of: str | None = None
    twin_of: str | None = None
    changed: tuple[dict[str, str], ...] = ()
    hypotheses: tuple[Statement, ...] = ()
    stages: tuple[Stage, ...] = Field(min_length=1)
    tasks: tuple[Task, ...] = Field(min_length=1)

    @cached_property
    def sentences(self) -> dict[str, Sentence]:
        """Every sentence by id, in reading order."""
        return {one.id: one for stage in self.stages for one in stage.sentences}

    @cached_property
    def accounts(self) -> dict[str, str]:
        """The text of every hypothesis by id."""
        return {one.id: one.text for one in self.hypotheses}

    def stage_of(self, sentence: str) -> int:
        """Return the stage, from 1, in which a sentence stands; KeyError if none."""
        for number, stage in enumerate(self.stages, start=1):
            if any(one.id == sentence for one in stage.sentences):
                return number
        raise KeyError(f"Case {self.id} has no sentence {sentence!r}.")

    @property
    def relative(self) -> str | None:
        """Id of the case that this one is a pair or a twin of."""
        return self.pair_of or self.twin_of

    def task(self, task_id: str) -> Task:
        """Return one task; KeyError names the case."""
        for task in self.tasks:
            if task.id == task_id:
                return task
        raise KeyError(f"Case {self.id} has no task {task_id!r}.")


def digest(model: Frozen) -> str:
    """SHA-256 of a case or key as canonical JSON, in hexadecimal."""
    text = json.dumps(
        model.model_dump(mode="json", exclude_defaults=True),
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()
