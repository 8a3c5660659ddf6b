import csv
import io
from dataclasses import dataclass

import pytest

from caselens.answers import model_values
from caselens.cases import Key, KeyMissingError, Unit, find_key, read_unit
from caselens.cases.places import clone_root
from caselens.grading.export_goals import Asked, Work, goals, shares

UNITS = ["m05_u03_four_short_cases", "m06_u03_four_short_cases", "m04_u03_graded_case"]
CHOICES = ("asked", "other_asks", "proposed", "declined", "not_evident")


@dataclass(frozen=True)
class Version:
    unit: Unit

    def find(self, case_id) -> Key:
        return find_key(case_id)


VERSIONS = [Version(read_unit(clone_root() / "exercises" / name)) for name in UNITS]


def part(keyed, credit, weight=1.0, verdict="right"):
    constants = {choice: 2 / 3 * (choice == keyed) for choice in CHOICES}
    return Asked("trauma", keyed, verdict, credit, weight, constants)


def rows(works):
    return list(csv.DictReader(io.StringIO(goals(works).text())))


def works(values, trainee="ann"):
    return [Work(trainee, one, values(one.unit).get) for one in VERSIONS]


def test_the_key_itself_earns_all_of_every_goal_that_varies():
    found = rows(works(model_values))
    assert {row["share"] for row in found} <= {"1", ""}
    assert "1" in {row["share"] for row in found}
    assert all(row["right"] == row["parts"] for row in found)


@pytest.mark.parametrize("choice", CHOICES)
def test_one_answer_to_everything_earns_nothing_of_any_goal(choice):
    def always(unit):
        model = model_values(unit)
        return {
            name: {"parts": {one: {"choice": choice} for one in value["parts"]}}
            for name, value in model.items()
            if name.split("-")[1] == "goals"
        }

    for row in rows(works(always)):
        assert not row["share"] or float(row["share"]) <= 0, row


def test_the_share_of_a_goal_is_corrected_by_the_best_unvarying_answer():
    (found,) = shares([part("asked", 1), part("asked", 1), part("declined", 0)])
    # Hits 2/3; "asked" each time, without a sentence, 2/3 of 2/3.
    assert found.share == pytest.approx((2 / 3 - 4 / 9) / (1 - 4 / 9))
    assert (found.parts, found.right) == (3, 3)


def test_a_goal_whose_parts_have_one_answer_has_a_number_of_parts_and_no_share():
    (found,) = shares([part("not_evident", 1), part("not_evident", 1)])
    assert found.share is None and found.parts == 2


def test_a_part_counts_by_its_weight():
    heavy = shares([part("asked", 1, 1.0), part("declined", 0, 0.5)])
    light = shares([part("asked", 1, 0.5), part("declined", 0, 1.0)])
    assert heavy[0].share > light[0].share


def test_blank_and_unreadable_answers_are_parts_that_were_missed():
    for value in (
        None,
        {"parts": 7},
        {"parts": {"trauma": {"choice": ["x"]}}},
        "<script>",
    ):
        found = rows([Work("ann", VERSIONS[0], lambda _, value=value: value)])
        assert found and all(row["right"] == "0" for row in found)


def test_every_trainee_has_rows_of_their_own():
    found = rows([*works(model_values), *works(lambda _: {}, "bo")])
    right = {
        name: sum(int(row["right"]) for row in found if row["trainee"] == name)
        for name in ("ann", "bo")
    }
    assert right["ann"] > 0 and right["bo"] == 0


def test_a_missing_key_is_no_zero():
    class Keyless(Version):
        def find(self, case_id):
            raise KeyMissingError(case_id)

    with pytest.raises(KeyMissingError):
        goals([Work("ann", Keyless(VERSIONS[0].unit), lambda _: None)])
