import pytest

from caselens.tasks import kind_of
from tests.tasks.samples import (
    faults,
    key_of,
    model_of,
    scored,
    setting_of,
    statements,
)


def answered(**choices):
    value = model_of("safety")
    for name, choice in choices.items():
        value["parts"][name]["choice"] = choice
    return scored("safety", value)


def test_seeing_every_explicit_cue_completes_the_task():
    assert answered().complete


@pytest.mark.parametrize("choice", ["denied", "unclear", None])
def test_missing_an_explicit_cue_withholds_complete(choice):
    assert not answered(self=choice).complete


def test_a_blank_task_misses_its_explicit_cue():
    assert not scored("safety", None).complete


@pytest.mark.parametrize("name", ["others", "from_others", "medical", "next"])
def test_missing_anything_else_leaves_the_task_complete(name):
    assert answered(**{name: None}).complete


def test_seeing_the_cue_without_its_sentences_still_completes():
    value = {"parts": {"self": {"choice": "active", "evidence": ["s8"]}}}
    assert scored("safety", value).complete


def test_a_second_accepted_answer_to_an_explicit_cue_completes():
    parts = key_of("safety").model_dump()["parts"]
    parts["self"]["also"] = "unclear"
    setting, key = setting_of("safety"), key_of("safety", parts=parts)
    value = {"parts": {"self": {"choice": "unclear"}}}
    assert kind_of(setting).score(setting, key, value).complete


def test_claiming_active_risk_that_is_not_keyed_is_without_support():
    verdicts = {one.part: one.verdict for one in answered(others="active").parts}
    assert verdicts["others"] == "unsupported"
    assert verdicts["self"] == "right"


def test_the_next_question_asks_for_no_sentences():
    setting = setting_of("safety")
    states, following = kind_of(setting).view(setting)["groups"]
    assert all(one["evidence"] for one in states["parts"])
    assert [one["evidence"] for one in following["parts"]] == [False]
    assert [one["id"] for one in following["choices"]] == ["q1", "q2", "q3", "q4"]
    assert "evidence" not in model_of("safety")["parts"]["next"]


def test_labels_are_those_that_a_trainee_reads():
    setting = setting_of("safety")
    kind = kind_of(setting)
    assert kind.part_label(setting, "next") == "The next question"
    assert kind.part_label(setting, "from_others") == "Risk from others"
    assert kind.choice_label(setting, "next", "q2") == "The statement q2."
    assert kind.choice_label(setting, "self", "denied") == "Asked and denied"


@pytest.mark.parametrize("count", [3, 5])
def test_other_than_four_questions_are_a_fault_in_the_case(count):
    questions = statements(*(f"q{one}" for one in range(1, count + 1)))
    setting = setting_of("safety", questions=questions)
    assert faults(setting, key_of("safety")) == ["There must be four next questions."]
    (fault,) = kind_of(setting).lint(setting, key_of("safety"))
    assert not fault.in_key
