"""The intraclass correlation of a table of marks, texts by markers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import f as f_distribution

FEWEST = 5
TOO_FEW = f"needs at least {FEWEST} texts"
ALL_ALIKE = "cannot be told: on average all texts were marked alike"


@dataclass(frozen=True)
class Icc:
    """ICC(2,1) with its 95% interval; all None with a reason where undefined."""

    count: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str = ""


def icc(marks: Sequence[Sequence[float]]) -> Icc:
    """Return the agreement of single marks, two-way random, absolute.

    `marks` has a row a text and a column a marker. It is Shrout and Fleiss's
    (1979) ICC(2,1), and McGraw and Wong's (1996) ICC(A,1), whose interval it has.
    """
    table = np.asarray(marks, dtype=float)
    count = len(table)
    if count < FEWEST:
        return Icc(count, reason=TOO_FEW)
    rows, columns, error = mean_squares(table)
    k = table.shape[1]
    if np.isclose(rows, 0):
        return Icc(count, reason=ALL_ALIKE)
    whole = rows + (k - 1) * error + k * (columns - error) / count
    value = (rows - error) / whole
    if np.isclose(value, 1):
        return Icc(count, 1.0, 1.0, 1.0)
    low, high = _interval(float(value), (rows, columns, error), count, k)
    return Icc(count, _bounded(value), _bounded(low), _bounded(high))


def _bounded(value: float) -> float:
    """Return a coefficient from -1 up: the estimate of a small table can fall below."""
    return max(float(value), -1.0)


def mean_squares(table: np.ndarray) -> tuple[float, float, float]:
    """Return the mean squares of rows, of columns, and of what is left."""
    count, k = table.shape
    mean = table.mean()
    by_row, by_column = table.mean(axis=1), table.mean(axis=0)
    left = table - by_row[:, None] - by_column[None, :] + mean
    rows = k * ((by_row - mean) ** 2).sum() / (count - 1)
    columns = count * ((by_column - mean) ** 2).sum() / (k - 1)
    return float(rows), float(columns), float((left**2).sum() / ((count - 1) * (k - 1)))


def _interval(
    value: float, squares: tuple[float, float, float], count: int, k: int
) -> tuple[float, float]:
    rows, columns, error = squares
    a = k * value / (count * (1 - value))
    b = 1 + k * value * (count - 1) / (count * (1 - value))
    spread = (a * columns) ** 2 / (k - 1)
    spread += (b * error) ** 2 / ((count - 1) * (k - 1))
    freedom = (a * columns + b * error) ** 2 / spread
    below = f_distribution.ppf(0.975, count - 1, freedom)
    above = f_distribution.ppf(0.975, freedom, count - 1)
    rest = k * columns + (k * count - k - count) * error
    low = count * (rows - below * error) / (below * rest + count * rows)
    high = count * (above * rows - error) / (rest + count * above * rows)
    # Where marks go against each other the approximate degrees of freedom can
    # come out so few that the interval misses the estimate; it is widened then.
    return min(float(low), value), max(float(high), value)
