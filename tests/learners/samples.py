"""The banks that learners are tried on, and what they earn there."""

from collections.abc import Iterable
from functools import cache
from random import Random
from statistics import mean

from scipy.stats import ttest_1samp

from caselens.cases import Bank, CourseUnit, TaskKey, Unit, load_bank, read_course
from caselens.cases.places import clone_root, datasets_dir
from caselens.cases.unit import Digests, UnitTask
from caselens.learners import Bot, Others, generated_bank, others
from caselens.tasks import Setting, kind_of, score

Asked = tuple[Setting, TaskKey, Others]
DRAWS = 200


@cache
def committed() -> Bank:
    return load_bank(datasets_dir())


@cache
def generated(size: int) -> Bank:
    return generated_bank(size, seed=7, vocabulary=committed().vocabulary)


def asked(bank: Bank, *, written: bool = False) -> list[Asked]:
    """Return every task that has a key, automatic ones unless `written`."""
    known = others(bank)
    return [
        (setting, entry.key.tasks[task.id], known[entry.case.id])
        for entry in bank.entries.values()
        for task in entry.case.tasks
        if entry.key is not None and task.id in entry.key.tasks
        for setting in [Setting(task, entry.case, bank.vocabulary)]
        if kind_of(setting).by_hand == written
    ]


def earned(bot: Bot, one: Asked, draws: int = 1) -> tuple[float, float]:
    """Return the mean corrected value and the mean share of the points."""
    setting, key, known = one
    scores = [
        score(setting, key, bot.answer(setting, known, Random(f"{draw}/{bot.name}")))
        for draw in range(draws)
    ]
    return mean(one.corrected for one in scores), mean(one.points for one in scores)


def table(
    bots: Iterable[Bot], tasks: list[Asked], draws: int = 1
) -> dict[str, dict[str, tuple[float, float]]]:
    """Return what each bot earns on each task."""
    return {
        bot.name: {
            one[0].task.id: earned(bot, one, draws if bot.drawn else 1) for one in tasks
        }
        for bot in bots
    }


def above_zero(rows: dict[str, list[float]], level: float = 0.05) -> dict[str, float]:
    """Return the rows whose mean is above zero, by Holm's step-down procedure."""
    found = {name: _p(row) for name, row in rows.items()}
    above: dict[str, float] = {}
    for rank, (name, p) in enumerate(sorted(found.items(), key=lambda one: one[1])):
        if p * (len(found) - rank) > level:
            break
        above[name] = p
    return above


def _p(row: list[float]) -> float:
    if max(row) - min(row) < 1e-12:
        return float(row[0] <= 1e-12)
    return float(ttest_1samp(row, 0, alternative="greater").pvalue)


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
