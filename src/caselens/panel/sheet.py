"""The rating sheet of a panel: one page for each rater, and nothing of a key in it."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Literal

from nbformat.v4 import new_code_cell, new_markdown_cell
from pydantic import BaseModel, ConfigDict, ValidationError

from caselens.cases import Bank, Case, Unit, UnitTask, digest, unit_text
from caselens.cases.unit import MAX_BYTES, UNIT_FILE, Digests
from caselens.notebooks.build import public_case, used_words
from caselens.notebooks.pages import WORKBENCH, practice, write_page
from caselens.panel.raters import RATERS_FILE, PanelError, names, raters_text
from caselens.tasks import KINDS
from caselens.tasks.choices import ChoiceKind

PANEL_FILE = "panel.json"
PAGE = "rating.ipynb"
TITLE = "Rating cases"
SECONDS_A_PART = 20
SECONDS_A_SENTENCE = 8
STEP = 10
RENAMED = ("id", "of", "rewrites")
# What is not asked of a rater: writing first, how sure, and sentences where a choice
# can stand without them.
LEFT_OUT: dict[str, Any] = {"first": None, "confidence": False, "cite": False}
INTRO = """\
# Rating cases

You are asked, as a therapist of whichever approach, to answer the tasks of invented \
cases. **There is no right answer here.** Nobody marks you and nothing of the course's \
own answers is shown. Where raters differ, the fault is the task's: it is reworded, or \
no longer scored.

- **How long**: about {minutes} minutes in all. Stop when you like and go on later; \
your answers are saved as you go.
- **From your own approach**: answer as you would think of this client at work. Tell \
whoever invited you which approach that is (CBT, dynamic, or both), and for how many \
years you have practised.
- **Alone**: please neither talk about the cases with other raters nor look them up in \
the course until everybody has finished.
- **Choices are all that counts.** Sentences and texts may be left out. Leave blank \
what you cannot answer.
- A longer case opens in parts. Once you go on to the next part, your answers to the \
one before stay as they are.
- **At the end** press "Hand in". Then send back one file from this folder, \
`answers.json`. What the page then says about feedback is meant for classes: none \
follows here.
"""


class Panel(BaseModel):
    """What a panel was asked: its unit, and the course's case behind each name.

    Cases go by other names on a rater's page, so that a rater's own installation of
    the course finds no key to mark them by.
    """

    model_config = ConfigDict(frozen=True)
    format: Literal[1]
    cases: dict[str, str]
    unit: Unit

    def own(self, name: str) -> str:
        """Return the course's name of a task or a part on the page."""
        alias = name.split("-", maxsplit=1)[0]
        return self.cases[alias] + name.removeprefix(alias)

    def changed(self, bank: Bank) -> list[str]:
        """Return the cases that are not worded any more as the panel read them."""
        return [
            case_id
            for alias, case_id in self.cases.items()
            if case_id not in bank.entries
            or digest(bank.case(case_id)) != self.unit.digests[alias].case
        ]


@dataclass(frozen=True)
class Made:
    """What was made: the panel, and each rater's page."""

    panel: Panel
    pages: tuple[Path, ...]


