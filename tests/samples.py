"""A small bank, its keys and its units, for tests to build on and to break."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from caselens.cases import (
    Case,
    Key,
    Unit,
    UnitTask,
    Vocabulary,
    digest,
    load_vocabulary,
)
from caselens.cases.unit import Digests

ROOT = Path(__file__).resolve().parents[1]
DATASETS = ROOT / "datasets"
UNIT_ID = "m09_u01_sample"

CASE = """\
id: c901
title: The blue door
level: introductory
setting: A clinic, six sessions offered
clients:
  - name: Ines
    age: 40
    pronouns: she/her
    context: A baker who lives with her sister
content_notes: [loneliness]
provenance: Invented for the tests; no real person.
stages:
  - title: Referral
    sentences:
      - {id: s1, kind: history, text: "Ines painted her door blue in March."}
      - {id: s2, kind: client_words, text: "\\"I want to sleep again.\\""}
      - {id: s3, kind: observed, text: "She looks down when the phone rings."}
      - {id: s4, kind: third_party, text: "Her sister says she should go out."}
      - {id: s5, kind: history, text: "Asked about suicide, she said no."}
      - {id: s6, kind: client_words, text: "\\"They have found it, I thought.\\""}
      - {id: s7, kind: history, text: "She let the phone ring and went for a walk."}
      - {id: s8, kind: observed, text: "Her hands shook as she told it."}
tasks:
  - id: c901-safety
    kind: safety
    stage: 1
    questions:
      - {id: q1, text: "How long have you lived there?"}
      - {id: q2, text: "Is there anybody at home who frightens you?"}
      - {id: q3, text: "What would your sister say?"}
      - {id: q4, text: "Why blue?"}
  - id: c901-goals
    kind: goals
    stage: 1
  - id: c901-evidence
    kind: evidence
    stage: 1
    claim: The phone frightens her.
  - id: c901-slots
    kind: slots
    stage: 1
    lens: cbt
    cite: true
    slots: [situation, automatic_thought, emotion, not_supported, too_early]
    statements:
      - {id: a1, text: "The phone rings at work."}
      - {id: a2, text: "They have found the mistake."}
      - {id: a3, text: "Dread."}
      - {id: a4, text: "She hates her sister."}
      - {id: a5, text: "She thinks that she is worth nothing."}
      - {id: a6, text: "The office, as the phone rings."}
  - id: c901-lens
    kind: lens
    stage: 1
    statements:
      - {id: a1, text: "Write the forecast down and test it."}
      - {id: a2, text: "Whom does the caller stand for?"}
      - {id: a3, text: "She learned to expect blame."}
      - {id: a4, text: "It is in her blood."}
  - id: c901-write
    kind: write
    stage: 1
    prompt: What would you say to Ines?
    rubric: bridge
    words: [20, 60]
"""

KEY = """\
case: c901
status: provisional
errors: [jargon]
supervisors: {cbt: "Test it.", dynamic: "Whom do you hear?"}
tasks:
  c901-safety:
    irrelevant: {s1: "A door is a door."}
    parts:
      self: {answer: denied, core: [s5], why: "She was asked and said no."}
      others: {answer: unclear, why: "Nobody asked."}
      from_others: {answer: unclear, why: "Nobody asked.", explicit: true}
      medical: {answer: unclear, core: [s2], supporting: [s8], why: "Sleep."}
      next:
        answer: q2
        why: It is the one that nobody asked.
        wrong:
          q4: {why: "Colour is not risk.", error: jargon}
  c901-goals:
    irrelevant: {s1: "A door is a door."}
    parts:
      clarity: {answer: not_evident, why: "She does not ask."}
      distress: {answer: asked, core: [s2], supporting: [s8], why: "Sleep."}
      relationships: {answer: other_asks, core: [s4], why: "Her sister does."}
      thoughts:
        answer: proposed
        also: asked
        core: [s6]
        against: {s7: "An act, not a thought."}
        why: The thought stands there.
      trauma: {answer: not_evident, why: "Nothing is told."}
      coping: {answer: proposed, core: [s7], why: "The walk."}
      growth: {answer: declined, group: discussed, why: "Explained only."}
      other: {answer: not_evident, why: "Nothing else."}
    agenda: {best: [distress, thoughts], why: "One asked, one offered."}
  c901-evidence:
    parts:
      claim:
        core: [s3, s7]
        supporting: [s8]
        against: {s1: "A door.", s4: "Her sister's wish.", s5: "Another question."}
        why: Both show it.
  c901-slots:
    irrelevant: {s1: "A door is a door."}
    parts:
      a1: {answer: situation, core: [s3], why: "When it rose."}
      a2: {answer: automatic_thought, core: [s6], why: "Her words."}
      a3: {answer: emotion, core: [s8], why: "Her hands."}
      a4: {answer: not_supported, why: "Nobody says so."}
      a5: {answer: too_early, group: middle, why: "One remark."}
      a6: {answer: situation, core: [s3], why: "The same."}
  c901-lens:
    parts:
      a1: {answer: cbt, why: "An experiment."}
      a2: {answer: dynamic, why: "A transference."}
      a3: {answer: both, why: "Either would."}
      a4: {answer: neither, why: "Neither would."}
  c901-write:
    model: You hear the phone and think that they have found the mistake.
    look_for: [Her own words]
"""


@cache
def words() -> Vocabulary:
    return load_vocabulary(DATASETS)


@cache
def sample_case() -> Case:
    return Case.model_validate(yaml.safe_load(CASE))


@cache
def sample_key() -> Key:
    return Key.model_validate(yaml.safe_load(KEY))


def sample_unit(
    kind: str = "practice", case: Case | None = None, points: float = 4.0
) -> Unit:
    case = case or sample_case()
    return Unit(
        format=1,
        id=UNIT_ID,
        module="m09",
        module_title="A module",
        title="A unit",
        kind=kind,  # type: ignore[arg-type]
        minutes=20,
        hint="Read first.",
        tasks=tuple(UnitTask(id=task.id, points=points) for task in case.tasks),
        cases=(case,),
        vocabulary=words(),
        digests={case.id: Digests(case=digest(case), key=digest(sample_key()))},
    )


def write_keys(folder: Path, text: str = KEY) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "c901.yaml").write_text(text, encoding="utf-8", newline="\n")
    return folder


def write_bank(folder: Path, files: dict[str, str] | None = None) -> Path:
    """Write a bank with the course's words; `files` are added or replace ours."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("goals.yaml", "slots.yaml", "errors.yaml"):
        shutil.copyfile(DATASETS / name, folder / name)
    shutil.copytree(DATASETS / "rubrics", folder / "rubrics", dirs_exist_ok=True)
    ours = {"practice/cases/c901.yaml": CASE, "practice/keys/c901.yaml": KEY}
    for name, text in (ours | (files or {})).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return folder


def line_of(text: str, words: str) -> int:
    """Return the line, from 1, on which `words` first stand in `text`."""
    before, found, _ = text.partition(words)
    assert found, f"{words!r} is not in the text"
    return before.count("\n") + 1


def changed(text: str, old: str, new: str) -> str:
    """Return `text` with one place changed; the place must be there."""
    assert text.count(old) >= 1, f"{old!r} is not in the text"
    return text.replace(old, new, 1)


def choice(value: Any, part: str, name: str) -> Any:
    """Return a copy of a choice value with one part answered by `name`."""
    parts = {**value["parts"], part: {**value["parts"][part], "choice": name}}
    return {**value, "parts": parts}
