import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from caselens.cases import load_bank
from caselens.cases.places import datasets_dir
from caselens.grading.tables import ensure
from caselens.markers import calibration
from caselens.markers.exemplars import ROUND, exemplars

BANK = load_bank(datasets_dir())
RUBRIC = BANK.vocabulary.rubric("formulation")
POOL = exemplars(BANK, RUBRIC)


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    ensure(engine)
    with Session(engine) as session:
        yield session


def rate(session, one, by="ann", shift=0):
    levels = {name: min(3, level + shift) for name, level in one.ratings.items()}
    calibration.store(session, by, RUBRIC, one, levels)


def test_what_was_rated_comes_back_in_order_with_the_agreed_levels(session):
    rate(session, POOL[3], shift=1)
    rate(session, POOL[0])
    rate(session, POOL[5], by="bea")
    first, second = calibration.rated(session, "ann", RUBRIC.version)
    assert (first.exemplar, second.exemplar) == (POOL[3].id, POOL[0].id)
    assert first.agreed == POOL[3].ratings
    assert second.mine == POOL[0].ratings


def test_another_version_of_the_rubric_begins_anew(session):
    rate(session, POOL[0])
    assert calibration.rated(session, "ann", "formulation@00000000") == []


def test_agreement_is_told_by_criterion_and_over_all(session):
    for one in POOL[:ROUND]:
        rate(session, one)
    done = calibration.rated(session, "ann", RUBRIC.version)
    *criteria, overall = calibration.lines(RUBRIC, done)
    assert [line.name for line in criteria] == [one.name for one in RUBRIC.criteria]
    assert (overall.name, overall.found.kappa) == (calibration.OVERALL, 1)
    assert overall.found.count == 4 * ROUND


def test_only_criteria_with_another_level_are_differences(session):
    one = next(one for one in POOL if {*one.ratings.values()} == {1, 2})
    sound = dict.fromkeys(one.ratings, 2)
    calibration.store(session, "ann", RUBRIC, one, sound)
    (rated,) = calibration.rated(session, "ann", RUBRIC.version)
    found = calibration.differences(RUBRIC, rated)
    assert {each.criterion.id for each in found} == {
        name for name, level in one.ratings.items() if level == 1
    }
    assert {(each.mine, each.agreed) for each in found} == {(2, 1)}


@pytest.mark.parametrize(
    ("count", "shown"),
    [(ROUND - 1, (0, 0)), (ROUND, (0, ROUND)), (2 * ROUND + 3, (ROUND, 2 * ROUND))],
)
def test_the_last_round_is_the_last_whole_one(count, shown):
    assert calibration.last_round(list(range(count))) == list(range(*shown))
