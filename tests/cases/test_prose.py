from __future__ import annotations

from pathlib import Path

import pytest

from caselens.cases import load_bank
from caselens.cases.lint import lint_bank
from caselens.cases.prose import lint_course
from caselens.cases.source import looks
from tests.samples import CASE, DATASETS, KEY, ROOT, changed, line_of, write_bank

CASE_FILE = "practice/cases/c901.yaml"
KEY_FILE = "practice/keys/c901.yaml"
SENTENCE = "She looks down when the phone rings."


def lint(folder: Path, **files: str) -> list[tuple[str, str, int, str]]:
    """Return (severity, kind of file, line, what) of a bank of one changed pair."""
    texts = {CASE_FILE: files.get("case", CASE), KEY_FILE: files.get("key", KEY)}
    found = lint_bank(load_bank(write_bank(folder, texts)))
    assert all(one.repair.endswith(".") for one in found)
    return [(p.severity, Path(p.file).parent.name, p.line, p.what) for p in found]


def of_sentence(folder: Path, text: str, kind: str = "observed") -> list:
    """Return what is found in a bank whose third sentence is `text`."""
    case = changed(
        CASE, f'kind: observed, text: "{SENTENCE}"', f"kind: {kind}, text: X"
    )
    written = case.replace("text: X", f"text: '{text}'")
    assert line_of(written, text) == line_of(CASE, SENTENCE)
    found = lint(folder, case=written)
    assert all(one[1:3] == ("cases", line_of(CASE, SENTENCE)) for one in found)
    return [(severity, what) for severity, _, _, what in found]


@pytest.mark.parametrize(
    ("words", "severity"), [(28, None), (29, "look"), (40, "look"), (41, "fault")]
)
def test_a_long_sentence_is_looked_at_and_a_longer_one_refused(
    tmp_path, words, severity
):
    found = of_sentence(tmp_path, " ".join(["word"] * (words - 1)) + " end.")
    assert found == ([(severity, f"s3 has {words} words.")] if severity else [])


def test_two_sentences_in_one_are_looked_at(tmp_path):
    found = of_sentence(tmp_path, "She looks down. Her hands shake.")
    assert found == [("look", "s3 is more than one sentence.")]


def test_a_quotation_may_hold_as_many_as_were_spoken(tmp_path):
    assert of_sentence(tmp_path, '"No. I went home. Then I slept."') == []


def test_theory_in_a_vignette_is_a_fault(tmp_path):
    [(severity, what)] = of_sentence(tmp_path, "Her low self-esteem keeps her in.")
    assert severity == "fault"
    assert "'low self-esteem'" in what


@pytest.mark.parametrize("kind", ["others_inference", "client_words"])
def test_theory_that_somebody_says_is_no_fault(tmp_path, kind):
    assert of_sentence(tmp_path, "Her low self-esteem keeps her in.", kind) == []


@pytest.mark.parametrize("kind", ["third_party", "history", "observed"])
def test_theory_is_a_fault_however_else_it_is_tagged(tmp_path, kind):
    assert of_sentence(tmp_path, "She is narcissistic, it is said.", kind) != []


@pytest.mark.parametrize("context", ['""', "A baker in town"])
def test_a_client_without_context_is_a_fault(tmp_path, context):
    case = changed(CASE, "context: A baker who lives with her sister", "context: X")
    case = case.replace("context: X", f"context: {context}")
    [(severity, _, line, what)] = lint(tmp_path, case=case)
    assert (severity, line) == ("fault", line_of(case, "    context:"))
    assert "Ines" in what


def test_a_telephone_number_is_a_fault_anywhere_in_a_case_or_key(tmp_path):
    case = changed(CASE, "six sessions offered", "ring 0161 496 0000")
    [(severity, kind, line, what)] = lint(tmp_path, case=case)
    assert (severity, kind, line) == ("fault", "cases", line_of(case, "setting:"))
    assert "0161 496 0000" in what
    key = changed(KEY, "She was asked and said no.", "See a.b@c.example.org first.")
    [(severity, kind, line, _)] = lint(tmp_path, key=key)
    assert (severity, kind, line) == ("fault", "keys", line_of(key, "a.b@c"))


def test_a_name_with_a_place_and_a_date_is_looked_at(tmp_path):
    found = of_sentence(tmp_path, "On 3 March Ines Vidal came to Leeds.")
    assert [severity for severity, _ in found] == ["look"]


