"""The verbs as the pages for people show them, run as they stand there."""

import re
import shlex

import pytest

from caselens.cases import load_bank, read_readings
from caselens.cli.main import main
from caselens.panel.parts import parts_of
from caselens.panel.sheet import read_panel
from tests.panel.samples import FULL, PAIR, SHORT, answer, copied, fill_in
from tests.samples import ROOT


def commands(page, heading):
    """The calls that one section of a page shows, in order."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    section = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    block = re.search(r"^```\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    return [shlex.split(line)[1:] for line in block[1].splitlines()]


def sure(path, bank, name):
    """Fill in a blank sheet: every supervisor answers as the key does."""
    text = path.read_text(encoding="utf-8")
    for part in parts_of(bank.entries[name], bank.vocabulary).values():
        blank = f"{part.key.answer}: "
        row = re.search(rf"^  {re.escape(part.name)}: {{.*}}$", text, re.MULTILINE)[0]
        head, _, tail = row.partition("{")
        filled = re.sub(rf"(?<![^ ]){blank}", f"{blank}20", f" {tail}", count=1)
        text = text.replace(row, f"{head}{{{filled.lstrip()}")
    path.write_text(text, encoding="utf-8")


def test_seven_colleagues_and_an_afternoon_as_the_page_shows_them(tmp_path, capsys):
    datasets, folder = copied(tmp_path / "bank"), tmp_path / "panel"
    steps = commands("instructor.md", "Seven colleagues and an afternoon")
    assert [words[1] for words in steps] == ["make", "read", "write", "write"]
    keys = {one: one.read_bytes() for one in (datasets / "practice/keys").iterdir()}
    for shown in steps:
        words = [str(folder) if one == "FOLDER" else one for one in shown]
        assert main([*words, "--bank", str(datasets.parent)]) == 0
        if words[1] == "make":
            bank = load_bank(datasets)
            answer(folder, bank, read_panel(folder), (1.0,) * 7)
            fill_in(folder, *["cbt", "dynamic"] * 3, "both")
        if "--dry-run" in words:
            assert {one: one.read_bytes() for one in keys} == keys
    said = capsys.readouterr().out
    assert "7 pages, each of 2 cases" in said
    assert "By slot (raters of the approach dynamic)" in said
    assert f"{FULL}: status panel" in said
    assert "+        votes: {rater-01: " in said
    assert (folder / "report.md").is_file()
    assert main(["check", "--bank", str(datasets.parent)]) == 0
    assert load_bank(datasets).key(SHORT).status == "panel"


def test_reading_blind_as_the_page_shows_it(tmp_path, capsys, monkeypatch):
    datasets = copied(tmp_path / "bank")
    monkeypatch.chdir(tmp_path)
    bank = ["--bank", str(datasets.parent)]
    blank, add, summary = (
        [SHORT if one == "c007" else one for one in words]
        for words in commands("authoring.md", "Reading blind, and the log")
    )
    assert main([*blank, *bank]) == 0
    sure(tmp_path / "sheet.yaml", load_bank(datasets), SHORT)
    assert main([*add, *bank]) == 0
    assert main(["check", *bank]) == 0
    assert "Fewer than 2 blind readers" in capsys.readouterr().out
    second = ["r2" if one == "r1" else one for one in add]
    assert main([*second, *bank]) == 0
    assert main(["check", *bank]) == 0
    assert f"Not read blind yet: 2 cases ({FULL}, {PAIR})." in capsys.readouterr().out
    assert main([*summary, *bank]) == 0
    assert "1 of 3" in capsys.readouterr().out
    (one, two) = read_readings(datasets / "readings")[SHORT].readings
    assert (one.reader, two.reader) == ("r1", "r2")
    assert one.blind


def test_a_reading_by_somebody_who_saw_the_key_is_added_as_such(tmp_path):
    datasets = copied(tmp_path / "bank", SHORT)
    bank, sheet = ["--bank", str(datasets.parent)], tmp_path / "sheet.yaml"
    assert main(["reading", SHORT, "--to", str(sheet), *bank]) == 0
    sure(sheet, load_bank(datasets), SHORT)
    who = ["--reader", "a b", "--kind", "clinician", "--as", "x", "--not-blind"]
    assert main(["reading", SHORT, "--add", str(sheet), *who, *bank]) == 0
    (one,) = read_readings(datasets / "readings")[SHORT].readings
    assert not one.blind


def test_a_sheet_is_printed_where_no_file_is_named_and_never_written_over(
    tmp_path, capsys
):
    datasets = copied(tmp_path / "bank", SHORT)
    bank, sheet = ["--bank", str(datasets.parent)], tmp_path / "sheet.yaml"
    assert main(["reading", SHORT, *bank]) == 0
    printed = capsys.readouterr().out
    assert main(["reading", SHORT, "--to", str(sheet), *bank]) == 0
    assert sheet.read_text() == printed
    assert main(["reading", SHORT, "--to", str(sheet), *bank]) == 1
    assert "there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["reading"], "No case is named"),
        (["reading", "c999"], "No case is called c999. The bank has: "),
        (["reading", SHORT, "--add", "x.yaml"], "lacks --reader, --kind, --as"),
        (["panel", "make", "NEW", "--cases", "c999"], "No case is called c999"),
        (["panel", "read", "NONE"], "no panel was made here"),
        (["panel", "write", "NONE"], "no panel was made here"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(tmp_path, capsys, words, said):
    datasets = copied(tmp_path / "bank", SHORT)
    words = [str(tmp_path / one) if one.isupper() else one for one in words]
    assert main([*words, "--bank", str(datasets.parent)]) == 1
    assert said in capsys.readouterr().err


def test_agreement_waits_for_two_raters(tmp_path, capsys):
    datasets, folder = copied(tmp_path / "bank", SHORT), tmp_path / "panel"
    bank = ["--bank", str(datasets.parent)]
    assert main(["panel", "make", str(folder), "--cases", SHORT, *bank]) == 0
    assert main(["panel", "write", str(folder), *bank]) == 1
    answer(folder, load_bank(datasets), read_panel(folder), (1.0,))
    assert main(["panel", "read", str(folder), *bank]) == 1
    said = capsys.readouterr().err
    assert "rater-02: skipped. There is no answers.json" in said
    assert "rater-01: no approach in raters.csv" in said
    assert "Agreement needs two raters" in said


def test_a_choice_that_no_task_has_fails_the_check(tmp_path, capsys):
    datasets = copied(tmp_path / "bank", SHORT)
    path = datasets / "practice" / "keys" / f"{SHORT}.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("answer: q1", "answer: q1\n        votes: {r: q9}", 1))
    assert main(["check", "--bank", str(datasets.parent)]) == 1
    assert "r voted 'q9'" in capsys.readouterr().out
