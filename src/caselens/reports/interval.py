"""A figure with its interval: percentiles of a bootstrap over cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

DRAWS = 2000
SEED = 20
LEVEL = (2.5, 97.5)


@dataclass(frozen=True)
class Interval:
    """A figure, and the range that 95 of 100 draws of cases give."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:6.3f} [{self.low:6.3f}, {self.high:6.3f}]"


def over_cases(sums: Numbers, figure: Callable[[Numbers], Numbers]) -> Interval:
    """Return a figure of per-case sums with its interval; the same every time.

    `sums` has a row a case. `figure` takes the sums of many draws, a row a draw, and
    returns a number for each (a percentile bootstrap).
    """
    whole = float(figure(sums.sum(axis=0, keepdims=True))[0])
    drawn = np.random.default_rng(SEED).multinomial(
        len(sums), np.full(len(sums), 1 / len(sums)), size=DRAWS
    )
    return between(whole, figure(drawn.astype(float) @ sums))


def between(whole: float, drawn: Numbers) -> Interval:
    """Return the interval of drawn figures, leaving out draws that have none.

    It holds the figure itself: drawn cases are more alike than cases, so that the
    percentiles of an association may both lie above it.
    """
    kept = drawn[~np.isnan(drawn)]
    if not len(kept):
        return Interval(whole, whole, whole)
    low, high = (float(one) for one in np.percentile(kept, LEVEL))
    return Interval(whole, min(low, whole), max(high, whole))


def mean_of(sums: Numbers) -> Numbers:
    """Return the mean, from columns of sums and counts; nan where nothing counts."""
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Numbers = sums[:, 0] / sums[:, 1]
    return found


def difference_of(sums: Numbers) -> Numbers:
    """Return the difference of two means, from two pairs of sums and counts."""
    return mean_of(sums[:, :2]) - mean_of(sums[:, 2:])
