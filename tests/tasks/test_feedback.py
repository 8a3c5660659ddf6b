import json

import pytest

from caselens.cases import Key
from caselens.tasks import feedback, kind_of, score
from caselens.tasks.feedback import summary
from tests.tasks.samples import (
    ALL_KINDS,
    KEYS,
    key_of,
    model_of,
    sample,
    scored,
    setting_of,
)


def key_file(kind, **fields):
    tasks = {f"x001-{kind}": KEYS[kind]}
    return Key.model_validate(
        {"case": "x001", "status": "provisional", "tasks": tasks, **fields}
    )


def explained(kind, value, **fields):
    setting, _ = sample(kind)
    found = scored(kind, value)
    return feedback(kind_of(setting), setting, key_file(kind, **fields), found)


def part_of(kind, name, value):
    return next(one for one in explained(kind, value)["parts"] if one["part"] == name)


@pytest.mark.parametrize("kind", ALL_KINDS)
@pytest.mark.parametrize("given", ["model", "nothing", "garbage"])
def test_every_feedback_is_plain_json_with_the_documented_fields(kind, given):
    value = {"model": model_of(kind), "nothing": None, "garbage": {"parts": 7}}[given]
    found = json.loads(json.dumps(explained(kind, value)))
    fields = {"task", "points", "maximum", "summary", "complete", "parts", "model"}
    assert fields | {"supervisors", "agenda", "problems", "first", "anchors"} == set(
        found
    )
    inner = {"part", "label", "verdict", "yours", "keyed", "sentences", "why", "error"}
    for one in found["parts"]:
        more = {"scored", "also", "choice", "answer", "breaks"}
        assert inner | more == set(one)
        assert set(one["sentences"]) == {"good", "missed", "wrong"}


def test_the_summary_counts_parts_by_verdict():
    value = {"parts": {"l1": {"choice": "cbt"}, "l4": {"choice": "both"}}}
    assert summary(scored("lens", value)) == (
        "0.0 of 10 points, corrected for guessing: 1 right, 1 without support, "
        "5 not answered. Explained beside it, not scored: 1 not answered."
    )


def test_a_safety_cue_that_was_passed_over_is_told_beside_the_summary():
    assert not scored("safety", None).complete
    assert scored("safety", model_of("safety")).complete


def test_the_summary_of_written_work_names_no_points():
    assert summary(scored("write", None)) == (
        "No machine marks writing: a person reads it beside the rubric, or you do."
    )


def test_the_summary_of_what_carries_no_points_promises_none():
    setting = setting_of("write", points=0)
    assert summary(score(setting, key_of("write"), None)) == (
        "This text is for you, and is not marked."
    )
    setting = setting_of("lens", points=0)
    assert summary(score(setting, key_of("lens"), None)) == (
        "Explained, not scored: 8 not answered."
    )


def test_a_part_shows_what_was_given_and_what_is_keyed_in_words():
    value = {"parts": {"distress": {"choice": "asked", "evidence": ["s4", "s8"]}}}
    found = part_of("goals", "distress", value)
    assert found["label"] == "Goal distress"
    assert found["yours"] == found["also"] == "Answer asked"
    assert found["keyed"] == "Answer proposed"
    assert found["sentences"] == {
        "good": ["s4"],
        "missed": ["s5"],
        "wrong": [{"id": "s8", "why": "of another day"}],
    }


def test_a_named_error_is_given_in_full():
    found = part_of("goals", "coping", {"parts": {"coping": {"choice": "asked"}}})
    assert found["error"] == {"name": "jargon as reason", "text": "Say it."}
    assert part_of("goals", "coping", None)["error"] is None


def test_a_part_that_earns_nothing_says_so():
    found = explained("lens", None)["parts"]
    assert [one["scored"] for one in found] == [True] * 7 + [False]


def test_the_agenda_is_given_in_words():
    assert explained("goals", None)["agenda"] == {
        "best": ["Goal clarity", "Goal distress"],
        "why": "She came for them.",
    }
    assert explained("lens", None)["agenda"] is None


def test_the_model_text_is_given_for_written_work_only():
    assert explained("write", None)["model"] == {
        "text": "She goes.\nWhy (s1)?",
        "look_for": ["A sentence"],
    }
    assert explained("lens", None)["model"] is None


def test_both_supervisors_speak_where_the_key_has_them():
    voices = {"cbt": "Test it.", "dynamic": "Stay with it."}
    assert explained("lens", None, supervisors=voices)["supervisors"] == voices
    assert explained("lens", None)["supervisors"] is None


def test_problems_of_the_answer_are_passed_on():
    assert explained("lens", {"parts": 7})["problems"] == [
        "The answers of this task could not be read."
    ]
