"""Marked work of simulated trainees, without a gradebook: for tests of the page."""

import re
from dataclasses import replace
from functools import cache

from caselens.answers import mark_task, parse, setting
from caselens.answers.record import text
from caselens.cases import find_key, read_unit
from caselens.cases.places import clone_root
from caselens.grading.feedback_marks import Marks
from caselens.grading.feedback_page import Pages
from caselens.grading.results import Mark
from caselens.learners import work_unit
from caselens.notebooks.pages import manual_id
from caselens.tasks import kind_of

EXERCISES = clone_root() / "exercises"
UNITS = sorted(one.name for one in EXERCISES.iterdir() if one.is_dir())
OWN = "These are my own words about it."


@cache
def unit_of(name):
    return read_unit(EXERCISES / name)


@cache
def key_of(case_id):
    return find_key(case_id)


def record_of(unit, skill, seed=11):
    """What a trainee of a skill hands in, with a text of their own in every box."""
    record = parse(text(work_unit(unit, key_of, skill, seed)).encode())
    for task_id, answer in record.tasks.items():
        # A simulated trainee writes with the model's sentences; this one does not.
        at = setting(unit, task_id)
        clean = kind_of(at).clean(at, answer.value).value
        own = {
            name: OWN for name in ("text", "offer", "own", "repair") if name in clean
        }
        answer.value, answer.first_text = {**clean, **own}, None
    return record


def marks_of(unit, record, **more):
    """The marks as autograding leaves them: what is written waits for a person."""
    marks = {}
    for task_id, points in unit.points.items():
        at = setting(unit, task_id)
        if kind_of(at).by_hand and at.task.rubric:
            for one in at.vocabulary.rubric(at.task.rubric).criteria:
                name = manual_id(task_id, one.id)
                marks[name] = Mark(name, one.maximum, None, None, None, True)
        else:
            auto = mark_task(unit, task_id, record.value(task_id), key_of).points
            marks[task_id] = Mark(task_id, points, auto, None, None, False)
    return Marks(trainee="ann", marks=marks, **more)


def by_person(marks, points, comments=None):
    """The same marks after a person has given `points` in some cells."""
    given = {
        name: replace_mark(marks.marks[name], manual=worth, waits=False)
        for name, worth in points.items()
    }
    return replace(
        marks,
        marks={**marks.marks, **given},
        comments={**marks.comments, **(comments or {})},
    )


def replace_mark(mark, **changed):
    return mark._replace(**changed)


def pages_of(unit):
    return Pages(unit, lambda one, value: mark_task(unit, one, value, key_of), key_of)


def page_for(unit, record, policy="explained", *, marks=None, problem=None):
    marks = marks_of(unit, record) if marks is None else marks
    return pages_of(unit).page(marks, record, problem, policy)


def link(unit):
    return next(one for one in unit.points if unit.task(one).kind == "link")


def section_of(page, task_id):
    found = re.search(
        rf'<section aria-labelledby="{task_id}">.*?</section>', page, re.S
    )
    assert found is not None
    return found[0]
