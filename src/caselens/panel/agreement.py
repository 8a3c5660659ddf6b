"""Agreement between raters who chose from lists: how much, and how surely.

Krippendorff's alpha and Gwet's AC1 both set off what chance would give, and both
take raters who left parts out. Alpha falls towards 0 where nearly everybody gives one
answer to everything; AC1 does not (gwet2008computing), so both are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import krippendorff
import numpy as np
from numpy.typing import NDArray

FIRM = 0.80
TENTATIVE = 0.667
# Below so many parts an alpha is shown and decides nothing; a choice of ours.
FEWEST = 5
RESAMPLES = 1000
PAIR = 2
PERCENTILES = (2.5, 97.5)
SEED = 20

Matrix = NDArray[np.float64]
Drawn = Callable[[Matrix, Matrix], Matrix]


@dataclass(frozen=True)
class Estimate:
    """A value with its 95% interval; None where it cannot be computed."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Agreement:
    """Agreement over some parts on which two raters at least voted.

    `compared` is how many parts alpha is computed over.
    """

    parts: int
    votes: int
    compared: int
    alpha: Estimate
    raw: Estimate
    ac1: Estimate


def counts_of(tallies: Sequence[Counter[str]]) -> Matrix:
    """Return a row for each part with a vote, and a column for each choice made."""
    choices = sorted({choice for tally in tallies for choice in tally})
    rows = [[float(tally[one]) for one in choices] for tally in tallies if tally]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(choices))


def alpha(counts: Matrix) -> float:
    """Return Krippendorff's nominal alpha (krippendorff2018content).

    NaN where nothing differs by chance: over one part, or where only one choice was
    ever made.
    """
    paired = _paired(counts)
    if len(paired) < PAIR or np.count_nonzero(paired.sum(axis=0)) < PAIR:
        return float("nan")
    found = krippendorff.alpha(
        value_counts=paired.astype(np.int64), level_of_measurement="nominal"
    )
    return float(found)


def raw(counts: Matrix) -> float:
    """Return the share of pairs of raters who agree, averaged over the parts."""
    return float(raws(counts, _once(counts))[0])


def ac1(counts: Matrix) -> float:
    """Return Gwet's AC1 for several raters (gwet2008computing).

    What chance would give is estimated from parts with one vote, too. Where only one
    choice was ever made, agreement is full.
    """
    return float(ac1s(counts, _once(counts))[0])


def alphas(counts: Matrix, weights: Matrix) -> Matrix:
    """Return alpha for each row of `weights`: how often each part is drawn.

    The package takes one sample at a time, which is too slow for a bootstrap.
    """
    votes, pairs = _pairs(counts)
    at_least_two = votes >= PAIR
    matched = weights @ np.where(at_least_two, pairs / np.maximum(votes - 1, 1), 0)
    totals = weights @ np.where(at_least_two[:, None], counts, 0)
    n = totals.sum(axis=1)
    chance = n**2 - (totals**2).sum(axis=1)
    found: Matrix = 1 - _ratio((n - 1) * (n - matched), chance)
    return found


def raws(counts: Matrix, weights: Matrix) -> Matrix:
    """Return the raw agreement for each row of `weights`."""
    votes, pairs = _pairs(counts)
    shares = pairs / np.maximum(votes * (votes - 1), 1)
    return _ratio(weights @ shares, weights @ (votes >= PAIR).astype(np.float64))


def ac1s(counts: Matrix, weights: Matrix) -> Matrix:
    """Return AC1 for each row of `weights`."""
    agreed, choices = raws(counts, weights), counts.shape[1]
    if choices < PAIR:
        return agreed
    shares = counts / counts.sum(axis=1, keepdims=True)
    expected = weights @ shares / weights.sum(axis=1, keepdims=True)
    chance = (expected * (1 - expected)).sum(axis=1) / (choices - 1)
    found: Matrix = (agreed - chance) / (1 - chance)
    return found


def _pairs(counts: Matrix) -> tuple[Matrix, Matrix]:
    """Return for each part its votes, and its pairs of votes that agree, both ways."""
    return counts.sum(axis=1), (counts * (counts - 1)).sum(axis=1)


def _once(counts: Matrix) -> Matrix:
    return np.ones((1, len(counts)))


def _ratio(above: Matrix, below: Matrix) -> Matrix:
    found: Matrix = np.full(len(above), np.nan)
    np.divide(above, below, out=found, where=below > 0)
    return found


def _paired(counts: Matrix) -> Matrix:
    """Return the parts on which two raters at least voted."""
    kept: Matrix = counts[counts.sum(axis=1) >= PAIR]
    return kept


def estimate(value: float, counts: Matrix, drawn: Drawn) -> Estimate:
    """Return a value with its 95% percentile bootstrap interval over parts.

    `drawn` computes it for every sample. The samples are the same every time; fewer
    than two parts give no interval.
    """
    if np.isnan(value) or len(counts) < PAIR:
        return Estimate(None if np.isnan(value) else value)
    rng = np.random.default_rng(SEED)
    size = len(counts)
    weights = rng.multinomial(size, np.full(size, 1 / size), size=RESAMPLES)
    found = drawn(counts, weights.astype(np.float64))
    found = found[~np.isnan(found)]
    if len(found) == 0:
        return Estimate(value)
    low, high = np.percentile(found, PERCENTILES)
    return Estimate(value, float(low), float(high))


def agreement(
    tallies: Sequence[Counter[str]], for_alpha: Sequence[Counter[str]] | None = None
) -> Agreement:
    """Return the agreement over parts whose choices can be compared.

    `for_alpha` are the votes that alpha is computed from, where they are not these.
    """
    counts = counts_of(tallies)
    other = counts if for_alpha is None else counts_of(for_alpha)
    return Agreement(
        parts=len(_paired(counts)),
        votes=int(counts.sum()),
        compared=len(_paired(other)),
        alpha=estimate(alpha(other), other, alphas),
        raw=estimate(raw(counts), counts, raws),
        ac1=estimate(ac1(counts), counts, ac1s),
    )


def standing(one: Agreement) -> str:
    """Return how far the alpha of a group carries (krippendorff2018content)."""
    if one.alpha.value is None:
        return "not computed"
    if one.compared < FEWEST:
        return "too few parts"
    if one.alpha.value >= FIRM:
        return "firm"
    return "tentative" if one.alpha.value >= TENTATIVE else "discussed"
