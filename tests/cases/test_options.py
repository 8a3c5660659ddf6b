from __future__ import annotations

from pathlib import Path

import pytest

from caselens.cases import load_bank
from caselens.cases.lint import lint_bank
from tests.samples import CASE, KEY, changed, line_of, write_bank

RIGHT = "Is there anybody at home who frightens you?"


def lint(folder: Path, case: str = CASE, key: str = KEY) -> list[tuple[str, int, str]]:
    files = {"practice/cases/c901.yaml": case, "practice/keys/c901.yaml": key}
    found = lint_bank(load_bank(write_bank(folder, files)))
    assert {Path(one.file).parent.name for one in found} <= {"cases"}
    return [(one.severity, one.line, one.what) for one in found]


def test_a_right_question_that_is_much_the_longest_is_looked_at(tmp_path):
    case = changed(CASE, RIGHT, RIGHT + " Or who did?")
    assert lint(tmp_path, case) == [
        (
            "look",
            line_of(CASE, "    questions:"),
            "The right option is much the longest.",
        )
    ]


def test_a_right_question_that_is_little_longer_is_left_alone(tmp_path):
    assert lint(tmp_path, changed(CASE, RIGHT, RIGHT[:-1])) == []


def moves(firsts: list[str], texts: list[str]) -> tuple[str, str]:
    """Return a case and key with moves whose right options are these."""
    case, key = CASE, KEY
    written, keyed = "    moves:\n", ""
    for number, answer in enumerate(firsts, start=1):
        written += f"      - id: m{number}\n        ask: decides\n        options:\n"
        for one, text in enumerate(texts, start=1):
            written += f'          - {{id: o{one}, text: "{text}"}}\n'
        keyed += f'      m{number}: {{answer: {answer}, why: "So."}}\n'
    case = changed(case, "  - id: c901-write\n", written + "  - id: c901-write\n")
    return case, changed(key, "  c901-write:\n", keyed + "  c901-write:\n")


def test_right_options_that_all_come_first_are_looked_at(tmp_path):
    texts = ["One.", "Two..", "Three.", "Four."]
    found = lint(tmp_path, *moves(["o1", "o1"], texts))
    assert [(one[0], one[2]) for one in found] == [
        ("look", "Every right option of c901-lens comes first.")
    ]
    assert lint(tmp_path, *moves(["o1", "o2"], texts)) == []


def test_right_options_that_are_all_the_longest_are_looked_at(tmp_path):
    texts = ["One.", "Two.", "The third.", "Four."]
    found = lint(tmp_path, *moves(["o3", "o3"], texts))
    assert [(one[0], one[2]) for one in found] == [
        ("look", "Every right option of c901-lens is the longest.")
    ]
    assert lint(tmp_path, *moves(["o3", "o2"], texts)) == []


def test_labels_that_fit_and_all_come_first_are_looked_at(tmp_path):
    task = (
        "  - id: c901-pick\n    kind: pick\n    stage: 1\n    labels: distortions\n"
        "    several: true\n    options: [{}]\n"
    )
    parts = "  c901-pick:\n    parts:\n" + "".join(
        f'      {one}: {{answer: "{answer}", group: middle, why: "So."}}\n'
        for one, answer in (("aa", "fits"), ("bb", "fits"), ("cc", "no"), ("dd", "no"))
    )
    key = changed(KEY, "  c901-write:\n", parts + "  c901-write:\n")

    def found(order: str) -> list[str]:
        case = changed(
            CASE, "  - id: c901-write\n", task.format(order) + "  - id: c901-write\n"
        )
        return [what for _, _, what in lint(tmp_path, case, key)]

    assert found("aa, bb, cc, dd") == [
        "Every label that fits in c901-pick comes first."
    ]
    assert found("aa, cc, bb, dd") == []


SPOKEN = '\\"Nobody would miss me if I simply stayed away, I thought.\\"'


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Nobody would miss me if I stayed in.", 1),
        ("nobody would miss me, if I did", 1),
        ("Nobody would miss me if she went.", 0),
    ],
)
def test_a_statement_in_the_clients_words_is_looked_at(tmp_path, text, number):
    case = changed(CASE, "They have found it, I thought.", SPOKEN[2:-2])
    case = changed(case, "They have found the mistake.", text)
    found = lint(tmp_path, case)
    assert len(found) == number
    assert all(one[:2] == ("look", line_of(case, text)) for one in found)


def test_words_outside_a_quotation_may_be_repeated(tmp_path):
    told = "She let the phone ring and went for a walk."
    assert lint(tmp_path, changed(CASE, "The phone rings at work.", told)) == []


def full_case() -> str:
    """Return the case in two stages, which makes it a full one."""
    return changed(
        CASE,
        "      - {id: s5,",
        "  - title: Later\n    sentences:\n      - {id: s5,",
    )


def sided(folder: Path, case: str) -> list[str]:
    files = {"practice/cases/c901.yaml": case, "practice/keys/c901.yaml": KEY}
    found = lint_bank(load_bank(write_bank(folder, files)))
    return [one.what for one in found if "alone" in one.what]


def test_a_full_case_through_one_lens_is_a_fault(tmp_path):
    assert sided(tmp_path, full_case()) == ["The case is placed through CBT alone."]
    assert sided(tmp_path, CASE) == []


def test_one_of_a_pair_may_ask_for_one_lens(tmp_path):
    case = changed(full_case(), "stages:", "pair_of: c902\nstages:")
    assert sided(tmp_path, case) == []


def test_a_class_of_lens_statements_that_is_missing_is_a_fault(tmp_path):
    key = changed(KEY, "a3: {answer: both,", "a3: {answer: cbt,")
    assert lint(tmp_path, key=key) == [
        ("fault", line_of(CASE, "tasks:"), "0 of 4 lens statements are 'Both'.")
    ]


def test_a_class_with_more_than_half_of_the_lens_statements_is_a_fault(tmp_path):
    key = changed(KEY, "a3: {answer: both,", "a3: {answer: cbt,")
    key = changed(key, "a4: {answer: neither,", "a4: {answer: cbt,")
    found = [what for _, _, what in lint(tmp_path, key=key)]
    assert "3 of 4 lens statements are 'CBT'." in found
