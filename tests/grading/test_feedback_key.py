"""What of a key a feedback page may hold, over every graded unit and policy."""

import json
import re
from dataclasses import replace

import pytest

from caselens.answers import mark_task, setting
from caselens.cases import Key
from caselens.grading.feedback_page import Pages
from caselens.tasks import kind_of
from tests.grading.feedback_samples import (
    OWN,
    UNITS,
    key_of,
    link,
    marks_of,
    page_for,
    record_of,
    section_of,
    unit_of,
)

M14 = "m14_u04_graded_case"
SKILLS = (0.0, 0.5, 1.0)
LONG = 25


def letters(words):
    """Only letters, so that neither escapes nor numbers of sentences matter."""
    return "".join(
        re.findall(r"[a-z]+", re.sub(r"&#?\w+;|<[^>]+>", " ", words.lower()))
    )


def leaves(value):
    """Every sentence of every text in plain data."""
    if isinstance(value, str):
        for one in re.split(r"(?<=[.?!;:])\s", value):
            if len(one) >= LONG:
                yield letters(re.sub(r"\bs[0-9]+\b", "", one))
    elif isinstance(value, dict):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from leaves(one)


def numberless(page):
    return letters(re.sub(r"\bsentences?\b", "", page.lower()))


def in_public(unit):
    return numberless(json.dumps(unit.model_dump(mode="json"), ensure_ascii=False))


def secrets(unit, hidden):
    """What `hidden` names of each key and no public file says anyway."""
    public = in_public(unit)
    found = set()
    for case in unit.cases:
        found |= set(leaves(hidden(unit, case.id, key_of(case.id).model_dump())))
    found = {one.replace("sentences", "").replace("sentence", "") for one in found}
    return {one for one in found if len(one) >= LONG - 5 and one not in public}


def everything(unit, case_id, key):
    return key


def not_of_this_unit(unit, case_id, key):
    """Other units' tasks; and what looks back on a case that is met again."""
    hidden = {
        "tasks": {
            name: one for name, one in key["tasks"].items() if name not in unit.points
        },
        "anchors": [one["anchors"] for one in key["tasks"].values()],
    }
    if case_id in unit.continued:
        back = ("formulations", "supervisors", "comparison")
        hidden |= {name: key[name] for name in back}
    return hidden


def told_here(unit):
    """What the key says in this unit's own tasks, and may be told twice."""
    allowed = set()
    for case in unit.cases:
        key = key_of(case.id).model_dump()
        own = {name: one for name, one in key["tasks"].items() if name in unit.points}
        for one in own.values():
            one.pop("anchors")
        allowed |= set(leaves(own))
        if case.id not in unit.continued:
            allowed |= set(
                leaves([key["formulations"], key["supervisors"], key["comparison"]])
            )
    return {one.replace("sentences", "").replace("sentence", "") for one in allowed}


@pytest.mark.parametrize("name", UNITS)
def test_before_the_explanation_no_word_of_a_key_is_on_any_page(name):
    unit = unit_of(name)
    hidden = secrets(unit, everything)
    assert hidden
    for skill in SKILLS:
        record = record_of(unit, skill)
        for policy in ("points", "verdicts"):
            page = numberless(page_for(unit, record, policy))
            assert [one for one in hidden if one in page] == []


@pytest.mark.parametrize("name", UNITS)
def test_explained_pages_tell_nothing_that_belongs_to_a_later_unit(name):
    unit = unit_of(name)
    told = " ".join(told_here(unit))
    hidden = {one for one in secrets(unit, not_of_this_unit) if one not in told}
    for skill in SKILLS:
        page = numberless(page_for(unit, record_of(unit, skill)))
        assert [one for one in hidden if one in page] == []


def judged(unit, record, find):
    return [
        [(one.part, one.verdict, one.scored) for one in found.parts] + [found.complete]
        for found in (
            mark_task(unit, one, record.value(one), find) for one in unit.points
        )
    ]


