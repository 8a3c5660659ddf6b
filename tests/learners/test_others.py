from caselens.cases import Bank
from caselens.learners import others
from tests.learners.samples import generated

MENU = ("q1", "q2", "q3", "q4")
NEXT = ("safety", "next")


def bank_with(answers, **relatives):
    """Return a bank whose cases have these next questions as answers."""
    source = generated(len(answers))
    bank = Bank(source.vocabulary)
    for (name, entry), answer in zip(source.entries.items(), answers, strict=True):
        key = entry.key.model_dump()
        key["tasks"][f"{name}-safety"]["parts"]["next"]["answer"] = answer
        bank.entries[name] = type(entry)(
            entry.case.model_copy(update=relatives.get(name, {})),
            type(entry.key).model_validate(key),
            "practice",
            entry.case_source,
            entry.key_source,
        )
    return bank


def commonest(bank, name):
    return others(bank)[name].answer(NEXT, MENU)


def test_the_own_answer_is_left_out():
    bank = bank_with(["q1", "q1", "q2", "q2", "q3"])
    assert commonest(bank, "g0000") == "q2"
    assert commonest(bank, "g0002") == "q1"


def test_the_pair_of_a_case_is_left_out_from_either_side():
    bank = bank_with(["q1", "q1", "q1", "q2", "q2"], g0001={"pair_of": "g0000"})
    assert commonest(bank, "g0000") == "q2"
    assert commonest(bank, "g0001") == "q2"
    assert commonest(bank, "g0003") == "q1"


def test_the_twin_of_a_case_is_left_out_too():
    bank = bank_with(
        ["q1", "q1", "q1", "q2", "q2"],
        g0000={"twin_of": "g0001"},
        g0001={"twin_of": "g0000"},
    )
    assert commonest(bank, "g0000") == "q2"


def test_an_answer_off_the_menu_is_not_given():
    found = others(bank_with(["q1", "q2", "q2"]))["g0000"]
    assert found.answer(NEXT, ("q3", "q4")) is None
    assert found.answer(("riddle", ""), MENU) is None


def test_the_previous_case_is_the_one_before_that_is_no_relative():
    bank = bank_with(["q1", "q2", "q3", "q4"], g0002={"pair_of": "g0001"})
    previous = {name: one.previous[0].id for name, one in others(bank).items()}
    assert previous == {
        "g0000": "g0003",
        "g0001": "g0000",
        "g0002": "g0000",
        "g0003": "g0002",
    }


def test_the_previous_answer_is_that_of_the_part_in_the_same_position():
    bank = bank_with(["q1", "q2", "q3"])
    task = bank.case("g0001").task("g0001-safety")
    assert others(bank)["g0001"].previous_part(task, 4).answer == "q1"
    assert others(bank)["g0001"].previous_part(task, 5) is None


def test_a_case_without_a_key_can_be_asked_about_and_tells_nothing():
    bank = bank_with(["q1", "q1", "q2"])
    entry = bank.entries["g0000"]
    bank.entries["g0000"] = type(entry)(
        entry.case, None, "graded", *[entry.case_source] * 2
    )
    assert commonest(bank, "g0001") == "q2"
    assert others(bank)["g0000"].answer(NEXT, MENU) == "q1"


def test_alone_in_a_bank_there_is_nothing_to_know():
    found = others(bank_with(["q1"]))["g0000"]
    assert found.previous is None
    assert found.answer(NEXT, MENU) is None
