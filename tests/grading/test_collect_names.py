"""Who is who: the names in a download, and the list that maps them."""

from pathlib import Path

import pytest

from caselens.grading.lms import NamesError, flat, parse_names, wrappers
from tests.grading.conftest import UNIT

PAGE = f"{UNIT}.ipynb"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("name,id\na,b\n", "has to begin with the line: lms,trainee"),
        ("lms,trainee\nJane,../jane\n", "line 2: ../jane cannot be a trainee's name"),
        ("lms,trainee\nJane,a\njane,b\n", "line 3: jane stands there for two"),
    ],
)
def test_a_list_of_names_with_a_fault_is_refused_with_its_line(tmp_path, body, told):
    with pytest.raises(NamesError, match=told):
        parse_names(body, tmp_path / "trainees.csv")


@pytest.mark.parametrize(
    ("file", "name", "number"),
    [
        (f"jane_{PAGE}", "jane", ""),
        (f"jane-{UNIT} (1).ipynb", "jane", ""),
        ("jane_123_answers.json", "jane", "123"),
        ("user12_answers-2.json", "user12", ""),
        ("jane.json", "jane", ""),
    ],
)
def test_a_name_is_found_in_a_files_name(file, name, number):
    found = flat(Path(file).stem, UNIT)
    assert (found.name, found.number) == (name, number)


@pytest.mark.parametrize("file", ["answers.json", "answers (1).json", PAGE])
def test_no_name_is_found_where_there_is_none(file):
    assert flat(Path(file).stem, UNIT) is None


def test_a_folder_around_all_others_names_nobody():
    assert wrappers([("out", "jane", "a"), ("out", "ben", "a")], UNIT) == 1
    assert wrappers([("jane", "a"), ("jane", "b")], UNIT) == 0
    assert wrappers([("jane", UNIT, "a")], UNIT) == 0
    assert wrappers([("jane", "a"), ("ben", "a")], UNIT) == 0
