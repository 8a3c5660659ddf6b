"""A copy of a few committed cases, and raters who answer as simulated trainees do."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from caselens.answers import ANSWERS_FILE, Record
from caselens.answers.record import text
from caselens.cases import Bank, Key, load_bank
from caselens.learners import work_unit
from caselens.panel.sheet import Panel
from tests.samples import DATASETS

# A full case with a task of every kind, a short one, and the other half of a pair.
FULL, SHORT, PAIR = "c001", "c004", "c002"
WORDS = ("goals", "slots", "errors", "labels", "comparison")
SKILLS = (0.9, 0.85, 0.8, 0.95, 0.9, 0.75, 1.0)


def copied(folder: Path, *names: str) -> Path:
    """Copy cases with keys and the words of the course; return the datasets."""
    datasets = folder / "datasets"
    datasets.mkdir(parents=True)
    for name in WORDS:
        shutil.copyfile(DATASETS / f"{name}.yaml", datasets / f"{name}.yaml")
    shutil.copytree(DATASETS / "rubrics", datasets / "rubrics")
    for name in names or (FULL, PAIR, SHORT):
        for half in ("cases", "keys"):
            place = datasets / "practice" / half
            place.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(
                DATASETS / "practice" / half / f"{name}.yaml", place / f"{name}.yaml"
            )
    return datasets


@cache
def committed() -> Bank:
    return load_bank(DATASETS)


def key_of(bank: Bank, panel: Panel, alias: str) -> Key:
    """Return a case's key by the names that the raters' page uses."""
    own = panel.cases[alias]
    key = bank.key(own)
    tasks = {alias + name.removeprefix(own): one for name, one in key.tasks.items()}
    return key.model_copy(update={"tasks": tasks})


def work(bank: Bank, panel: Panel, skill: float, seed: int) -> Record:
    return work_unit(panel.unit, lambda one: key_of(bank, panel, one), skill, seed)


def answer(
    folder: Path, bank: Bank, panel: Panel, skills: tuple[float, ...] = SKILLS
) -> None:
    """Let raters of these skills answer, each in the folder that they were given."""
    for number, skill in enumerate(skills, start=1):
        hand_in(folder / f"rater-{number:02}", work(bank, panel, skill, number))


def hand_in(rater: Path, record: Record) -> None:
    (rater / ANSWERS_FILE).write_text(text(record), encoding="utf-8")


def fill_in(folder: Path, *approaches: str) -> None:
    """Write the approach of each rater, in order, into raters.csv."""
    rows = [f"rater-{n:02},{one},5" for n, one in enumerate(approaches, start=1)]
    (folder / "raters.csv").write_text("\n".join(["rater,approach,years", *rows]))
