import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselens.tasks import kind_of
from tests.tasks.samples import (
    KEYS,
    PROPERTY,
    SENTENCES,
    answers,
    faults,
    key_of,
    key_with,
    model_of,
    part,
    scored,
    setting_of,
)

KEYED, LISTED = ("s1", "s2", "s3"), ("s5", "s6", "s7")


def corrected(*marked):
    return scored("evidence", {"marked": list(marked)}).corrected


@PROPERTY
@given(answers("evidence"))
def test_the_value_runs_from_minus_one_to_one(value):
    assert -1 <= scored("evidence", value).corrected <= 1


@PROPERTY
@given(st.sets(st.sampled_from(SENTENCES)), st.sampled_from(KEYED))
def test_one_more_keyed_sentence_never_scores_less(marked, good):
    assert corrected(*marked, good) >= corrected(*marked)


@PROPERTY
@given(st.sets(st.sampled_from(SENTENCES)), st.sampled_from(LISTED))
def test_one_more_listed_wrong_sentence_never_scores_more(marked, bad):
    assert corrected(*marked, bad) <= corrected(*marked)


@PROPERTY
@given(st.sets(st.sampled_from(SENTENCES)), st.sampled_from(["s4", "s8"]))
def test_a_neutral_sentence_changes_nothing(marked, neutral):
    assert corrected(*marked, neutral) == corrected(*marked)


def test_core_sentences_weigh_twice_what_supporting_ones_do():
    assert corrected("s1") == pytest.approx(0.4)
    assert corrected("s3") == pytest.approx(0.2)


def test_everything_marked_is_worth_nothing():
    assert corrected(*SENTENCES) == 0


def test_what_the_task_lists_as_irrelevant_counts_as_wrong():
    assert corrected("s7") == pytest.approx(-1 / 3)


def test_a_sentence_marked_twice_counts_once():
    assert corrected("s1", "s1") == corrected("s1")


@pytest.mark.parametrize("value", ["s1", {"s1": True}, 7, [["s1"]], [1, None]])
def test_marks_that_cannot_be_read_are_left_out_with_a_note(value):
    found = scored("evidence", {"marked": value})
    assert found.corrected == 0
    assert found.problems


def test_an_unknown_sentence_is_left_out_with_a_note():
    found = scored("evidence", {"marked": ["s1", "s99"]})
    assert found.corrected == pytest.approx(0.4)
    assert found.problems == ("The claim marks a sentence that is not in the case.",)


@pytest.mark.parametrize(
    ("marked", "verdict"),
    [
        ([], "blank"),
        (["s1", "s2"], "right"),
        (["s1"], "partly"),
        (["s3"], "missed"),
        (["s5"], "missed"),
    ],
)
def test_the_verdict_follows_the_value(marked, verdict):
    assert scored("evidence", {"marked": marked}).parts[0].verdict == verdict


def test_the_score_names_good_missed_and_wrong_sentences():
    (found,) = scored("evidence", {"marked": ["s5", "s3", "s1"]}).parts
    assert found.good == ("s1", "s3")
    assert found.missed == ("s2",)
    assert found.wrong == (("s5", "another room"),)


def test_the_model_answer_is_in_reading_order():
    assert model_of("evidence") == {"marked": ["s1", "s2", "s3"]}


def test_the_page_is_given_the_claim():
    setting = setting_of("evidence")
    view = kind_of(setting).view(setting)
    assert view["claim"] == "She goes when it is quiet."
    assert kind_of(setting).part_label(setting, "claim") == view["claim"]


def test_nothing_marked_is_named_as_a_blank():
    setting = setting_of("evidence")
    assert kind_of(setting).blanks(setting, None) == [
        "Sentences that support the claim"
    ]
    assert kind_of(setting).blanks(setting, {"marked": ["s1"]}) == []


def test_a_missing_claim_is_a_fault():
    setting = setting_of("evidence", claim=None)
    assert faults(setting, key_of("evidence")) == ["The claim is missing."]


def test_a_part_that_is_not_the_claim_is_a_fault():
    key = key_with("evidence", "other", part(None))
    found = faults(setting_of("evidence"), key)
    assert found == ["An evidence task has one part, called claim."]


def test_a_claim_without_core_sentences_is_a_fault():
    one = {**KEYS["evidence"]["parts"]["claim"], "core": []}
    key = key_with("evidence", "claim", one)
    assert faults(setting_of("evidence"), key) == ["No core sentence is keyed."]


def test_fewer_than_three_listed_wrong_sentences_are_a_fault():
    key = key_of("evidence", irrelevant={})
    found = faults(setting_of("evidence"), key)
    assert found == ["Fewer than 3 sentences are listed as wrong."]
