from copy import deepcopy
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from caselens.cases import TaskKey
from caselens.cases.vocabulary import LENSES
from caselens.tasks import kind_of, score
from tests.tasks.samples import (
    ALL_KINDS,
    CHOICE_KINDS,
    PROPERTY,
    SCORED_KINDS,
    SET_KINDS,
    answers,
    cited,
    faults,
    key_of,
    key_with,
    menus_of,
    model_of,
    nested,
    part,
    sample,
    scored,
    setting_of,
    shaped,
)

choice_kinds = pytest.mark.parametrize("kind", CHOICE_KINDS)
scored_kinds = pytest.mark.parametrize("kind", SCORED_KINDS)
all_kinds = pytest.mark.parametrize("kind", ALL_KINDS)


def constant(setting, choices):
    menus = menus_of(setting)
    return {
        "parts": {
            name: {"choice": next(one for one in menu if one in choices)}
            for name, menu in menus.items()
        }
    }


def constants(setting):
    menus = sorted(set(menus_of(setting).values()))
    return [constant(setting, one) for one in product(*menus)]


def has_right_parts(kind, value):
    setting, key = sample(kind)
    cleaned = kind_of(setting).clean(setting, value).value
    if kind == "evidence":
        return bool(set(cleaned["marked"]) & key.parts["claim"].keyed.keys())
    return any(
        one["choice"] is not None
        and one["choice"] in (key.parts[name].answer, key.parts[name].also)
        for name, one in cleaned.get("parts", {}).items()
    )


@scored_kinds
@PROPERTY
@given(data=st.data())
def test_any_answer_stays_within_the_bounds(kind, data):
    found = scored(kind, data.draw(answers(kind)))
    assert found.corrected <= 1
    assert type(found.points) is float
    assert 0 <= found.points <= found.maximum
    assert all(-1 <= part.credit <= 1 for part in found.parts)


@scored_kinds
@pytest.mark.parametrize("value", [None, {}, {"parts": {}}, {"marked": []}])
def test_a_blank_answer_earns_nothing(kind, value):
    found = scored(kind, value)
    assert found.points == 0.0
    assert found.corrected <= 0
    assert not found.answered
    assert not found.problems


@scored_kinds
def test_the_model_answer_earns_all(kind):
    found = scored(kind, model_of(kind))
    assert found.points == found.maximum == 10
    assert found.corrected == pytest.approx(1)
    assert found.complete
    assert not found.problems


@pytest.mark.parametrize("kind", (*CHOICE_KINDS, *SET_KINDS))
@PROPERTY
@given(data=st.data())
def test_one_more_right_part_never_scores_less(kind, data):
    value, model = data.draw(answers(kind)), model_of(kind)["parts"]
    name = data.draw(st.sampled_from(sorted(model)))
    before = scored(kind, value).corrected
    chosen, whole = deepcopy(value), deepcopy(value)
    given_part = chosen["parts"].get(name, {"evidence": []})
    chosen["parts"][name] = given_part | {"choice": model[name]["choice"]}
    whole["parts"][name] = model[name]
    assert scored(kind, chosen).corrected >= before - 1e-12
    assert scored(kind, whole).corrected >= before - 1e-12


@pytest.mark.parametrize("kind", ["safety", "goals", "slots"])
@PROPERTY
@given(data=st.data())
def test_keyed_sentences_never_cost_and_listed_ones_never_pay(kind, data):
    value, (_, key) = data.draw(answers(kind)), sample(kind)
    name = data.draw(st.sampled_from([n for n, one in key.parts.items() if one.core]))
    before = scored(kind, value).corrected
    good, bad = deepcopy(value), deepcopy(value)
    good["parts"][name]["evidence"] += list(key.parts[name].keyed)
    bad["parts"][name]["evidence"] += list(key.listed(key.parts[name]))
    assert scored(kind, good).corrected >= before - 1e-12
    assert scored(kind, bad).corrected <= before + 1e-12


