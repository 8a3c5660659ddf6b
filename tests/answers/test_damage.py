from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselens.answers import AnswersError, AnswerSheet, read_submitted
from caselens.answers.record import MAX_BYTES, parse, text
from caselens.answers.sheet import ANSWERS_FILE, PREVIOUS_FILE
from tests.answers.test_sheet import GOALS, TEXT, listing, open_sheet, set_aside
from tests.samples import UNIT_ID

GOOD = {"format": 1, "unit": UNIT_ID, "tasks": {GOALS: {"value": 1, "revision": 3}}}


def body(**more: Any) -> bytes:
    return json.dumps({**GOOD, **more}).encode()


DAMAGED = {
    "empty": b"",
    "blank": b" \n ",
    "truncated": body()[:-10],
    "not UTF-8": body().replace(b"c901", b"\xff901"),
    "UTF-16": json.dumps(GOOD).encode("utf-16"),
    "10 MB": body() + b" " * 10_000_000,
    "a list": b"[1, 2]",
    "a text": b'"answers"',
    "a number": b"7",
    "null": b"null",
    "no unit": b'{"format": 1}',
    "a unit that is no text": body(unit=["m"]),
    "another unit's": body(unit="m00_u00_other"),
    "a newer format": body(format=2),
    "no format": json.dumps({"unit": UNIT_ID}).encode(),
    "a format that is true": body(format=True),
    "a format that is text": body(format="1"),
    "NaN": body(tasks={GOALS: {"value": float("nan")}}),
    "Infinity": body(tasks={GOALS: {"value": float("inf")}}),
    "a number too large": body().replace(b'"value": 1', b'"value": 1e999'),
    "an endless number": body().replace(b'"value": 1', b'"value": ' + b"9" * 9999),
    "100,000 brackets": body()[:-1] + b', "x": ' + b"[" * 100_000 + b"]" * 100_000,
    "900 brackets": body()[:-1] + b', "x": ' + b"[" * 900 + b"]" * 900 + b"}",
}


def with_previous(folder: Path) -> AnswerSheet:
    one = open_sheet(folder)
    one.save(GOALS, "previous", 0)
    (folder / ANSWERS_FILE).replace(folder / PREVIOUS_FILE)
    return one


