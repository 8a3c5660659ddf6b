"""The receipt that a trainee has, beside what was submitted and what was marked."""

from datetime import datetime

import pytest

from caselens.answers import AnswerSheet, checksum
from caselens.answers.record import parse
from caselens.grading.receipt import ReceiptError, compare, read_receipt
from caselens.grading.tables import Marking
from tests.grading.conftest import UNIT

AT = datetime(2026, 1, 2, 10, 30)
TASK = "c003-safety"


@pytest.fixture
def sheet(tmp_path):
    """The answers of a trainee who has handed in."""
    one = AnswerSheet(tmp_path, UNIT)
    one.save(TASK, {"self": "cues"}, 0)
    one.hand_in([TASK], 1)
    return one


def marked(answers):
    return Marking(
        unit=UNIT, trainee="jane", answers=answers, at=AT, by="instructor", notes=""
    )


def test_the_code_that_the_page_shows_is_the_checksum_of_the_answers(sheet):
    assert sheet.record.receipt["digest"] == checksum(sheet.record)


def test_the_same_answers_marked_are_confirmed_with_time_and_person(sheet):
    digest = sheet.record.receipt["digest"]
    found = compare(read_receipt(digest), sheet.record, None, marked(digest))
    assert found.agrees
    assert found.lines == (
        "Submitted: the same answers.",
        "Marked: the same answers, on 2026-01-02 at 10:30 UTC by instructor.",
    )


@pytest.mark.parametrize("shape", ["{:.8}", "{:.12}…", "{:.4} {:.8}", " {} \n"])
def test_a_code_is_known_by_its_beginning(sheet, shape):
    digest = sheet.record.receipt["digest"]
    given = shape.format(digest, digest[4:])
    assert read_receipt(given).names(digest)
    assert not read_receipt(given).names("f" * 64)


@pytest.mark.parametrize("given", ["abc1234", "nothing.json", "xyz" * 10, "a" * 65])
def test_what_is_neither_file_nor_code_is_refused(given):
    with pytest.raises(ReceiptError, match="neither a file nor a check code"):
        read_receipt(given)


def test_other_answers_marked_are_told_with_their_code(sheet):
    digest = sheet.record.receipt["digest"]
    found = compare(read_receipt(digest), sheet.record, None, marked("e" * 64))
    assert not found.agrees
    assert found.lines[1].startswith(
        f"Marked: other answers, with the check code {'e' * 64}"
    )


def test_answers_that_are_not_marked_yet_are_told_so(sheet):
    found = compare(read_receipt(checksum(sheet.record)), sheet.record, None, None)
    assert found.agrees
    assert found.lines[1] == "Marked: not yet."


def test_a_mark_without_answers_is_told_so(sheet):
    found = compare(
        read_receipt(checksum(sheet.record)), None, "nothing there.", marked(None)
    )
    assert not found.agrees
    assert found.lines[0] == "Submitted: nothing there."
    assert found.lines[1].startswith("Marked: a submission without answers")


def test_the_trainees_own_file_is_a_receipt(sheet):
    given = read_receipt(str(sheet.path))
    assert (given.digest, given.note) == (checksum(sheet.record), None)


def test_a_file_that_was_changed_after_handing_in_is_told_so(sheet):
    sheet.path.write_text(sheet.path.read_text().replace('"cues"', '"active"'))
    given = read_receipt(str(sheet.path))
    assert given.digest == checksum(parse(sheet.path.read_bytes()))
    assert "changed after handing in" in given.note


def test_a_file_that_was_not_handed_in_is_told_so(tmp_path):
    sheet = AnswerSheet(tmp_path, UNIT)
    sheet.save(TASK, {"self": "cues"}, 0)
    assert "was not handed in" in read_receipt(str(sheet.path)).note


def test_a_text_that_holds_the_code_is_a_receipt(tmp_path):
    (tmp_path / "mail.txt").write_text(f"My check code: {'ab' * 32}. Jane")
    assert read_receipt(str(tmp_path / "mail.txt")).digest == "ab" * 32
    (tmp_path / "mail.txt").write_text("I lost it.")
    with pytest.raises(ReceiptError, match="holds no check code"):
        read_receipt(str(tmp_path / "mail.txt"))


@pytest.mark.nbgrader
def test_the_verb_follows_a_submission_until_it_is_marked(marked_class, capsys):
    import shutil
    from argparse import ArgumentParser

    from caselens.cases.places import clone_root
    from caselens.cli.collecting import add_verbs

    shutil.copy(clone_root() / "nbgrader_config.py", marked_class.root)
    parser = ArgumentParser()
    add_verbs(parser.add_subparsers())

    def run(given):
        words = ["receipt", str(given), "--unit", UNIT, "--trainee", "receipt"]
        options = parser.parse_args([*words, "--course", str(marked_class.root)])
        return options.run(options), capsys.readouterr()

    answers = marked_class.root / "receipt.json"
    status, said = run("abcdef12")
    assert status == 1
    assert f"Submitted: nothing of receipt for {UNIT}." in said.out
    shutil.copy(marked_class.submit("receipt", skill=1.0) / "answers.json", answers)
    status, said = run(answers)
    assert (status, said.out.splitlines()[-1]) == (0, "Marked: not yet.")
    marked_class.autograde("receipt")
    status, said = run(answers)
    assert status == 0
    assert "Marked: the same answers, on " in said.out
    status, said = run("nonsense")
    assert status == 2
    assert "neither a file nor a check code" in said.err
