"""otter-grader on an assignment as near to a unit as it has one, beside stock nbgrader.

otter-grader marks code: each automatic task is a question whose answer is a literal,
with one test that compares it with the model. It is no part of this project; it runs
in an environment of its own, by `otter run`, which needs no container.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
    new_raw_cell,
)

from caselens.answers import ANSWERS_FILE, model_values, parse_submitted, setting
from caselens.cases import Unit, read_unit
from caselens.grading.bench_class import Desk, make_desk
from caselens.grading.bench_compare import MB, quiet
from caselens.grading.bench_worker import BenchError, Worker, serving, working
from caselens.tasks import kind_of

PACKAGES = ("otter-grader", "ipykernel")  # it executes, and brings no kernel
MINUTES_TO_INSTALL = 15
NAME = "unit"
# Run by otter's own Python, which has nothing of ours. It answers as bench_child does.
CHILD = """
import json, os, sys, time
said = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
from otter.run import main
def say(answer):
    said.write(json.dumps(answer) + "\\n")
    said.flush()
def peak():
    try:
        lines = open("/proc/self/status").read().splitlines()
    except OSError:
        return 0
    return 1024 * int(next(x.split()[1] for x in lines if x.startswith("VmHWM:")))
say({"ready": True})
for line in sys.stdin:
    began = time.perf_counter()
    try:
        for path in json.loads(line)["names"]:
            main(path, autograder=sys.argv[1], output_dir=sys.argv[2], no_logo=True)
    except Exception as error:
        say({"error": f"{type(error).__name__}: {error}"})
    else:
        say({"seconds": time.perf_counter() - began, "peak": peak()})
"""
Through = Callable[[Iterable[str], str], Iterable[str]]


@dataclass(frozen=True)
class Beside:
    """Seconds a submission of either, and the memory of otter itself in bytes."""

    size: int
    questions: int
    version: str
    otter: float
    stock: float
    otter_peak: int


def bench_otter(
    course: Path, unit_id: str, size: int, venv: Path | None, through: Through
) -> Beside:
    """Mark the same class with both, in turns. Raises BenchError with the reason.

    `venv` is an environment with otter-grader; without one it is made, with pip.
    """
    with TemporaryDirectory(prefix="caselens-bench-") as name, quiet():
        place = Path(name)
        python = _python(venv if venv is not None else _installed(place / "otter"))
        desk = make_desk(course, place / "class", unit_id, size)
        unit = read_unit(desk.root / "exercises" / unit_id)
        tasks = _tasks(unit)
        archive = _assigned(python, place / "made", tasks, model_values(unit))
        pages = {one: _page(desk, one, tasks, place) for one in desk.names}
        with _otter(python, archive, place) as other, working("stock", desk) as stock:
            found = _in_turns(other, stock, pages, through)
            _check(place / "results" / "results.json", len(tasks))
    version = _run([str(python), "-c", VERSION]).strip()
    return Beside(size, len(tasks), version, *found, other.peak)


VERSION = "from importlib.metadata import version; print(version('otter-grader'))"


def lines(found: Beside) -> Iterator[str]:
    """Yield the figures in words, as docs/performance.md keeps them."""
    yield (
        f"The same {found.size} submissions in turns, as notebooks of "
        f"{found.questions} questions with one test each"
    )
    yield f"  otter-grader {found.version}, otter run {found.otter:8.2f} s a submission"
    yield f"  stock nbgrader               {found.stock:8.2f} s a submission"
    yield f"  peak MB of otter itself      {found.otter_peak / MB:8.0f}"


def _in_turns(
    other: Worker, stock: Worker, pages: Mapping[str, Path], through: Through
) -> tuple[float, float]:
    ours, theirs = [], []
    for name in through(pages, "otter-grader and stock"):
        theirs.append(other.ask("mark", [str(pages[name])]))
        ours.append(stock.ask("mark", [name]))
    return median(theirs), median(ours)


@contextmanager
def _otter(python: Path, archive: Path, place: Path) -> Iterator[Worker]:
    (place / "results").mkdir()
    words = ["-c", CHILD, str(archive), str(place / "results")]
    with serving([str(python), *words], place / "made") as worker:
        yield worker


def _tasks(unit: Unit) -> list[str]:
    """Return the tasks that a machine marks; a person's are no question here."""
    return [one for one in unit.points if not kind_of(setting(unit, one)).by_hand]


