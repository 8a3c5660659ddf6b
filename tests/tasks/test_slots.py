import pytest

from caselens.tasks import kind_of
from tests.tasks.samples import (
    KEYS,
    cited,
    faults,
    key_of,
    key_with,
    part,
    scored,
    setting_of,
)

SLOTS = ["situation", "behaviour", "core_belief", "not_supported", "too_early"]


def test_the_page_is_given_the_slots_with_definition_and_example():
    setting = setting_of("slots")
    view = kind_of(setting).view(setting)
    (group,) = view["groups"]
    assert [one["id"] for one in group["choices"]] == SLOTS
    assert group["choices"][0]["help"] == "What situation is. For example: One."
    assert view["title"] == "The CBT lens"
    assert view["evidence"]


def test_sentences_are_asked_only_where_the_task_cites():
    setting = setting_of("slots", cite=False)
    view = kind_of(setting).view(setting)
    assert not any(one["evidence"] for one in view["groups"][0]["parts"])
    assert "evidence" not in kind_of(setting).model(setting, key_of("slots"))["parts"]


@pytest.mark.parametrize(
    ("choice", "verdict"),
    [
        ("situation", "unsupported"),
        ("too_early", "missed"),
        ("not_supported", "right"),
        (None, "blank"),
    ],
)
def test_placing_an_overclaim_into_a_slot_is_without_support(choice, verdict):
    found = scored("slots", {"parts": {"a4": {"choice": choice}}})
    assert found.parts[3].verdict == verdict


def test_labels_are_the_statement_and_the_slot():
    setting = setting_of("slots")
    kind = kind_of(setting)
    assert kind.part_label(setting, "a1") == "The statement a1."
    assert kind.choice_label(setting, "a1", "too_early") == "The too_early"
    assert kind.choice_label(setting, "a1", None) == ""


def test_without_a_lens_the_slots_are_those_that_both_use():
    setting = setting_of("slots", lens=None)
    assert "'situation' is no slot of both." in faults(setting, key_of("slots"))
    assert kind_of(setting).view(setting)["title"] == "The skeleton of a formulation"


def test_every_slot_names_its_source():
    (group,) = kind_of(setting_of("slots")).view(setting_of("slots"))["groups"]
    assert {one["source"] for one in group["choices"]} == {"Somebody, 1999"}


def test_a_slot_of_the_other_lens_is_a_fault():
    setting = setting_of("slots", slots=[*SLOTS, "wish"])
    assert faults(setting, key_of("slots")) == ["'wish' is no slot of the cbt lens."]


@pytest.mark.parametrize("lacking", ["not_supported", "too_early"])
def test_a_menu_without_the_shared_answers_is_a_fault(lacking):
    setting = setting_of("slots", slots=[one for one in SLOTS if one != lacking])
    assert f"The menu lacks {lacking!r}." in faults(setting, key_of("slots"))


def test_a_nearer_group_than_the_slot_allows_is_a_fault():
    key = key_with("slots", "a6", cited("core_belief", "s4", group="middle"))
    found = faults(setting_of("slots"), key)
    assert found == ["The core_belief is far inference, not middle."]


def test_a_group_further_off_than_the_slot_is_none():
    key = key_with("slots", "a1", cited("situation", "s1", group="discussed"))
    assert faults(setting_of("slots"), key) == []


def test_one_slot_for_more_than_a_third_of_the_statements_is_a_fault():
    assert KEYS["slots"]["parts"]["a3"]["answer"] == "behaviour"
    key = key_with("slots", "a4", part("behaviour"))
    found = faults(setting_of("slots"), key)
    assert found == ["'behaviour' answers 3 of 6 statements."]
