"""Every kind of task, on whatever was answered."""

import json
import math
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caselens.tasks import KINDS, Setting, feedback, kind_of, score
from caselens.tasks.markup import feedback_html, feedback_text
from tests.hostile.strategies import VALUES, mutated
from tests.panel.samples import committed

POINTS = 7.0


@cache
def tasks():
    """Return two tasks of every kind with their keys, by kind."""
    bank, found = committed(), {}
    for entry in bank.entries.values():
        for task in entry.case.tasks:
            if entry.key is not None and task.id in entry.key.tasks:
                at = Setting(task, entry.case, bank.vocabulary, POINTS)
                found.setdefault(task.kind, []).append((at, entry.key))
    return {kind: ones[:2] for kind, ones in found.items()}


def marked(at, key, value):
    one = score(at, key.tasks[at.task.id], value)
    assert type(one.points) is float
    assert math.isfinite(one.points)
    assert 0.0 <= one.points <= one.maximum == POINTS
    shown = feedback(kind_of(at), at, key, one)
    assert all(len(problem) < 500 for problem in shown["problems"])
    html, plain = feedback_html(shown), feedback_text(shown)
    (html + plain).encode("utf-8")
    assert "<script" not in html
    return one


def test_there_is_a_task_of_every_kind():
    assert tasks().keys() == KINDS.keys()


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_any_answer_earns_from_nothing_to_the_maximum(kind, data):
    for at, key in tasks()[kind]:
        good = kind_of(at).model(at, key.tasks[at.task.id])
        value = data.draw(VALUES | mutated(json.loads(json.dumps(good))))
        marked(at, key, value)
        # As it comes back from a file.
        marked(at, key, json.loads(json.dumps(value)))


@pytest.mark.parametrize("kind", KINDS)
def test_answers_of_a_megabyte_are_marked_at_once(kind):
    large = {str(number): {"choice": "<script>" * 9} for number in range(9000)}
    for at, key in tasks()[kind]:
        good = kind_of(at).model(at, key.tasks[at.task.id])
        for value in (large, {"parts": large}, {**good, **dict.fromkeys(good, large)}):
            marked(at, key, value)
        many = ["s1", "<script>", None, 1] * 50_000
        marked(at, key, dict.fromkeys((*good, "marked", "order", "parts"), many))
