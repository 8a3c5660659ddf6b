"""The balance of the committed bank, held to its bounds.

By chance alone some associations of a few dozen cases lie above any bound: of a
hundred tables of 70 cases that tell nothing, about ten. A small bank is therefore
held to nothing, one of 40 cases to what chance does not explain, and the whole one,
whose identities were drawn until they told nothing, to few tables above the bound.
"""

from functools import cache

import pytest

from caselens.cases.places import datasets_dir
from caselens.learners.earned import holm
from caselens.reports import balance, sound
from caselens.reports.association import beyond_chance
from tests.learners.samples import HIGHEST_MEAN

ENOUGH = 40
WHOLE = 70
FEW = 0.05
UNLIKELY = 0.01
# The share of the words of the case, and characters, by which right and wrong differ.
MOST_WORDS = 0.2
MOST_LETTERS = 12
# The share of the commonest answer, of five for a goal; in `pick` most do not fit.
MOST_OF_A_GOAL = 0.3
MOST_OF_A_KIND = 0.65

pytestmark = pytest.mark.thorough


@cache
def committed():
    found = sound(datasets_dir())
    return balance(found.bank, found.design)


def of_enough():
    found = committed()
    if min(found.cases, found.drawn) < ENOUGH:
        pytest.skip(f"{found.cases} cases count: fewer than {ENOUGH} cannot tell")
    return found


def test_no_bot_earns_anything():
    for one in committed().bots:
        assert one.mean.value <= HIGHEST_MEAN, one
        assert one.p > 0.05, one


def test_no_answer_hangs_on_an_identity_or_on_the_lens_beyond_chance():
    found = of_enough()
    assert beyond_chance(found.identity) == []
    assert beyond_chance(found.lens) == []


def test_hardly_an_identity_tells_an_answer_in_the_whole_bank():
    found = of_enough()
    if found.drawn < WHOLE:
        pytest.skip(f"{found.drawn} cases are drawn: the bank is not whole")
    over = [one for one in found.identity if one.over]
    assert len(over) <= FEW * len(found.identity), over


def test_the_right_option_has_no_place_of_its_own():
    found = holm({one.name: one.p for one in of_enough().places})
    assert {name: p for name, p in found.items() if p < UNLIKELY} == {}


def test_the_right_option_has_no_length_of_its_own():
    found = holm({one.name: one.p for one in of_enough().lengths})
    assert {name: p for name, p in found.items() if p < UNLIKELY} == {}


def test_words_and_lengths_hardly_tell_what_is_right():
    found = of_enough()
    words = {one.name: one.difference.value for one in found.overlaps}
    assert {name: one for name, one in words.items() if abs(one) > MOST_WORDS} == {}
    lengths = {one.name: one.difference.value for one in found.claim_lengths}
    assert {name: one for name, one in lengths.items() if abs(one) > MOST_LETTERS} == {}


def test_no_answer_of_a_kind_is_right_much_more_often_than_the_others():
    goals = [one for one in of_enough().rates if one.name.startswith("goal")]
    assert len(goals) == len(sound(datasets_dir()).bank.vocabulary.goals) + 1
    assert max(one.share for one in goals) <= MOST_OF_A_GOAL
    others = [one for one in of_enough().rates if one.parts >= ENOUGH]
    assert {one.name: one.share for one in others if one.share > MOST_OF_A_KIND} == {}
