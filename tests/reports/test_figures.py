"""The flags --balance and --shallow of `caselens check`."""

import builtins
from itertools import chain

import pytest

from caselens.cli import figures
from caselens.cli.main import main
from tests.samples import write_bank


@pytest.fixture
def bank(tmp_path):
    write_bank(tmp_path / "datasets")
    return str(tmp_path)


def test_the_balance_of_a_private_bank_is_printed(bank, capsys):
    assert main(["check", "--balance", "--bank", bank]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("1 cases count")
    assert "goal clarity, 1 parts" in said.out
    assert "bots" in said.err


def test_all_rows_are_printed_where_they_are_asked_for(bank, capsys):
    main(["check", "--balance", "--bank", bank])
    assert "are left out; --all shows them" in capsys.readouterr().out
    main(["check", "--balance", "--all", "--bank", bank])
    assert "are left out" not in capsys.readouterr().out


def test_cases_with_faults_are_left_out_and_named(tmp_path, capsys):
    files = {"practice/cases/c902.yaml": "id: c902\ntitle: x\n"}
    write_bank(tmp_path / "datasets", files)
    path = tmp_path / "datasets" / "practice" / "keys" / "c901.yaml"
    path.write_text(path.read_text("utf-8").replace("answer: q2", "answer: q9"))
    assert main(["check", "--balance", "--bank", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "a check finds faults in them: c901." in said
    assert "0 cases count" in said


def test_a_design_table_that_cannot_be_read_is_named(tmp_path, capsys):
    write_bank(tmp_path / "datasets", {"design.yaml": "rows: 3\n"})
    assert main(["check", "--balance", "--bank", str(tmp_path)]) == 1
    assert "design.yaml:1" in capsys.readouterr().err


@pytest.mark.parametrize("absent", figures.NEEDED)
def test_a_missing_package_is_named_with_the_command_that_brings_it(
    absent, monkeypatch, capsys
):
    def without(options):
        raise ModuleNotFoundError(f"No module named {absent!r}", name=f"{absent}.part")

    monkeypatch.setattr(figures, "show", without)
    assert main(["check", "--shallow"]) == 2
    said = capsys.readouterr().err
    assert absent in said
    assert ".[development]" in said


def test_a_plain_check_asks_for_none_of_these_packages(bank, monkeypatch):
    asked = []
    real = builtins.__import__

    def watched(name, *rest, **options):
        asked.append(name.split(".")[0])
        return real(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", watched)
    main(["check", "--bank", bank])
    assert not set(asked) & set(chain(figures.NEEDED, ["numpy"]))


@pytest.mark.thorough
def test_what_shallow_readers_earn_is_printed(bank, capsys):
    assert main(["check", "--shallow", "--bank", bank]) == 0
    said = capsys.readouterr()
    assert "over all" in said.out
    assert "readers" in said.err
