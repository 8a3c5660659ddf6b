"""The banks that learners are tried on, and what they earn there."""

from collections.abc import Iterable
from functools import cache

from caselens.cases import Bank, CourseUnit, Unit, load_bank, read_course
from caselens.cases.places import clone_root, datasets_dir
from caselens.cases.unit import Digests, UnitTask
from caselens.learners import generated_bank
from caselens.learners.earned import p_values

DRAWS = 200
HIGHEST_MEAN = 0.05


@cache
def committed() -> Bank:
    return load_bank(datasets_dir())


@cache
def generated(size: int) -> Bank:
    return generated_bank(size, seed=7, vocabulary=committed().vocabulary)


def above_zero(rows: dict[str, list[float]], level: float = 0.05) -> dict[str, float]:
    """Return the rows whose mean is above zero, by Holm's step-down procedure."""
    return {name: p for name, p in p_values(rows).items() if p <= level}


def course_units() -> list[CourseUnit]:
    root = clone_root()
    assert root is not None
    return [unit for _, unit in read_course(root / "course" / "course.toml").units()]


def unit_of(bank: Bank, case_ids: Iterable[str]) -> Unit:
    """Return a practice unit with every task of these cases, two points each."""
    cases = [bank.case(one) for one in case_ids]
    tasks = [UnitTask(id=task.id, points=2) for case in cases for task in case.tasks]
    return Unit(
        format=1,
        id="m01_u01_sample",
        module="m01",
        module_title="Sample",
        title="Sample",
        kind="graded",
        minutes=30,
        hint="Read.",
        tasks=tuple(tasks),
        cases=tuple(cases),
        vocabulary=bank.vocabulary,
        digests={case.id: Digests(case=f"digest of {case.id}") for case in cases},
    )
