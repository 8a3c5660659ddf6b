"""Marking a sheet: every task of a unit, from its answers and the keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from caselens.answers.files import read_bounded
from caselens.answers.record import AnswersError, Record, parse
from caselens.answers.sheet import ANSWERS_FILE
from caselens.cases import Key, KeyMissingError, Unit, find_key
from caselens.tasks import Score, Setting, kind_of, score

FindKey = Callable[[str], Key]


def setting(unit: Unit, task_id: str) -> Setting:
    """Return a task of a unit where it stands."""
    task = unit.task(task_id)
    return Setting(task, unit.case(task.case), unit.vocabulary, unit.points[task_id])


def mark_task(unit: Unit, task_id: str, value: Any, find: FindKey = find_key) -> Score:
    """Return the score of one answer. Raises KeyMissingError."""
    one = setting(unit, task_id)
    key = find(one.case.id)
    if task_id not in key.tasks:
        raise KeyMissingError(task_id)
    return score(one, key.tasks[task_id], value)


def mark(
    unit: Unit, values: Mapping[str, Any], find: FindKey = find_key
) -> dict[str, Score]:
    """Return the score of every task of the unit, by task id."""
    return {one: mark_task(unit, one, values.get(one), find) for one in unit.points}


def model_values(unit: Unit, find: FindKey = find_key) -> dict[str, Any]:
    """Return the answers that the keys hold to be good, by task id."""
    values = {}
    for task_id in unit.points:
        one = setting(unit, task_id)
        values[task_id] = kind_of(one).model(one, find(one.case.id).tasks[task_id])
    return values


def read_submitted(folder: Path, unit_id: str) -> tuple[Record | None, str | None]:
    """Return the answers in a submitted folder, or None and why there are none.

    Nothing is written, followed as a link or executed.
    """
    try:
        raw = read_bounded(folder / ANSWERS_FILE)
    except (AnswersError, OSError) as error:
        return None, cannot_be_used(error)
    return parse_submitted(raw, unit_id)


def parse_submitted(
    raw: bytes | None, unit_id: str
) -> tuple[Record | None, str | None]:
    """Return the record in submitted bytes, or None and why there is none."""
    if raw is None:
        return None, "There is no answers.json in this submission."
    try:
        record = parse(raw)
    except AnswersError as error:
        return None, cannot_be_used(error)
    if record.unit != unit_id:
        return None, (
            f"The submitted answers.json belongs to the unit {record.unit[:80]!r}, "
            f"not to {unit_id}."
        )
    return record, None


def cannot_be_used(why: Exception) -> str:
    """Say that submitted answers cannot be used, and why."""
    return f"The submitted answers.json cannot be used: {why}."


def unknown_tasks(unit: Unit, record: Record) -> list[str]:
    """Ids in the answers that the unit does not have, sorted."""
    return sorted(record.tasks.keys() - unit.points.keys())
