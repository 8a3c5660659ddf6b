from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from caselens.cases import BankError, KeyMissingError, find_key, load_bank, places
from caselens.cases.bank import dump
from caselens.cases.source import faults
from caselens.tasks.check import check_bank
from tests.samples import (
    CASE,
    DATASETS,
    KEY,
    changed,
    line_of,
    sample_case,
    write_bank,
    write_keys,
)


@pytest.fixture
def course(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "course"
    monkeypatch.setattr(places, "datasets_dir", lambda: folder)
    monkeypatch.setitem(sys.modules, "caselens_keys", None)
    monkeypatch.setattr(places, "_keys_package", list)
    return folder


def other(text: str, case_id: str = "c902") -> str:
    return text.replace("c901", case_id)


def test_the_sample_bank_has_no_fault(tmp_path):
    assert check_bank(write_bank(tmp_path)) == (1, [])


def test_the_committed_bank_has_no_fault():
    _, found = check_bank(DATASETS)
    assert faults(found) == [], "\n".join(map(str, faults(found)))


def test_a_bank_gives_cases_keys_and_sides(tmp_path):
    files = {
        "graded/cases/c902.yaml": other(CASE),
        "graded/keys/c902.yaml": other(KEY),
        "practice/cases/c900.yaml": other(CASE, "c900"),
        "practice/keys/c900.yaml": other(KEY, "c900"),
    }
    bank = load_bank(write_bank(tmp_path, files))
    assert bank.problems == []
    assert bank.case("c901").title == "The blue door"
    assert bank.key("c902").case == "c902"
    assert [one.case.id for one in bank.side("practice")] == ["c900", "c901"]
    assert [one.case.id for one in bank.side("graded")] == ["c902"]


def test_a_case_or_key_that_is_not_there_is_named(tmp_path):
    bank = load_bank(write_bank(tmp_path))
    with pytest.raises(KeyError, match="c999"):
        bank.case("c999")
    with pytest.raises(KeyMissingError, match="c999"):
        bank.key("c999")


def test_a_bank_without_words_of_its_own_uses_those_of_the_course(tmp_path):
    write_bank(tmp_path / "words")
    write_bank(tmp_path / "bank")
    for path in (tmp_path / "bank").glob("*.yaml"):
        path.unlink()
    shutil.rmtree(tmp_path / "words" / "practice")
    assert check_bank(tmp_path / "bank", tmp_path / "words") == (1, [])


def test_every_fault_of_a_bank_is_reported_at_once_with_file_and_line(tmp_path):
    case = changed(CASE, "level: introductory", "level: easy")
    key = changed(KEY, "status: provisional", "status: sure")
    second = changed(other(KEY), "core: [s3, s7]", "core: [s3, s70]")
    folder = write_bank(
        tmp_path,
        {
            "practice/cases/c901.yaml": case,
            "practice/keys/c901.yaml": key,
            "practice/cases/c902.yaml": other(CASE),
            "practice/keys/c902.yaml": second,
            "graded/keys/c903.yaml": other(KEY, "c903"),
        },
    )
    _, found = check_bank(folder)
    places = [
        (Path(one.file).relative_to(folder).as_posix(), one.line) for one in found
    ]
    assert places == [
        ("graded/keys/c903.yaml", 1),
        ("practice/cases/c901.yaml", line_of(case, "level: easy")),
        ("practice/keys/c901.yaml", line_of(key, "status: sure")),
        ("practice/keys/c902.yaml", line_of(second, "s70")),
    ]


def test_a_key_without_a_case_is_a_fault(tmp_path):
    _, found = check_bank(write_bank(tmp_path, {"practice/keys/c902.yaml": other(KEY)}))
    assert [one.what for one in found] == ["This key has no case beside it."]
    assert "practice/cases/c902.yaml" in found[0].repair


def test_a_file_name_that_is_not_the_case_id_is_a_fault(tmp_path):
    files = {
        "practice/cases/c902.yaml": changed(CASE, "c901", "c903"),
        "practice/keys/c902.yaml": KEY,
    }
    found = load_bank(write_bank(tmp_path, files)).problems
    assert [one.line for one in found] == [1]
    assert "does not match the file name c902.yaml" in found[0].what
    assert "c903.yaml" in found[0].repair


def test_a_case_id_on_both_sides_is_a_fault(tmp_path):
    files = {"graded/cases/c901.yaml": CASE, "graded/keys/c901.yaml": KEY}
    found = load_bank(write_bank(tmp_path, files)).problems
    assert [one.what.split(" by ")[0] for one in found] == [
        "The case id c901 is already used"
    ]
    assert Path(found[0].file).parts[-3:] == ("graded", "cases", "c901.yaml")


def test_words_that_cannot_be_read_are_refused_with_file_and_line(tmp_path):
    folder = write_bank(tmp_path)
    errors = (folder / "errors.yaml").read_text(encoding="utf-8")
    errors = changed(errors, "    name: ", "    nam: ")
    (folder / "errors.yaml").write_text(errors, encoding="utf-8")
    (folder / "goals.yaml").unlink()
    with pytest.raises(BankError) as error:
        load_bank(folder)
    files = {Path(one.file).name for one in error.value.problems}
    assert files == {"errors.yaml", "goals.yaml"}
    assert line_of(errors, "    nam: ") in {one.line for one in error.value.problems}
    assert check_bank(folder) == (0, error.value.problems)


def test_a_case_as_plain_data_leaves_out_what_was_not_written():
    data = dump(sample_case())
    assert "pair_of" not in data
    assert "lens" not in data["tasks"][0]


def test_a_key_that_is_nowhere_says_where_to_put_it(tmp_path):
    with pytest.raises(KeyMissingError) as error:
        find_key("c901", [tmp_path, tmp_path / "absent"])
    assert "c901" in str(error.value)
    assert "CASELENS_KEYS" in str(error.value)
    assert "caselens-keys" in str(error.value)


def test_keys_are_found_in_the_course_the_bank_and_the_keys_package(
    course, tmp_path, monkeypatch
):
    package = write_keys(tmp_path / "package")
    monkeypatch.setattr(places, "_keys_package", lambda: [package])
    assert find_key("c901").status == "provisional"
    panel = changed(KEY, "provisional", "panel")
    write_keys(tmp_path / "bank" / "datasets" / "graded" / "keys", panel)
    monkeypatch.setenv("CASELENS_BANK", str(tmp_path / "bank"))
    assert find_key("c901").status == "panel"


def test_caselens_keys_replaces_every_other_place_of_graded_keys(
    course, tmp_path, monkeypatch
):
    write_keys(course / "graded" / "keys")
    named = tmp_path / "named"
    named.mkdir()
    assert find_key("c901").case == "c901"
    monkeypatch.setenv("CASELENS_KEYS", str(named))
    with pytest.raises(KeyMissingError):
        find_key("c901")
    write_keys(named, changed(KEY, "provisional", "panel"))
    assert find_key("c901").status == "panel"


def test_caselens_keys_leaves_practice_keys_where_they_are(
    course, tmp_path, monkeypatch
):
    write_keys(course / "practice" / "keys")
    monkeypatch.setenv("CASELENS_KEYS", str(tmp_path / "absent"))
    assert find_key("c901").case == "c901"


def test_a_home_sign_in_caselens_keys_is_understood(course, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("CASELENS_KEYS", "~/keys")
    write_keys(tmp_path / "keys")
    assert find_key("c901").case == "c901"


def test_the_datasets_of_a_clone_are_found_from_the_source():
    assert places.datasets_dir() == DATASETS


def test_outside_a_clone_the_wheels_own_datasets_are_used(monkeypatch):
    monkeypatch.setattr(places, "clone_root", lambda: None)
    assert places.datasets_dir() == Path(places.__file__).parents[1] / "datasets"
