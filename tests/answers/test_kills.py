from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselens.answers import AnswerSheet
from tests.answers.test_sheet import GOALS, TEXT, open_sheet, set_aside

STEPS = [
    (tempfile, "mkstemp"),
    (os, "fdopen"),
    (os, "fsync"),
    (Path, "chmod"),
    (Path, "replace"),
    (Path, "unlink"),
]
MOST_STEPS = 10


class Killed(BaseException):
    pass


@contextmanager
def kill_at(step: int, *, after: bool) -> Iterator[list[str]]:
    """Die at the given call of those that touch the disk, before or after it.

    A dead process does nothing more, so every later call dies as well.
    """
    calls: list[str] = []

    def deadly(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            calls.append(name)
            if len(calls) < step:
                return real(*args, **more)
            if len(calls) == step and after:
                real(*args, **more)
            raise Killed

        return call

    with pytest.MonkeyPatch.context() as patch:
        for owner, name in STEPS:
            patch.setattr(owner, name, deadly(name, getattr(owner, name)))
        yield calls


def steps_of(act: Callable[[], object]) -> list[str]:
    with kill_at(1000, after=False) as calls:
        act()
    return calls


def test_the_steps_of_saving_are_those_that_are_killed_below(tmp_path):
    one = open_sheet(tmp_path)
    one.save(GOALS, 1, 0)
    steps = steps_of(lambda: one.save(GOALS, 2, 1))
    assert steps[-2:] == ["replace", "replace"]
    assert steps.index("fsync") < steps.index("replace")
    assert len(steps) <= MOST_STEPS


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", range(1, MOST_STEPS + 1))
def test_a_kill_at_any_step_of_saving_leaves_the_old_or_the_new(tmp_path, step, after):
    one = open_sheet(tmp_path)
    one.save(TEXT, "other", 0)
    one.save(GOALS, "old", 0)
    try:
        with kill_at(step, after=after):
            one.save(GOALS, "new", 1)
    except Killed:
        pass
    again = open_sheet(tmp_path)
    assert again.record.value(GOALS) in {"old", "new"}
    assert again.record.value(TEXT) == "other"
    assert again.notices == []
    assert set_aside(tmp_path) == []
    again.save(GOALS, "newer", 2)
    assert open_sheet(tmp_path).record.value(GOALS) == "newer"


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", range(1, MOST_STEPS + 1))
def test_a_kill_at_any_step_of_the_first_save_leaves_a_page_that_opens(
    tmp_path, step, after
):
    one = open_sheet(tmp_path)
    try:
        with kill_at(step, after=after):
            one.save(GOALS, "new", 0)
    except Killed:
        pass
    again = open_sheet(tmp_path)
    assert again.record.value(GOALS) in {None, "new"}
    assert again.notices == []
    again.save(GOALS, "newer", 0)
    assert open_sheet(tmp_path).record.value(GOALS) == "newer"


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", range(1, 2 * MOST_STEPS))
def test_a_kill_at_any_step_of_starting_again_leaves_the_old_somewhere(
    tmp_path, step, after
):
    one = open_sheet(tmp_path)
    one.save(GOALS, "old", 0)
    one.save(GOALS, "precious", 1)
    try:
        with kill_at(step, after=after):
            one.start_again()
    except Killed:
        pass
    again = open_sheet(tmp_path)
    assert again.notices == []
    kept = "".join(path.read_text() for path in set_aside(tmp_path, "kept"))
    assert "precious" in kept or again.record.value(GOALS) == "precious"


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", range(1, 4))
def test_a_kill_while_a_damaged_file_is_set_aside_loses_neither(tmp_path, step, after):
    one = open_sheet(tmp_path)
    one.save(GOALS, "good", 0)
    one.save(GOALS, "newer", 1)
    one.path.write_bytes(b"damaged")
    try:
        with kill_at(step, after=after):
            open_sheet(tmp_path)
    except Killed:
        pass
    assert open_sheet(tmp_path).record.value(GOALS) == "good"
    assert [path.read_bytes() for path in set_aside(tmp_path)] == [b"damaged"]


PAGES, TASKS = (0, 1), (GOALS, TEXT)
SAVE = st.tuples(
    st.just("save"), st.sampled_from(PAGES), st.sampled_from(TASKS), st.none()
)
KILL = st.tuples(
    st.just("kill"),
    st.sampled_from(PAGES),
    st.sampled_from(TASKS),
    st.tuples(st.integers(1, MOST_STEPS), st.booleans()),
)
REOPEN = st.tuples(
    st.just("reopen"), st.sampled_from(PAGES), st.sampled_from(TASKS), st.none()
)


class Expected:
    """What has to be in the file: of each task the value, and what lost to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.values: dict[str, Any] = dict.fromkeys(TASKS)
        self.lost: dict[str, set[Any]] = {task: set() for task in TASKS}

    def saved(self, task: str, value: object, knew: object) -> None:
        # What the page did not know of may not vanish when it saves its own.
        if self.values[task] not in {None, knew}:
            self.lost[task].add(self.values[task])
        self.values[task] = value

    def check(self) -> None:
        record = open_sheet(self.folder).record
        for task in TASKS:
            assert record.value(task) == self.values[task]
            answer = record.tasks.get(task)
            history = {one["value"] for one in answer.history} if answer else set()
            assert self.lost[task] <= history


@settings(max_examples=40)
@given(st.lists(SAVE | KILL | REOPEN, max_size=16))
def test_no_order_of_saves_kills_and_reopenings_loses_a_saved_answer(acts):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = [open_sheet(folder), open_sheet(folder)]
        expected = Expected(folder)
        for number, (act, page, task, kill) in enumerate(acts):
            knew = pages[page].record.value(task)
            if act == "save":
                save(pages[page], task, number)
                expected.saved(task, number, knew)
            elif act == "kill":
                try:
                    with kill_at(kill[0], after=kill[1]):
                        save(pages[page], task, number)
                except Killed:
                    pass
                pages[page] = open_sheet(folder)
                if pages[page].record.value(task) == number:
                    expected.saved(task, number, knew)
            else:
                pages[page] = open_sheet(folder)
            expected.check()


def save(page: AnswerSheet, task: str, value: int) -> None:
    answer = page.record.tasks.get(task)
    page.save(task, value, answer.revision if answer else 0)
