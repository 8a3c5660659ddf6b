"""Against values that others have published for the same data."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselens.panel.agreement import (
    FEWEST,
    Agreement,
    Estimate,
    ac1,
    agreement,
    alpha,
    alphas,
    counts_of,
    raw,
    standing,
)

# Twelve units, four observers, five categories: the example of Krippendorff's
# "Computing Krippendorff's alpha-reliability" (2011, section C), whose nominal alpha
# is 0.743. Gwet's AC1 of the same data is 0.775, and the agreement 0.818 (the
# documentation of irrCAC, which is Gwet's own: 0.77544 and 0.81818).
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
UNITS = [
    Counter(str(one) for one in unit if one is not None)
    for unit in zip(*OBSERVERS, strict=True)
]
# Two observers, ten units, two categories, from section A: alpha is 0.095.
BINARY = [
    Counter(pair)
    for pair in zip(
        "0100000010",
        "1110010000",
        strict=True,
    )
]


def test_alpha_is_the_published_one():
    assert alpha(counts_of(UNITS)) == pytest.approx(0.743, abs=0.0005)
    assert alpha(counts_of(BINARY)) == pytest.approx(0.095, abs=0.0005)


def test_ac1_and_raw_agreement_are_the_published_ones():
    assert ac1(counts_of(UNITS)) == pytest.approx(0.77544, abs=0.00001)
    assert raw(counts_of(UNITS)) == pytest.approx(0.81818, abs=0.00001)


def test_a_part_with_one_vote_is_no_pair():
    found = agreement(UNITS)
    assert (found.parts, found.compared, found.votes) == (11, 11, 41)


def test_where_everybody_gives_one_answer_alpha_is_not_computed_and_ac1_is_full():
    same = [Counter(a=7), Counter(a=6)]
    assert np.isnan(alpha(counts_of(same)))
    assert ac1(counts_of(same)) == raw(counts_of(same)) == 1
    assert agreement(same).alpha == Estimate(None)


def test_over_one_part_alpha_is_not_computed():
    assert agreement([Counter(a=4, b=3)]).alpha.value is None
    assert agreement([Counter(a=4, b=3)]).raw.low is None


def test_alpha_falls_and_ac1_does_not_where_nearly_all_answers_are_alike():
    skewed = [Counter(a=7)] * 19 + [Counter(a=6, b=1)]
    assert alpha(counts_of(skewed)) < 0.05
    assert ac1(counts_of(skewed)) > 0.95


def test_no_votes_give_no_agreement():
    found = agreement([])
    assert (found.parts, found.alpha.value, found.raw.value) == (0, None, None)


def test_an_interval_is_the_same_every_time_and_holds_the_value():
    first, second = agreement(UNITS), agreement(UNITS)
    assert first == second
    for one in (first.alpha, first.raw, first.ac1):
        assert one.low < one.value < one.high <= 1


def test_an_interval_narrows_with_more_parts():
    def width(units):
        one = agreement(units).raw
        return one.high - one.low

    assert width(UNITS * 9) < width(UNITS) / 2


def of(value, compared=FEWEST):
    blank = Estimate(None)
    return Agreement(compared, 9, compared, Estimate(value), blank, blank)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.8, "firm"),
        (0.799, "tentative"),
        (0.667, "tentative"),
        (0.666, "discussed"),
        (None, "not computed"),
    ],
)
def test_an_alpha_carries_as_far_as_the_thresholds_say(value, said):
    assert standing(of(value)) == said


def test_an_alpha_over_few_parts_decides_nothing():
    assert standing(of(0.1, FEWEST - 1)) == "too few parts"


tallies = st.lists(
    st.dictionaries(st.sampled_from("abcd"), st.integers(1, 7), min_size=1).map(
        Counter
    ),
    min_size=2,
    max_size=12,
)


@given(tallies)
def test_what_the_bootstrap_computes_is_what_the_package_does(units):
    counts = counts_of(units)
    twice = np.vstack([np.ones(len(counts)), np.arange(len(counts))])
    one, two = alphas(counts, twice)
    assert same(one, alpha(counts))
    repeated = np.repeat(counts, np.arange(len(counts)), axis=0)
    assert same(two, alpha(repeated))


def same(one, two):
    # Over one part, or one choice, there is nothing that the package could compare.
    return np.isnan(two) or one == pytest.approx(two)


@given(tallies)
def test_agreement_never_exceeds_one_and_is_one_only_where_all_agree(units):
    counts = counts_of(units)
    unanimous = all(len(one) == 1 for one in units if one.total() > 1)
    for statistic in (alpha, raw, ac1):
        value = statistic(counts)
        if not np.isnan(value):
            assert value <= 1 + 1e-12
            assert (abs(value - 1) < 1e-12) == unanimous


@given(tallies, st.permutations("abcd"))
def test_the_names_of_the_choices_do_not_matter(units, names):
    other = dict(zip("abcd", names, strict=True))
    renamed = [Counter({other[k]: n for k, n in one.items()}) for one in units]
    for statistic in (alpha, raw, ac1):
        one, two = statistic(counts_of(units)), statistic(counts_of(renamed))
        assert (np.isnan(one) and np.isnan(two)) or one == pytest.approx(two)