@pytest.mark.parametrize("raw", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_file_is_set_aside_and_the_last_good_copy_used(tmp_path, raw):
    with_previous(tmp_path)
    (tmp_path / ANSWERS_FILE).write_bytes(raw)
    one = open_sheet(tmp_path)
    assert one.record.value(GOALS) == "previous"
    [kept] = set_aside(tmp_path)
    assert kept.read_bytes() == raw
    assert len(one.notices) == 1
    assert "could not be read" in one.notices[0]
    assert kept.name in one.notices[0]
    assert one.save(TEXT, "goes on", 0).value == "goes on"
    again = open_sheet(tmp_path)
    assert again.notices == []
    assert (again.record.value(GOALS), again.record.value(TEXT)) == (
        "previous",
        "goes on",
    )


@pytest.mark.parametrize("raw", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_file_without_a_copy_begins_a_blank_sheet(tmp_path, raw):
    (tmp_path / ANSWERS_FILE).write_bytes(raw)
    one = open_sheet(tmp_path)
    assert one.record.tasks == {}
    assert [path.read_bytes() for path in set_aside(tmp_path)] == [raw]


@pytest.mark.parametrize("raw", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_submission_is_reported_and_left_as_it_is(tmp_path, raw):
    (tmp_path / ANSWERS_FILE).write_bytes(raw)
    before = listing(tmp_path)
    record, problem = read_submitted(tmp_path, UNIT_ID)
    assert record is None
    assert problem is not None
    assert problem.startswith("The submitted answers.json ")
    assert listing(tmp_path) == before


def test_damage_of_both_files_sets_both_aside(tmp_path):
    (tmp_path / ANSWERS_FILE).write_bytes(b"one")
    (tmp_path / PREVIOUS_FILE).write_bytes(b"two")
    one = open_sheet(tmp_path)
    assert {path.read_bytes() for path in set_aside(tmp_path)} == {b"one", b"two"}
    assert len(one.notices) == 2


def test_a_link_in_the_place_of_the_answers_is_never_followed(tmp_path):
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_bytes(body())
    folder = tmp_path / "unit"
    folder.mkdir()
    (folder / ANSWERS_FILE).symlink_to(elsewhere)
    record, problem = read_submitted(folder, UNIT_ID)
    assert record is None
    assert "not a plain file" in str(problem)
    one = open_sheet(folder)
    assert one.record.tasks == {}
    assert "not a plain file" in one.notices[0]
    one.save(GOALS, "mine", 0)
    assert elsewhere.read_bytes() == body()
    assert not (folder / ANSWERS_FILE).is_symlink()
    assert [path.is_symlink() for path in set_aside(folder)] == [True]


def test_a_link_to_nowhere_is_replaced_by_the_answers(tmp_path):
    (tmp_path / ANSWERS_FILE).symlink_to(tmp_path / "nowhere")
    assert read_submitted(tmp_path, UNIT_ID)[0] is None
    open_sheet(tmp_path).save(GOALS, "mine", 0)
    assert not (tmp_path / "nowhere").exists()
    assert open_sheet(tmp_path).record.value(GOALS) == "mine"


def test_a_folder_in_the_place_of_the_answers_is_set_aside(tmp_path):
    with_previous(tmp_path)
    (tmp_path / ANSWERS_FILE).mkdir()
    (tmp_path / ANSWERS_FILE / "inside.txt").write_text("kept")
    assert "not a plain file" in str(read_submitted(tmp_path, UNIT_ID)[1])
    one = open_sheet(tmp_path)
    assert one.record.value(GOALS) == "previous"
    assert (set_aside(tmp_path)[0] / "inside.txt").read_text() == "kept"
    one.save(GOALS, "mine", 1)
    assert open_sheet(tmp_path).record.value(GOALS) == "mine"


def test_no_answers_in_a_submission_is_said_so(tmp_path):
    assert read_submitted(tmp_path, UNIT_ID) == (
        None,
        "There is no answers.json in this submission.",
    )
    assert list(tmp_path.iterdir()) == []


def test_answers_of_another_unit_in_a_submission_are_named(tmp_path):
    (tmp_path / ANSWERS_FILE).write_bytes(body(unit="m00_u00_other"))
    record, problem = read_submitted(tmp_path, UNIT_ID)
    assert record is None
    assert "'m00_u00_other'" in str(problem)
    assert UNIT_ID in str(problem)


def test_good_answers_in_a_submission_are_read_and_nothing_is_written(tmp_path):
    (tmp_path / ANSWERS_FILE).write_bytes(body())
    before = listing(tmp_path)
    record, problem = read_submitted(tmp_path, UNIT_ID)
    assert problem is None
    assert record is not None
    assert record.value(GOALS) == 1
    assert record.value("c901-other") is None
    assert listing(tmp_path) == before


def test_an_older_format_is_read(tmp_path):
    assert parse(body(format=0)).value(GOALS) == 1


def test_of_duplicate_fields_the_last_counts():
    raw = body()[:-1] + b', "revision": 1, "revision": 2}'
    assert parse(raw).revision == 2


def test_a_wrong_type_blanks_its_own_field_only():
    wrong = {
        "value": {"kept": True},
        "confidence": True,
        "first_text": 7,
        "committed": "yes",
        "revision": -3,
        "saved": [],
        "committed_at": {},
        "ratings": {"plain": 2, "open": "3", "goals": True},
        "history": [1, {"value": "x"}, None],
    }
    record = parse(
        body(
            begun=1,
            revision="many",
            cases={"c901": 4, "c902": "x"},
            receipt=[],
            tasks={GOALS: wrong, TEXT: "no task"},
        )
    )
    assert (record.revision, record.cases, record.receipt) == (0, {"c902": "x"}, None)
    assert set(record.tasks) == {GOALS}
    answer = record.tasks[GOALS]
    assert answer.value == {"kept": True}
    assert (answer.confidence, answer.first_text, answer.committed) == (
        None,
        None,
        False,
    )
    assert (answer.revision, answer.saved, answer.committed_at) == (0, None, None)
    assert answer.ratings == {"plain": 2}
    assert answer.history == [{"value": "x"}]


@pytest.mark.parametrize("field", ["tasks", "cases", "receipt", "begun"])
def test_a_wrong_type_of_a_whole_field_blanks_it(field):
    assert parse(body(**{field: 7})).unit == UNIT_ID


def test_unknown_content_is_kept_on_saving(tmp_path):
    data = {**GOOD, "later": {"release": [1, {"deep": None}]}, "Ünï": "x"}
    data["tasks"] = {
        GOALS: {"value": 1, "revision": 3, "later": [1], "extra": "x"},
        "c999-other": {"value": "of a task that this unit has not", "extra": {}},
    }
    (tmp_path / ANSWERS_FILE).write_text(json.dumps(data), encoding="utf-8")
    one = open_sheet(tmp_path)
    one.save(GOALS, 2, 3)
    one.commit([GOALS])
    after = json.loads((tmp_path / ANSWERS_FILE).read_text(encoding="utf-8"))
    assert after["later"] == data["later"]
    assert after["Ünï"] == "x"
    assert after["tasks"][GOALS]["later"] == [1]
    assert after["tasks"][GOALS]["extra"] == "x"
    assert after["tasks"]["c999-other"]["extra"] == {}
    assert after["tasks"]["c999-other"]["value"] == data["tasks"]["c999-other"]["value"]


def test_half_a_character_in_the_file_can_be_shown_and_saved():
    raw = body(tasks={GOALS: {"value": "before \\ud83d \ud83d after"}}, x="\ude00")
    record = parse(raw)
    assert record.value(GOALS) == "before \\ud83d ? after"
    assert text(record).encode()


def test_a_whole_character_written_in_two_halves_stays_whole():
    raw = body(tasks={GOALS: {"value": "\U0001f44d"}})
    assert b"\\ud83d\\udc4d" in raw
    assert parse(raw).value(GOALS) == "\U0001f44d"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = ["value", "committed", "revision", "ratings", "history", "confidence", "extra"]
TASK = st.dictionaries(st.sampled_from(FIELDS), JSON) | JSON
SHEET = st.fixed_dictionaries(
    {"format": st.just(1), "unit": st.just(UNIT_ID)},
    optional={
        "tasks": st.dictionaries(st.sampled_from([GOALS, TEXT]), TASK) | JSON,
        "begun": JSON,
        "revision": JSON,
        "cases": JSON,
        "receipt": JSON,
        "later": JSON,
    },
)


@given(SHEET)
def test_whatever_is_read_can_be_written_and_reads_the_same(data):
    raw = json.dumps(data).encode()
    try:
        record = parse(raw)
    except AnswersError:
        return
    again = parse(text(record).encode())
    again.begun = record.begun
    assert again == record


@given(st.binary(max_size=300) | SHEET.map(lambda one: json.dumps(one).encode()[:-3]))
def test_whatever_bytes_are_read_are_answers_or_refused(raw):
    try:
        assert parse(raw).unit
    except AnswersError as error:
        assert str(error)


def test_the_bound_on_size_is_exact(tmp_path):
    raw = body()
    fits = raw + b" " * (MAX_BYTES - len(raw))
    assert parse(fits).value(GOALS) == 1
    with pytest.raises(AnswersError, match="larger than 4 MB"):
        parse(fits + b" ")


def test_a_notice_says_whether_there_was_an_earlier_copy(tmp_path):
    one = open_sheet(tmp_path)
    one.save(GOALS, "first", 0)
    (tmp_path / ANSWERS_FILE).write_bytes(b"{")
    assert "begins again" in open_sheet(tmp_path).notices[0]
    one.save(GOALS, "second", 1)
    one.save(GOALS, "third", 2)
    (tmp_path / ANSWERS_FILE).write_bytes(b"{")
    assert "last good copy" in open_sheet(tmp_path).notices[0]
