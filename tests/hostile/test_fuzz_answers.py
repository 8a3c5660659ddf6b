"""The reader of answers, on whatever bytes there are."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselens.answers import (
    AnswersError,
    checksum,
    parse,
    parse_submitted,
    unknown_tasks,
)
from caselens.answers.record import MAX_BYTES, text
from caselens.cases import find_key, read_unit
from caselens.cases.places import clone_root
from caselens.learners import work_unit
from tests.hostile.strategies import VALUES, again, as_bytes, bounded, cut, mutated

UNIT = read_unit(clone_root() / "exercises" / "m04_u03_graded_case")
GOOD = text(work_unit(UNIT, find_key, 1.0, 11)).encode()
SHEET = json.loads(GOOD)
LINE = 500  # an error is a line, whatever was sent


def read(raw):
    """Read as marking does, and use all that was read."""
    try:
        record = parse(raw)
    except AnswersError as error:
        assert len(str(error)) < LINE
        return None
    again = text(record).encode("utf-8")
    assert checksum(parse(again)) == checksum(record)
    assert text(parse(again)).encode("utf-8") == again
    unknown_tasks(UNIT, record)
    return record


def read_submitted(raw):
    record, problem = parse_submitted(raw, UNIT.id)
    assert (record is None) is (problem is not None)
    assert problem is None or len(problem) < LINE
    return record


@given(st.binary(max_size=300))
def test_any_bytes_are_answers_or_an_error_in_one_line(raw):
    read(raw)
    read_submitted(raw)


@given(VALUES)
def test_any_json_is_answers_or_an_error_in_one_line(data):
    read(as_bytes(data))


@given(mutated(SHEET))
@settings(max_examples=300)
def test_a_good_sheet_with_any_node_replaced_is_read_or_refused(data):
    raw = as_bytes(data)
    read(raw)
    read_submitted(raw)


@given(cut(GOOD))
@settings(max_examples=200)
def test_a_good_sheet_that_was_cut_is_read_or_refused(raw):
    read(raw)


HEAD = b'{"format": 1, "unit": "u", "tasks": '
FULL = 3_900_000


def many_tasks(size):
    names = (b'"%d":{}' % number for number in range(size // 12))
    return HEAD + b"{" + b",".join(names) + b"}}"


LARGE = {
    "lists in lists": again(b"[", HEAD),
    "objects in objects": again(b'{"a":', HEAD),
    "many lists": again(b"[],", HEAD + b"[", b"1]}"),
    "many tasks": many_tasks,
    "one text": again(b"x", HEAD + b'"', b'"}'),
    "escapes": again(b"\\ud83d", HEAD + b'"', b'"}'),
    "numbers": again(b"9" * 4299 + b",", HEAD + b"[", b"1]}"),
    "fractions": again(b"0." + b"9" * 4297 + b",", HEAD + b"[", b"1]}"),
    "exponents": again(b"1e308,", HEAD + b"[", b"1]}"),
    "spaces": again(b" ", HEAD, b"1}"),
    "not text": again(b"\xff"),
    "nothing": again(b"\0"),
    "blank": again(b" "),
    "a name again and again": again(b'"a":1,', HEAD + b"{", b'"a":1}}'),
}


def parsed(raw):
    try:
        parse(raw)
    except AnswersError as error:
        assert len(str(error)) < LINE


@pytest.mark.parametrize("name", LARGE)
def test_four_megabytes_of_anything_are_read_in_bounds(name):
    bounded(parsed, LARGE[name], FULL, factor=80)


def test_more_than_four_megabytes_are_not_even_parsed():
    with pytest.raises(AnswersError, match="larger than 4 MB"):
        parse(GOOD + b" " * MAX_BYTES)
