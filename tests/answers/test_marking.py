from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselens.answers import (
    Record,
    mark,
    mark_task,
    model_values,
    parse,
    setting,
    unknown_tasks,
)
from caselens.cases import KeyMissingError
from caselens.tasks import kind_of
from tests.samples import sample_key, sample_unit


def find(_: str):
    return sample_key()


@pytest.mark.parametrize("kind", ["lesson", "practice", "graded"])
def test_the_model_answers_earn_every_automatic_point(kind):
    unit = sample_unit(kind)
    scores = mark(unit, model_values(unit, find), find)
    assert list(scores) == list(unit.points)
    for task_id, score in scores.items():
        by_hand = kind_of(setting(unit, task_id)).by_hand
        assert score.points == (0.0 if by_hand else unit.points[task_id])
        assert score.by_hand is by_hand
        assert score.problems == ()


def test_no_answers_earn_nothing():
    unit = sample_unit()
    scores = mark(unit, {}, find)
    assert [score.points for score in scores.values()] == [0.0] * 6
    assert not any(score.answered for score in scores.values())


def test_points_are_plain_floats_between_nothing_and_the_maximum():
    unit = sample_unit(points=7.0)
    value = model_values(unit, find)["c901-goals"]
    value["parts"]["distress"]["choice"] = None
    score = mark_task(unit, "c901-goals", value, find)
    assert type(score.points) is float
    assert 0 < score.points < score.maximum == 7.0


def test_a_missing_key_is_an_error_that_names_the_case(monkeypatch, tmp_path):
    monkeypatch.setenv("CASELENS_KEYS", str(tmp_path))
    with pytest.raises(KeyMissingError, match="c901"):
        mark_task(sample_unit(), "c901-goals", None)


def test_a_task_that_the_unit_has_not_is_a_key_error():
    with pytest.raises(KeyError, match="c901-other"):
        mark_task(sample_unit(), "c901-other", None, find)


def test_answers_to_tasks_that_the_unit_has_not_are_listed():
    raw = b'{"format":1,"unit":"u","tasks":{"c902-x":{},"a":{},"c901-goals":{}}}'
    record = parse(raw)
    assert unknown_tasks(sample_unit(), record) == ["a", "c902-x"]
    assert unknown_tasks(sample_unit(), Record(unit="u", begun="")) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["parts", "choice", "evidence", "marked", "text", "self"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(st.sampled_from(list(sample_unit().points)), JSON)
def test_whatever_was_answered_is_marked_within_bounds(task_id, value):
    score = mark_task(sample_unit(), task_id, value, find)
    assert 0.0 <= score.points <= score.maximum
