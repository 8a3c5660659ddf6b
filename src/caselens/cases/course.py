"""The registry: course.toml names modules, units, order, tasks and points."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, model_validator

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
    form: Literal["A", "B", "C"] | None = None
    tasks: tuple[CourseTask, ...] = ()

    @property
    def points(self) -> float:
        """What the whole unit is worth."""
        return sum(task.points for task in self.tasks)


class Occasion(Frozen):
    """When one of the parallel forms is worked: before, at the end, later.

    Every trainee works each form once, in an order drawn for them, so that what
    is compared over time is not one case (docs/design.md, section 8).
    """

    place: Literal[1, 2, 3]
    title: str
    hint: str
    # The unit that it follows; without one it stands at the module's end.
    after: str | None = None


class Module(Frozen):
    """A lesson and its units on one topic."""

    id: str = Field(pattern=r"^m[0-9]{2}$")
    title: str
    about: str
    occasions: tuple[Occasion, ...] = ()
    units: tuple[CourseUnit, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _occasions_follow_units(self) -> Module:
        ids = {unit.id for unit in self.units}
        lost = {one.after for one in self.occasions} - ids - {None}
        if lost:
            raise ValueError(f"an occasion follows {lost.pop()}, which is no unit here")
        return self


class Course(Frozen):
    """The whole registry."""

    title: str
    language: str
    modules: tuple[Module, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _forms(self) -> Course:
        """Where forms are worked there must be one of each, and all alike."""
        forms = {unit.form: unit for _, unit in self.units() if unit.form}
        if not forms and not any(module.occasions for module in self.modules):
            return self
        if set(forms) != {"A", "B", "C"}:
            raise ValueError("forms A, B and C must each have one unit")
        alike = {
            (unit.kind, unit.points, unit.minutes, tuple(map(_kind, unit.tasks)))
            for unit in forms.values()
        }
        if len(alike) > 1:
            raise ValueError("the units of the forms must have the same tasks")
        return self

    def spares(self) -> set[str]:
        """Ids of the units that only stand in for an earlier one."""
        spare: set[str] = set()
        for _, unit in self.units():
            if unit.id not in spare and unit.alternative is not None:
                spare.add(unit.alternative)
        return spare

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


def _kind(task: CourseTask) -> tuple[str, float]:
    return task.id.split("-", maxsplit=1)[1], task.points


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
