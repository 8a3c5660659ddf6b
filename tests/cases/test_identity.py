from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselens.cases import BankError
from caselens.cases.design import read_design
from caselens.cases.identity import next_identity

REST = (
    "lens: cbt, goal: growth, age: 50-59, gender: trans woman, origin: née à Łódź, "
    "class: gets by, work: office work, faith: none, disability: none, family: shared"
)
TABLE = f"""\
# drawn by lot: keep this comment, and é
rows:
  - {{row: d01, case: c001, size: short, {REST}}} # the first
  - {{row: d02, case: null, size: full, {REST}}}
  - row: d03 # in another form
    case: ~
    size: short
    {REST.replace(", ", chr(10) + "    ")}
  - {{row: d04, case: c777, size: full, {REST}}}
"""


def table(folder: Path, text: str = TABLE) -> Path:
    path = folder / "design.yaml"
    path.write_bytes(text.encode())
    return path


def test_a_bank_without_a_table_asks_for_nobody(tmp_path):
    assert next_identity(tmp_path, "c101", "short") is None


@pytest.mark.parametrize(("size", "row"), [("short", "d03"), ("full", "d02")])
def test_the_next_free_row_of_the_size_is_taken(tmp_path, size, row):
    table(tmp_path)
    found = next_identity(tmp_path, "c101", size)
    assert found.row.row == row


def test_a_row_that_names_the_case_already_is_its_own(tmp_path):
    table(tmp_path)
    found = next_identity(tmp_path, "c777", "full")
    assert found.row.row == "d04"
    assert found.taken("c777") == TABLE


@pytest.mark.parametrize("size", ["short", "full"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_the_line_of_the_row_changes(tmp_path, size, end):
    text = TABLE.replace("\n", end)
    path = table(tmp_path, text)
    found = next_identity(tmp_path, "c101", size)
    path.write_bytes(found.taken("c101").encode())
    before, after = text.split(end), path.read_bytes().decode().split(end)
    changed = [two for one, two in zip(before, after, strict=True) if one != two]
    assert len(changed) == 1
    assert "case: c101" in changed[0]
    assert read_design(path).taken["c101"].row == found.row.row


@given(st.text(alphabet="aé字 \U0001f600#", max_size=30))
def test_the_right_place_is_found_after_any_words(tmp_path_factory, words):
    folder = tmp_path_factory.mktemp("table")
    path = table(folder, f"# {words}\n{TABLE}")
    path.write_bytes(next_identity(folder, "c101", "full").taken("c101").encode())
    assert read_design(path).taken["c101"].row == "d02"


def test_an_empty_place_is_filled_as_well(tmp_path):
    path = table(tmp_path, TABLE.replace("    case: ~\n", "    case:\n"))
    path.write_bytes(next_identity(tmp_path, "c101", "short").taken("c101").encode())
    assert read_design(path).taken["c101"].row == "d03"


def test_a_table_that_is_used_up_says_what_to_do(tmp_path):
    path = table(tmp_path, TABLE.replace("case: null", "case: c900"))
    with pytest.raises(BankError, match="No row of the size full is free") as error:
        next_identity(tmp_path, "c101", "full")
    assert str(path) in str(error.value)


def test_a_table_that_cannot_be_read_is_named_by_line(tmp_path):
    table(tmp_path, TABLE.replace("size: full", "size: huge", 1))
    with pytest.raises(BankError, match=r"design\.yaml:4"):
        next_identity(tmp_path, "c101", "full")


def test_age_and_pronouns_come_from_the_row(tmp_path):
    table(tmp_path)
    found = next_identity(tmp_path, "c101", "full")
    ages = {found.age(Random(seed)) for seed in range(200)}
    assert ages == set(range(50, 60))
    assert found.pronouns == "she/her"
    assert found.context.startswith("origin: née à Łódź; class: gets by; work: ")