@pytest.mark.parametrize(
    ("why", "what"),
    [
        ("She was asked!", "exclaims"),
        ("She simply said no.", "'simply'"),
        ("Obviously not.", "'Obviously'"),
        ("She was asked \u2014 and said no.", "em dash"),
        ("word " * 31 + "end.", "The sentence has 32 words"),
        ("word " * 45 + "end. " + "word " * 19 + "end.", "On average"),
    ],
)
def test_the_tone_of_a_key_is_looked_at(tmp_path, why, what):
    key = changed(KEY, "She was asked and said no.", why)
    [(severity, kind, line, said)] = lint(tmp_path, key=key)
    assert (severity, kind, line) == ("look", "keys", line_of(key, why))
    assert what in said


@pytest.mark.parametrize(
    "why",
    [
        'She said \\"Stop!\\" and simpler words.',
        "word " * 29 + "end.",
        "word " * 34 + "end. " + "word " * 19 + "end.",
    ],
)
def test_what_is_quoted_or_short_on_average_is_left_alone(tmp_path, why):
    assert lint(tmp_path, key=changed(KEY, "She was asked and said no.", why)) == []


def full(key: str = KEY, body: str = "It may be so, and it may be otherwise. ") -> str:
    """Return a key with model formulations of the right length."""
    text = (body * 30)[: body.__len__() * 15]
    formulations = "".join(f"  {one}: {text}\n" for one in ("cbt", "dynamic", "bridge"))
    return changed(key, "supervisors:", f"formulations:\n{formulations}supervisors:")


def test_a_formulation_that_is_nowhere_tentative_is_looked_at(tmp_path):
    assert lint(tmp_path, key=full()) == []
    found = lint(tmp_path, key=full(body="It is so, and nothing else is true. "))
    assert [(one[0], one[3]) for one in found] == [
        ("look", f"The {name} formulation is nowhere tentative.")
        for name in ("cbt", "dynamic", "bridge")
    ]


def test_what_is_still_to_be_written_is_named_once_and_not_judged(tmp_path):
    text = "TODO: her low self-esteem, because of her depression! Call 0161 496 0000."
    case = changed(CASE, SENTENCE, text)
    assert lint(tmp_path, case=case) == [
        (
            "fault",
            "cases",
            line_of(case, "TODO"),
            f"Still to be written: {text[6:-1]}.",
        )
    ]


def test_a_todo_in_a_file_that_cannot_be_used_is_named_as_well(tmp_path):
    case = changed(CASE, "level: introductory", "level: hard")
    case = changed(case, "The blue door", "TODO")
    found = [one[3] for one in lint(tmp_path, case=case)]
    assert "Still to be written: this line." in found
    assert any("'hard' is not allowed" in one for one in found)


def page(course: Path, text: str) -> Path:
    path = course / "m01" / "m01_u01_x.md"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_tone_of_a_lesson_is_looked_at_line_by_line(tmp_path):
    path = page(tmp_path, "# A\n\nRead on!\n\nSimply so.\n\nHere \u2014 there.\n")
    found = lint_course(tmp_path)
    assert [(one.file, one.line) for one in found] == [
        (str(path), 3),
        (str(path), 5),
        (str(path), 7),
    ]
    assert looks(found) == found


def test_code_pictures_and_what_is_said_are_left_alone(tmp_path):
    page(tmp_path, '---\na: b!\n---\n\n"Stop!"\n![x](y.png) `a!`\n```\nnot!\n```\n')
    assert lint_course(tmp_path) == []


def test_what_is_written_for_authors_may_have_any_tone(tmp_path):
    page(tmp_path, "# A\n").with_name("design.md").write_text("Simply so!\n")
    assert lint_course(tmp_path) == []


def test_what_a_unit_still_lacks_is_a_fault(tmp_path):
    path = page(tmp_path, "# TODO: the title\n")
    (tmp_path / "course.toml").write_text('title = "TODO: its name"\n')
    found = lint_course(tmp_path)
    assert {(one.file, one.line, one.severity) for one in found} == {
        (str(path), 1, "fault"),
        (str(tmp_path / "course.toml"), 1, "fault"),
    }
    assert lint_course(tmp_path / "absent") == []


def test_the_cases_that_the_rules_were_set_by_have_few_places_to_look_at():
    bank = load_bank(DATASETS)
    first = {f"c{number:03}" for number in range(1, 7)}
    found = [one for one in lint_bank(bank) if Path(one.file).stem in first]
    vignettes = [one for one in looks(found) if Path(one.file).parent.name == "cases"]
    assert vignettes == []
    assert len(looks(found)) <= 2 * len(first)


def test_the_committed_course_has_no_fault_and_little_to_look_at():
    found = lint_course(ROOT / "course")
    assert looks(found) == found, "\n".join(map(str, found))
    assert len(found) <= 10
