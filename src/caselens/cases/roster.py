"""The lint of a registry: what course.toml names must be there, and count alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from caselens.cases.bank import Bank, load_bank
from caselens.cases.course import Course, CourseUnit, read_course
from caselens.cases.source import BankError, Problem, Severity

Found = tuple[str, str, str, Severity]


def lint_roster(datasets: Path, words: Path | None = None) -> list[Problem]:
    """Return the faults of the registry beside `datasets`, and what to look at there.

    Without a registry, or where the words cannot be read, there is nothing to say.
    """
    path = datasets.parent / "course" / "course.toml"
    if not path.is_file():
        return []
    try:
        course = read_course(path)
    except BankError as error:
        return error.problems
    try:
        bank = load_bank(datasets, words)
    except BankError:
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    spares = course.spares()
    return [
        Problem(str(path), _line(lines, name), what, repair, severity)
        for _, unit in course.units()
        for name, what, repair, severity in (
            *_tasks(unit, bank),
            *_others(unit, course),
            *(() if unit.id in spares else _notes(unit, bank)),
        )
    ]


def _line(lines: list[str], name: str) -> int:
    quoted = f'"{name}"'
    return next((number for number, one in enumerate(lines, 1) if quoted in one), 1)


def _tasks(unit: CourseUnit, bank: Bank) -> Iterator[Found]:
    for task in unit.tasks:
        case_id = task.id.split("-", maxsplit=1)[0]
        try:
            known = [one.id for one in bank.case(case_id).tasks]
        except KeyError:
            what = f"{unit.id} asks {task.id!r}: no case {case_id!r} is in the bank."
            yield task.id, what, "Write the case, or correct the id.", "fault"
            continue
        if task.id not in known:
            what = f"{unit.id} asks {task.id!r}, which the case has not."
            yield task.id, what, f"Use one of: {', '.join(known)}.", "fault"


def _others(unit: CourseUnit, course: Course) -> Iterator[Found]:
    known = {one.id: one for _, one in course.units()}
    for word, name in (("next", unit.next), ("alternative", unit.alternative)):
        if name is not None and name not in known:
            what = f"{unit.id} names {name!r} as its {word}, and there is no such unit."
            yield name, what, "Write the unit, or correct the id.", "fault"
    other = known.get(unit.alternative or "")
    if unit.kind == "graded" and other is not None and other.points != unit.points:
        what = f"{unit.id} counts {unit.points:g}, its alternative {other.points:g}."
        yield unit.id, what, "Let both count alike.", "fault"


def _notes(unit: CourseUnit, bank: Bank) -> Iterator[Found]:
    if unit.kind != "graded" or unit.form or unit.alternative:
        return
    for case_id in dict.fromkeys(task.id.split("-", 1)[0] for task in unit.tasks):
        try:
            noted = bank.case(case_id).content_notes
        except KeyError:
            continue
        if noted:
            what = f"{unit.id} is graded, and {case_id} has content notes."
            repair = "Name an alternative that counts the same, for who would not read."
            yield unit.id, what, repair, "look"
            return
