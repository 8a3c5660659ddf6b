"""The answer sheet: open, save, commit, recover. One file beside the page."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from copy import deepcopy
from pathlib import Path
from typing import Any

from caselens.answers.files import (
    NotSavedError,
    cannot_write,
    locked,
    read_bounded,
    write_atomically,
)
from caselens.answers.record import (
    MAX_BYTES,
    AnswersError,
    Aside,
    Record,
    TaskAnswer,
    checksum,
    moment_after,
    now,
    parse,
    text,
)

ANSWERS_FILE = "answers.json"
PREVIOUS_FILE = "answers.previous.json"
EXECUTION_VARIABLE = "NBGRADER_EXECUTION"
NO_RESTART = "A graded unit that has been handed in cannot be started again."
COMMITTED_ELSEWHERE = (
    "This answer has been committed or handed in on another open page and stays as it "
    "is. Load this page again to go on; what you typed here is kept beside the answer."
)
TOO_LARGE = (
    "Your answers are together too long to be saved. Shorten the longest text; what "
    "you typed is kept in this browser."
)


class LockedError(Exception):
    """A committed answer cannot be changed."""


def is_replayed() -> bool:
    """Whether nbgrader executes the page, so that nothing may be written."""
    return bool(os.environ.get(EXECUTION_VARIABLE))


class AnswerSheet:
    """The answers of one unit in one folder.

    Every change reads the file again under a lock, changes one task and writes
    the whole file atomically, so that two open pages keep each other's answers.
    """

    def __init__(
        self, folder: Path, unit: str, cases: dict[str, str] | None = None
    ) -> None:
        self.folder = folder
        self.unit = unit
        self.cases = dict(cases or {})
        self.notices: list[str] = []
        self.record = self._open()

    @property
    def path(self) -> Path:
        """Where the answers are stored."""
        return self.folder / ANSWERS_FILE

    def save(
        self, task_id: str, value: Any, base: int, aside: Aside | None = None
    ) -> TaskAnswer:
        """Store a value that was made from revision `base`; return the answer.

        Where another page saved in between, the later save wins and the other
        value is kept in the history. Raises LockedError, NotSavedError.
        """

        def change(record: Record) -> None:
            answer = record.answer(task_id)
            if answer.committed:
                raise LockedError(COMMITTED_ELSEWHERE)
            if answer.revision > base and answer.value != value:
                answer.remember(answer.value, answer.revision, answer.saved)
            answer.value = value
            answer.note(aside)
            answer.revision = max(answer.revision, base) + 1
            answer.saved = now()

        self._change(change)
        return self.record.answer(task_id)

    def merge_draft(
        self, task_id: str, value: Any, base: int, aside: Aside | None = None
    ) -> bool:
        """Take up a draft that the browser kept; return whether it won.

        A draft made from the stored revision is newer and wins; an older one, or
        one for a committed answer, goes into the history.
        """
        won = False

        def change(record: Record) -> None:
            nonlocal won
            answer = record.answer(task_id)
            won = base >= answer.revision and not answer.committed
            if won:
                answer.note(aside)
            if answer.value == value:
                return
            if not won:
                answer.remember(value, base, None)
                return
            if answer.value is not None:
                answer.remember(answer.value, answer.revision, answer.saved)
            answer.value = value
            answer.revision = max(answer.revision, base) + 1
            answer.saved = now()

        self._change(change)
        return won

    def rate(self, task_id: str, ratings: dict[str, int]) -> TaskAnswer:
        """Store a trainee's own rating of written work; return the answer."""

        def change(record: Record) -> None:
            record.answer(task_id).ratings = dict(ratings)

        self._change(change)
        return self.record.answer(task_id)

    def commit(self, task_ids: list[str]) -> None:
        """Lock the answers of these tasks, blank ones too."""

        def change(record: Record) -> None:
            for task_id in task_ids:
                answer = record.answer(task_id)
                if not answer.committed:
                    answer.committed = True
                    answer.committed_at = now()

        self._change(change)

    def hand_in(self, task_ids: list[str], answered: int) -> dict[str, Any]:
        """Commit every task and return the receipt: time, count, checksum."""
        self.commit(task_ids)

        def change(record: Record) -> None:
            if record.receipt is None:
                record.receipt = {
                    "at": now(),
                    "answered": answered,
                    "of": len(task_ids),
                    "digest": checksum(record),
                }

        self._change(change)
        receipt = self.record.receipt
        assert receipt is not None
        return receipt

    def note_marked(self, at: str) -> None:
        """Note on the receipt when a trainee marked the work alone."""

        def change(record: Record) -> None:
            if record.receipt is not None:
                record.receipt.setdefault("marked_at", at)

        self._change(change)

    def start_again(self, *, after_commit: bool = True) -> Path | None:
        """Begin a new sheet; return where the old one is kept, if there was one.

        Raises LockedError where `after_commit` is false and something is committed,
        here or on another page; NotSavedError.
        """
        if is_replayed():
            self.record = self._blank()
            return None
        kept = None
        with self._lock():
            old = self._with_memory(self._recover())
            if not after_commit and any(one.committed for one in old.tasks.values()):
                raise LockedError(NO_RESTART)
            if old.tasks:
                self._write(old)
                kept = self._set_aside(self.path, "kept")
            (self.folder / PREVIOUS_FILE).unlink(missing_ok=True)
            blank = self._blank()
            # Another page knows by the beginning that its answers are of the old.
            blank.begun = moment_after(old.begun)
            self._write(blank)
            self.record = blank
        return kept

    def _open(self) -> Record:
        if is_replayed():
            return self._read_or_blank()
        if not os.access(self.folder, os.W_OK):
            refused = PermissionError(errno.EACCES, "it is read-only")
            self.notices.append(cannot_write(self.folder, refused))
            return self._read_or_blank()
        try:
            # A good sheet is read without the lock, so that looking writes nothing.
            found = self._read(self.path)
            if found is not None or not (self.folder / PREVIOUS_FILE).exists():
                return found or self._blank()
        except AnswersError:
            pass
        try:
            with self._lock():
                return self._recover()
        except NotSavedError as error:
            self.notices.append(str(error))
            return self._read_or_blank()

    def _read_or_blank(self) -> Record:
        for path in (self.path, self.folder / PREVIOUS_FILE):
            try:
                record = self._read(path)
            except AnswersError as error:
                self.notices.append(f"The stored answers cannot be read: {error}.")
                continue
            if record is not None:
                return record
        return self._blank()

    def _recover(self) -> Record:
        """Read the sheet; set a damaged one aside and go on from the previous."""
        found, damage = None, []
        for path in (self.path, self.folder / PREVIOUS_FILE):
            try:
                found = self._read(path)
            except AnswersError as error:
                kept = self._set_aside(path, "damaged")
                damage.append(
                    f"The file with your answers could not be read: {error}. It is "
                    f"kept as {kept.name}, and the page"
                )
            if found is not None:
                break
        goes_on = "begins again: there was no earlier copy."
        if found is not None:
            goes_on = "goes on from the last good copy."
        self.notices += [f"{one} {goes_on}" for one in damage]
        return found or self._blank()

    def _read(self, path: Path) -> Record | None:
        """Return the record in a file, None where there is no such file."""
        try:
            raw = read_bounded(path)
        except OSError as error:
            raise AnswersError(f"it cannot be opened ({error.strerror})") from None
        if raw is None:
            return None
        record = parse(raw)
        if record.unit != self.unit:
            raise AnswersError(f"they belong to another unit, {record.unit!r}")
        return record

    def _blank(self) -> Record:
        return Record(unit=self.unit, begun=now(), cases=dict(self.cases))

    def _change(self, change: Callable[[Record], None]) -> None:
        if is_replayed():
            change(self.record)
            return
        with self._lock():
            record = self._with_memory(self._recover())
            change(record)
            record.revision += 1
            self._write(record)
            self.record = record

    def _with_memory(self, stored: Record) -> Record:
        """Add what this page has saved and the file has lost since.

        A sheet that was started again elsewhere has another beginning and keeps
        nothing of the old one.
        """
        mine = self.record
        lost = not self.path.exists()
        # Copies: where the change cannot be written, memory stays as it is.
        if lost and not stored.tasks:
            return deepcopy(mine)
        if stored.begun == mine.begun:
            for task_id, answer in mine.tasks.items():
                there = stored.answer(task_id)
                if not there.committed and answer.state > there.state:
                    stored.tasks[task_id] = deepcopy(answer)
            stored.receipt = {**(mine.receipt or {}), **(stored.receipt or {})} or None
        return stored

    def _write(self, record: Record) -> None:
        body = text(record)
        while len(body.encode("utf-8", "replace")) > MAX_BYTES:
            # A larger file would be refused on opening: the oldest of what lost
            # against something newer goes first.
            if not record.forget():
                raise NotSavedError(TOO_LARGE)
            body = text(record)
        write_atomically(self.path, body, self.folder / PREVIOUS_FILE)

    def _set_aside(self, path: Path, word: str) -> Path:
        stamp = now().replace(":", "").replace("-", "")
        number = 0
        while True:
            suffix = f"-{number}" if number else ""
            kept = self.folder / f"answers.{word}-{stamp}{suffix}.json"
            if not kept.exists():
                break
            number += 1
        path.replace(kept)
        return kept

    def _lock(self) -> AbstractContextManager[None]:
        return locked(self.folder)
