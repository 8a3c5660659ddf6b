"""What a registry names must be there: `caselens check` says so before a build does."""

import shutil

import pytest

from caselens.cases.places import clone_root, datasets_dir
from caselens.cases.roster import lint_roster
from caselens.cases.source import faults, looks
from caselens.cli import main

HEAD = (
    'title = "Own"\nlanguage = "en"\n\n'
    '[[modules]]\nid = "m90"\ntitle = "Own"\nabout = "Own."\n'
)


def unit(name, tasks, more="", kind="practice"):
    asked = ", ".join(f'{{id = "{task}", points = {n}}}' for task, n in tasks.items())
    return (
        f'\n[[modules.units]]\nid = "{name}"\ntitle = "One"\nkind = "{kind}"\n'
        f'minutes = 5\nhint = "Read."\n{more}tasks = [{asked}]\n'
    )


@pytest.fixture
def bank(tmp_path):
    for side in ("practice", "graded"):
        for kind in ("cases", "keys"):
            (tmp_path / "datasets" / side / kind).mkdir(parents=True)
    text = datasets_dir() / "graded"
    for kind in ("cases", "keys"):
        own = (text / kind / "c023.yaml").read_text("utf-8").replace("c023", "c951")
        (tmp_path / "datasets" / "graded" / kind / "c951.yaml").write_text(own, "utf-8")
    (tmp_path / "course").mkdir()
    return tmp_path


def problems(bank, *units):
    (bank / "course" / "course.toml").write_text(HEAD + "".join(units), "utf-8")
    return lint_roster(bank / "datasets", datasets_dir())


def test_the_registry_of_the_course_has_no_fault():
    assert lint_roster(clone_root() / "datasets") == []


def test_a_bank_without_a_registry_has_nothing_to_say(bank):
    assert lint_roster(bank / "datasets", datasets_dir()) == []


def test_a_task_that_the_case_has_not_is_named_on_its_line_with_those_it_has(bank):
    [one] = problems(bank, unit("m90_u01_own", {"c951-goal": 4}))
    assert one.line == 15
    assert "m90_u01_own asks 'c951-goal', which the case has not" in one.what
    assert "c951-goals" in one.repair


def test_a_case_that_is_not_there_is_named(bank):
    [one] = problems(bank, unit("m90_u01_own", {"c999-goals": 4}))
    assert "no case 'c999' is in the bank" in one.what


def test_a_shipped_practice_case_may_be_asked_about(bank):
    assert problems(bank, unit("m90_u01_own", {"c004-safety": 4})) == []


def test_units_that_are_not_there_are_named(bank):
    more = 'next = "m90_u02_lost"\nalternative = "m90_u03_lost"\n'
    found = problems(bank, unit("m90_u01_own", {"c951-goals": 4}, more))
    assert ["m90_u02_lost" in one.what for one in found] == [True, False]
    assert ["m90_u03_lost" in one.what for one in found] == [False, True]


def test_a_graded_alternative_must_count_alike(bank):
    found = problems(
        bank,
        unit("m90_u01", {"c951-goals": 4}, 'alternative = "m90_u02"\n', "graded"),
        unit("m90_u02", {"c951-safety": 3}, 'alternative = "m90_u01"\n', "graded"),
    )
    assert "m90_u01 counts 4, its alternative 3" in faults(found)[0].what


def test_a_graded_case_with_content_notes_and_no_alternative_is_worth_a_look(bank):
    found = problems(bank, unit("m90_u01", {"c951-goals": 4}, kind="graded"))
    assert faults(found) == []
    assert "content notes" in looks(found)[0].what


def test_a_broken_registry_fails_the_check(bank, capsys):
    (bank / "course" / "course.toml").write_text("title = ", "utf-8")
    assert main(["check", "--bank", str(bank)]) == 1
    assert "not valid TOML" in capsys.readouterr().out


def test_two_right_answers_are_told_where_the_second_stands(bank, capsys):
    path = bank / "datasets" / "graded" / "keys" / "c951.yaml"
    text = path.read_text("utf-8")
    start = text.index("next:")
    answer = text[text.index("answer: ", start) :].splitlines()[0]
    path.write_text(text.replace(answer, "answer: [q1, q2]", 1), "utf-8")
    shutil.rmtree(bank / "course")
    assert main(["check", "--bank", str(bank)]) == 1
    said = capsys.readouterr().out
    assert "also" in said


def test_an_empty_reason_is_a_fault(bank, capsys):
    path = bank / "datasets" / "graded" / "keys" / "c951.yaml"
    text = path.read_text("utf-8")
    start = text.index("why: ")
    end = text.index("\n", start)
    path.write_text(text[:start] + 'why: ""' + text[end:], "utf-8")
    assert main(["check", "--bank", str(bank)]) == 1
    assert "why" in capsys.readouterr().out
