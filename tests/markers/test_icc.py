import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselens.markers.icc import ALL_ALIKE, TOO_FEW, icc

# Six targets, four judges: the example of Shrout and Fleiss (1979), table 2.
PUBLISHED = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
]
MARKS = st.lists(
    st.lists(st.integers(0, 3), min_size=2, max_size=2), min_size=5, max_size=40
)


def test_the_published_example_comes_out():
    found = icc(PUBLISHED)
    assert found.value == pytest.approx(0.29, abs=0.005)
    # The interval as the R package psych prints it for the same table.
    assert (found.low, found.high) == pytest.approx((0.019, 0.761), abs=0.0005)


def test_marks_that_are_all_the_same_pair_by_pair_agree_fully():
    assert icc([[one, one] for one in (0, 1, 2, 3, 3)]).value == 1


def test_a_marker_who_is_more_generous_throughout_lowers_the_agreement():
    found = icc([[one, one + 1] for one in (0, 1, 2, 0, 1, 2)])
    assert found.value < 0.7


def test_from_too_few_texts_nothing_is_told():
    found = icc([[0, 1], [1, 1], [2, 3], [3, 3]])
    assert (found.value, found.reason) == (None, TOO_FEW)


@pytest.mark.parametrize(
    "table", [[[2, 2]] * 6, [[1, 2]] * 6, [[1, 2], [2, 1]] * 3], ids=str
)
def test_where_the_texts_do_not_differ_nothing_is_told(table):
    assert icc(table).reason == ALL_ALIKE


@given(MARKS)
def test_any_marks_give_a_reason_or_a_value_inside_its_interval(table):
    found = icc(table)
    if found.value is None:
        assert found.reason
        return
    assert all(math.isfinite(one) for one in (found.low, found.high))
    assert found.low - 1e-9 <= found.value <= found.high + 1e-9
    assert found.value <= 1


@given(MARKS)
def test_which_marker_is_called_the_first_makes_no_difference(table):
    one, two = icc(table), icc([row[::-1] for row in table])
    assert one.value == pytest.approx(two.value)