def other_words(case_id):
    """A key with the same answers, and other words and sentences everywhere."""
    key = key_of(case_id).model_dump(mode="json")
    for task in key["tasks"].values():
        for one in task["parts"].values():
            one |= {"why": "Another reason altogether.", "error": None, "breaks": None}
            one["against"] = dict.fromkeys(one["against"], "another reason why not")
        task |= {"model": "Another model answer.", "first": "Another first word."}
    return key | {"formulations": None, "supervisors": None, "comparison": None}


def other_answers(unit, record, case_id):
    """That key, with another right answer wherever this trainee missed the part."""
    key = other_words(case_id)
    for task_id in (one for one in unit.points if one.startswith(f"{case_id}-")):
        at = setting(unit, task_id)
        for part in mark_task(unit, task_id, record.value(task_id), key_of).parts:
            one = key["tasks"][task_id]["parts"].get(part.part)
            if part.verdict == "missed" and part.choice is not None and one is not None:
                menu = kind_of(at).menus(at)[part.part]
                taken = (part.choice, one["answer"], one["also"])
                free = [choice for choice in menu if choice not in taken]
                one |= {"answer": free[0], "also": None} if free else {}
    return key


def verdicts_page(unit, record, find):
    """A page by a key, with the points that the course's own key gives."""
    marks = marks_of(unit, record)

    def scored(task_id, value):
        points = marks.marks[task_id].auto if task_id in marks.marks else 0.0
        return replace(mark_task(unit, task_id, value, find), points=points)

    return Pages(unit, scored, find).page(marks, record, None, "verdicts")


@pytest.mark.parametrize("name", UNITS)
def test_verdicts_pages_stay_the_same_when_the_key_gives_other_reasons(name):
    unit = unit_of(name)
    others = {one.id: Key.model_validate(other_words(one.id)) for one in unit.cases}
    for skill in SKILLS:
        record = record_of(unit, skill)
        pages = {verdicts_page(unit, record, one) for one in (key_of, others.get)}
        assert len(pages) == 1


def test_verdicts_pages_do_not_tell_which_answer_would_have_been_right():
    compared = 0
    for name in UNITS:
        unit = unit_of(name)
        record = record_of(unit, 0.3)
        others = {
            one.id: Key.model_validate(other_answers(unit, record, one.id))
            for one in unit.cases
        }
        try:
            same = judged(unit, record, key_of) == judged(unit, record, others.get)
        except ValueError:  # the changed key is no key that could be scored
            continue
        if same and others != {one.id: key_of(one.id) for one in unit.cases}:
            compared += 1
            pages = {verdicts_page(unit, record, one) for one in (key_of, others.get)}
            assert len(pages) == 1
    assert compared > 5


def test_verdicts_name_no_part_that_was_left_out():
    unit = unit_of("m12_u05_whole_case")
    record = record_of(unit, 0.5)
    record.tasks["c010-link" if "c010-link" in unit.points else link(unit)].value = None
    page = page_for(unit, record, "verdicts")
    section = section_of(page, link(unit))
    assert "Missed" not in section
    assert "<li>" not in section


def test_under_points_a_page_is_made_without_any_key():
    unit = unit_of(M14)
    record = record_of(unit, 0.5)
    page = Pages(unit).page(marks_of(unit, record), record, None, "points")
    assert OWN in page


def test_an_explained_page_gives_every_reason_sentence_and_model():
    unit = unit_of(M14)
    page = page_for(unit, record_of(unit, 0.5))
    words = numberless(page)
    key = key_of("c009")
    for task_id in unit.points:
        for part in key.tasks[task_id].parts.values():
            if setting(unit, task_id).task.kind not in ("link", "pick"):
                assert (
                    next(leaves(part.why))
                    .replace("sentences", "")
                    .replace("sentence", "")
                    in words
                )
    assert letters(key.formulations.cbt[:60]) in letters(page)
    assert letters(key.formulations.dynamic[:60]) in letters(page)
    assert "Sentence 25.</span> " in page
    assert page.count("provisional") == 1
