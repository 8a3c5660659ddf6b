import pytest

from caselens.cli.main import main, parser


def test_every_verb_has_help(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    for verb in ("start", "check", "build", "demo", "bench"):
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
