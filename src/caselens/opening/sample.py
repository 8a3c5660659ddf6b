"""What is opened to be measured: a unit with everything, and a page with nothing.

Both go the same way through server, extension and kernel. The kernels of the empty
page find a stub in the course's place, which shows one empty widget.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from random import Random

from ipykernel.kernelspec import get_kernel_dict
from nbformat.v4 import new_code_cell, new_markdown_cell

from caselens.cases import Unit, UnitTask, digest, load_vocabulary, unit_text
from caselens.cases.places import datasets_dir
from caselens.cases.unit import UNIT_FILE, Digests
from caselens.learners.bank import STAGES, made_up
from caselens.notebooks.build import public_case, used_words
from caselens.notebooks.pages import WORKBENCH, practice, write_page

CASE = "g0000"
SENTENCES = 36
SEED = 7
UNIT = "m09_u01_every_kind"
EMPTY = "m09_u02_nothing"
INTRO = "# Every kind of task\n\nA made-up case, for timing."
EMPTY_CLASS = "caselens-empty"
EMPTY_SELECTOR = f".{EMPTY_CLASS}"
STUB = f'''\
import anywidget


class Empty(anywidget.AnyWidget):
    _esm = """export default {{
      render: ({{ el }}) => el.classList.add("{EMPTY_CLASS}"),
    }};"""


def workbench():
    return Empty()


def task(name):
    return None
'''


def every_kind() -> Unit:
    """Return a practice unit of 36 sentences with a task of every kind."""
    rng = Random(SEED)  # noqa: S311  # no secret is drawn
    words = load_vocabulary(datasets_dir())
    case, key = made_up(CASE, rng, words, sentences=SENTENCES // STAGES)
    return Unit(
        format=1,
        id=UNIT,
        module="m09",
        module_title="Timing",
        title="Every kind of task",
        kind="practice",
        minutes=60,
        hint="Made up.",
        tasks=tuple(UnitTask(id=task.id, points=1) for task in case.tasks),
        cases=(public_case(case),),
        vocabulary=used_words(words, [case]),
        digests={case.id: Digests(case=digest(case), key=digest(key))},
    )


def write_unit(work: Path, unit: Unit) -> Path:
    """Write the unit as Begin copies one; return its page."""
    cells = [new_markdown_cell(INTRO), new_code_cell(WORKBENCH)]
    page = work / unit.id / f"{unit.id}.ipynb"
    write_page(practice(unit, cells), page)
    (page.parent / UNIT_FILE).write_text(unit_text(unit), "utf-8", newline="\n")
    return page


def write_empty(work: Path, unit: Unit) -> Path:
    """Write a page with the course's own cells and nothing beside it; return it."""
    page = work / EMPTY / f"{EMPTY}.ipynb"
    write_page(practice(unit, [new_code_cell(WORKBENCH)]), page)
    return page


def write_stub(folder: Path) -> Path:
    """Write the package that kernels of the empty page import; return `folder`."""
    package = folder / "caselens"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(STUB, "utf-8")
    return folder


def write_kernel(folder: Path, stub: Path | None = None) -> Path:
    """Write the kernel that pages ask for, in a folder for JUPYTER_PATH; return it.

    Both pages get one, so that they differ in the stub and in nothing else.
    """
    kernel = get_kernel_dict()
    if stub is not None:
        known = os.environ.get("PYTHONPATH")
        paths = [str(stub), *([known] if known else [])]
        kernel["env"] = {"PYTHONPATH": os.pathsep.join(paths)}
    path = folder / "kernels" / "python3" / "kernel.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(kernel), "utf-8")
    return folder
