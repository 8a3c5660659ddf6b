import pytest

from caselens.cases.vocabulary import LENSES
from caselens.tasks import kind_of
from tests.tasks.samples import (
    faults,
    key_of,
    part,
    scored,
    setting_of,
    statements,
)


def test_every_statement_has_the_four_classes_and_asks_for_no_sentences():
    setting = setting_of("lens")
    view = kind_of(setting).view(setting)
    (group,) = view["groups"]
    assert [one["id"] for one in group["choices"]] == [*LENSES]
    assert len(group["parts"]) == 8
    assert not any(one["evidence"] for one in group["parts"])
    assert not view["evidence"]


@pytest.mark.parametrize(
    ("choice", "verdict"),
    [("neither", "right"), ("both", "unsupported"), (None, "blank")],
)
def test_giving_an_unsupported_statement_a_lens_is_without_support(choice, verdict):
    found = scored("lens", {"parts": {"l4": {"choice": choice}}})
    assert found.parts[3].verdict == verdict


def test_denying_a_supported_statement_is_a_miss():
    found = scored("lens", {"parts": {"l1": {"choice": "neither"}}})
    assert found.parts[0].verdict == "missed"


def test_labels_are_the_statement_and_the_class():
    setting = setting_of("lens")
    kind = kind_of(setting)
    assert kind.part_label(setting, "l1") == "The statement l1."
    assert kind.choice_label(setting, "l1", "cbt") == "CBT"
    assert kind.choice_label(setting, "l1", None) == ""


def linted(*answers):
    ids = [f"l{one}" for one in range(1, len(answers) + 1)]
    setting = setting_of("lens", statements=statements(*ids))
    parts = {one: part(answer) for one, answer in zip(ids, answers, strict=True)}
    return faults(setting, key_of("lens", parts=parts))


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        (("cbt", "cbt", "dynamic", "both"), "cbt 2, dynamic 1, both 1, neither 0"),
        (
            ("cbt", "cbt", "cbt", "dynamic", "dynamic", "both", "both", "neither"),
            "cbt 3, dynamic 2, both 2, neither 1",
        ),
    ],
)
def test_classes_of_different_size_are_a_fault(answers, found):
    assert linted(*answers) == [f"The classes are not equally frequent ({found})."]


@pytest.mark.parametrize(
    "answers",
    [
        ("cbt", "dynamic", "both", "neither"),
        ("cbt", "dynamic", "both", "neither", "both"),
        ("cbt", "dynamic", "both", "neither", "both", "cbt"),
    ],
)
def test_classes_that_differ_by_one_at_most_are_no_fault(answers):
    assert linted(*answers) == []


@pytest.mark.parametrize(
    "answers",
    [
        ("cbt", "cbt", "cbt", "dynamic", "both", "neither"),
        ("cbt", "cbt", "cbt", "cbt", "dynamic", "both", "neither"),
    ],
)
def test_a_number_that_four_does_not_divide_excuses_no_larger_difference(answers):
    assert linted(*answers)
