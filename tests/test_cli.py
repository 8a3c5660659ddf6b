import pytest

from caselens.cli.main import main, parser
from tests.samples import CASE, KEY, write_bank


def test_every_verb_has_help(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    for verb in ("start", "check", "build", "demo", "bench", "new"):
        assert verb in shown


def test_check_prints_that_the_committed_bank_has_no_faults(capsys):
    assert main(["check"]) == 0
    assert "no faults" in capsys.readouterr().out


def test_check_prints_file_line_and_repair_for_every_fault(tmp_path, capsys):
    cases = tmp_path / "datasets" / "practice" / "cases"
    cases.mkdir(parents=True)
    (cases / "c901.yaml").write_text("id: c901\nclients:\n\t- x\n")
    (cases / "c902.yaml").write_text("id: c902\ntitle: x\nlevel: hard\n")
    assert main(["check", "--bank", str(tmp_path)]) == 1
    shown = capsys.readouterr().out
    assert "c901.yaml:3: There is a tab" in shown
    assert "c902.yaml:3: 'hard' is not allowed" in shown
    assert "faults in" in shown


def test_a_demo_does_not_write_over_a_folder(tmp_path, capsys):
    assert main(["demo", "--folder", str(tmp_path)]) == 1
    assert "is there already" in capsys.readouterr().err


def test_a_missing_package_is_named_with_the_command(monkeypatch, capsys):
    def absent(options):
        raise ModuleNotFoundError("No module named 'nbgrader'", name="nbgrader")

    monkeypatch.setattr("caselens.cli.verbs.demo", absent)
    assert main(["demo"]) == 2
    assert ".[instructor]" in capsys.readouterr().err


def test_unknown_words_are_refused():
    with pytest.raises(SystemExit):
        parser().parse_args(["fly"])


def test_what_is_worth_a_look_is_printed_after_the_faults_and_fails_nothing(
    tmp_path, capsys
):
    write_bank(
        tmp_path / "datasets",
        {"practice/keys/c901.yaml": KEY.replace("Nobody says so.", "Simply so!")},
    )
    assert main(["check", "--bank", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    before, after = shown.split("Worth a look")
    assert "1 cases in" in before
    assert "no faults" in before
    assert after.count("c901.yaml:") == 2
    assert "\n2 to look at. They do not fail the check.\n" in after


def test_a_check_counts_faults_and_looks_apart(tmp_path, capsys):
    key = KEY.replace("Nobody says so.", "Simply so.").replace("provisional", "sure")
    case = CASE.replace("six sessions offered", "ring 0161 496 0000")
    files = {"practice/keys/c901.yaml": key, "practice/cases/c901.yaml": case}
    write_bank(tmp_path / "datasets", files)
    assert main(["check", "--bank", str(tmp_path)]) == 1
    assert "2 faults in" in capsys.readouterr().out


def test_a_new_case_is_begun_and_the_check_names_what_it_lacks(tmp_path, capsys):
    bank = ["--bank", str(tmp_path)]
    assert (
        main(["new", "case", "x101", "--side", "graded", "--size", "full", *bank]) == 0
    )
    shown = capsys.readouterr().out
    assert "graded/cases/x101.yaml" in shown
    assert "graded/keys/x101.yaml" in shown
    assert main(["check", *bank]) == 1
    faults, _, _ = capsys.readouterr().out.partition(" faults in")
    assert all("Still to be written" in one for one in faults.splitlines()[:-1])
    assert len(faults.splitlines()) > 100


def test_a_new_unit_is_begun_and_the_check_names_what_it_lacks(tmp_path, capsys):
    bank = ["--bank", str(tmp_path)]
    words = ["new", "unit", "m90_u01_own", "--module", "m90", "--kind", "practice"]
    assert main([*words, *bank]) == 0
    assert "m90_u01_own.md" in capsys.readouterr().out
    assert main(["check", *bank]) == 1
    assert "course.toml:1: Still to be written" in capsys.readouterr().out
    assert main([*words, *bank]) == 1
    assert "The next free one is m90_u02_own." in capsys.readouterr().err


def test_an_id_that_is_taken_is_refused_in_words(tmp_path, capsys):
    words = ["new", "case", "c001", "--side", "practice", "--bank", str(tmp_path)]
    assert main(words) == 1
    assert "The id c001 is taken" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_shipped_unit_is_taken_for_a_private_bank(tmp_path, capsys):
    words = ["new", "unit", "m04_u03_graded_case", "--module", "m04"]
    assert main([*words, "--kind", "graded", "--bank", str(tmp_path)]) == 1
    assert "is taken" in capsys.readouterr().err


def test_without_a_clone_or_a_bank_there_is_nowhere_to_begin(monkeypatch, capsys):
    monkeypatch.setattr("caselens.cases.places.clone_root", lambda: None)
    assert main(["new", "case", "x101", "--side", "practice"]) == 1
    assert "--bank FOLDER" in capsys.readouterr().err


@pytest.mark.parametrize("what", ["case", "unit"])
def test_everything_that_new_asks_for_is_explained(what, capsys):
    with pytest.raises(SystemExit):
        main(["new", what, "--help"])
    shown = capsys.readouterr().out
    assert "such as" in shown
    assert "the folder of a private bank" in shown
