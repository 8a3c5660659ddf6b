from collections import Counter

import pytest

from caselens.cases import load_bank
from caselens.cases.places import datasets_dir
from caselens.markers.exemplars import ROUND, exemplars, next_exemplar


@pytest.fixture(scope="module")
def pool():
    bank = load_bank(datasets_dir())
    return exemplars(bank, bank.vocabulary.rubric("formulation"))


def drawn(pool, marker, count, version="v"):
    rated = []
    for _ in range(count):
        rated.append(next_exemplar(pool, rated, marker, version))
        rated[-1:] = [rated[-1].id]
    by_id = {one.id: one for one in pool}
    return [by_id[one] for one in rated]


def test_every_exemplar_has_a_level_for_every_criterion(pool):
    assert len(pool) >= 3 * ROUND
    assert all(len(one.ratings) == 4 for one in pool)


def test_each_round_has_the_levels_equally(pool):
    found = drawn(pool, "ann", 3 * ROUND)
    for start in range(0, len(found), ROUND):
        levels = Counter(one.level for one in found[start : start + ROUND])
        assert levels == {"poor": 2, "adequate": 2, "excellent": 2}


def test_no_text_comes_twice_and_all_come(pool):
    found = drawn(pool, "ann", len(pool))
    assert {one.id for one in found} == {one.id for one in pool}
    assert next_exemplar(pool, {one.id for one in pool}, "ann", "v") is None


def test_coming_back_goes_on_with_the_same_text(pool):
    assert drawn(pool, "ann", 4) == drawn(pool[::-1], "ann", 4)


def test_two_markers_and_two_versions_get_texts_of_their_own(pool):
    ann = [one.id for one in drawn(pool, "ann", ROUND)]
    assert ann != [one.id for one in drawn(pool, "bea", ROUND)]
    assert ann != [one.id for one in drawn(pool, "ann", ROUND, "w")]


def test_the_order_of_levels_is_not_the_same_in_every_round(pool):
    levels = [one.level for one in drawn(pool, "ann", 6 * ROUND)]
    rounds = {tuple(levels[one : one + ROUND]) for one in range(0, 6 * ROUND, ROUND)}
    assert len(rounds) > 1