@all_kinds
@PROPERTY
@given(data=st.data())
def test_garbage_never_raises_and_earns_only_what_is_right_in_it(kind, data):
    value = data.draw(shaped(kind))
    found = scored(kind, value)
    assert found.points == 0 or has_right_parts(kind, value)
    setting, _ = sample(kind)
    kind_of(setting).blanks(setting, value)


@all_kinds
def test_deep_nesting_is_left_out_without_a_fault(kind):
    deep = nested(50_000)
    shapes = [
        deep,
        {"parts": deep, "marked": deep, "text": deep},
        {"parts": {"self": deep, "a1": {"choice": deep, "evidence": deep}}},
    ]
    assert all(scored(kind, value).points == 0 for value in shapes)


@all_kinds
@PROPERTY
@given(data=st.data())
def test_cleaning_a_cleaned_answer_changes_nothing(kind, data):
    setting, _ = sample(kind)
    once = kind_of(setting).clean(setting, data.draw(shaped(kind)))
    twice = kind_of(setting).clean(setting, once.value)
    assert twice.value == once.value
    assert not twice.problems


@pytest.mark.parametrize(
    "kind", ["observe", "goals", "slots", "update", "lens", "translate", "appraise"]
)
def test_the_best_constant_answer_earns_exactly_zero(kind):
    setting = setting_of(kind)
    best = max(scored(kind, one).corrected for one in constants(setting))
    assert best == pytest.approx(0, abs=1e-12)
    assert all(scored(kind, one).points == 0 for one in constants(setting))


def test_the_best_constant_state_earns_zero_on_average_over_the_questions():
    setting = setting_of("safety")
    questions = [one.id for one in setting.task.questions]
    means = [
        sum(
            scored("safety", constant(setting, (state, one))).corrected
            for one in questions
        )
        / len(questions)
        for state in ("active", "unclear", "denied")
    ]
    assert max(means) == pytest.approx(0, abs=1e-12)


@PROPERTY
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*LENSES]), st.sampled_from(["near", "middle", "far"])
        ),
        min_size=8,
        max_size=8,
    )
)
def test_whatever_the_key_a_constant_earns_nothing_and_the_key_all(drawn):
    setting = setting_of("lens")
    parts = {
        f"l{number}": part(answer, group=group)
        for number, (answer, group) in enumerate(drawn, start=1)
    }
    key = TaskKey.model_validate({"parts": parts})
    assume(len({one.answer for one in key.parts.values() if one.weight}) > 1)
    found = [score(setting, key, one).corrected for one in constants(setting)]
    assert max(found) == pytest.approx(0, abs=1e-12)
    assert score(setting, key, kind_of(setting).model(setting, key)).points == 10


@choice_kinds
@PROPERTY
@given(data=st.data())
def test_far_and_discussed_parts_earn_nothing(kind, data):
    value, (_, key) = data.draw(answers(kind)), sample(kind)
    before = scored(kind, value).corrected
    for name, one in key.parts.items():
        if one.group in ("far", "discussed"):
            value["parts"][name] = data.draw(answers(kind))["parts"][name]
    assert scored(kind, value).corrected == before


def test_a_middle_part_counts_half_of_a_near_one():
    weights = {one.part: one.weight for one in scored("slots", {}).parts}
    assert weights["a1"] == 1
    assert weights["a3"] == 0.5
    assert weights["a6"] == 0


def test_the_second_accepted_answer_is_half_a_hit():
    found = {
        choice: scored("safety", {"parts": {"from_others": {"choice": choice}}})
        for choice in ("unclear", "denied", "active")
    }
    credits = {
        choice: next(one.credit for one in each.parts if one.part == "from_others")
        for choice, each in found.items()
    }
    assert credits == {"unclear": 1, "denied": 0.5, "active": 0}


