from __future__ import annotations

from pathlib import Path

import pytest

from caselens.cases import load_bank
from caselens.cases.lint import lint_bank
from caselens.tasks.check import check_bank
from tests.samples import CASE, KEY, changed, line_of, write_bank

CASE_FILE = "practice/cases/c901.yaml"
KEY_FILE = "practice/keys/c901.yaml"


def lint(folder: Path, **files: str) -> list[tuple[str, int, str, str]]:
    """Return (kind of file, line, fault, repair) of a bank of one changed pair."""
    texts = {CASE_FILE: files.get("case", CASE), KEY_FILE: files.get("key", KEY)}
    found = lint_bank(load_bank(write_bank(folder, texts)))
    return [(Path(p.file).parent.name, p.line, p.what, p.repair) for p in found]


def test_the_sample_bank_passes(tmp_path):
    assert lint(tmp_path) == []


def test_a_sentence_id_that_stands_twice_is_named_on_its_line(tmp_path):
    case = changed(CASE, "id: s4,", "id: s3,")
    [(_, line, what, repair)] = [
        one for one in lint(tmp_path, case=case) if one[0] == "cases"
    ]
    assert line == line_of(case, "third_party")
    assert "'s3' is out of order or stands twice" in what
    assert repair.endswith("this one is s4.")


def test_sentences_out_of_order_are_named(tmp_path):
    case = CASE.replace("id: s7,", "id: s9,")
    assert ("cases", line_of(CASE, "id: s7")) in {
        one[:2] for one in lint(tmp_path, case=case)
    }


def test_sentences_are_numbered_through_all_stages(tmp_path):
    case = changed(
        CASE,
        '      - {id: s8, kind: observed, text: "Her hands shook as she told it."}\n',
        "  - title: Later\n    sentences:\n"
        '      - {id: s1, kind: observed, text: "Her hands shook as she told it."}\n',
    )
    found = lint(tmp_path, case=case)
    assert any(line_of(case, "shook") == one[1] and "s8" in one[3] for one in found)


def test_a_task_id_that_stands_twice_is_named_on_its_second_line(tmp_path):
    case = changed(
        CASE, "- id: c901-goals\n    kind: goals", "- id: c901-safety\n    kind: safety"
    )
    found = lint(tmp_path, case=case)
    twice = [one for one in found if "stands twice" in one[2]]
    assert [one[:3] for one in twice] == [
        (
            "cases",
            line_of(case, "id: c901-evidence") - 3,
            "The task id 'c901-safety' stands twice.",
        )
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [('{id: a3, text: "Dread', '{id: a2, text: "Dread'), ("{id: q4,", "{id: q1,")],
)
def test_a_statement_or_question_id_that_stands_twice_is_named_on_its_second_line(
    tmp_path, old, new
):
    case = changed(CASE, old, new)
    found = [one for one in lint(tmp_path, case=case) if "stands twice" in one[2]]
    assert [one[1] for one in found] == [line_of(CASE, old)]
    assert found[0][3] == "Give each its own."


def test_every_case_asks_for_safety(tmp_path):
    start, end = CASE.index("  - id: c901-safety"), CASE.index("  - id: c901-goals")
    case = CASE[:start] + CASE[end:]
    found = lint(tmp_path, case=case)
    assert ("cases", line_of(case, "tasks:")) in {
        one[:2] for one in found if one[2] == "The case has no safety task."
    }


def test_a_task_id_names_its_case_and_kind(tmp_path):
    case = changed(CASE, "id: c901-goals", "id: c901-slots-2")
    found = lint(tmp_path, case=case)
    assert (
        "cases",
        line_of(case, "c901-slots-2"),
        "The task id 'c901-slots-2' does not name its case and kind.",
        "Call it c901-goals.",
    ) in found


def test_a_task_of_another_case_is_named(tmp_path):
    case = changed(CASE, "id: c901-goals", "id: c902-goals")
    assert any(
        "'c902-goals' does not name" in one[2] for one in lint(tmp_path, case=case)
    )


def test_a_task_opens_at_a_stage_that_the_case_has(tmp_path):
    case = changed(
        CASE, "    kind: goals\n    stage: 1", "    kind: goals\n    stage: 2"
    )
    assert lint(tmp_path, case=case) == [
        ("cases", line_of(case, "stage: 2"), "The case has no stage 2.", "Use 1 to 1.")
    ]


def test_a_short_case_has_five_to_eight_sentences(tmp_path):
    extra = '      - {id: s9, kind: history, text: "One more."}\ntasks:\n'
    case = changed(CASE, "tasks:\n", extra)
    [(_, line, what, _)] = lint(tmp_path, case=case)
    assert line == line_of(case, "stages:")
    assert what == "A short case has 5 to 8 sentences; this has 9."


