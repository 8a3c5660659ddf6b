from itertools import pairwise
from random import Random
from statistics import mean

import pytest

from caselens.answers import checksum, mark, parse
from caselens.answers.record import text
from caselens.learners import answer, classroom, work_unit
from caselens.learners.earned import asked
from caselens.tasks import kind_of, score
from tests.learners.samples import committed, generated, unit_of

SKILLS = (0.2, 0.4, 0.6, 0.8, 1.0)
SEEDS = range(20)


def worked(skill, seed=1):
    bank = generated(3)
    return work_unit(unit_of(bank, ["g0000", "g0002"]), bank.key, skill, seed)


def mean_of(skill):
    return mean(
        score(setting, key, answer(setting, key, skill, Random(seed))).corrected
        for setting, key, _ in asked(committed())
        for seed in SEEDS
    )


def test_better_trainees_score_better_on_the_committed_bank():
    means = [mean_of(skill) for skill in SKILLS]
    assert all(less < more for less, more in pairwise(means)), means
    assert means[-1] == pytest.approx(1)


def test_full_skill_earns_all_points_and_completes_every_task():
    for setting, key, _ in asked(committed()):
        found = score(setting, key, answer(setting, key, 1.0, Random(3)))
        assert found.points == found.maximum, setting.task.id
        assert found.complete


def test_no_skill_earns_about_nothing():
    assert mean_of(0.0) < 0.1


@pytest.mark.parametrize("skill", [0.0, 0.5, 1.0])
def test_answers_of_any_skill_can_be_used(skill):
    for setting, key, _ in asked(committed()) + asked(committed(), written=True):
        value = answer(setting, key, skill, Random(5))
        assert kind_of(setting).clean(setting, value).problems == []


def texts_of(skill):
    return [
        answer(setting, key, skill, Random(seed))["text"]
        for setting, key, _ in asked(committed(), written=True)
        for seed in SEEDS
    ]


def test_texts_grow_with_skill_and_are_blank_now_and_then():
    lengths = [mean(len(one) for one in texts_of(skill)) for skill in SKILLS]
    assert all(less < more for less, more in pairwise(lengths))
    assert "" in texts_of(0.2)
    assert "" not in texts_of(1.0)


def test_a_less_skilled_trainee_picks_tempting_answers_more_often_than_others():
    counts = {True: 0, False: 0}
    for setting, key, _ in asked(committed()):
        for seed in SEEDS:
            given = answer(setting, key, 0.2, Random(seed)).get("parts", {})
            for name, one in given.items():
                part = key.parts.get(name)
                if part is None or part.answer == "no":
                    continue
                if one["choice"] not in (None, part.answer) and part.wrong:
                    counts[one["choice"] in {part.also, *part.wrong}] += 1
    assert counts[True] > counts[False]


def test_goals_come_with_an_agenda_of_two_and_an_offer():
    setting, key, _ = next(
        one for one in asked(committed()) if one[0].task.kind == "goals"
    )
    value = answer(setting, key, 1.0, Random(1))
    assert value["agenda"] == list(key.agenda.best)
    assert value["offer"]


def test_a_worked_unit_is_the_same_for_the_same_seed_only():
    assert text(worked(0.6)) == text(worked(0.6))
    assert text(worked(0.6)) != text(worked(0.6, seed=2))


def test_a_worked_unit_is_a_sheet_that_was_handed_in():
    record = worked(0.6)
    assert parse(text(record).encode()) == record
    assert all(one.committed and one.committed_at for one in record.tasks.values())
    assert record.receipt["digest"] == checksum(record)
    assert record.receipt["of"] == len(record.tasks) == 28
    assert 0 < record.receipt["answered"] <= 28
    assert record.cases == {
        "g0000": "digest of g0000",
        "g0002": "digest of g0002",
    }


def test_the_receipt_counts_what_is_not_wholly_blank():
    assert worked(1.0).receipt["answered"] == 28
    counts = {worked(0.0, seed).receipt["answered"] for seed in range(12)}
    assert min(counts) < 28


def test_a_unit_worked_with_full_skill_earns_all_automatic_points():
    bank = generated(3)
    unit, record = unit_of(bank, ["g0000", "g0002"]), worked(1.0)
    values = {name: one.value for name, one in record.tasks.items()}
    for one in mark(unit, values, bank.key).values():
        assert one.by_hand or one.points == 2


def test_a_classroom_has_neutral_names_and_skills_spread_evenly():
    found = classroom(12, seed=1)
    assert [one.id for one in found][:2] == ["trainee-01", "trainee-02"]
    skills = sorted(one.skill for one in found)
    assert 0 <= skills[0] < 0.3
    assert 0.85 < skills[-1] <= 1
    assert len({one.seed for one in found}) == 12


def test_a_classroom_is_the_same_for_the_same_seed_only():
    assert classroom(5, seed=1) == classroom(5, seed=1)
    assert classroom(5, seed=1) != classroom(5, seed=2)


def test_the_names_of_a_large_classroom_are_of_one_length():
    assert {len(one.id) for one in classroom(120, seed=1)} == {len("trainee-001")}
