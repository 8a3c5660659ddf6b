from __future__ import annotations

from pathlib import Path

import pytest

from caselens.cases import BankError, load_bank
from caselens.cases.design import (
    ATTRIBUTES,
    counted,
    lint_design,
    read_design,
    size_of,
)
from caselens.cases.lint import lint_bank
from tests.learners.samples import generated
from tests.samples import CASE, DATASETS, KEY, changed, line_of, write_bank

TABLE = """\
# drawn by lot
rows:
  - {row: d01, case: c901, size: short, lens: cbt, goal: distress, age: 40-49,
     gender: woman, origin: moved, class: gets by, work: trade, faith: none,
     disability: none, family: lives alone}
  - {row: d02, case: null, size: full, lens: either, goal: null, age: 20-29,
     gender: man, origin: moved, class: gets by, work: trade, faith: none,
     disability: none, family: lives alone}
"""


def read(folder: Path, text: str) -> list[tuple[int, str, str]]:
    path = folder / "design.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BankError) as error:
        read_design(path)
    return [(one.line, one.what, one.repair) for one in error.value.problems]


def lint(folder: Path, table: str, **files: str) -> list[tuple[int, str]]:
    named = {name.replace("__", "/") + ".yaml": text for name, text in files.items()}
    bank = load_bank(write_bank(folder, {"design.yaml": table} | named))
    return [(one.line, one.what) for one in lint_design(bank)]


def test_the_committed_table_gives_every_row_a_whole_identity():
    design = read_design(DATASETS / "design.yaml")
    assert len(design.rows) > 70
    for row in design.rows:
        assert tuple(row.identity) == ATTRIBUTES
        assert all(row.identity.values()), row.row


def test_a_row_is_found_by_its_case(tmp_path):
    path = tmp_path / "design.yaml"
    path.write_text(TABLE, encoding="utf-8")
    design = read_design(path)
    assert list(design.taken) == ["c901"]
    assert design.taken["c901"].identity["class"] == "gets by"


def test_an_unknown_field_is_named_with_its_line(tmp_path):
    text = changed(TABLE, "goal: null, age: 20-29,\n", "goal: null,\n     hair: red,\n")
    found = read(tmp_path, text)
    assert ("The field 'rows.1.hair' is not known.") in [what for _, what, _ in found]
    assert (line_of(text, "hair: red")) in [line for line, _, _ in found]
    assert "The field 'rows.1.age' is missing." in [what for _, what, _ in found]


def test_an_unknown_lens_is_refused_with_those_there_are(tmp_path):
    [(_, what, repair)] = read(tmp_path, changed(TABLE, "lens: either", "lens: both"))
    assert what == "'both' is not allowed for 'rows.1.lens'."
    assert "'neither_yet'" in repair


def test_a_table_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BankError, match="cannot be read"):
        read_design(tmp_path / "design.yaml")


def test_a_table_that_fits_its_bank_has_no_fault(tmp_path):
    assert lint(tmp_path, TABLE) == []


def test_a_case_without_a_row_is_named(tmp_path):
    [(_, what)] = lint(tmp_path, changed(TABLE, "case: c901", "case: null"))
    assert what == "Case c901 has no row."


def test_a_case_in_two_rows_is_named_at_the_second(tmp_path):
    text = changed(TABLE, "case: null, size: full", "case: c901, size: short")
    found = lint(tmp_path, text)
    what = "Case c901 stands in the rows d01 and d02."
    assert found == [(line_of(text, "row: d02"), what)]


def test_a_row_that_stands_twice_is_named(tmp_path):
    text = changed(TABLE, "row: d02", "row: d01")
    assert [what for _, what in lint(tmp_path, text)] == ["The row d01 stands twice."]


def test_a_row_for_a_case_that_is_not_there_is_named(tmp_path):
    text = changed(TABLE, "case: null", "case: c999")
    found = lint(tmp_path, text)
    what = "Row d02 names c999, and there is no such case."
    assert found == [(line_of(text, "case: c999"), what)]


def test_a_row_is_not_blamed_for_a_case_that_cannot_be_read(tmp_path):
    text = changed(TABLE, "case: null", "case: c902")
    assert lint(tmp_path, text, practice__cases__c902="id: c902\n") == []


def test_a_row_of_the_wrong_size_is_named(tmp_path):
    text = changed(TABLE, "size: short", "size: full")
    [(line, what)] = lint(tmp_path, text)
    assert line == line_of(text, "size: full")
    assert what == "Row d01 is for a full case, and c901 is not."


def test_an_unknown_goal_is_named(tmp_path):
    [(_, what)] = lint(tmp_path, changed(TABLE, "goal: distress", "goal: peace"))
    assert what == "'peace' is no goal."


def other(text: str) -> str:
    return text.replace("c901", "c902")


def test_only_one_of_a_pair_needs_a_row_and_counts(tmp_path):
    files = {
        "design.yaml": TABLE,
        "practice/cases/c901.yaml": changed(CASE, "stages:", "pair_of: c902\nstages:"),
        "practice/cases/c902.yaml": changed(
            other(CASE), "stages:", "pair_of: c901\nstages:"
        ),
        "practice/keys/c902.yaml": other(KEY),
    }
    bank = load_bank(write_bank(tmp_path, files))
    assert len(bank.entries) == 2
    assert [entry.case.id for entry in counted(bank)] == ["c901"]
    assert lint_design(bank) == []


def test_a_case_whose_other_half_is_missing_counts(tmp_path):
    case = changed(CASE, "stages:", "twin_of: c900\nstages:")
    bank = load_bank(write_bank(tmp_path, {"practice/cases/c901.yaml": case}))
    assert [entry.case.id for entry in counted(bank)] == ["c901"]


def test_a_bank_without_a_table_is_not_asked_for_one(tmp_path):
    assert lint_design(load_bank(write_bank(tmp_path))) == []


def test_a_bank_in_memory_has_no_table():
    assert lint_design(generated(3)) == []
    assert {size_of(one.case) for one in generated(3).entries.values()} == {"full"}


def test_the_lint_of_a_bank_holds_its_table_to_it(tmp_path):
    table = changed(TABLE, "case: c901", "case: null")
    found = lint_bank(load_bank(write_bank(tmp_path, {"design.yaml": table})))
    assert "Case c901 has no row." in [one.what for one in found]
