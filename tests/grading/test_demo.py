import subprocess
import sys

import pytest

from caselens.cases.places import clone_root

pytestmark = pytest.mark.nbgrader


def test_the_demo_marks_a_class_and_prints_the_gradebook(tmp_path):
    folder = tmp_path / "course"
    done = subprocess.run(
        [sys.executable, "-m", "caselens", "demo", "--size", "3", "--folder", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "trainee-01" in done.stdout
    assert "c003-goals" in done.stdout
    assert "A person still marks" in done.stdout
    assert len(list((folder / "feedback").rglob("*.html"))) == 3


def test_nbgraders_own_command_uses_the_same_steps(tmp_path):
    root = tmp_path / "course"
    from caselens.grading.demo import lay_out, submit_class

    lay_out(clone_root(), root, "m04_u03_graded_case")
    config = (clone_root() / "nbgrader_config.py").read_text()
    (root / "nbgrader_config.py").write_text(config)
    submit_class(root, "m04_u03_graded_case", 1, 3)
    for verb in ("generate_assignment", "autograde", "generate_feedback"):
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", verb, "m04_u03_graded_case", "--force"],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    pages = list((root / "feedback").rglob("*.html"))
    assert len(pages) == 1
    assert "All rights" not in pages[0].read_text()
    assert '<html lang="en-GB">' in pages[0].read_text()
