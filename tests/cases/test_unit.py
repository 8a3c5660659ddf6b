from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from caselens.cases import Case, Key, Unit, UnitError, digest, read_unit, unit_text
from caselens.cases.unit import MAX_BYTES
from tests.samples import CASE, KEY, UNIT_ID, changed, sample_case, sample_unit

DIGEST = "f20254652fa751f151f51444bda940d2e7b661bc1baf768d8951d22e6260b101"


def damaged(folder, body: bytes) -> str:
    (folder / "unit.json").write_bytes(body)
    with pytest.raises(UnitError) as error:
        read_unit(folder)
    assert "Get the unit again from the start page" in str(error.value)
    assert str(folder / "unit.json") in str(error.value)
    return str(error.value)


def test_a_unit_is_read_as_it_was_written(tmp_path):
    unit = sample_unit()
    (tmp_path / "unit.json").write_text(unit_text(unit), encoding="utf-8")
    assert read_unit(tmp_path) == unit


def test_the_text_of_a_unit_is_the_same_every_time():
    text = unit_text(sample_unit())
    assert text == unit_text(Unit.model_validate_json(text))
    assert text.startswith('{\n "format": 1,\n')
    assert text.endswith("}\n")


def test_a_unit_holds_nothing_of_the_key():
    text = unit_text(sample_unit())
    assert "A transference." not in text
    assert "You hear the phone" not in text


def test_a_unit_finds_its_tasks_and_points():
    unit = sample_unit(points=3.0)
    assert unit.points["c901-goals"] == 3.0
    assert unit.task("c901-goals").kind == "goals"
    with pytest.raises(KeyError, match=UNIT_ID):
        unit.task("c901-other")
    with pytest.raises(KeyError, match=UNIT_ID):
        unit.case("c999")


def test_a_missing_unit_says_how_to_get_it_back(tmp_path):
    with pytest.raises(UnitError, match=r"missing.*start page; your answers stay"):
        read_unit(tmp_path)


def test_a_folder_in_the_place_of_a_unit_counts_as_missing(tmp_path):
    (tmp_path / "unit.json").mkdir()
    with pytest.raises(UnitError, match="missing"):
        read_unit(tmp_path)


def test_a_unit_cut_short_is_damaged(tmp_path):
    body = unit_text(sample_unit()).encode()
    assert "is damaged" in damaged(tmp_path, body[: len(body) // 2])


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe", b"[]", b"null", b'{"format": 2}', b"[" * 100_000],
)
def test_what_is_no_unit_is_damaged(tmp_path, body):
    assert "is damaged" in damaged(tmp_path, body)


def test_a_unit_of_a_newer_format_is_refused(tmp_path):
    data = json.loads(unit_text(sample_unit())) | {"format": 2}
    damaged(tmp_path, json.dumps(data).encode())


def test_too_large_a_unit_is_not_read(tmp_path):
    body = unit_text(sample_unit()).encode() + b" " * MAX_BYTES
    assert "too large" in damaged(tmp_path, body)


def test_unknown_fields_of_a_unit_are_ignored(tmp_path):
    data = json.loads(unit_text(sample_unit()))
    data["later"] = {"release": 1}
    data["tasks"][0]["later"] = True
    data["digests"]["c901"]["later"] = "x"
    (tmp_path / "unit.json").write_text(json.dumps(data), encoding="utf-8")
    assert read_unit(tmp_path) == sample_unit()


@given(st.binary(max_size=300))
def test_whatever_stands_in_unit_json_is_a_unit_error(tmp_path, body):
    damaged(tmp_path, body)


def test_a_digest_is_the_same_in_every_release():
    assert digest(sample_case()) == DIGEST


def test_a_digest_does_not_depend_on_order_layout_or_written_defaults():
    data = yaml.safe_load(CASE)
    turned = json.loads(json.dumps(data, sort_keys=True))
    turned["pair_of"] = None
    turned["tasks"][1]["cite"] = False
    assert digest(Case.model_validate(turned)) == digest(sample_case())


def test_a_digest_changes_with_every_word():
    words = changed(CASE, "She let the phone ring", "He let the phone ring")
    assert digest(Case.model_validate(yaml.safe_load(words))) != digest(sample_case())
    key = changed(KEY, "answer: dynamic", "answer: cbt")
    assert digest(Key.model_validate(yaml.safe_load(key))) != digest(
        Key.model_validate(yaml.safe_load(KEY))
    )


def test_a_case_finds_its_sentences_and_tasks():
    case = sample_case()
    assert list(case.sentences) == [f"s{number}" for number in range(1, 9)]
    assert case.sentences["s3"].number == 3
    assert case.task("c901-lens").case == "c901"
    with pytest.raises(KeyError, match="c901"):
        case.task("c901-other")


def test_a_case_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        sample_case().title = "Another"
