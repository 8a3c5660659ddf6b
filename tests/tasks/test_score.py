import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselens.tasks.score import PartScore, Score, correct, marks, points
from tests.tasks.samples import PROPERTY, SENTENCES

shares = st.floats(min_value=-3, max_value=3)
subsets = st.sets(st.sampled_from(SENTENCES))
KEYED = {"s1": 2.0, "s2": 2.0, "s3": 1.0}
LISTED = ("s5", "s6", "s7", "s8")


@PROPERTY
@given(shares, st.floats(min_value=0, max_value=1000))
def test_points_are_a_plain_float_between_zero_and_the_maximum(corrected, maximum):
    found = points(corrected, maximum)
    assert type(found) is float
    assert 0 <= found <= maximum + 1e-4


@pytest.mark.parametrize(
    ("corrected", "expected"),
    [(-0.5, 0.0), (0.0, 0.0), (0.25, 2.0), (1.0, 8.0), (1.5, 8.0), (1 / 3, 2.6667)],
)
def test_points_are_the_floored_share_of_the_maximum(corrected, expected):
    assert points(corrected, 8) == expected


def test_points_of_a_whole_number_are_still_a_float():
    assert type(points(1, 8)) is float


@pytest.mark.parametrize(
    ("hits", "chance", "expected"),
    [(1, 0.25, 1), (0.25, 0.25, 0), (0, 0.5, -1), (0.7, 0.4, 0.5)],
)
def test_correcting_subtracts_what_the_best_constant_answer_gets(
    hits, chance, expected
):
    assert correct(hits, chance) == pytest.approx(expected)


@PROPERTY
@given(
    st.floats(min_value=-1, max_value=1),
    st.floats(min_value=0, max_value=1),
    st.floats(min_value=0, max_value=0.99),
)
def test_more_hits_never_score_less_whatever_the_chance(hits, more, chance):
    assert correct(hits + more, chance) >= correct(hits, chance)


def test_a_chance_of_one_is_refused():
    with pytest.raises(ValueError, match="one answer"):
        correct(1, 1)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ((), 0),
        (("s1",), 0.4),
        (("s3",), 0.2),
        (("s1", "s2", "s3"), 1),
        (("s5",), -0.25),
        (("s1", "s5", "s6"), -0.1),
        (SENTENCES, 0),
        (LISTED, -1),
        (("s4",), 0),
        (("s99",), 0),
    ],
)
def test_marks_are_weighted_hits_minus_the_share_of_listed_wrong_ones(marked, expected):
    assert marks(marked, KEYED, LISTED) == pytest.approx(expected)


@PROPERTY
@given(subsets)
def test_marks_stay_between_minus_one_and_one(marked):
    assert -1 <= marks(marked, KEYED, LISTED) <= 1


@PROPERTY
@given(subsets, st.sampled_from(list(KEYED)), st.sampled_from(LISTED))
def test_a_keyed_mark_always_adds_and_a_listed_one_always_takes(marked, good, bad):
    rest = marked - {good, bad}
    value = marks(rest, KEYED, LISTED)
    assert marks(rest | {good}, KEYED, LISTED) > value
    assert marks(rest | {bad}, KEYED, LISTED) < value


@PROPERTY
@given(subsets)
def test_marks_without_any_key_or_list_are_worth_nothing(marked):
    assert marks(marked, {}, ()) == 0


def one_part(verdict, weight=1.0):
    return PartScore("a1", verdict, 0.0, weight, None, None)


def test_a_score_counts_as_answered_once_one_part_is_not_blank():
    blank = Score("x", 0.0, 1.0, 0.0, (one_part("blank"),))
    given_one = Score("x", 0.0, 1.0, 0.0, (one_part("blank"), one_part("missed")))
    assert not blank.answered
    assert given_one.answered


def test_a_part_is_scored_when_it_has_weight():
    assert one_part("right", weight=0.5).scored
    assert not one_part("right", weight=0.0).scored