def credit(kind, name, choice, *evidence):
    value = {"parts": {name: {"choice": choice, "evidence": list(evidence)}}}
    found = scored(kind, value)
    return next(one for one in found.parts if one.part == name)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ((), 2 / 3),
        (("s1", "s2", "s3"), 1),
        (("s1",), 2 / 3 + 0.5 / 3),
        (("s8",), 2 / 3 - 0.5 / 3),
        (("s7", "s8"), 1 / 3),
        (("s4",), 2 / 3),
    ],
)
def test_the_choice_is_two_thirds_and_the_sentences_one_third(evidence, expected):
    assert credit("goals", "clarity", "asked", *evidence).credit == pytest.approx(
        expected
    )


def test_sentences_count_only_beside_a_right_choice():
    assert credit("goals", "clarity", "proposed", "s1", "s2", "s3").credit == 0
    assert credit("goals", "clarity", None, "s1", "s2", "s3").credit == 0


def test_sentences_beside_a_second_answer_count_half():
    assert credit("goals", "distress", "asked", "s4", "s5").credit == 0.5


def test_a_part_without_core_sentences_is_the_choice_alone():
    assert credit("goals", "coping", "not_evident", "s7").credit == 1


@pytest.mark.parametrize(
    ("name", "choice", "evidence", "verdict"),
    [
        ("clarity", "asked", ["s1", "s2"], "right"),
        ("clarity", "asked", [], "partly"),
        ("distress", "asked", ["s4", "s5"], "partly"),
        ("clarity", "not_evident", ["s1"], "missed"),
        ("clarity", "proposed", ["s1"], "missed"),
        ("coping", "asked", [], "unsupported"),
        ("coping", None, ["s1"], "blank"),
        ("coping", "not_evident", [], "right"),
    ],
)
def test_the_verdict_says_what_became_of_the_part(name, choice, evidence, verdict):
    assert credit("goals", name, choice, *evidence).verdict == verdict


def test_a_part_names_its_good_its_missed_and_its_wrong_sentences():
    found = credit("goals", "distress", "proposed", "s4", "s8", "s2")
    assert found.good == ("s4",)
    assert found.missed == ("s5",)
    assert found.wrong == (("s8", "of another day"),)


def test_a_wrong_choice_brings_its_own_reason_and_named_error():
    found = credit("goals", "coping", "asked")
    assert found.why == "She did not ask. Because of s1."
    assert found.error == "jargon"
    assert credit("goals", "coping", "proposed").error is None


@choice_kinds
def test_unknown_choices_parts_and_sentences_are_left_out_with_a_note(kind):
    setting = setting_of(kind)
    name = next(iter(menus_of(setting)))
    value = {
        "parts": {
            name: {"choice": "no such choice", "evidence": ["s1", "s99"]},
            "no_such_part": {"choice": "asked"},
        }
    }
    cleaned = kind_of(setting).clean(setting, value)
    assert cleaned.value["parts"][name]["choice"] is None
    assert "no_such_part" not in cleaned.value["parts"]
    assert any("unknown parts" in one for one in cleaned.problems)
    assert any("is not on the list" in one for one in cleaned.problems)


@choice_kinds
def test_blanks_name_the_parts_without_a_choice(kind):
    setting = setting_of(kind)
    one = kind_of(setting)
    model = model_of(kind)
    name = next(iter(model["parts"]))
    model["parts"][name]["choice"] = None
    assert one.blanks(setting, model) == [one.part_label(setting, name)]
    assert len(one.blanks(setting, None)) == len(model["parts"])


@pytest.mark.parametrize("kind", SET_KINDS)
def test_where_some_are_chosen_only_a_wholly_blank_answer_is_a_blank(kind):
    setting = setting_of(kind)
    assert len(kind_of(setting).blanks(setting, {"parts": {}})) == 1
    assert kind_of(setting).blanks(setting, model_of(kind)) == []


