import pytest
from hypothesis import given

from caselens.tasks import kind_of
from caselens.tasks.kind import MAX_TEXT
from tests.tasks.samples import (
    PROPERTY,
    faults,
    key_of,
    model_of,
    scored,
    setting_of,
    texts,
)


def cleaned(text):
    setting = setting_of("write")
    return kind_of(setting).clean(setting, {"text": text})


@PROPERTY
@given(texts)
def test_a_text_is_kept_as_typed_and_never_marked_by_the_machine(text):
    kept = text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    assert cleaned(text).value["text"] == kept
    found = scored("write", {"text": text})
    assert (found.points, found.corrected, found.by_hand) == (0.0, 0.0, True)
    assert found.maximum == 10


def test_even_the_model_text_earns_nothing_from_the_machine():
    assert model_of("write") == {"text": "She goes.\nWhy (s1)?"}
    assert scored("write", model_of("write")).points == 0


@pytest.mark.parametrize("value", [7, ["text"], {"a": "b"}, True])
def test_what_is_no_text_is_left_out_with_a_note(value):
    assert cleaned(value).value == {"text": ""}
    assert cleaned(value).problems == ["The text is not text and was left out."]


def test_a_text_that_is_too_long_is_cut_with_a_note():
    found = cleaned("x" * (MAX_TEXT + 1))
    assert len(found.value["text"]) == MAX_TEXT
    assert found.problems


@pytest.mark.parametrize(
    ("text", "blanks"), [("", ["Your text"]), (" \n", ["Your text"]), ("She.", [])]
)
def test_blank_text_is_named(text, blanks):
    setting = setting_of("write")
    assert kind_of(setting).blanks(setting, {"text": text}) == blanks


def test_the_page_is_given_the_length_and_the_rubric():
    setting = setting_of("write")
    view = kind_of(setting).view(setting)
    assert view["words"] == [20, 40]
    assert view["rubric"]["criteria"][0]["levels"][1]["points"] == 2
    assert view["by_hand"]


def test_an_unknown_rubric_is_a_fault():
    setting = setting_of("write", rubric="unknown")
    assert faults(setting, key_of("write")) == ["No rubric is called 'unknown'."]


def test_a_text_that_is_never_marked_has_no_rubric():
    setting = setting_of("write", rubric=None)
    assert faults(setting, key_of("write")) == []
    assert kind_of(setting).view(setting)["rubric"] is None


@pytest.mark.parametrize("named", ["x001-write-9", "x001-write", "x001-lens"])
def test_only_a_written_task_of_an_earlier_stage_is_written_anew(named):
    setting = setting_of("write", rewrites=named)
    assert faults(setting, key_of("write")) == [
        f"{named!r} is no written task of an earlier stage."
    ]


def anchor(name, level, lens, **ratings):
    text = {"text": "She may go.", "why": "Because."}
    ratings = {"plain": 2} | ratings
    return {"id": name, "level": level, "lens": lens, "ratings": ratings, **text}


ANCHORS = [
    anchor("x1", "poor", "cbt", plain=0),
    anchor("x2", "adequate", "dynamic"),
    anchor("x3", "excellent", "cbt"),
]


def anchored(*anchors):
    return faults(setting_of("write"), key_of("write", anchors=anchors))


def test_three_anchors_of_both_lenses_have_no_fault_and_are_shown_in_words():
    assert anchored(*ANCHORS) == []
    key = key_of("write", anchors=ANCHORS)
    assert [one.level for one in key.anchors] == ["poor", "adequate", "excellent"]


@pytest.mark.parametrize(
    ("anchors", "what"),
    [
        (ANCHORS[:2], "Anchors are three: one poor, one adequate, one excellent."),
        (
            [*ANCHORS[:1], anchor("x2", "adequate", "cbt"), ANCHORS[2]],
            "All anchors are from one lens.",
        ),
        (
            [*ANCHORS[:2], anchor("x3", "excellent", "cbt", plain=1)],
            "plain has no level 1.",
        ),
        (
            [*ANCHORS[:2], anchor("x3", "excellent", "cbt", other=1)],
            "x3 is not rated on every criterion, and on no other.",
        ),
    ],
)
def test_anchors_that_cannot_be_rated_by_are_faults(anchors, what):
    assert anchored(*anchors) == [what]


def test_a_missing_prompt_is_a_fault():
    setting = setting_of("write", prompt=None)
    assert faults(setting, key_of("write")) == ["The prompt is missing."]


def test_a_missing_model_text_is_a_fault():
    key = key_of("write", model=None)
    assert faults(setting_of("write"), key) == ["The model text is missing."]
