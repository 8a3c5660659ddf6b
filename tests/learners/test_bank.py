from collections import Counter

import pytest

from caselens.cases.lint import lint_bank
from caselens.learners import generated_bank
from caselens.learners.earned import asked
from caselens.tasks import KINDS
from tests.learners.samples import committed, generated


def test_a_generated_bank_has_a_task_of_every_kind_without_any_fault():
    bank = generated(40)
    assert len(bank.entries) == 40
    assert lint_bank(bank) == []
    tasks = asked(bank) + asked(bank, written=True)
    assert {setting.task.kind for setting, _, _ in tasks} == set(KINDS)
    for setting, key, _ in tasks:
        assert list(KINDS[setting.task.kind].lint(setting, key)) == []


def test_the_same_seed_gives_the_same_bank_and_another_one_another():
    words = committed().vocabulary
    one, two, three = (generated_bank(3, seed, words) for seed in (1, 1, 2))
    assert [one.case(n) for n in one.entries] == [two.case(n) for n in two.entries]
    assert one.key("g0001") == two.key("g0001")
    assert one.key("g0001") != three.key("g0001")


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("goals", 5),
        ("lens", 4),
        ("safety", 3),
        ("update", 3),
        ("ask", 3),
        ("order", 5),
        ("appraise", 4),
    ],
)
def test_the_answers_of_a_generated_bank_are_balanced(kind, count):
    answers = Counter(
        part.answer
        for setting, key, _ in asked(generated(300))
        if setting.task.kind == kind
        for name, part in key.parts.items()
        if name != "next" and not name.startswith("m")
    )
    assert len(answers) == count
    assert max(answers.values()) < 1.1 * min(answers.values())
