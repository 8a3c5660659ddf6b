from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from caselens.reports.association import association, beyond_chance, cramers_v

COLOURS = ["red", "green", "blue", "grey"]


def drawn(size, seed, told=0.0):
    """Return pairs of which a share tells the other, and the rest nothing."""
    rng = Random(seed)
    pairs = []
    for _ in range(size):
        one = rng.choice(COLOURS)
        pairs.append((one, one if rng.random() < told else rng.choice(COLOURS)))
    return pairs


def counts(pairs):
    return np.array([[float(pairs.count((a, b))) for b in COLOURS] for a in COLOURS])


def v_of(pairs):
    return float(cramers_v(counts(pairs)[np.newaxis])[0])


PAIRS = st.lists(
    st.tuples(st.sampled_from(COLOURS), st.sampled_from(COLOURS)),
    min_size=1,
    max_size=40,
)


def test_what_tells_the_other_wholly_has_a_v_of_one():
    assert v_of([(one, one) for one in COLOURS * 10]) == pytest.approx(1)


def test_a_balanced_table_has_a_v_of_nothing():
    assert v_of([(one, other) for one in COLOURS for other in COLOURS] * 3) == 0


@given(PAIRS)
def test_v_lies_between_nothing_and_one(pairs):
    assert 0 <= v_of(pairs) <= 1


@given(PAIRS)
def test_v_is_the_same_from_either_side(pairs):
    assert v_of(pairs) == pytest.approx(v_of([(b, a) for a, b in pairs]), abs=1e-6)


@given(PAIRS, st.permutations(COLOURS))
def test_v_does_not_hang_on_names(pairs, names):
    named = dict(zip(COLOURS, names, strict=True))
    renamed = [(named[a], b) for a, b in pairs]
    assert v_of(pairs) == pytest.approx(v_of(renamed), abs=1e-6)


@pytest.mark.parametrize("told", [0.3, 0.6, 0.9])
def test_v_is_what_the_formula_gives_for_an_independent_chi_square(told):
    pairs = drawn(60, seed=4, told=told)
    table = counts(pairs)
    n, r, c = table.sum(), *table.shape
    phi = chi2_contingency(table, correction=False).statistic / n
    excess = phi - (r - 1) * (c - 1) / (n - 1)
    least = min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1))
    assert v_of(pairs) == pytest.approx((excess / (least - 1)) ** 0.5)
    assert association("one", "other", pairs).v.value == pytest.approx(v_of(pairs))


def test_v_is_not_inflated_by_many_rare_values_of_few_cases():
    means = np.mean([v_of(drawn(30, seed)) for seed in range(60)])
    assert means < 0.12


def test_a_property_that_never_varies_is_associated_with_nothing():
    assert association("one", "other", [("red", one) for one in COLOURS]) is None
    assert association("one", "other", []) is None


def test_the_interval_holds_v_and_narrows_with_cases():
    few, many = (association("a", "b", drawn(n, 5, told=0.5)) for n in (30, 600))
    for one in (few, many):
        assert one.v.low <= one.v.value <= one.v.high
    assert many.v.high - many.v.low < (few.v.high - few.v.low) / 2


def test_the_figures_are_the_same_every_time():
    pairs = drawn(40, seed=6, told=0.2)
    assert association("a", "b", pairs) == association("a", "b", pairs)


def test_what_is_told_is_beyond_chance_and_what_is_drawn_is_not():
    noise = [association("a", str(n), drawn(70, seed=n)) for n in range(100)]
    told = association("a", "told", drawn(70, seed=1, told=0.6))
    assert any(one.over for one in noise)
    assert beyond_chance([*noise, told]) == [told]


def test_a_table_without_a_case_counts_as_no_association():
    assert list(cramers_v(np.zeros((1, 2, 2)))) == [0.0]
