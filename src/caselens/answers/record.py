"""The answer sheet's record: what `answers.json` holds, cleaned and bounded."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

FORMAT = 1
STAMP = "%Y-%m-%dT%H:%M:%SZ"
MAX_BYTES = 4_000_000
MAX_HISTORY = 20
MAX_DEPTH = 100


class AnswersError(Exception):
    """`answers.json` cannot be used; the text says why."""


@dataclass(frozen=True)
class Aside:
    """What a trainee gives beside a value: how sure, and what was written first."""

    confidence: int | None = None
    first_text: str | None = None
    first_done: bool = False


@dataclass
class TaskAnswer:
    """What a trainee gave for one task; `extra` is unknown content, kept."""

    value: Any = None
    confidence: int | None = None
    first_text: str | None = None
    first_done: bool = False
    committed: bool = False
    revision: int = 0
    saved: str | None = None
    committed_at: str | None = None
    ratings: dict[str, int] = field(default_factory=dict)
    history: list[dict[str, Any]] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> tuple[int, bool]:
        """What orders two states of one answer: revision, then commitment."""
        return self.revision, self.committed

    def note(self, aside: Aside | None) -> None:
        """Take over what was given beside a value.

        A page that knows less than the sheet says nothing by its blanks, and a
        first text stays as it was when the menu was opened.
        """
        if aside is None:
            return
        if aside.confidence is not None:
            self.confidence = aside.confidence
        if self.first_done:
            return
        if aside.first_text is not None:
            self.first_text = aside.first_text
        self.first_done = aside.first_done

    def remember(self, value: Any, revision: int, saved: str | None) -> None:
        """Keep a value that lost against another one, the newest last."""
        lost = {"value": value, "revision": revision, "saved": saved}
        if lost not in self.history:
            self.history = [*self.history, lost][-MAX_HISTORY:]


@dataclass
class Record:
    """A whole sheet."""

    unit: str
    begun: str
    revision: int = 0
    cases: dict[str, str] = field(default_factory=dict)
    tasks: dict[str, TaskAnswer] = field(default_factory=dict)
    receipt: dict[str, Any] | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    def answer(self, task_id: str) -> TaskAnswer:
        """Return the answer of a task, made where there is none yet."""
        return self.tasks.setdefault(task_id, TaskAnswer())

    def value(self, task_id: str) -> Any:
        """Return the value given for a task, or None."""
        answer = self.tasks.get(task_id)
        return answer.value if answer is not None else None

    def forget(self) -> bool:
        """Drop the oldest entry of every history; return whether there was one."""
        held = any(answer.history for answer in self.tasks.values())
        for answer in self.tasks.values():
            answer.history = answer.history[1:]
        return held


def now() -> str:
    """Return the time in UTC, to the second, as ISO 8601 with a Z."""
    return datetime.now(UTC).strftime(STAMP)


def moment_after(earlier: str) -> str:
    """Return the time, or a second after `earlier` where the clock is not past it."""
    moment = now()
    try:
        after = datetime.fromisoformat(earlier) + timedelta(seconds=1)
    except (ValueError, OverflowError):
        return moment
    return max(moment, after.strftime(STAMP))


def parse(raw: bytes) -> Record:
    """Return the record in the bytes of an untrusted `answers.json`.

    Wrong types of single fields are set to their blank; AnswersError is raised
    where the file as a whole cannot be used.
    """
    data = _json(raw)
    if not isinstance(data, dict) or not isinstance(data.get("unit"), str):
        raise AnswersError("it is not an answer sheet")
    version = data.get("format")
    if not isinstance(version, int) or isinstance(version, bool) or version > FORMAT:
        raise AnswersError(
            f"it has the format {str(version)[:20]}, and {FORMAT} is known"
        )
    tasks = data.get("tasks")
    tasks = tasks if isinstance(tasks, dict) else {}
    known = {"format", "unit", "begun", "revision", "cases", "tasks", "receipt"}
    return Record(
        unit=data["unit"],
        begun=_text(data.get("begun")) or now(),
        revision=_count(data.get("revision")),
        cases=_strings(data.get("cases")),
        tasks={
            name: _answer(value)
            for name, value in tasks.items()
            if isinstance(value, dict)
        },
        receipt=data["receipt"] if isinstance(data.get("receipt"), dict) else None,
        extra={name: value for name, value in data.items() if name not in known},
    )


def text(record: Record) -> str:
    """Return the record as the text of `answers.json`."""
    tasks = {
        name: {
            "value": answer.value,
            "confidence": answer.confidence,
            "first_text": answer.first_text,
            "first_done": answer.first_done,
            "committed": answer.committed,
            "revision": answer.revision,
            "saved": answer.saved,
            "committed_at": answer.committed_at,
            "ratings": answer.ratings,
            "history": answer.history,
            **answer.extra,
        }
        for name, answer in record.tasks.items()
    }
    data = {
        "format": FORMAT,
        "unit": record.unit,
        "begun": record.begun,
        "revision": record.revision,
        "cases": record.cases,
        "tasks": tasks,
        "receipt": record.receipt,
        **record.extra,
    }
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def checksum(record: Record) -> str:
    """SHA-256 of every value in the record, in hexadecimal: what a receipt names."""
    values = {name: answer.value for name, answer in sorted(record.tasks.items())}
    body = json.dumps(
        {"unit": record.unit, "values": values}, sort_keys=True, ensure_ascii=True
    )
    return hashlib.sha256(body.encode()).hexdigest()


def _json(raw: bytes) -> Any:
    if len(raw) > MAX_BYTES:
        raise AnswersError(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    if not raw.strip():
        raise AnswersError("it is empty")

    def refuse(constant: str) -> None:
        raise AnswersError(f"it holds the number {constant}, which is not allowed")

    try:
        body = raw.decode("utf-8")
        data = json.loads(body, parse_constant=refuse, parse_float=_finite)
    except UnicodeDecodeError:
        raise AnswersError("it is not UTF-8 text") from None
    except (ValueError, RecursionError):
        raise AnswersError("it is damaged or cut short") from None
    if _depth(data) > MAX_DEPTH:
        raise AnswersError(f"it holds more than {MAX_DEPTH} levels inside each other")
    if "\\ud" in body.lower():
        # Half a character, written as \\ud83d, could be neither saved nor shown.
        whole = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")
        data = json.loads(whole)
    return data


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise AnswersError(f"it holds the number {number[:20]}, which is too large")
    return value


def _depth(data: Any) -> int:
    depth, level = 0, [data]
    while level:
        depth += 1
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
    return depth


def _answer(data: dict[str, Any]) -> TaskAnswer:
    confidence = data.get("confidence")
    history = data.get("history")
    ratings = data.get("ratings")
    known = TaskAnswer.__dataclass_fields__.keys() - {"extra"}
    return TaskAnswer(
        value=data.get("value"),
        confidence=confidence if _is_int(confidence) else None,
        first_text=_text(data.get("first_text")),
        first_done=data.get("first_done") is True,
        committed=data.get("committed") is True,
        revision=_count(data.get("revision")),
        saved=_text(data.get("saved")),
        committed_at=_text(data.get("committed_at")),
        ratings={
            name: level
            for name, level in (ratings if isinstance(ratings, dict) else {}).items()
            if _is_int(level)
        },
        history=[one for one in history if isinstance(one, dict)][-MAX_HISTORY:]
        if isinstance(history, list)
        else [],
        extra={name: value for name, value in data.items() if name not in known},
    )


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _count(value: object) -> int:
    return value if isinstance(value, int) and _is_int(value) and value >= 0 else 0


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _strings(value: object) -> dict[str, str]:
    items = value.items() if isinstance(value, dict) else ()
    return {name: one for name, one in items if isinstance(one, str)}
