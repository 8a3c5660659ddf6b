"""A unit: one page that is worked in one sitting, and its public half."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from caselens.cases.case import Case, Task
from caselens.cases.vocabulary import Vocabulary

UNIT_FILE = "unit.json"
FORMAT = 1
MAX_BYTES = 4_000_000
UNIT_ID = r"^[a-z0-9_]{1,40}$"


class UnitError(Exception):
    """The public half of a unit is missing or damaged."""


class UnitTask(BaseModel):
    """A task of a unit and the points it carries there."""

    model_config = ConfigDict(frozen=True)
    id: str
    points: float = Field(ge=0)


class Digests(BaseModel):
    """SHA-256 of a case and of its key, as released."""

    model_config = ConfigDict(frozen=True)
    case: str
    key: str | None = None


class Unit(BaseModel):
    """What a page needs: cases, tasks with points, and the words they use."""

    # Unknown fields are ignored: a later release may add some.
    model_config = ConfigDict(frozen=True)
    format: Literal[1]
    id: str = Field(pattern=UNIT_ID)
    module: str
    module_title: str
    title: str
    kind: Literal["lesson", "practice", "graded"]
    minutes: int
    hint: str
    intro: str = ""
    next: str | None = None
    alternative: str | None = None
    tasks: tuple[UnitTask, ...]
    cases: tuple[Case, ...]
    vocabulary: Vocabulary
    digests: dict[str, Digests]
    # Cases of which a later graded unit asks more: what is said when a case is
    # closed waits until then.
    continued: tuple[str, ...] = ()

    @cached_property
    def points(self) -> dict[str, float]:
        """Points by task id, in order."""
        return {task.id: task.points for task in self.tasks}

    def case(self, case_id: str) -> Case:
        """Return one case; KeyError names the unit."""
        for case in self.cases:
            if case.id == case_id:
                return case
        raise KeyError(f"Unit {self.id} has no case {case_id!r}.")

    def task(self, task_id: str) -> Task:
        """Return one task; KeyError names the unit."""
        if task_id not in self.points:
            raise KeyError(f"Unit {self.id} has no task {task_id!r}.")
        return self.case(task_id.split("-", maxsplit=1)[0]).task(task_id)


def read_unit(folder: Path) -> Unit:
    """Read the public half beside a page; UnitError says how to get it back."""
    path = folder / UNIT_FILE
    repair = "Get the unit again from the start page; your answers stay."
    if not path.is_file():
        raise UnitError(f"The file {UNIT_FILE} is missing beside this page. {repair}")
    if path.stat().st_size > MAX_BYTES:
        raise UnitError(f"The file {path} is too large to be a unit. {repair}")
    try:
        return Unit.model_validate_json(path.read_bytes())
    except ValidationError as error:
        reason = error.errors()[0]["msg"]
        raise UnitError(f"The file {path} is damaged ({reason}). {repair}") from None


def unit_text(unit: Unit) -> str:
    """Return the unit as the text of its unit.json; the same bytes every time."""
    data = unit.model_dump(mode="json", exclude_defaults=True)
    # A default that a reader of the file would miss stands all the same.
    data = {"format": unit.format, **data}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