def test_a_full_case_has_three_stages(tmp_path):
    case = changed(
        CASE, "      - {id: s5,", "  - title: Later\n    sentences:\n      - {id: s5,"
    )
    found = [one[2] for one in lint(tmp_path, case=case)]
    assert any("this has 8 in 2" in one for one in found)
    assert "The model formulations are missing." in found


def test_a_case_without_a_key_is_a_fault(tmp_path):
    folder = write_bank(tmp_path)
    (folder / KEY_FILE).unlink()
    found = lint_bank(load_bank(folder))
    assert [one.what for one in found] == ["This case has no key."]
    assert "keys/c901.yaml" in found[0].repair


def test_a_key_for_another_case_is_a_fault(tmp_path):
    key = changed(KEY, "case: c901", "case: c902")
    assert lint(tmp_path, key=key) == [
        ("keys", 1, "The key is for 'c902', the file for c901.", "Write case: c901.")
    ]


def test_an_unknown_error_is_named_with_those_there_are(tmp_path):
    key = changed(KEY, "errors: [jargon]", "errors:\n  - jargon\n  - jargoon")
    key = changed(key, "error: jargon}", "error: jargn}")
    found = lint(tmp_path, key=key)
    assert [one[1] for one in found] == [
        line_of(key, "jargoon"),
        line_of(key, "error: jargn"),
    ]
    assert all("jargon" in one[3] for one in found)


def test_a_task_without_a_key_is_named(tmp_path):
    start, end = KEY.index("  c901-lens"), KEY.index("  c901-write")
    key = KEY[:start] + KEY[end:]
    assert lint(tmp_path, key=key) == [
        ("keys", line_of(key, "tasks:"), "The task c901-lens has no key.", "Add it.")
    ]


def test_a_key_of_no_task_is_named_on_its_line(tmp_path):
    key = changed(KEY, "  c901-write:", "  c901-write-2:")
    found = lint(tmp_path, key=key)
    assert (
        "keys",
        line_of(key, "c901-write-2"),
        "The case has no task 'c901-write-2'.",
        "Correct or remove it.",
    ) in found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("core: [s3, s7]", "core:\n          - s3\n          - s77"),
        ("    supporting: [s8]\n", "    supporting: [s77]\n"),
        (
            'against: {s1: "A door.",',
            'against: {s77: "No.", s1: "A door.",',
        ),
        ("irrelevant: {s1:", "irrelevant: {s77: Why, s1:"),
    ],
)
def test_an_unknown_sentence_in_a_key_is_named_on_its_line(tmp_path, old, new):
    key = changed(KEY, old, new)
    [(file, line, what, repair)] = lint(tmp_path, key=key)
    assert (file, line) == ("keys", line_of(key, "s77"))
    assert what == "The case has no sentence 's77'."
    assert repair == "Use s1 to s8."


def test_all_unknown_sentences_are_named_at_once(tmp_path):
    key = KEY.replace("core: [s2]", "core: [s22]").replace("core: [s3]", "core: [s33]")
    assert len(lint(tmp_path, key=key)) == 4


def test_a_sentence_that_supports_and_is_listed_as_wrong_is_named(tmp_path):
    key = changed(KEY, 's4: "Her sister', 's3: "Her sister')
    [(_, line, what, _)] = lint(tmp_path, key=key)
    assert line == line_of(key, "      claim:")
    assert what == "s3 supports this part and is listed as wrong for it."


def test_the_tasks_irrelevant_sentences_conflict_with_every_part(tmp_path):
    key = changed(KEY, "answer: asked, core: [s2]", "answer: asked, core: [s1]")
    assert [one[2] for one in lint(tmp_path, key=key)] == [
        "s1 supports this part and is listed as wrong for it."
    ]


def test_a_sentence_that_is_core_and_supporting_is_named(tmp_path):
    key = changed(KEY, "core: [s3, s7]", "core: [s3, s7, s8]")
    assert [one[2] for one in lint(tmp_path, key=key)] == [
        "s8 is both core and supporting."
    ]


def test_model_formulations_have_120_to_200_words(tmp_path):
    stage = "  - title: Later\n    sentences:\n      - {id: s5,"
    case = changed(CASE, "      - {id: s5,", stage)
    body = " ".join(["Perhaps."] * 120)
    key = changed(
        KEY,
        "supervisors:",
        f"formulations:\n  cbt: {body}\n  dynamic: {body} x\n  bridge: maybe\n"
        "supervisors:",
    )
    found = [
        one
        for one in lint(tmp_path, case=case, key=key)
        if one[0] == "keys" and "not open yet" not in one[2]
    ]
    assert found == [
        (
            "keys",
            line_of(key, "  bridge: maybe"),
            "The bridge formulation has 1 words.",
            "Write 120 to 200.",
        )
    ]


def pair(field: str = "pair_of", **more: str) -> dict[str, str]:
    """Return the files of two cases that name each other."""
    changes = "changed:\n  - s1: the colour\nstages:"
    first = changed(CASE, "stages:", f"{field}: c902\n{changes}")
    second = changed(CASE, "stages:", f"{field}: c901\n{changes}")
    return {
        CASE_FILE: more.get("first", first),
        KEY_FILE: KEY,
        "practice/cases/c902.yaml": second.replace("id: c901", "id: c902"),
        "practice/keys/c902.yaml": KEY.replace("c901", "c902"),
    }


