from caselens.reports.balance import keyed
from caselens.reports.rates import rates
from tests.reports.samples import made_up, with_parts
from tests.samples import words

BANK = made_up(12)


def named(bank, name):
    return [one for one in rates(keyed(bank)) if one.name == name]


def test_every_goal_has_the_rates_of_its_five_answers():
    for goal in words().goals:
        [found] = named(BANK, f"goal {goal.id}")
        assert {one for one, _ in found.counts} == {one.id for one in words().answers}
        assert found.parts == 12


def test_the_commonest_option_comes_first_with_its_share():
    def ask(parts):
        parts["trauma"]["answer"] = "asked"

    [found] = named(with_parts(BANK, "goals", ask), "goal trauma")
    assert found.counts[0] == ("asked", 12)
    assert found.share == 1


def test_menus_that_share_an_option_are_counted_together_and_others_apart():
    states, questions = sorted(named(BANK, "safety"), key=lambda one: -one.parts)
    assert {one for one, _ in states.counts} == {"active", "unclear", "denied"}
    assert {one for one, _ in questions.counts} == {"q1", "q2", "q3", "q4"}
    assert (states.parts, questions.parts) == (48, 12)


def test_slots_are_counted_by_lens():
    for lens in ("cbt", "dynamic"):
        for one in named(BANK, f"slots-{lens}"):
            assert {slot for slot, _ in one.counts} <= set(words().menu(lens))


def test_a_label_counts_as_often_as_it_fits():
    fits = sum(
        part.answer == "fits"
        for entry in BANK.entries.values()
        for part in entry.key.tasks[f"{entry.case.id}-pick"].parts.values()
    )
    found = [
        one for one in rates(keyed(BANK)) if one.name.startswith("labels that fit")
    ]
    assert sum(one.parts for one in found) == fits > 0


def test_an_option_that_is_never_right_is_counted_as_such():
    def ask(parts):
        for one in parts.values():
            one["answer"] = "asked"

    [found] = named(with_parts(BANK, "goals", ask), "goals")
    assert dict(found.counts)["declined"] == 0
