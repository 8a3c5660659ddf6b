"""The answer sheet: open, save, commit, recover. One file beside the page."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from caselens.answers.record import (
    AnswersError,
    Record,
    TaskAnswer,
    checksum,
    now,
    parse,
    text,
)

ANSWERS_FILE = "answers.json"
PREVIOUS_FILE = "answers.previous.json"
LOCK_FILE = ".answers.lock"
EXECUTION_VARIABLE = "NBGRADER_EXECUTION"
LOCK_SECONDS = 5


class LockedError(Exception):
    """A committed answer cannot be changed."""


class NotSavedError(Exception):
    """The folder cannot be written; the text says what to do."""


def is_replayed() -> bool:
    """Whether nbgrader executes the page, so that nothing may be written."""
    return bool(os.environ.get(EXECUTION_VARIABLE))


class AnswerSheet:
    """The answers of one unit in one folder.

    Every change reads the file again under a lock, changes one task and writes
    the whole file atomically, so that two open pages keep each other's answers.
    """

    def __init__(self, folder: Path, unit: str, cases: dict[str, str] | None = None):
        self.folder = folder
        self.unit = unit
        self.cases = dict(cases or {})
        self.notices: list[str] = []
        self.record = self._open()

    @property
    def path(self) -> Path:
        """Where the answers are stored."""
        return self.folder / ANSWERS_FILE

    def save(self, task_id: str, value: Any, base: int) -> TaskAnswer:
        """Store a value that was made from revision `base`; return the answer.

        Where another page saved in between, the later save wins and the other
        value is kept in the history. Raises LockedError, NotSavedError.
        """

        def change(record: Record) -> None:
            answer = record.answer(task_id)
            if answer.committed:
                raise LockedError("This answer has been handed in and stays as it is.")
            if answer.revision > base and answer.value != value:
                answer.remember(answer.value, answer.revision, answer.saved)
            answer.value = value
            answer.revision = max(answer.revision, base) + 1
            answer.saved = now()

        self._change(change)
        return self.record.answer(task_id)

    def merge_draft(self, task_id: str, value: Any, base: int) -> bool:
        """Take up a draft that the browser kept; return whether it won.

        A draft made from the stored revision is newer and wins; an older one, or
        one for a committed answer, goes into the history.
        """
        won = False

        def change(record: Record) -> None:
            nonlocal won
            answer = record.answer(task_id)
            won = base >= answer.revision and not answer.committed
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

    def rate(self, task_id: str, ratings: dict[str, int]) -> None:
        """Store a trainee's own rating of written work."""

        def change(record: Record) -> None:
            record.answer(task_id).ratings = dict(ratings)

        self._change(change)

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

    def start_again(self) -> Path | None:
        """Begin a new sheet; return where the old one is kept, if there was one."""
        with self._lock():
            kept = self._set_aside(self.path, "kept") if self.path.exists() else None
            (self.folder / PREVIOUS_FILE).unlink(missing_ok=True)
            self.record = self._blank()
        return kept

    def _open(self) -> Record:
        if is_replayed():
            return self._read_or_blank()
        try:
            with self._lock():
                return self._recover()
        except NotSavedError as error:
            self.notices.append(str(error))
            return self._read_or_blank()

    def _read_or_blank(self) -> Record:
        try:
            return self._read(self.path) or self._blank()
        except AnswersError as error:
            self.notices.append(f"The stored answers cannot be read: {error}.")
            return self._blank()

    def _recover(self) -> Record:
        """Read the sheet; set a damaged one aside and go on from the previous."""
        for path in (self.path, self.folder / PREVIOUS_FILE):
            try:
                record = self._read(path)
            except AnswersError as error:
                kept = self._set_aside(path, "damaged")
                self.notices.append(
                    f"The stored answers could not be read: {error}. They are kept "
                    f"as {kept.name}, and the page goes on from the last good copy."
                )
                continue
            if record is not None:
                return record
        return self._blank()

    def _read(self, path: Path) -> Record | None:
        """Return the record in a file, None where there is no such file."""
        raw = read_bounded(path)
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
            record = self._recover() if self.path.exists() else self._fresh()
            change(record)
            record.revision += 1
            self._write(record)
            self.record = record

    def _fresh(self) -> Record:
        # The file may have been removed while the page was open: what the page
        # knows is written again.
        return self.record

    def _write(self, record: Record) -> None:
        try:
            if self.path.exists():
                os.replace(self.path, self.folder / PREVIOUS_FILE)
            write_atomically(self.path, text(record))
        except OSError as error:
            raise NotSavedError(_cannot_write(self.folder, error)) from None

    def _set_aside(self, path: Path, word: str) -> Path:
        stamp = now().replace(":", "").replace("-", "")
        number = 0
        while True:
            suffix = f"-{number}" if number else ""
            kept = self.folder / f"answers.{word}-{stamp}{suffix}.json"
            if not kept.exists():
                break
            number += 1
        os.replace(path, kept)
        return kept

    @contextmanager
    def _lock(self) -> Iterator[None]:
        lock = FileLock(self.folder / LOCK_FILE, timeout=LOCK_SECONDS)
        try:
            lock.acquire()
        except Timeout:
            raise NotSavedError(
                "Another open page holds your answers just now. Close other tabs "
                "with this unit; the page tries again by itself."
            ) from None
        except OSError as error:
            raise NotSavedError(_cannot_write(self.folder, error)) from None
        try:
            yield
        finally:
            lock.release()


def read_bounded(path: Path) -> bytes | None:
    """Return a file's bytes, None where there is none.

    Raises AnswersError where it is no regular file or too large to be answers.
    """
    from caselens.answers.record import MAX_BYTES  # noqa: PLC0415

    if not path.exists():
        return None
    if path.is_symlink() or not path.is_file():
        raise AnswersError("it is not a plain file")
    if path.stat().st_size > MAX_BYTES:
        raise AnswersError(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    return path.read_bytes()


def write_atomically(path: Path, body: str) -> None:
    """Write a file whole or not at all: a new file, synced, then renamed."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".answers-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(body)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _cannot_write(folder: Path, error: OSError) -> str:
    return (
        f"Your answers cannot be saved in {folder} ({error.strerror}). Free some "
        "space or make the folder writable; what you typed is kept in this browser."
    )