def make_panel(folder: Path, bank: Bank, cases: Sequence[str], raters: int) -> Made:
    """Write a folder for each rater, the list of raters, and what was asked.

    Raises PanelError for an unknown case, or a folder in which something lies.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PanelError(f"{folder} is not empty. Name a new folder for this panel.")
    panel = _panel(bank, list(dict.fromkeys(cases)))
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(_plain(panel), ensure_ascii=False, indent=1) + "\n"
    (folder / PANEL_FILE).write_text(text, encoding="utf-8", newline="\n")
    raters_csv = raters_text(raters)
    (folder / RATERS_FILE).write_text(raters_csv, encoding="utf-8", newline="\n")
    pages = [_write(folder / name, _drawn(panel.unit, name)) for name in names(raters)]
    return Made(panel, tuple(pages))


def read_panel(folder: Path) -> Panel:
    """Return what a panel was asked. Raises PanelError where that is not there."""
    path = folder / PANEL_FILE
    if not path.is_file():
        what = f"{path} is missing, so no panel was made here."
        raise PanelError(f"{what} Name the folder that `caselens panel make` wrote.")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError("it is too large")
        return Panel.model_validate_json(path.read_bytes())
    except (ValidationError, ValueError, OSError):
        what = f"{path} is damaged."
        raise PanelError(f"{what} Put back the file that was made.") from None


def _plain(panel: Panel) -> dict[str, Any]:
    unit = json.loads(unit_text(panel.unit))
    return {"format": panel.format, "cases": panel.cases, "unit": unit}


def _panel(bank: Bank, ids: list[str]) -> Panel:
    unknown = [one for one in ids if one not in bank.entries]
    if unknown or not ids:
        known = ", ".join(sorted(bank.entries))
        what = (
            f"No case is called {', '.join(unknown)}." if ids else "No case is named."
        )
        raise PanelError(f"{what} The bank has: {known}.")
    aliases = {f"p{number:03}": one for number, one in enumerate(ids, start=1)}
    cases = [_asked(bank.case(one), name) for name, one in aliases.items()]
    digests = {
        name: Digests(case=digest(bank.case(one))) for name, one in aliases.items()
    }
    stamp = json.dumps([[one.id, digest(one)] for one in cases])
    minutes = _minutes(cases)
    unit = Unit(
        format=1,
        id=f"panel_{hashlib.sha256(stamp.encode()).hexdigest()[:8]}",
        module="panel",
        module_title="A panel",
        title=TITLE,
        kind="graded",
        minutes=minutes,
        hint="Read before you answer, and answer as you would at work.",
        intro=_intro(minutes).partition("\n")[2].strip(),
        tasks=tuple(UnitTask(id=t.id, points=0) for one in cases for t in one.tasks),
        cases=tuple(cases),
        vocabulary=used_words(bank.vocabulary, cases),
        digests=digests,
    )
    return Panel(format=1, cases=aliases, unit=unit)


def _asked(case: Case, name: str) -> Case:
    """Return the public half of a case by another name, with what is voted on."""
    tasks = [
        task.model_copy(
            update=LEFT_OUT
            | {
                field: name + value.removeprefix(case.id)
                for field in RENAMED
                if (value := getattr(task, field)) is not None
            }
        )
        for task in sorted(case.tasks, key=lambda task: task.stage)
        if isinstance(KINDS.get(task.kind), ChoiceKind)
    ]
    alone: dict[str, Any] = {"pair_of": None, "twin_of": None, "changed": ()}
    named = {"id": name, "tasks": tuple(tasks)}
    return public_case(case.model_copy(update=alone | named))


def _minutes(cases: Sequence[Case]) -> int:
    """Return how long rating takes, in tens of minutes: a guess, not a measure."""
    return STEP * math.ceil(sum(_seconds(one) for one in cases) / 60 / STEP)


def _seconds(case: Case) -> int:
    parts = sum(
        len(task.statements or task.options or task.hypotheses or "1234")
        + len(task.moves)
        + len(task.sentences) * 2
        for task in case.tasks
    )
    return SECONDS_A_PART * parts + SECONDS_A_SENTENCE * len(case.sentences)


def _intro(minutes: int) -> str:
    return INTRO.format(minutes=minutes)


def _drawn(unit: Unit, rater: str) -> Unit:
    """Return the unit with its cases in an order drawn for this rater."""
    cases = list(unit.cases)
    Random(f"{unit.id}/{rater}").shuffle(cases)  # noqa: S311  # no secret is drawn
    tasks = tuple(one for case in cases for one in _tasks_of(unit, case))
    return unit.model_copy(update={"cases": tuple(cases), "tasks": tasks})


def _tasks_of(unit: Unit, case: Case) -> Iterator[UnitTask]:
    own = {task.id for task in case.tasks}
    return (one for one in unit.tasks if one.id in own)


def _write(folder: Path, unit: Unit) -> Path:
    cells = [new_markdown_cell(_intro(unit.minutes)), new_code_cell(WORKBENCH)]
    page = folder / PAGE
    write_page(practice(unit, cells), page)
    (folder / UNIT_FILE).write_text(unit_text(unit), encoding="utf-8", newline="\n")
    return page
