"""What learners earn over a bank, and whether it is more than nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from statistics import mean

from caselens.cases import Bank, TaskKey
from caselens.learners.bots import Bot
from caselens.learners.others import Others, others
from caselens.tasks import Setting, kind_of, score

Given = tuple[Setting, TaskKey, Others]
FLAT = 1e-12


def asked(bank: Bank, *, written: bool = False) -> list[Given]:
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


def earned(bot: Bot, one: Given, draws: int = 1) -> tuple[float, float]:
    """Return the mean corrected value and the mean share of the points."""
    setting, key, known = one
    scores = [
        score(setting, key, bot.answer(setting, known, Random(f"{draw}/{bot.name}")))  # noqa: S311  # no secret is drawn
        for draw in range(draws)
    ]
    return mean(one.corrected for one in scores), mean(one.points for one in scores)


def table(
    bots: Iterable[Bot], tasks: Sequence[Given], draws: int = 1
) -> dict[str, dict[str, tuple[float, float]]]:
    """Return what each bot earns on each task, by the names of both."""
    return {
        bot.name: {
            one[0].task.id: earned(bot, one, draws if bot.drawn else 1) for one in tasks
        }
        for bot in bots
    }


def holm(found: Mapping[str, float]) -> dict[str, float]:
    """Return the p-values adjusted for their number, by Holm's step-down procedure."""
    adjusted: dict[str, float] = {}
    highest = 0.0
    for rank, (name, p) in enumerate(sorted(found.items(), key=lambda one: one[1])):
        highest = min(1.0, max(highest, p * (len(found) - rank)))
        adjusted[name] = highest
    return adjusted


def p_values(rows: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Return, for every row, the adjusted p-value of its mean being above zero."""
    return holm({name: _p(row) for name, row in rows.items()})


def _p(row: Sequence[float]) -> float:
    from scipy.stats import ttest_1samp  # noqa: PLC0415  # heavy; development only

    # All the same leaves no spread to test against.
    if max(row) - min(row) < FLAT:
        return float(row[0] <= FLAT)
    return float(ttest_1samp(row, 0, alternative="greater").pvalue)
