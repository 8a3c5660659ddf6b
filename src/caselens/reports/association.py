"""Association of two properties of cases: bias-corrected V, interval and chance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caselens.learners.earned import holm
from caselens.reports.interval import DRAWS, SEED, Interval, Numbers, between

BOUND = 0.2
LEVEL = 0.05
# Enough for a p-value to stay below LEVEL when it is adjusted for 120 tables.
SHUFFLES = 9999

Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Association:
    """How far one property of the cases tells another."""

    one: str
    other: str
    cases: int
    v: Interval
    p: float

    @property
    def over(self) -> bool:
        """Whether V reaches the bound."""
        return self.v.value >= BOUND


def association(
    one: str, other: str, pairs: Iterable[tuple[str, str]]
) -> Association | None:
    """Return the association over cases, None where a property never varies."""
    found = list(pairs)
    if len({a for a, _ in found}) < 2 or len({b for _, b in found}) < 2:  # noqa: PLR2004
        return None
    rows, columns = _codes([a for a, _ in found]), _codes([b for _, b in found])
    shape = int(rows.max()) + 1, int(columns.max()) + 1
    table = _tables(rows, columns[np.newaxis], shape)
    whole = float(cramers_v(table)[0])
    rng = np.random.default_rng(SEED)
    # Each case stands in one cell, so drawing cases is drawing cells.
    share = table[0].ravel() / len(found)
    drawn = rng.multinomial(len(found), share, size=DRAWS).reshape(DRAWS, *shape)
    interval = between(whole, cramers_v(drawn.astype(float)))
    return Association(one, other, len(found), interval, _chance(rows, columns, shape))


def beyond_chance(found: Sequence[Association]) -> list[Association]:
    """Return those over the bound that chance would not give among so many."""
    adjusted = holm({str(number): one.p for number, one in enumerate(found)})
    return [
        one
        for number, one in enumerate(found)
        if one.over and adjusted[str(number)] < LEVEL
    ]


def cramers_v(tables: Numbers) -> Numbers:
    """Return the bias-corrected V of every table, a table a row of the first axis.

    Bergsma (2013), A bias-correction for Cramér's V and Tschuprow's T, Journal of the
    Korean Statistical Society 42. Empty rows and columns do not count; 0 where only
    one is left, since what does not vary tells nothing.
    """
    n = tables.sum(axis=(1, 2))
    by_row, by_column = tables.sum(axis=2), tables.sum(axis=1)
    r = (by_row > 0).sum(axis=1)
    c = (by_column > 0).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        phi = _chi_square(tables) / n
        excess = np.maximum(0, phi - (r - 1) * (c - 1) / (n - 1))
        rows = r - (r - 1) ** 2 / (n - 1)
        columns = c - (c - 1) ** 2 / (n - 1)
        v = np.sqrt(excess / (np.minimum(rows, columns) - 1))
    usable = (r > 1) & (c > 1) & (np.minimum(rows, columns) > 1)
    found: Numbers = np.where(usable, np.minimum(v, 1.0), 0.0)
    return found


def _chi_square(tables: Numbers) -> Numbers:
    by_row = tables.sum(axis=2, keepdims=True)
    by_column = tables.sum(axis=1, keepdims=True)
    expected = by_row * by_column / tables.sum(axis=(1, 2), keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        cells = np.where(expected > 0, (tables - expected) ** 2 / expected, 0.0)
    found: Numbers = cells.sum(axis=(1, 2))
    return found


def _chance(rows: Codes, columns: Codes, shape: tuple[int, int]) -> float:
    """Return how often shuffled cases give as large a chi-square, or a larger one."""
    rng = np.random.default_rng(SEED)
    shuffled = rng.permuted(np.tile(columns, (SHUFFLES, 1)), axis=1)
    own = _chi_square(_tables(rows, columns[np.newaxis], shape))[0]
    as_large = _chi_square(_tables(rows, shuffled, shape)) >= own - 1e-9
    return float((as_large.sum() + 1) / (SHUFFLES + 1))


def _tables(rows: Codes, columns: Codes, shape: tuple[int, int]) -> Numbers:
    """Return a table of counts for every row of `columns`."""
    size = shape[0] * shape[1]
    cells = rows * shape[1] + columns + np.arange(len(columns))[:, np.newaxis] * size
    counts = np.bincount(cells.ravel(), minlength=len(columns) * size)
    return counts.reshape(len(columns), *shape).astype(float)


def _codes(values: Sequence[str]) -> Codes:
    return np.unique(np.array(values), return_inverse=True)[1].astype(np.int64)