@pytest.mark.parametrize("kind", SET_KINDS)
def test_choosing_everything_there_is_earns_nothing(kind):
    setting = setting_of(kind)
    for chosen in {one for menu in menus_of(setting).values() for one in menu}:
        everything = {name: {"choice": chosen} for name in menus_of(setting)}
        assert scored(kind, {"parts": everything}).points == 0.0


def test_a_task_of_which_nothing_is_scored_earns_and_costs_nothing():
    setting = setting_of("update")
    far = {name: part("more", group="far") for name in ("h1", "h2", "h3")}
    key = key_of("update", parts=far)
    assert faults(setting, key) == []
    for value in (None, kind_of(setting).model(setting, key)):
        found = score(setting, key, value)
        assert (found.corrected, found.points) == (0.0, 0.0)


@all_kinds
def test_the_samples_have_no_fault(kind):
    assert faults(*sample(kind)) == []


@choice_kinds
def test_a_part_without_a_key_is_a_fault(kind):
    parts = dict(key_of(kind).parts)
    name = next(iter(parts))
    del parts[name]
    found = faults(setting_of(kind), key_of(kind).model_copy(update={"parts": parts}))
    assert f"The part {name!r} has no key." in found


@choice_kinds
def test_a_key_for_a_part_that_the_task_lacks_is_a_fault(kind):
    found = faults(setting_of(kind), key_with(kind, "extra", part("x")))
    assert "The task has no part 'extra'." in found


def test_a_keyed_answer_off_the_menu_is_a_fault():
    found = faults(setting_of("lens"), key_with("lens", "l1", part("asked")))
    assert "The choice 'asked' is on no menu of this part." in found


def test_a_missing_answer_is_a_fault():
    found = faults(setting_of("lens"), key_with("lens", "l1", part(None)))
    assert "The choice None is on no menu of this part." in found


def test_a_second_answer_off_the_menu_is_a_fault():
    key = key_with("lens", "l1", part("cbt", also="asked"))
    assert faults(setting_of("lens"), key) == [
        "The choice 'asked' is on no menu of this part."
    ]


@pytest.mark.parametrize("choice", ["cbt", "asked"])
def test_a_wrong_choice_that_is_right_or_unknown_is_a_fault(choice):
    key = key_with("lens", "l1", part("cbt", wrong={choice: {"why": "-"}}))
    assert faults(setting_of("lens"), key) == [
        f"{choice!r} is not a wrong choice of this part."
    ]


def test_core_sentences_without_a_listed_wrong_one_are_a_fault():
    key = key_with("slots", "a1", part("situation", core=["s1"]))
    found = faults(setting_of("slots"), key)
    assert found == ["No sentence is listed as wrong, so marking everything would pay."]


def test_a_key_that_one_answer_solves_is_a_fault():
    parts = {name: part("unclear") for name in ("self", "others", "medical")}
    parts |= {"from_others": part("denied", group="far"), "next": part("q1")}
    setting = setting_of("lens")
    same = {f"l{one}": part("cbt") for one in range(1, 9)}
    found = faults(setting, key_of("lens", parts=same))
    assert "All scored parts have one answer, so a constant answer would pass." in found
    assert faults(setting_of("safety"), key_of("safety", parts=parts)) == []


def test_a_key_whose_variety_earns_nothing_is_a_fault():
    parts = {f"l{one}": part("cbt") for one in range(1, 5)}
    parts |= {f"l{one}": part("dynamic", group="far") for one in range(5, 9)}
    found = faults(setting_of("lens"), key_of("lens", parts=parts))
    assert "All scored parts have one answer, so a constant answer would pass." in found


def test_a_cited_key_needs_its_sentences_only_where_the_task_cites():
    setting = setting_of("slots", cite=False)
    key = key_with("slots", "a1", cited("situation", "s1"))
    value = {"parts": {"a1": {"choice": "situation", "evidence": ["s8"]}}}
    assert score(setting, key, value).parts[0].credit == 1
