import pytest
from hypothesis import given

from caselens.tasks import kind_of
from tests.tasks.samples import (
    PROPERTY,
    answers,
    faults,
    garbage,
    key_of,
    model_of,
    sample,
    scored,
    setting_of,
)


def cleaned(**fields):
    setting = setting_of("goals")
    return kind_of(setting).clean(setting, fields)


def test_every_goal_asks_for_one_of_the_answers_and_for_sentences():
    view = kind_of(setting_of("goals")).view(setting_of("goals"))
    (group,) = view["groups"]
    assert [one["id"] for one in group["choices"]] == [
        "asked",
        "proposed",
        "not_evident",
    ]
    assert [one["id"] for one in group["parts"]] == [
        "clarity",
        "distress",
        "coping",
        "other",
    ]
    assert all(one["evidence"] for one in group["parts"])
    assert view["agenda"]["size"] == 2


def test_the_agenda_keeps_two_known_goals():
    given_agenda = ["growth", "coping", "distress", "clarity", "coping", 7]
    assert cleaned(agenda=given_agenda).value["agenda"] == ["clarity", "distress"]


@pytest.mark.parametrize("agenda", ["clarity", {"clarity": 1}, 7, None])
def test_an_agenda_that_is_no_list_is_blank(agenda):
    assert cleaned(agenda=agenda).value["agenda"] == []


def test_the_offer_is_kept_as_text_and_anything_else_left_out_with_a_note():
    assert cleaned(offer="Shall we?").value["offer"] == "Shall we?"
    assert cleaned(offer=["Shall we?"]).value["offer"] == ""
    assert cleaned(offer=["Shall we?"]).problems


@PROPERTY
@given(answers("goals"), garbage, garbage)
def test_agenda_and_offer_are_discussed_and_never_scored(value, agenda, offer):
    more = value | {"agenda": agenda, "offer": offer}
    assert scored("goals", more).corrected == scored("goals", value).corrected


def test_the_model_answer_brings_the_keyed_agenda():
    assert model_of("goals")["agenda"] == ["clarity", "distress"]


def test_labels_are_the_short_names_of_goals_and_answers():
    setting, _ = sample("goals")
    kind = kind_of(setting)
    assert kind.part_label(setting, "coping") == "Goal coping"
    assert kind.choice_label(setting, "coping", "asked") == "Answer asked"
    assert kind.choice_label(setting, "coping", None) == ""


def test_a_missing_agenda_is_a_fault():
    key = key_of("goals", agenda=None)
    assert faults(setting_of("goals"), key) == ["The agenda is missing."]


def test_an_agenda_that_names_an_unknown_goal_is_a_fault():
    key = key_of("goals", agenda={"best": ["clarity", "wealth"], "why": "-"})
    assert faults(setting_of("goals"), key) == ["The agenda names an unknown goal."]


def narrowed():
    return setting_of("goals", options=["coping", "clarity"])


def test_a_task_about_some_goals_asks_for_those_in_the_courses_order_and_no_agenda():
    view = kind_of(narrowed()).view(narrowed())
    (group,) = view["groups"]
    assert [one["id"] for one in group["parts"]] == ["clarity", "coping"]
    assert view["agenda"] is None


def test_a_task_about_some_goals_keeps_no_agenda():
    value = {"parts": {}, "agenda": ["clarity"], "offer": "Shall we?"}
    assert set(kind_of(narrowed()).clean(narrowed(), value).value) == {"parts"}


def test_an_agenda_in_the_key_of_a_task_about_some_goals_is_a_fault():
    key = key_of("goals")
    some = {part: key.parts[part] for part in ("clarity", "coping")}
    found = faults(narrowed(), key.model_copy(update={"parts": some}))
    assert found == ["A task about some of the goals has no agenda."]


def test_a_goal_that_is_not_one_of_the_courses_is_a_fault():
    setting = setting_of("goals", options=["clarity", "distress", "coping", "wealth"])
    assert "'wealth' is no goal." in faults(setting, key_of("goals"))