def _assigned(
    python: Path, folder: Path, tasks: list[str], model: Mapping[str, Any]
) -> Path:
    """Let `otter assign` make its archive of tests; return it. Raises BenchError."""
    folder.mkdir()
    cells = [new_raw_cell("# ASSIGNMENT CONFIG\nexport_cell: false")]
    for number, task in enumerate(tasks, start=1):
        cells += _question(number, repr(model[task]))
    master = folder / f"{NAME}.ipynb"
    nbformat.write(_notebook(cells), master)
    _run([str(python.with_name("otter")), "assign", str(master), str(folder / "dist")])
    found = sorted((folder / "dist" / "autograder").glob("*.zip"))
    if not found:
        raise BenchError("otter assign made no archive of tests.")
    return found[0]


def _question(number: int, model: str) -> list[Any]:
    true = new_output("execute_result", {"text/plain": "True"}, execution_count=1)
    return [
        new_raw_cell(f"# BEGIN QUESTION\nname: q{number}\npoints: 1"),
        new_markdown_cell(f"Question {number}"),
        new_raw_cell("# BEGIN SOLUTION"),
        new_code_cell(f"answer_{number} = {model} # SOLUTION"),
        new_raw_cell("# END SOLUTION"),
        new_raw_cell("# BEGIN TESTS"),
        new_code_cell(f"answer_{number} == {model}", outputs=[true]),
        new_raw_cell("# END TESTS"),
        new_raw_cell("# END QUESTION"),
    ]


def _page(desk: Desk, name: str, tasks: list[str], place: Path) -> Path:
    """Write a trainee's answers as the notebook that otter-grader marks."""
    raw = (desk.folder("submitted", name) / ANSWERS_FILE).read_bytes()
    record, _ = parse_submitted(raw, desk.unit_id)
    assert record is not None
    cells = [
        new_code_cell(f"answer_{number} = {record.value(task)!r}")
        for number, task in enumerate(tasks, start=1)
    ]
    path = place / f"{name}.ipynb"
    nbformat.write(_notebook(cells), path)
    return path


def _notebook(cells: list[Any]) -> Any:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return new_notebook(cells=cells, metadata=metadata)


def _check(results: Path, questions: int) -> None:
    """Raise BenchError where not every question was marked, of the last one."""
    tests = json.loads(results.read_bytes())["tests"]
    marked = [one["name"] for one in tests if "score" in one]
    if len(marked) != questions:
        raise BenchError(f"otter run marked {marked}, not {questions} questions.")


def _installed(folder: Path) -> Path:
    _run([sys.executable, "-m", "venv", str(folder)])
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([str(_python(folder)), *pip, *PACKAGES])
    return folder


def _python(venv: Path) -> Path:
    found = venv.absolute() / "bin" / "python"
    if not found.exists():
        raise BenchError(f"{venv} is no Python environment. Name one, or none.")
    return found


def _run(command: list[str]) -> str:
    """Return what a command says. Raises BenchError with its last words."""
    try:
        done = subprocess.run(  # noqa: S603 - our own command, no shell
            command,
            capture_output=True,
            text=True,
            timeout=60 * MINUTES_TO_INSTALL,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BenchError(f"otter-grader cannot be used here ({error}).") from None
    if done.returncode:
        last = "\n".join(done.stderr.strip().splitlines()[-5:])
        raise BenchError(f"otter-grader cannot be used here. Its last words:\n{last}")
    return done.stdout
