from hypothesis import given
from hypothesis import strategies as st

from caselens.cases import read_course
from caselens.cases.places import clone_root
from caselens.grading.export_credit import Handed, scheme, settle

COURSE = read_course(clone_root() / "course" / "course.toml")
UNITS = [unit.id for _, unit in COURSE.units()]
PLACES = {"a": "b", "c": "z", "d": "z", "e": "z", "f": None}
NAMES = ["a", "b", "c", "d", "e", "f", "z"]
MARKS = st.builds(Handed, st.integers(0, 20).map(float), st.booleans())
WORK = st.dictionaries(st.sampled_from(NAMES), MARKS)


def total(handed):
    return sum(one.points for one in settle(PLACES, handed))


def used(handed):
    return {one.place: one.unit for one in settle(PLACES, handed)}


def points(**given):
    return {name: Handed(float(one)) for name, one in given.items()}


def test_of_a_unit_and_its_alternative_the_better_one_counts():
    assert used(points(a=12, b=15))["a"] == "b"
    assert used(points(a=15, b=12))["a"] == "a"
    assert total(points(a=12, b=15)) == 15


def test_a_stand_in_that_several_name_counts_for_the_one_not_handed_in():
    assert used(points(c=3, e=9, z=2)) == {
        "a": None,
        "c": "c",
        "d": "z",
        "e": "e",
        "f": None,
    }


def test_a_stand_in_counts_for_the_lowest_mark_where_all_were_handed_in():
    assert used(points(c=7, d=3, e=9, z=8))["d"] == "z"
    assert total(points(c=7, d=3, e=9, z=8)) == 24


def test_a_stand_in_that_is_worse_than_all_of_them_counts_nowhere():
    assert "z" not in used(points(c=7, d=3, e=9, z=2)).values()


def test_a_set_not_handed_in_comes_before_one_that_earned_nothing():
    assert used(points(c=0, d=5, z=0)) == {
        "a": None,
        "c": "c",
        "d": "d",
        "e": "z",
        "f": None,
    }


def test_nothing_is_final_while_a_mark_may_move_the_stand_in():
    handed = points(d=10, e=12, z=20) | {"c": Handed(5.0, waits=True)}
    found = {one.place: one.waits for one in settle(PLACES, handed)}
    assert found == {"a": False, "c": True, "d": True, "e": True, "f": False}


@given(WORK, st.sampled_from(NAMES), MARKS)
def test_a_total_never_falls_by_handing_in_more(handed, name, mark):
    assert total({name: mark, **handed}) >= total(handed)


@given(WORK, st.sampled_from(NAMES), st.integers(0, 20))
def test_a_total_never_falls_by_a_better_mark(handed, name, more):
    before = handed.get(name, Handed(0.0))
    better = {**handed, name: before._replace(points=before.points + more)}
    assert total(better) >= total({**handed, name: before})


@given(WORK)
def test_every_unit_counts_once_at_most_and_only_where_it_may(handed):
    counted = [one for one in settle(PLACES, handed) if one.unit is not None]
    assert len({one.unit for one in counted}) == len(counted)
    assert [one.place for one in settle(PLACES, handed)] == list(PLACES)
    for one in counted:
        assert one.unit in (one.place, PLACES[one.place])
        assert one.points == handed[one.unit].points


@given(WORK)
def test_what_is_final_does_not_change_when_the_rest_is_marked(handed):
    final = [one for one in settle(PLACES, handed) if not one.waits]
    marked = {name: Handed(one.points + 20 * one.waits) for name, one in handed.items()}
    assert set(map(repr, final)) <= set(map(repr, settle(PLACES, marked)))


def test_the_course_has_a_place_for_each_graded_unit_that_stands_in_for_none():
    found = scheme([COURSE], UNITS)
    assert found.places["m04_u03_graded_case"] == "m04_u05_graded_other"
    shared = "m09_u04_four_other_short_cases"
    assert len(found.place_of(shared)) == 7
    assert not found.places.keys() & set(found.places.values())
    assert "m04_u01_full_case" not in found.places


def test_the_parallel_forms_count_towards_nothing_until_they_are_asked_for():
    found = scheme([COURSE], UNITS)
    assert not any("_f0" in place for place in found.places)
    assert found.for_units(["m00_f01_writing"]).places == {"m00_f01_writing": None}


def test_a_unit_that_no_course_names_counts_for_itself():
    found = scheme([COURSE], ["quiz_1", "m09_u04_four_other_short_cases"])
    assert found.places["quiz_1"] is None and found.title("quiz_1") == "quiz_1"


def test_a_set_that_was_not_released_is_no_place_for_the_shared_stand_in():
    sets = ["m05_u03_four_short_cases", "m06_u03_four_short_cases"]
    shared = "m09_u04_four_other_short_cases"
    assert list(scheme([COURSE], [*sets, shared]).places) == sets
    assert list(scheme([COURSE], [shared]).places) == sets[:1]


def test_what_is_asked_for_is_shown_in_the_place_where_it_counts():
    found = scheme([COURSE], UNITS).for_units(["m04_u05_graded_other"])
    assert found.places == {"m04_u03_graded_case": "m04_u05_graded_other"}
    assert found.title("m04_u03_graded_case").endswith("(m04_u03_graded_case)")
