"""What takes minutes: a whole class, and the figures of docs/performance.md."""

import re
import subprocess
import sys

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.nbgrader]


def caselens(*words):
    done = subprocess.run(
        [sys.executable, "-m", "caselens", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_class_of_twelve_is_marked_and_nobody_is_lost(tmp_path):
    said = caselens("demo", "--folder", str(tmp_path / "course"))
    rows = re.findall(r"^trainee-\d\d .* ([\d.]+)$", said, re.MULTILINE)
    assert len(rows) == 12
    assert len(set(rows)) > 6
    assert "Flagged for a look: nobody." in said


def test_the_figures_are_printed_and_both_ways_give_the_same_points():
    said = caselens("bench")
    assert "same points     yes" in said
    assert float(re.search(r"ratio +([\d.]+)", said)[1]) > 1