@pytest.mark.parametrize("field", ["pair_of", "twin_of"])
def test_a_pair_that_names_each_other_passes(tmp_path, field):
    files = pair(field)
    assert check_bank(write_bank(tmp_path, files)) == (2, [])


def test_a_pair_names_a_case_of_the_bank(tmp_path):
    files = pair()
    files[CASE_FILE] = changed(files[CASE_FILE], "pair_of: c902", "pair_of: c999")
    found = lint_bank(load_bank(write_bank(tmp_path, files)))
    assert (line_of(files[CASE_FILE], "pair_of"), "No case 'c999' is in the bank.") in [
        (one.line, one.what) for one in found
    ]


def test_a_pair_is_named_in_turn(tmp_path):
    files = pair() | {"practice/cases/c902.yaml": CASE.replace("c901", "c902")}
    [found] = lint_bank(load_bank(write_bank(tmp_path, files)))
    assert found.line == line_of(files[CASE_FILE], "pair_of")
    assert found.what == "c902 does not name c901 in turn, on the same side."
    assert "pair_of: c901" in found.repair


def test_a_pair_stays_on_one_side(tmp_path):
    files = {
        name.replace("practice", "graded") if "c902" in name else name: text
        for name, text in pair().items()
    }
    found = lint_bank(load_bank(write_bank(tmp_path, files)))
    assert len(found) == 2
    assert all("on the same side" in one.what for one in found)


def test_a_pair_says_what_was_changed(tmp_path):
    files = pair()
    files[CASE_FILE] = changed(files[CASE_FILE], "changed:\n  - s1: the colour\n", "")
    [found] = lint_bank(load_bank(write_bank(tmp_path, files)))
    assert found.what == "What was changed is not listed."
    assert found.line == line_of(files[CASE_FILE], "pair_of")


def test_a_kind_that_is_not_known_is_named_with_those_there_are(tmp_path):
    case = changed(CASE, "kind: goals", "kind: goalz").replace(
        "c901-goals", "c901-goalz"
    )
    key = KEY.replace("c901-goals", "c901-goalz")
    _, found = check_bank(write_bank(tmp_path, {CASE_FILE: case, KEY_FILE: key}))
    assert [(one.line, one.what) for one in found] == [
        (line_of(case, "kind: goalz"), "'goalz' is no kind of task.")
    ]
    assert "goals" in found[0].repair


def test_a_sentence_of_a_later_stage_is_a_fault_in_an_earlier_task(tmp_path):
    stage = "  - title: Later\n    sentences:\n      - {id: s5,"
    case = changed(CASE, "      - {id: s5,", stage)
    found = [one for one in lint(tmp_path, case=case) if "not open yet" in one[2]]
    assert ("keys", line_of(KEY, "core: [s5]"), "s5 is not open yet at stage 1.") in [
        one[:3] for one in found
    ]


def test_a_first_text_is_asked_in_the_case_and_modelled_in_the_key(tmp_path):
    case = changed(
        CASE, "    lens: cbt\n", "    lens: cbt\n    first: What keeps it?\n"
    )
    assert [one[2] for one in lint(tmp_path, case=case)] == [
        "The task begins with writing, and the key has no text for it."
    ]
    key = changed(KEY, "  c901-slots:\n", "  c901-slots:\n    first: It may be so.\n")
    assert [one[2] for one in lint(tmp_path, key=key)] == [
        "The task does not begin with writing."
    ]
    assert lint(tmp_path, case=case, key=key) == []


def test_both_lenses_in_one_case_need_the_comparison(tmp_path):
    more = (
        "  - id: c901-slots-2\n    kind: slots\n    stage: 1\n    lens: dynamic\n"
        "    statements: [{id: d1, text: She hopes.}]\n"
    )
    case = changed(CASE, "  - id: c901-lens\n", f"{more}  - id: c901-lens\n")
    assert "The comparison of the lenses is missing." in [
        one[2] for one in lint(tmp_path, case=case)
    ]


def test_a_hypothesis_that_stands_twice_is_a_fault(tmp_path):
    two = "hypotheses:\n  - {id: h1, text: A.}\n  - {id: h1, text: B.}\nstages:\n"
    case = changed(CASE, "stages:\n", two)
    assert [one[2] for one in lint(tmp_path, case=case)] == [
        "The hypothesis 'h1' stands twice."
    ]


def test_a_sentence_without_its_kind_is_a_fault(tmp_path):
    case = changed(CASE, "{id: s4, kind: third_party,", "{id: s4, kind: null,")
    assert [one[2] for one in lint(tmp_path, case=case)] == [
        "The kind of s4 is missing."
    ]
