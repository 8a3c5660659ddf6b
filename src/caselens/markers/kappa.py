"""Agreement of a marker with the agreed levels: weighted kappa, raw agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 3
TOO_FEW = "cannot be told from so few"
ALL_ALIKE = "cannot be told: the agreed levels are all the same"


@dataclass(frozen=True)
class Agreement:
    """How far a marker's levels are the agreed ones; `kappa` None with a reason."""

    count: int
    exact: float
    """Share of the same level."""
    near: float
    """Share of the same level or the next one."""
    lean: float
    """Mean of the marker's level less the agreed one: above 0 is more generous."""
    kappa: float | None
    reason: str = ""


def agreement(mine: Sequence[int], agreed: Sequence[int]) -> Agreement:
    """Compare two lists of levels of the same texts, at least one text long.

    Kappa has quadratic weights, so that a miss by two levels counts four times
    one by a single level (Cohen, 1968).
    """
    pairs = list(zip(mine, agreed, strict=True))
    if not pairs:
        raise ValueError("There is nothing to compare. Rate a text first.")
    count = len(pairs)
    kappa, reason = _kappa(mine, agreed)
    return Agreement(
        count=count,
        exact=sum(one == two for one, two in pairs) / count,
        near=sum(abs(one - two) <= 1 for one, two in pairs) / count,
        lean=sum(one - two for one, two in pairs) / count,
        kappa=kappa,
        reason=reason,
    )


def _kappa(mine: Sequence[int], agreed: Sequence[int]) -> tuple[float | None, str]:
    if len(agreed) < FEWEST:
        return None, TOO_FEW
    if len(set(agreed)) == 1:
        # Kappa is 0 or undefined here, however near the marker is.
        return None, ALL_ALIKE
    # A second of imports, for which the start of the server need not wait.
    from sklearn.metrics import cohen_kappa_score  # noqa: PLC0415

    # scikit-learn weighs by the place among the labels, so none may be left out.
    every = range(min(*mine, *agreed), max(*mine, *agreed) + 1)
    return float(cohen_kappa_score(mine, agreed, labels=every, weights="quadratic")), ""
