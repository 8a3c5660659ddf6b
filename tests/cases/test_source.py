from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselens.cases import BankError, Case, Key, Problem, find_key
from caselens.cases.source import MAX_BYTES, read
from tests.samples import CASE, KEY, changed, line_of


def problems(folder: Path, content: str | bytes, model: type = Case) -> list[Problem]:
    path = folder / "c901.yaml"
    raw = content.encode() if isinstance(content, str) else content
    path.write_bytes(raw)
    source = read(path)
    source.model(model)
    assert all(one.file == str(path) and one.repair for one in source.problems)
    return sorted(source.problems)


def only(found: list[Problem]) -> tuple[int, str, str]:
    assert len(found) == 1, found
    return found[0].line, found[0].what, found[0].repair


def test_a_sound_case_and_key_have_no_problem(tmp_path):
    assert problems(tmp_path, CASE) == []
    assert problems(tmp_path, KEY, Key) == []


def test_a_byte_order_mark_and_windows_line_ends_are_no_problem(tmp_path):
    assert problems(tmp_path, b"\xef\xbb\xbf" + CASE.encode()) == []
    assert problems(tmp_path, CASE.replace("\n", "\r\n")) == []


@pytest.mark.parametrize("place", ["    age: 40", "setting:", "    kind: goals"])
def test_a_tab_is_named_on_its_line_with_spaces_as_the_repair(tmp_path, place):
    text = changed(CASE, place, "\t" + place.strip())
    line, what, repair = only(problems(tmp_path, text))
    assert line == line_of(text, "\t")
    assert "tab" in what
    assert "spaces" in repair


def test_a_colon_in_a_bare_text_is_named_on_its_line_with_quotes_as_the_repair(
    tmp_path,
):
    text = changed(CASE, "title: The blue door", "title: The door: blue")
    line, what, repair = only(problems(tmp_path, text))
    assert line == 2
    assert "not valid YAML" in what
    assert "quotes" in repair


def test_a_field_that_stands_twice_is_named_on_its_second_line(tmp_path):
    text = changed(CASE, "    age: 40\n", "    age: 40\n    age: 41\n")
    line, what, repair = only(problems(tmp_path, text))
    assert line == line_of(text, "age: 41")
    assert what == "The field 'age' stands twice."
    assert repair == "Keep one of them."


def test_a_field_that_stands_twice_in_one_line_is_found(tmp_path):
    text = changed(CASE, "id: s3,", "id: s3, id: s3,")
    assert only(problems(tmp_path, text))[0] == line_of(text, "id: s3")


def test_an_unknown_field_is_named_on_its_line(tmp_path):
    text = changed(CASE, "    age: 40\n", "    age: 40\n    agee: 40\n")
    line, what, repair = only(problems(tmp_path, text))
    assert line == line_of(text, "agee")
    assert what == "The field 'clients.0.agee' is not known."
    assert "spelling" in repair


def test_an_unknown_field_deep_in_a_key_is_named_on_its_line(tmp_path):
    text = changed(KEY, "        also: asked\n", "        alsoo: asked\n")
    line, what, _ = only(problems(tmp_path, text, Key))
    assert line == line_of(text, "alsoo")
    assert "tasks.c901-goals.parts.thoughts.alsoo" in what


def test_a_missing_field_is_named_on_the_line_of_what_lacks_it(tmp_path):
    text = changed(CASE, "id: s4, kind: third_party, ", "id: s4, ")
    line, what, repair = only(problems(tmp_path, text))
    assert line == line_of(text, "{id: s4")
    assert what == "The field 'stages.0.sentences.3.kind' is missing."
    assert repair == "Add it."


def test_a_wrong_word_is_named_with_the_words_there_are(tmp_path):
    text = changed(CASE, "kind: observed", "kind: seen")
    line, what, repair = only(problems(tmp_path, text))
    assert line == line_of(text, "kind: seen")
    assert what.startswith("'seen' is not allowed")
    assert "'observed'" in repair


def test_a_number_outside_its_range_is_named_on_its_line(tmp_path):
    text = changed(CASE, "age: 40", "age: 400")
    line, what, repair = only(problems(tmp_path, text))
    assert line == line_of(text, "age: 400")
    assert "clients.0.age" in what
    assert "docs/formats.md" in repair


