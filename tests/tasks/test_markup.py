import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselens.cases import Key
from caselens.tasks import feedback, kind_of, score
from caselens.tasks.markup import (
    feedback_html,
    feedback_text,
    plain,
    referred,
    text_html,
)
from tests.tasks.samples import ALL_KINDS, KEYS, PROPERTY, key_of, model_of, setting_of

NASTY = "<script>alert('x')</script> \"q\" & <b>"
INSIDE = re.compile(r"<pre class='[a-z0-9_ -]+' style='[a-z: ;-]+'>(.*)</pre>", re.S)
anything = st.text(st.characters(exclude_categories=[]))


def inside(text):
    found = INSIDE.fullmatch(text_html(text))
    assert found is not None
    return found[1]


@PROPERTY
@given(anything)
def test_text_is_shown_with_safe_characters_only(text):
    bare = re.sub(r"&#[0-9]+;", "", inside(text))
    assert all(one.isalnum() or one == " " for one in bare)


@PROPERTY
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"])))
def test_a_browser_shows_the_text_as_it_was_typed(text):
    assert unescape(inside(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "</pre><img src=x onerror=alert(1)>",
        'it\'s "quoted"',
        "$x^2$ and \\(y\\) and $$z$$",
        "# heading\n\n* item\n1. one\n\n    code",
        "`code` **bold** _em_ [a](b) ![c](d) | x | ~~z~~",
        "{{ jinja }} {% raw %} {# note #}",
        "&lt;b&gt; &amp;",
        "\x00\ud800\u202e\u2028",
    ],
)
def test_no_markup_of_any_kind_survives_in_a_text(text):
    assert not set(inside(text)) & set("<>'\"$\\*_`[]()|~{}%!=/^.\n\r\x00\ud800\u202e")


def test_a_text_is_one_line_so_that_no_blank_line_ends_the_block():
    assert "\n" not in text_html("one\n\ntwo\r\n\u2028three")


def html_of(kind, value=None, **fields):
    key = {**KEYS[kind], **fields}
    file = Key.model_validate(
        {
            "case": "x001",
            "status": "provisional",
            "supervisors": {"cbt": NASTY, "dynamic": NASTY},
            "tasks": {f"x001-{kind}": key},
        }
    )
    setting = setting_of(kind)
    found = score(setting, file.tasks[f"x001-{kind}"], value)
    return feedback_html(feedback(kind_of(setting), setting, file, found))


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_what_an_author_wrote_is_escaped_everywhere(kind):
    fields = key_of(kind).model_dump(mode="json")
    for one in fields["parts"].values():
        one["why"] = NASTY
        one["breaks"] = NASTY
        one["against"] = dict.fromkeys(one["against"], NASTY)
    fields["agenda"] = fields["agenda"] and {**fields["agenda"], "why": NASTY}
    fields |= {"model": NASTY, "look_for": [NASTY], "irrelevant": {"s7": NASTY}}
    everything = [f"s{one}" for one in range(1, 9)]
    value = model_of(kind) | {"marked": everything}
    for one in value.get("parts", {}).values():
        one["evidence"] = everything
    found = html_of(kind, value, **fields)
    assert "<script" not in found
    assert "<b>" not in found
    assert '"q"' not in found
    assert "&lt;script&gt;" in found


def test_a_right_arrow_says_what_would_break_it():
    assert "What would break it: If she stayed." in html_of("link", model_of("link"))


def test_problems_and_labels_are_escaped_too():
    found = feedback_html(
        {
            "summary": NASTY,
            "problems": [NASTY],
            "parts": [
                {
                    "label": NASTY,
                    "verdict": "right",
                    "yours": NASTY,
                    "keyed": NASTY,
                    "also": NASTY,
                    "sentences": {"good": [], "missed": [], "wrong": []},
                    "why": "",
                    "error": {"name": NASTY, "text": NASTY},
                    "scored": True,
                }
            ],
        }
    )
    assert "<script" not in found
    assert found.count("&lt;script&gt;") == 8


def test_headings_have_the_level_that_was_asked_for():
    found = {"summary": "", "problems": [], "parts": []}
    model = {"text": "One.\n\nTwo.", "look_for": []}
    html = feedback_html(found | {"model": model}, level=5)
    assert "<h5>One good answer</h5><p>One.</p><p>Two.</p>" in html


def test_sentences_stand_under_the_part_that_they_belong_to():
    value = {"parts": {"clarity": {"choice": "asked", "evidence": ["s1", "s8"]}}}
    found = html_of("goals", value)
    assert "Well marked: sentence 1. " in found
    assert "Does not count: sentence 8 (of another day)." in found
    assert "Not marked: sentences 4, 5." in found


def test_a_part_that_earns_nothing_is_said_to_be_explained_only():
    assert html_of("lens").count("Explained, not scored.") == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see s14", "see sentence 14"),
        ("(s1, s2)", "(sentences 1, 2)"),
        ("words1 is4 S3 s", "words1 is4 S3 s"),
    ],
)
def test_sentence_ids_are_written_out(text, expected):
    assert plain(text) == expected


def test_sentence_numbers_lead_to_their_sentence_and_all_else_is_escaped():
    one = '<a href="#c003-s14">14</a>'
    two = '<a href="#c003-s15">15</a>'
    assert referred("see s14", "c003") == f"see sentence {one}"
    assert referred("(s14 to s15)", "c003") == f"(sentences {one} to {two})"
    assert referred("<b> & s14", "c003") == f"&lt;b&gt; &amp; sentence {one}"


def test_the_text_form_has_a_line_for_each_part():
    setting, key = setting_of("evidence"), KEYS["evidence"]
    file = Key.model_validate(
        {"case": "x001", "status": "panel", "tasks": {"x001-evidence": key}}
    )
    found = score(setting, file.tasks["x001-evidence"], {"marked": ["s1", "s2"]})
    text = feedback_text(feedback(kind_of(setting), setting, file, found))
    assert text.split("\n") == [
        "8.0 of 10 points, corrected for guessing: 1 right.",
        "She goes when it is quiet.: right (key: -)",
    ]
