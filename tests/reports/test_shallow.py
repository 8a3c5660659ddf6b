from functools import cache
from random import Random

import pytest

from caselens.cases.places import datasets_dir
from caselens.learners import BOTS, Bot
from caselens.learners.bots import words
from caselens.learners.earned import asked
from caselens.learners.shallow import likeness_readers
from caselens.reports import shallow, shallow_lines, sound
from caselens.reports.shallow import BOUND, SOLVED, read, scored, worth
from caselens.tasks import KINDS, kind_of
from tests.reports.samples import made_up, with_parts

BANK = made_up(3)
TASKS = worth(asked(BANK))


def knowing(name, keys):
    """Return a reader that knows the key of every task, however it is asked."""

    def choose(one, rng):
        part = keys[one.setting.task.id].parts.get(one.part)
        return part.answer if part and part.answer in one.menu else None

    def mark(one, rng):
        part = keys[one.setting.task.id].parts.get(one.part)
        return list(part.keyed) if part else []

    return Bot(name, choose, mark)


ALL_KNOWING = knowing("all", {one.task.id: key for one, key, _ in TASKS})
BLANK = BOTS[0]


def test_whoever_knows_the_key_is_over_the_bound_and_solves_every_task():
    found = read([ALL_KNOWING], [BLANK], TASKS)
    knows, blank = found.rows
    assert knows.whole == pytest.approx(1)
    assert knows.over
    assert not blank.over
    assert {one.task for one in found.solved} == {one.task.id for one, _, _ in TASKS}
    assert {one.reader for one in found.solved} == {"all"}


def test_means_are_given_by_kind_with_counts():
    [row] = read([BLANK], [], TASKS).rows
    assert set(row.kinds) == {setting.task.kind for setting, _, _ in TASKS}
    assert sum(count for _, count in row.kinds.values()) == row.tasks == len(TASKS)
    whole = sum(value * count for value, count in row.kinds.values()) / row.tasks
    assert row.whole == pytest.approx(whole)


def test_a_statement_is_given_away_where_all_readers_by_likeness_are_right():
    given = read([ALL_KNOWING], [BLANK], TASKS).given_away
    scored_parts = [
        (setting.task.id, one.id)
        for setting, key, _ in TASKS
        for one in setting.task.statements
        if key.parts[one.id].weight > 0
    ]
    assert [(one.task, one.part) for one in given] == scored_parts
    assert all(one.text and one.answer for one in given)
    both = read([ALL_KNOWING, BLANK], [], TASKS)
    assert both.given_away == ()


def test_a_task_of_which_nothing_is_scored_is_left_out():
    def discussed(parts):
        for one in parts.values():
            one["group"] = "discussed"

    left = worth(asked(with_parts(BANK, "goals", discussed)))
    assert {"goals"} == {one.task.kind for one, _, _ in TASKS} - {
        one.task.kind for one, _, _ in left
    }


def test_the_scores_are_those_of_the_readers_answers():
    found = scored(BLANK, TASKS)
    for setting, key, known in TASKS:
        value = BLANK.answer(setting, known, Random(1))
        assert found[setting.task.id] == kind_of(setting).score(setting, key, value)


def test_a_reader_of_shared_words_earns_little_where_words_mean_nothing():
    def near(setting, one, other):
        return float(len(words(one) & words(other)))

    bank = made_up(12)
    alike = likeness_readers("words", near)
    found = read(alike, (), worth(asked(bank)))
    assert all(row.whole < 0.05 for row in found.rows)


@cache
def committed():
    return shallow(sound(datasets_dir()).bank)


@pytest.mark.thorough
def test_no_shallow_reader_earns_more_than_it_may_over_the_committed_bank():
    found = committed()
    assert len(found.rows) == 7
    assert {row.reader: row.whole for row in found.rows if row.over} == {}
    assert all(row.tasks > 50 for row in found.rows)


@pytest.mark.thorough
def test_every_automatic_kind_of_the_committed_bank_is_read():
    kinds = {name for name, kind in KINDS.items() if not kind.by_hand}
    assert set(committed().rows[0].kinds) == kinds


@pytest.mark.thorough
def test_the_report_keeps_to_a_hundred_columns_and_names_what_to_reword():
    told = list(shallow_lines(committed()))
    assert max(len(line) for line in told) <= 100
    for one in committed().solved:
        assert any(one.task in line and one.reader in line for line in told)
    assert all(one.corrected > SOLVED > BOUND for one in committed().solved)
