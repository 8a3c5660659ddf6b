import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselens.markers.kappa import ALL_ALIKE, TOO_FEW, agreement

LEVELS = st.lists(st.integers(0, 3), min_size=3, max_size=30)


def by_hand(mine, agreed):
    """Weighted kappa from its definition: 1 - observed / expected distance."""
    seen = sum((one - two) ** 2 for one, two in zip(mine, agreed, strict=True))
    chance = sum((one - two) ** 2 for one in mine for two in agreed) / len(mine)
    return 1 - seen / chance


@given(LEVELS, st.randoms())
def test_kappa_is_what_its_definition_says(agreed, chance):
    mine = [chance.randint(0, 3) for _ in agreed]
    found = agreement(mine, agreed)
    if len(set(agreed)) == 1:
        assert (found.kappa, found.reason) == (None, ALL_ALIKE)
    else:
        assert found.kappa == pytest.approx(by_hand(mine, agreed))


def test_a_level_that_nobody_used_still_counts_as_a_step():
    assert agreement([0, 1, 3], [0, 3, 3]).kappa == pytest.approx(
        by_hand([0, 1, 3], [0, 3, 3])
    )


def test_a_near_miss_costs_less_than_a_far_one():
    agreed = [0, 1, 2, 3, 0, 3]
    near, far = [0, 1, 2, 3, 1, 3], [0, 1, 2, 3, 3, 3]
    assert agreement(near, agreed).kappa > agreement(far, agreed).kappa + 0.2


def test_one_level_throughout_is_said_and_not_called_no_agreement():
    found = agreement([2, 2, 2, 1], [2, 2, 2, 2])
    assert (found.kappa, found.reason) == (None, ALL_ALIKE)
    assert found.exact == 0.75


def test_a_marker_who_tells_nothing_apart_has_a_kappa_of_zero():
    assert agreement([2, 2, 2, 2], [0, 1, 2, 3]).kappa == 0


def test_from_two_texts_nothing_is_told():
    assert agreement([0, 3], [0, 3]).reason == TOO_FEW


def test_shares_and_lean_are_told_beside_it():
    found = agreement([1, 3, 2, 3], [1, 2, 2, 1])
    assert (found.exact, found.near, found.lean) == (0.5, 0.75, 0.75)


def test_nothing_to_compare_is_refused():
    with pytest.raises(ValueError, match="Rate a text first"):
        agreement([], [])
