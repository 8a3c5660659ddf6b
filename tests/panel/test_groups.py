from collections import Counter

import pytest

from caselens.cases import PartKey
from caselens.panel.agreement import agreement
from caselens.panel.groups import Tallied, groups_of, tallied, weak_slots
from caselens.panel.parts import Part
from caselens.panel.votes import read_votes
from tests.panel.samples import FULL, answer, committed

SLOT = "not_supported"


def found(rated):
    return read_votes(rated.folder, rated.bank)


def by_name(groups, level, who=None):
    return {
        one.name: one for one in groups if one.level == level and one.approach == who
    }


def test_raters_who_all_answer_as_the_key_does_agree_in_full(rated):
    answer(rated.folder, rated.bank, rated.panel, (1.0,) * 7)
    votes = found(rated)
    for one in groups_of(votes):
        assert one.agreement.raw.value == one.agreement.ac1.value == 1
        assert one.agreement.alpha.value in (None, 1)
    assert all(one.is_led and one.share == 1 for one in tallied(votes))
    assert weak_slots(groups_of(votes)) == {}


def test_groups_are_by_kind_goal_part_of_safety_and_slot(rated):
    groups = groups_of(found(rated), [None])
    keys = [rated.bank.key(name) for name in rated.panel.cases.values()]
    goals = keys[0].tasks[f"{FULL}-goals"].parts
    assert set(by_name(groups, "goal")) == set(goals)
    assert set(by_name(groups, "safety")) == {
        "self",
        "others",
        "from_others",
        "medical",
        "next",
    }
    keyed = {
        part.answer
        for key in keys
        for name, task in key.tasks.items()
        if "-slots" in name
        for part in task.parts.values()
    }
    assert set(by_name(groups, "slot")) == keyed
    kinds = set(by_name(groups, "kind"))
    assert {"goals", "link", "slots, cbt", "slots, dynamic", "safety"} <= kinds


def test_a_goal_is_as_agreed_as_its_votes(rated):
    votes = found(rated)
    one = by_name(groups_of(votes), "safety")["self"]
    names = [name for name in votes.parts if name.endswith("-safety.self")]
    assert one.agreement == agreement([votes.tally(name) for name in names])
    assert one.agreement.parts == 2


def test_an_approach_counts_only_its_own_raters(rated):
    votes = found(rated)
    groups = groups_of(votes)
    one = by_name(groups, "goal", "dynamic")["growth"]
    assert one.agreement.votes <= 3
    part = f"{FULL}-goals.growth"
    assert one.agreement.raw == agreement([votes.tally(part, "dynamic")]).raw
    assert {one.approach for one in groups} == {None, "cbt", "dynamic"}


def test_an_approach_with_one_rater_has_no_agreement(rated):
    text = (rated.folder / "raters.csv").read_text()
    text = text.replace("05,dynamic", "05,both").replace("06,dynamic", "06,both")
    (rated.folder / "raters.csv").write_text(text)
    assert {one.approach for one in groups_of(found(rated))} == {None, "cbt"}


def test_alpha_of_a_slot_sets_it_against_the_rest_wherever_it_could_be_placed(rated):
    votes = found(rated)
    one = by_name(groups_of(votes, [None]), "slot")[SLOT]
    offered = [
        name
        for name, part in votes.parts.items()
        if part.task.kind == "slots" and SLOT in part.menu
    ]
    against = [
        Counter(
            "in" if choice == SLOT else "out" for choice in votes.votes(name).values()
        )
        for name in offered
    ]
    assert one.agreement.compared == len(offered) > one.agreement.parts
    assert one.agreement.alpha.value == pytest.approx(agreement(against).alpha.value)
    keyed = [name for name in offered if votes.parts[name].key.answer == SLOT]
    assert one.agreement.raw == agreement([votes.tally(name) for name in keyed]).raw


def test_a_slot_that_raters_fill_alike_is_no_weak_one_though_its_key_never_varies(
    rated,
):
    answer(rated.folder, rated.bank, rated.panel, (1.0,) * 6 + (0.9,))
    groups = groups_of(found(rated), [None])
    assert by_name(groups, "slot")[SLOT].standing == "firm"


def test_slots_on_which_raters_guess_are_weak(rated):
    answer(rated.folder, rated.bank, rated.panel, (0.0,) * 7)
    weak = weak_slots(groups_of(found(rated), [None]))
    assert SLOT in weak
    assert all(value < 0.667 for value in weak.values())


@pytest.mark.parametrize(
    ("votes", "is_led"),
    [
        (Counter(asked=4, declined=3), True),
        (Counter(asked=3, declined=3), False),
        (Counter(asked=2, proposed=2, declined=3), True),
        (Counter(declined=7), False),
    ],
)
def test_a_part_is_led_by_the_key_only_with_more_than_half_of_the_votes(votes, is_led):
    key = PartKey(answer="asked", also="proposed", why="-")
    task = committed().case(FULL).tasks[0]
    assert Tallied(Part(task, "clarity", tuple(votes), key), votes).is_led is is_led
