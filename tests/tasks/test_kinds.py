"""What is particular to the kinds that pick, link, order, translate, appraise."""

from copy import deepcopy
from itertools import permutations
from random import Random
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselens.cases import TaskKey
from caselens.tasks import kind_of, score
from caselens.tasks.order import tau
from tests.tasks.samples import (
    PROPERTY,
    cited,
    faults,
    key_of,
    key_with,
    model_of,
    part,
    scored,
    setting_of,
    statements,
)


def part_of(kind, name, value):
    return next(one for one in scored(kind, value).parts if one.part == name)


def picked(*labels, evidence=()):
    return {
        "parts": {one: {"choice": "fits", "evidence": list(evidence)} for one in labels}
    }


def drawn(**arrows):
    return {
        "parts": {
            name.replace("_", "-"): {"choice": choice, "evidence": evidence}
            for name, (choice, evidence) in arrows.items()
        }
    }


def test_a_sentence_is_asked_twice_with_a_menu_each():
    view = kind_of(setting_of("observe")).view(setting_of("observe"))
    source, content = view["groups"]
    assert source["choices"][0]["id"] == "observation"
    assert [one["id"] for one in source["parts"]] == [
        f"s{n}-source" for n in range(1, 5)
    ]
    assert {one["sentence"] for one in content["parts"]} == {"s1", "s2", "s3", "s4"}
    label = kind_of(setting_of("observe")).part_label(
        setting_of("observe"), "s2-source"
    )
    assert label == "2. Text s2. How do we know it?"


def test_how_a_sentence_is_tagged_is_never_in_the_view():
    view = kind_of(setting_of("observe")).view(setting_of("observe"))
    assert "client_words" not in str(view)


@pytest.mark.parametrize(
    ("sentences", "what"),
    [
        (["s1", "s2", "s99"], "The case has no sentence 's99'."),
        (["s1", "s2"], "Fewer than 3 sentences."),
    ],
)
def test_sentences_that_cannot_be_sorted_are_faults(sentences, what):
    found = faults(setting_of("observe", sentences=sentences), key_of("observe"))
    assert what in found


def test_a_hypothesis_that_the_case_lacks_is_a_fault():
    found = faults(setting_of("update", hypotheses=["h1", "h9"]), key_of("update"))
    assert "The case has no hypothesis 'h9'." in found


def test_two_accounts_are_asked_about_and_no_more():
    found = faults(setting_of("ask", hypotheses=["h1", "h2", "h3"]), key_of("ask"))
    assert "The task names 3 hypotheses." in found


@pytest.mark.parametrize("field", ["questions", "replies"])
def test_too_few_questions_or_replies_are_a_fault(field):
    found = faults(setting_of("ask", **{field: statements("q1")}), key_of("ask"))
    assert any(field in one for one in found)


def test_ones_own_question_is_kept_and_earns_nothing():
    value = {"own": "What then?", "parts": {}}
    setting = setting_of("ask")
    assert kind_of(setting).clean(setting, value).value["own"] == "What then?"
    assert scored("ask", value).points == 0


def test_replies_are_groups_of_their_own_named_by_what_the_client_says():
    view = kind_of(setting_of("ask")).view(setting_of("ask"))
    assert [one.get("title") for one in view["groups"]] == [
        None,
        "The statement r1.",
        "The statement r2.",
    ]


def test_one_label_of_many_is_corrected_by_their_number():
    setting = setting_of("pick", several=False, cite=False)
    key = TaskKey.model_validate(
        {"parts": {"mind": part("fits"), "all": part("no"), "must": part("no")}}
    )
    found = {
        one: score(setting, key, picked(one)).corrected
        for one in ("mind", "all", "future", "must")
    }
    assert found["mind"] == 1
    assert mean(found.values()) == pytest.approx(0)


def test_a_second_accepted_label_is_half_a_hit():
    setting = setting_of("pick", several=False, cite=False)
    key = TaskKey.model_validate(
        {"parts": {"mind": part("fits"), "all": part("no", also="fits")}}
    )
    found = score(setting, key, picked("all"))
    assert next(one for one in found.parts if one.part == "all").credit == 0.5
    every = [score(setting, key, picked(one)).corrected for one in ("mind", "all")]
    none = [score(setting, key, picked(one)).corrected for one in ("future", "must")]
    assert mean(every + none) == pytest.approx(0)


def test_only_the_first_of_several_labels_counts_where_one_is_asked_for():
    setting = setting_of("pick", several=False)
    cleaned = kind_of(setting).clean(setting, picked("mind", "all"))
    assert len(cleaned.value["parts"]) == 1
    assert cleaned.problems


def test_a_label_that_does_not_fit_costs_and_names_its_error():
    right, both = picked("mind"), picked("mind", "all")
    assert scored("pick", both).corrected < scored("pick", right).corrected
    wrong = part_of("pick", "all", both)
    assert (wrong.verdict, wrong.error) == ("unsupported", "jargon")


