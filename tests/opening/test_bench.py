import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from caselens.cases import read_unit
from caselens.cli.main import main
from caselens.opening import bench, child, chromium, sample
from caselens.opening.bench import Figures, lines
from caselens.opening.lab import CannotOpen
from caselens.opening.stopwatch import Click
from caselens.tasks import KINDS


def figures(**more: object) -> Figures:
    clicks = tuple(Click(*one) for one in ((16.4, 20.0), (15.0, 80.0), (31.6, 19.0)))
    taken = {"clicks": clicks, "opened": (3.0, 9.0, 3.5), "empty": (2.5, 2.75, 8.0)}
    known = {"sentences": 36, "tasks": 14, "models": 1, "script": 290499, "unit": 62862}
    return Figures(**{**known, **taken, **more})  # type: ignore[arg-type]


def test_medians_and_slowest_are_printed_beside_their_targets() -> None:
    said = "\n".join(lines(figures()))
    assert "36 sentences, 14 tasks, one of each kind" in said
    assert "clicks: 3" in said
    assert "rounds: 3" in said
    for words, number, target in (
        ("widget models", "1", ""),
        ("script", "290 kB", ""),
        ("unit.json", "63 kB", ""),
        ("to the painted answer, median", "16 ms", ""),
        ("to the painted answer, slowest", "32 ms", " (target: under 50 ms)"),
        ("to Saved, median", "20 ms", ""),
        ("to Saved, slowest", "80 ms", " (target: under 300 ms)"),
        ("the unit, median", "3.50 s", ""),
        ("an empty widget, median", "2.75 s", ""),
        ("the unit takes longer by", "0.75 s", "  (target: less than 1 s)"),
    ):
        (line,) = [one for one in lines(figures()) if one.startswith(f"  {words}  ")]
        assert line.removeprefix(f"  {words}").strip() == number + target


def test_a_unit_that_opens_faster_is_said_to_take_less_than_nothing() -> None:
    said = lines(figures(opened=(2.0,), empty=(2.25,)))
    assert any("-0.25 s" in one for one in said)


def test_the_unit_has_36_sentences_and_a_task_of_every_kind(tmp_path: Path) -> None:
    page = sample.write_unit(tmp_path, sample.every_kind())
    unit = read_unit(page.parent)
    (case,) = unit.cases
    assert len(case.sentences) == 36
    assert sorted(task.kind for task in case.tasks) == sorted(KINDS)
    assert unit == sample.every_kind()
    assert set(bench.CLICKED) < set(KINDS)


def test_both_pages_hold_the_same_calls(tmp_path: Path) -> None:
    unit = sample.every_kind()
    written = sample.write_unit(tmp_path, unit), sample.write_empty(tmp_path, unit)
    full, empty = (json.loads(one.read_text("utf-8"))["cells"] for one in written)
    calls = [[one["source"] for one in page[1:]] for page in (full, empty)]
    assert (
        calls[0]
        == calls[1]
        == [["from caselens import task, workbench"], ["workbench()"]]
    )
    assert [one.name for one in written[1].parent.iterdir()] == [written[1].name]


def test_kernels_of_the_empty_page_import_the_stub(tmp_path: Path) -> None:
    stub = sample.write_stub(tmp_path / "stub")
    folder = sample.write_kernel(tmp_path / "jupyter", stub)
    spec = json.loads((folder / "kernels/python3/kernel.json").read_text("utf-8"))
    shown = "from caselens import task, workbench; print(task('x'), workbench()._esm)"
    env = {**os.environ, **spec["env"]}
    done = subprocess.run(
        [spec["argv"][0], "-c", shown],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("None")
    assert sample.EMPTY_CLASS in done.stdout


def test_kernels_of_the_unit_differ_in_the_stub_only(tmp_path: Path) -> None:
    folders = (
        sample.write_kernel(tmp_path / "one"),
        sample.write_kernel(tmp_path / "two", tmp_path / "stub"),
    )
    one, other = (
        json.loads((folder / "kernels/python3/kernel.json").read_text("utf-8"))
        for folder in folders
    )
    assert other.pop("env") == {"PYTHONPATH": str(tmp_path / "stub")}
    assert one == other


def test_a_missing_playwright_is_named_with_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    assert main(["bench", "page"]) == 1
    said = capsys.readouterr().err
    assert "Playwright" in said
    assert 'python -m pip install ".[development]"' in said


def test_a_missing_chromium_is_named_with_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(chromium.VARIABLE, raising=False)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    with pytest.raises(CannotOpen, match="python -m playwright install chromium"):
        chromium.find_chromium(str(tmp_path / "chrome"))
    (tmp_path / "chrome").touch()
    assert chromium.find_chromium(str(tmp_path / "chrome")) == str(tmp_path / "chrome")


def test_the_chromium_that_is_named_is_the_one_that_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "chrome"
    own.touch(mode=0o755)
    monkeypatch.setenv(chromium.VARIABLE, str(own))
    assert chromium.find_chromium("another") == str(own)
    monkeypatch.setenv(chromium.VARIABLE, str(tmp_path / "gone"))
    with pytest.raises(CannotOpen, match=r"names .*gone, which cannot be started"):
        chromium.find_chromium(str(own))


def test_a_server_has_folders_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in child.DROPPED:
        monkeypatch.setenv(name, "/somewhere")
    found = child.own_environment(tmp_path, JUPYTER_PATH="/kernels")
    folders = [
        one for name, one in found.items() if name.startswith(("JUPYTER_", "IPYTHON"))
    ]
    assert all(one == "/kernels" or one.startswith(str(tmp_path)) for one in folders)
    assert found["JUPYTER_PATH"] == "/kernels"
    assert "CASELENS_BANK" not in found


def test_a_server_that_stops_is_reported_with_its_last_words(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    with (
        pytest.raises(CannotOpen, match=r"The server stopped(.|\n)*No module named"),
        child.running(["no_such_module"], work, dict(os.environ)),
    ):
        pass
