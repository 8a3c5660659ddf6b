import numpy as np
import pytest

from caselens.reports.interval import between, difference_of, mean_of, over_cases


def test_the_mean_of_cases_weighs_each_by_what_it_counts():
    sums = np.array([[2.0, 4.0], [3.0, 1.0]])
    assert over_cases(sums, mean_of).value == pytest.approx(1.0)


def test_the_interval_holds_the_mean_of_what_was_drawn():
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(60):
        values = rng.normal(1.0, 1.0, size=40)
        found = over_cases(np.column_stack([values, np.ones(40)]), mean_of)
        assert found.low < found.value < found.high
        held += found.low <= 1.0 <= found.high
    assert held >= 50


def test_cases_that_are_all_alike_leave_no_doubt():
    sums = np.column_stack([np.full(10, 0.5), np.ones(10)])
    found = over_cases(sums, mean_of)
    assert (found.low, found.high) == (0.5, 0.5)


def test_a_difference_leaves_out_draws_in_which_one_side_is_missing():
    sums = np.array([[1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 3.0, 1.0]])
    found = over_cases(sums, difference_of)
    assert (found.value, found.low, found.high) == (-2.0, -2.0, -2.0)


def test_the_interval_reaches_to_the_figure_itself():
    found = between(0.1, np.linspace(0.2, 0.4, 50))
    assert found.low == 0.1
    assert found.high > 0.39


def test_where_no_draw_has_a_figure_the_interval_is_the_figure():
    assert between(0.3, np.array([np.nan])).high == 0.3