def test_a_right_label_that_was_left_out_is_a_miss_beside_another_and_blank_alone():
    assert part_of("pick", "future", picked("mind")).verdict == "missed"
    assert part_of("pick", "future", {}).verdict == "blank"


def test_a_label_without_a_key_is_left_open():
    parts = {"mind": cited("fits", "s1", group="middle")}
    parts |= {one: part("no", group="middle") for one in ("all", "must")}
    setting, key = setting_of("pick"), key_of("pick", parts=parts)
    found = score(setting, key, picked("mind", "future", evidence=["s1"]))
    assert found.corrected == 1
    assert [one.verdict for one in found.parts] == ["right", "open"]


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"labels": "weather"}, "No set of labels is called 'weather'."),
        (
            {"options": ["mind", "rain", "all"]},
            "'rain' is no label of the set distortions.",
        ),
        ({"several": False}, "Two labels fit."),
    ],
)
def test_labels_that_do_not_hold_together_are_faults(fields, what):
    assert what in faults(setting_of("pick", **fields), key_of("pick"))


def test_among_several_labels_none_is_a_second_answer():
    key = key_with("pick", "all", part("no", also="fits", group="middle"))
    assert faults(setting_of("pick"), key) == [
        "Where several labels may fit, none is a second answer."
    ]
    everything = {"mind": ["s1", "s2"], "future": ["s3"], "all": []}
    value = {
        "parts": {
            one: {"choice": "fits", "evidence": marked}
            for one, marked in everything.items()
        }
    }
    assert score(setting_of("pick"), key, value).corrected < 1


def test_a_label_nearer_than_its_set_is_a_fault():
    found = faults(setting_of("pick"), key_with("pick", "mind", cited("fits", "s1")))
    assert found == ["A label of this set is middle inference."]


def test_an_arrow_needs_its_direction_its_relation_and_its_sentences():
    whole = scored("link", drawn(a1_a2=("leads_to", ["s1", "s2"]))).corrected
    bare = scored("link", drawn(a1_a2=("leads_to", []))).corrected
    other = scored("link", drawn(a1_a2=("repeats", ["s1", "s2"]))).corrected
    back = scored("link", drawn(a2_a1=("leads_to", ["s1", "s2"]))).corrected
    assert whole > bare > other == 0 > back


def test_an_arrow_that_the_key_does_not_list_is_left_open():
    found = scored("link", drawn(a6_a1=("repeats", [])))
    assert found.corrected == 0
    assert [one.verdict for one in found.parts if one.part == "a6-a1"] == ["open"]


def test_a_listed_wrong_arrow_says_why_for_the_relation_that_was_drawn():
    found = part_of("link", "a4-a1", drawn(a4_a1=("leads_to", [])))
    assert found.why == "No sentence. Because of s1."
    assert found.error == "jargon"


def test_what_would_break_an_arrow_is_kept_as_text():
    setting = setting_of("link")
    value = drawn(a1_a2=("leads_to", []))
    value["parts"]["a1-a2"]["breaks"] = "If she stayed."
    cleaned = kind_of(setting).clean(setting, value).value
    assert cleaned["parts"]["a1-a2"]["breaks"] == "If she stayed."
    assert kind_of(setting).clean(setting, cleaned).value == cleaned


def test_arrows_are_drawn_between_the_statements_of_a_slots_task():
    setting = setting_of("link", of="x001-lens")
    assert faults(setting, key_of("link")) == [
        "'x001-lens' is no slots task of this stage or before."
    ]


def test_too_few_listed_wrong_arrows_are_a_fault():
    parts = dict(list(key_of("link").model_dump()["parts"].items())[:4])
    found = faults(setting_of("link"), key_of("link", parts=parts))
    assert found == ["Fewer than 3 parts are listed as wrong."]


def test_a_counterpart_that_answers_twice_is_a_fault():
    found = faults(setting_of("translate"), key_with("translate", "c4", part("k3")))
    assert found == ["'k3' is the counterpart of two statements."]


def test_a_translation_without_a_gap_is_a_fault():
    found = faults(setting_of("translate"), key_with("translate", "c2", part("k4")))
    assert "Every statement has a counterpart" in found[0]


def test_counterparts_have_letters_and_the_last_has_none():
    view = kind_of(setting_of("translate")).view(setting_of("translate"))
    letters = [one["letter"] for one in view["groups"][0]["choices"]]
    assert letters == ["A", "B", "C", "D", ""]


def placed(*places):
    return {
        "parts": {
            f"p{n}": {"choice": one} for n, one in enumerate(places, start=1) if one
        }
    }


def test_the_keyed_order_earns_all_and_the_reverse_nothing():
    assert scored("order", placed("2", "4", "1", "3")).corrected == 1
    assert scored("order", placed("3", "1", "4", "2")).corrected == -1


def test_all_orders_together_earn_nothing():
    every = [scored("order", placed(*one)).corrected for one in permutations("1234")]
    assert mean(every) == pytest.approx(0)


