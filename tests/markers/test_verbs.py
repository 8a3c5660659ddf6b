from argparse import ArgumentParser, Namespace

import pytest

from caselens.cli import marking


def run(*words):
    parser = ArgumentParser()
    found = parser.add_subparsers()
    bank = ArgumentParser(add_help=False)
    bank.add_argument("--bank")
    marking.add_verbs(found, bank)
    options = parser.parse_args(["mark", *words])
    return options.run(options)


@pytest.mark.nbgrader
def test_outside_a_course_folder_it_says_where_to_go(tmp_path, capsys):
    assert run("--course", str(tmp_path)) == 1
    assert "no nbgrader_config.py" in capsys.readouterr().err


@pytest.mark.nbgrader
def test_agreement_is_printed_for_every_written_task(marked, capsys):
    where = ("--course", str(marked.root))
    assert run(*where, "--agreement", marked.unit_id) == 0
    said = capsys.readouterr().out
    assert said.count("Nobody has marked a second time yet.") == 2
    assert run(*where, "--agreement", "m99_u01_none") == 1


def test_jupyter_opens_on_the_marking_pages_with_the_extension():
    words = marking.words(Namespace(port=8899, no_browser=True))
    assert "--ServerApp.jpserver_extensions=caselens.markers=True" in words
    assert "--LabApp.default_url=/caselens/marking/" in words
    assert {"--ServerApp.port=8899", "--no-browser"} <= {*words}