def test_every_fault_of_a_file_is_reported_at_once(tmp_path):
    text = changed(CASE, "level: introductory", "level: easy")
    text = changed(text, "    age: 40\n", "    agee: 40\n")
    text = changed(text, "    kind: goals\n", "    kind: goals\n    kind: goals\n")
    found = problems(tmp_path, text)
    assert [one.line for one in found] == [
        line_of(text, "level: easy"),
        line_of(text, "  - name: Ines"),
        line_of(text, "agee"),
        line_of(text, "    kind: goals") + 1,
    ]


def test_a_byte_that_is_not_utf8_is_named_on_its_line(tmp_path):
    raw = CASE.replace("name: Ines", "name: In\xe9s").encode("latin-1")
    line, what, repair = only(problems(tmp_path, raw))
    assert line == line_of(CASE, "name: Ines")
    assert "UTF-8" in what
    assert "UTF-8" in repair


def test_utf16_is_named(tmp_path):
    assert "UTF-8" in only(problems(tmp_path, CASE.encode("utf-16")))[1]


def test_a_control_character_is_named_on_its_line(tmp_path):
    text = changed(CASE, "A baker who", "Éé\x07 A baker who")
    assert only(problems(tmp_path, text))[0] == line_of(text, "\x07")


def test_too_large_a_file_is_not_read_and_says_so(tmp_path):
    line, what, repair = only(problems(tmp_path, CASE + "#" * MAX_BYTES))
    assert line == 1
    assert "larger than 1,000,000 bytes" in what
    assert "Cut it" in repair


def test_a_value_that_yaml_takes_for_a_date_asks_for_quotes(tmp_path):
    text = changed(CASE, "title: The blue door", "title: 2020-13-45")
    _, what, repair = only(problems(tmp_path, text))
    assert "month must be in 1..12" in what
    assert "quotes" in repair


def test_an_empty_file_is_a_problem(tmp_path):
    assert "'the file'" in only(problems(tmp_path, ""))[1]


def test_a_folder_in_the_place_of_a_file_is_a_problem(tmp_path):
    source = read(tmp_path)
    assert "cannot be read" in only(source.problems)[1]


def test_a_list_as_the_name_of_a_field_is_a_problem(tmp_path):
    assert "unhashable" in only(problems(tmp_path, "? [a, b]\n: 2\n"))[1]


@pytest.mark.parametrize("text", ["a: " + "[" * 300_000, "- " * 300_000 + "x"])
def test_deep_nesting_is_refused_before_it_can_exhaust_the_machine(tmp_path, text):
    line, what, _ = only(problems(tmp_path, text))
    assert line == 1
    assert "levels inside each other" in what


def test_a_value_that_multiplies_itself_is_refused(tmp_path):
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    line, what, repair = only(problems(tmp_path, "\n".join(lines)))
    assert line == 2
    assert "begins with *" in what
    assert "quotes" in repair


def test_a_tag_that_would_make_an_object_is_refused(tmp_path):
    text = changed(CASE, "The blue door", "!!python/object/apply:os.getcwd []")
    assert only(problems(tmp_path, text))[0] == 2


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_reading_never_raises(tmp_path, raw):
    path = tmp_path / "c901.yaml"
    path.write_bytes(raw)
    source = read(path)
    assert source.model(Case) is None
    assert source.problems


@given(st.data())
def test_a_case_with_a_piece_replaced_is_read_or_refused_in_words(tmp_path, data):
    start = data.draw(st.integers(0, len(CASE)))
    end = data.draw(st.integers(start, min(len(CASE), start + 30)))
    piece = data.draw(st.text(st.sampled_from("\t\n :-[]{}'\"&*!?#s1é"), max_size=6))
    path = tmp_path / "c901.yaml"
    path.write_text(CASE[:start] + piece + CASE[end:], encoding="utf-8")
    source = read(path)
    case = source.model(Case)
    assert (case is None) <= bool(source.problems)
    lines = CASE.count("\n") + 8
    assert all(1 <= one.line <= lines and one.what for one in source.problems)


def test_a_problem_reads_as_file_line_fault_and_repair():
    one = Problem("cases/c901.yaml", 7, "The field is missing.", "Add it.")
    assert str(one) == "cases/c901.yaml:7: The field is missing. Add it."


def test_a_faulty_key_is_refused_with_every_fault(tmp_path):
    text = changed(KEY, "status: provisional", "status: sure")
    text = changed(text, "also: asked", "alsoo: asked")
    (tmp_path / "c901.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BankError) as error:
        find_key("c901", [tmp_path])
    assert [one.line for one in error.value.problems] == [
        line_of(text, "status: sure"),
        line_of(text, "alsoo"),
    ]
    assert "c901.yaml:2:" in str(error.value)
