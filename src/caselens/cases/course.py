"""The registry: course.toml names modules, units, order, tasks and points."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from caselens.cases.source import BankError, Problem
from caselens.cases.unit import UNIT_ID
from caselens.cases.vocabulary import Frozen


class CourseTask(Frozen):
    """A task of a unit, with its points."""

    id: str
    points: float = Field(ge=0)


class CourseUnit(Frozen):
    """A unit as the registry names it."""

    id: str = Field(pattern=UNIT_ID)
    title: str
    kind: Literal["lesson", "practice", "graded"]
    minutes: int = Field(gt=0)
    hint: str = Field(min_length=1)
    next: str | None = None
    alternative: str | None = None
    tasks: tuple[CourseTask, ...] = ()

    @property
    def points(self) -> float:
        """What the whole unit is worth."""
        return sum(task.points for task in self.tasks)


class Module(Frozen):
    """A lesson and its units on one topic."""

    id: str = Field(pattern=r"^m[0-9]{2}$")
    title: str
    about: str
    units: tuple[CourseUnit, ...] = Field(min_length=1)


class Course(Frozen):
    """The whole registry."""

    title: str
    language: str
    modules: tuple[Module, ...] = Field(min_length=1)

    def units(self) -> list[tuple[Module, CourseUnit]]:
        """Every unit with its module, in the order of the course."""
        return [(module, unit) for module in self.modules for unit in module.units]

    def unit(self, unit_id: str) -> tuple[Module, CourseUnit]:
        """Return one unit with its module; KeyError names those there are."""
        for module, unit in self.units():
            if unit.id == unit_id:
                return module, unit
        known = ", ".join(unit.id for _, unit in self.units())
        raise KeyError(f"The course has no unit {unit_id!r}. It has: {known}.")


def read_course(path: Path) -> Course:
    """Read course.toml; BankError names every fault."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return Course.model_validate(data)
    except FileNotFoundError:
        what, repair = "There is no course here.", "Add course.toml."
        raise BankError([Problem(str(path), 1, what, repair)]) from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line ([0-9]+)", str(error))
        line = int(found[1]) if found else 1
        what = f"This is not valid TOML: {error}."
        raise BankError([Problem(str(path), line, what, "Mend it.")]) from None
    except (OSError, UnicodeDecodeError) as error:
        what, repair = f"It cannot be read ({error}).", "Save it as UTF-8 text."
        raise BankError([Problem(str(path), 1, what, repair)]) from None
    except ValidationError as error:
        raise BankError([_problem(path, fault) for fault in error.errors()]) from None


def _problem(path: Path, fault: object) -> Problem:
    assert isinstance(fault, dict)
    place = ".".join(str(step) for step in fault["loc"])
    repair = "See docs/formats.md for what belongs here."
    return Problem(str(path), 1, f"{place}: {fault['msg']}.", repair)
