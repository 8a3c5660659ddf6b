import pytest

from caselens.cases import BankError
from caselens.reports import sound
from tests.samples import CASE, KEY, changed, write_bank


def other(text):
    return text.replace("c901", "c902")


def with_second(folder, case=CASE, key=KEY):
    files = {
        "practice/cases/c902.yaml": other(case),
        "practice/keys/c902.yaml": other(key),
    }
    return sound(write_bank(folder, files))


def test_cases_without_a_fault_are_all_there(tmp_path):
    found = with_second(tmp_path)
    assert list(found.bank.entries) == ["c901", "c902"]
    assert found.left_out == ()
    assert found.design is None


def test_a_case_with_a_fault_in_its_file_or_in_its_key_is_left_out(tmp_path):
    key = changed(KEY, "answer: neither", "answer: nobody")
    for folder, files in (("a", {"key": key}), ("b", {"case": CASE + "hair: red\n"})):
        found = with_second(tmp_path / folder, **files)
        assert list(found.bank.entries) == ["c901"]
    assert with_second(tmp_path / "c", key=key).left_out == ("c902",)


def test_a_case_without_a_key_is_left_out(tmp_path):
    files = {"practice/cases/c902.yaml": other(CASE)}
    found = sound(write_bank(tmp_path, files))
    assert found.left_out == ("c902",)


def test_a_design_table_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(BankError, match=r"design\.yaml:1"):
        sound(write_bank(tmp_path, {"design.yaml": "rows: []\n"}))
