from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from caselens.cases import load_bank
from caselens.cases.bank import Bank
from caselens.cases.specification import propose
from tests.samples import CASE, KEY, words, write_bank

GOALS = [goal.id for goal in words().goals]
EMPTY = Bank(words())


def proposed(bank: Bank = EMPTY, size="full", central=None, seed=0):
    return propose(bank, size, central, Random(seed))


def sample(folder: Path, **files: str) -> Bank:
    return load_bank(write_bank(folder, files))


@given(
    st.sampled_from(["full", "short"]),
    st.sampled_from([None, *GOALS[:-1]]),
    st.integers(0, 10_000),
)
def test_a_case_is_asked_for_that_can_be_told(size, central, seed):
    one = proposed(size=size, central=central, seed=seed)
    assert list(one.goals) == [goal for goal in GOALS if goal in one.goals]
    assert len(one.goals) == (8 if size == "full" else 4)
    assert one.goals.get(central) != "not_evident"
    assert central is None or central in one.goals
    seven = [answer for goal, answer in one.goals.items() if goal != "other"]
    most = 2 if size == "short" else 3
    assert max(Counter(seven).values()) <= most
    assert list(one.safety) == ["self", "others", "from_others", "medical"]
    assert Counter(one.safety.values())["active"] <= 1
    assert max(Counter(one.safety.values()).values()) <= 2


def test_the_same_case_is_asked_for_again():
    assert proposed(seed="c101") == proposed(seed="c101")
    assert proposed(seed="c101") != proposed(seed="c102")


def test_no_place_is_favoured_for_the_right_question():
    places = Counter(proposed(seed=one).question for one in range(400))
    assert set(places) == {"q1", "q2", "q3", "q4"}
    assert min(places.values()) > 60


def test_what_the_bank_has_already_is_not_asked_for_again(tmp_path):
    bank = sample(tmp_path)
    for seed in range(40):
        one = proposed(bank, seed=seed)
        assert one.question != "q2"
        assert one.safety["self"] != "denied"
        assert one.goals["relationships"] != "other_asks"
        assert one.goals["growth"] != "declined"


def test_a_short_case_asks_for_goals_that_are_asked_about_least(tmp_path):
    case = CASE.replace(
        "    kind: goals\n    stage: 1\n",
        "    kind: goals\n    stage: 1\n    options: [clarity, distress]\n",
    )
    start, end = KEY.index("      relationships:"), KEY.index("  c901-evidence:")
    key = KEY[:start] + KEY[end:]
    bank = sample(
        tmp_path,
        **{"practice/cases/c901.yaml": case, "practice/keys/c901.yaml": key},
    )
    for seed in range(20):
        assert not {"clarity", "distress"} & set(
            proposed(bank, "short", seed=seed).goals
        )


def test_a_pair_counts_once(tmp_path):
    files = {
        "practice/cases/c902.yaml": CASE.replace("c901", "c902").replace(
            "stages:", "pair_of: c901\nchanged: [{s1: x}]\nstages:"
        ),
        "practice/keys/c902.yaml": KEY.replace("c901", "c902").replace(
            "next:\n        answer: q2", "next:\n        answer: q3"
        ),
    }
    bank = sample(tmp_path, **files)
    assert "c902" in bank.entries
    assert bank.key("c902").tasks["c902-safety"].parts["next"].answer == "q3"
    asked = {proposed(bank, seed=seed).question for seed in range(60)}
    assert asked == {"q1", "q3", "q4"}


def test_an_answer_that_is_rare_everywhere_is_not_asked_for_everywhere(tmp_path):
    start, end = KEY.index("  c901-goals:"), KEY.index("  c901-evidence:")
    files = {}
    for number, answer in enumerate(
        ("asked", "other_asks", "proposed", "not_evident"), start=2
    ):
        name = f"c90{number}"
        parts = [f'      {goal}: {{answer: {answer}, why: "So."}}' for goal in GOALS]
        goals = "\n".join(["  c901-goals:", "    parts:", *parts, ""])
        key = KEY[:start] + goals + KEY[end:]
        files[f"practice/cases/{name}.yaml"] = CASE.replace("c901", name)
        files[f"practice/keys/{name}.yaml"] = key.replace("c901", name)
    bank = sample(tmp_path, **files)
    assert len(bank.entries) == 5
    for size, most in (("short", 2), ("full", 3)):
        given = Counter(proposed(bank, size).goals.values())
        assert given["declined"] == most