@pytest.mark.parametrize("places", [("1", "1", "1", "1"), ("2", None, None, None), ()])
def test_places_that_put_nothing_in_order_earn_nothing(places):
    assert scored("order", placed(*places)).corrected == 0


@PROPERTY
@given(st.permutations("1234"), st.sampled_from([(0, 1), (1, 2), (2, 3)]))
def test_mending_two_neighbours_in_the_order_never_scores_less(order, pair):
    keyed = {"p1": 2, "p2": 4, "p3": 1, "p4": 3}
    given_order = dict(zip(keyed, map(int, order), strict=True))
    first, second = sorted(given_order, key=given_order.get)[pair[0] : pair[1] + 1]
    if keyed[first] > keyed[second]:
        mended = given_order | {
            first: given_order[second],
            second: given_order[first],
        }
        assert tau(mended, keyed) > tau(given_order, keyed)


def test_where_two_places_are_equal_either_order_is_right():
    key = key_with("order", "p4", part("1"))
    for one in (placed("3", "4", "1", "2"), placed("3", "4", "2", "1")):
        assert score(setting_of("order"), key, one).corrected == 1


def test_an_order_that_is_shown_as_it_is_keyed_is_a_fault():
    parts = {f"p{n}": part(str(n)) for n in range(1, 5)}
    (found,) = faults(setting_of("order"), key_of("order", parts=parts))
    assert found.startswith("The order shown gives the answer away")


def rated(**levels):
    return {"parts": {k.replace("_", "-"): {"choice": v} for k, v in levels.items()}}


def test_one_level_off_is_partly_right_and_scores_between():
    model = model_of("appraise")
    near = deepcopy(model)
    near["parts"]["t2-grounded"]["choice"] = "1"
    far = deepcopy(model)
    far["parts"]["t2-grounded"]["choice"] = "0"
    found = [scored("appraise", one).corrected for one in (model, near, far)]
    assert found == sorted(found, reverse=True)
    assert part_of("appraise", "t2-grounded", near).verdict == "partly"


def test_a_blank_rating_is_as_far_off_as_can_be():
    assert scored("appraise", rated(t1_grounded="0")).corrected < 0


def test_rating_at_random_earns_nothing_on_average():
    rng = Random(1)
    names = list(model_of("appraise")["parts"])
    found = [
        scored(
            "appraise",
            {"parts": {one: {"choice": rng.choice("0123")} for one in names}},
        ).corrected
        for _ in range(300)
    ]
    assert mean(found) < 0


def test_the_repair_is_kept_and_never_scored():
    setting = setting_of("appraise")
    value = {"repair": "Mended.", "parts": {}}
    assert kind_of(setting).clean(setting, value).value["repair"] == "Mended."
    assert scored("appraise", value).points == 0


def test_texts_without_a_rubric_or_a_repair_are_faults():
    assert "The rubric is missing." in faults(
        setting_of("appraise", rubric=None), key_of("appraise")
    )
    assert faults(setting_of("appraise"), key_of("appraise", model=None)) == [
        "The repaired text is missing."
    ]


MOVES = [
    {
        "id": "m1",
        "ask": "next",
        "lens": "cbt",
        "sentence": "s2",
        "options": statements("o1", "o2", "o3", "o4"),
    },
    {"id": "m2", "ask": "decides", "options": statements("o1", "o2", "o3", "o4")},
]


def test_a_move_asks_its_question_with_its_sentence():
    setting = setting_of("lens", moves=MOVES)
    view = kind_of(setting).view(setting)
    assert [one["parts"][0]["text"] for one in view["groups"][1:]] == [
        "What might a CBT therapist do next with sentence 2?",
        "What would help most to decide between the two readings?",
    ]
    assert view["moves"][0]["sentence"] == "s2"


def test_moves_count_beside_the_statements_and_a_constant_still_earns_nothing():
    setting = setting_of("lens", moves=MOVES)
    key = key_of("lens")
    parts = {**key.model_dump()["parts"], "m1": part("o2"), "m2": part("o4")}
    key = key_of("lens", parts=parts)
    assert faults(setting, key) == []
    assert score(setting, key, kind_of(setting).model(setting, key)).points == 10
    for lens in ("cbt", "both"):
        for option in ("o1", "o2", "o4"):
            given_parts = {f"l{n}": {"choice": lens} for n in range(1, 9)}
            given_parts |= {m: {"choice": option} for m in ("m1", "m2")}
            assert score(setting, key, {"parts": given_parts}).corrected <= 1e-12


def test_a_move_without_its_lens_is_a_fault():
    moves = [MOVES[0] | {"lens": None}]
    parts = {**key_of("lens").model_dump()["parts"], "m1": part("o2")}
    found = faults(setting_of("lens", moves=moves), key_of("lens", parts=parts))
    assert found == ["A move that asks 'next' cannot have the lens None."]
