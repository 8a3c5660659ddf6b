import dataclasses

import pytest
import yaml

from caselens.panel.blank import blank_sheet
from caselens.panel.parts import parts_of
from tests.panel.samples import FULL, committed

# A case whose key is still being written has nothing to hide yet.
NAMES = sorted(name for name, one in committed().entries.items() if one.key is not None)


def sheet_of(entry):
    return blank_sheet(entry, committed().vocabulary)


def words_of(text):
    """The sheet's text with its comment signs and line breaks taken out."""
    return " ".join(text.replace("#", " ").split())


def flat(text):
    return " ".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_asks_for_every_part_with_every_choice_and_no_count(name):
    entry = committed().entries[name]
    found = yaml.safe_load(sheet_of(entry))
    assert found["case"] == name
    asked = {
        part: {"no" if one is False else str(one) for one in row}
        for part, row in found["parts"].items()
    }
    known = parts_of(entry, committed().vocabulary)
    assert asked == {part: set(one.menu) for part, one in known.items()}
    assert {one for row in found["parts"].values() for one in row.values()} == {None}


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_holds_every_sentence_and_statement_of_the_case(name):
    entry = committed().entries[name]
    text = words_of(sheet_of(entry))
    for one in entry.case.sentences.values():
        assert f"{one.number}. {flat(one.text)}" in text
    for task in entry.case.tasks:
        if task.kind != "link":
            for one in (*task.statements, *task.questions, *task.texts):
                assert flat(one.text) in text


def test_a_part_of_the_case_stands_before_its_tasks_and_a_later_one_behind():
    entry = committed().entries[FULL]
    text = sheet_of(entry)
    last = 0
    for number, stage in enumerate(entry.case.stages, start=1):
        at = text.index(f"# Part {number}: {stage.title}")
        tasks = [one for one in entry.case.tasks if one.stage == number]
        assert last < at < min(text.index(f"# {one.id}:") for one in tasks)
        last = max(text.index(f"# {one.id}:") for one in tasks)


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_holds_nothing_of_the_key(name):
    entry = committed().entries[name]
    text = words_of(sheet_of(entry))
    for key in entry.key.tasks.values():
        for part in key.parts.values():
            reasons = [part.why, *part.against.values(), part.breaks or ""]
            reasons += [wrong.why for wrong in part.wrong.values()]
            for reason in reasons:
                assert len(reason) < 25 or flat(reason) not in text


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_is_the_same_whatever_the_key_answers(name):
    entry = committed().entries[name]
    tasks = {
        task: key.model_copy(
            update={
                "parts": {
                    part: one.model_copy(update={"answer": "no", "group": "far"})
                    for part, one in sorted(key.parts.items())
                }
            }
        )
        for task, key in entry.key.tasks.items()
    }
    turned = entry.key.model_copy(update={"tasks": tasks})
    assert sheet_of(dataclasses.replace(entry, key=turned)) == sheet_of(entry)


def test_arrows_stand_in_an_order_that_is_drawn_and_the_same_every_time():
    entry = committed().entries[FULL]
    parts = yaml.safe_load(sheet_of(entry))["parts"]
    shown = [one for one in parts if one.startswith(f"{FULL}-link.")]
    keyed = [f"{FULL}-link.{one}" for one in entry.key.tasks[f"{FULL}-link"].parts]
    assert sorted(shown) == sorted(keyed)
    drawn = [one for one in parts_of(entry, committed().vocabulary) if one in shown]
    assert shown not in (keyed, sorted(keyed), drawn)


def test_a_sheet_says_first_that_the_key_stays_closed():
    head = sheet_of(committed().entries[FULL]).partition("case:")[0]
    assert "Do not open the key" in words_of(head)
