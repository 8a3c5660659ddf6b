"""The desk: what the page asks and is told, without any widget."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from caselens.answers import (
    AnswerSheet,
    Aside,
    LockedError,
    NotSavedError,
    mark_task,
    setting,
)
from caselens.answers.record import now
from caselens.cases import BankError, Case, KeyMissingError, Rubric, Unit, find_key
from caselens.tasks import closing, feedback, kind_of
from caselens.tasks.kind import text_of
from caselens.widgets.view import unit_view

CONFIDENCE = range(1, 6)
ANCHORED = re.compile(r"^x[0-9]+-")

TOO_LATE = (
    "“{title}” has been committed on another open page and stays as it was then. What "
    "you changed here since is kept beside your answer, and is not part of it."
)

Message = dict[str, Any]
Reply = dict[str, Any]


class Desk:
    """One unit in one folder: its views, its sheet, and replies to messages."""

    def __init__(self, unit: Unit, folder: Path) -> None:
        self.unit = unit
        cases = {name: digests.case for name, digests in unit.digests.items()}
        self.sheet = AnswerSheet(folder, unit.id, cases)
        self._verbs: dict[str, Callable[[Message], Reply]] = {
            "save": self._save,
            "commit": self._commit,
            "commit-stage": self._commit_stage,
            "hand-in": self._hand_in,
            "mark": self._mark,
            "restart": self._restart,
            "drafts": self._drafts,
            "rate": self._rate,
        }

    def handle(self, message: object) -> Reply | None:
        """Return the reply to one message; None for what is not understood."""
        kind = message.get("type") if isinstance(message, dict) else None
        if not isinstance(message, dict) or not isinstance(kind, str):
            return None
        if kind not in self._verbs:
            return None
        number = message.get("n")
        try:
            reply = self._verbs[kind](message)
        except (LockedError, NotSavedError, KeyMissingError) as error:
            reply = {"type": "problem", "text": str(error)}
        except BankError as error:
            reply = {"type": "problem", "text": f"The key is faulty. {error}"}
        return {**reply, "n": number if isinstance(number, int) else None}

    def page(self) -> dict[str, Any]:
        """Return the unit as the page draws it (docs/formats.md, section 6)."""
        return unit_view(self.unit)

    def state(self) -> dict[str, Any]:
        """Return the answers as the page holds them."""
        record = self.sheet.record
        tasks = {
            name: {
                "value": self._cleaned(name, answer.value),
                "confidence": answer.confidence,
                "first_text": answer.first_text,
                "first_done": answer.first_done,
                "committed": answer.committed,
                "committed_at": answer.committed_at,
                "revision": answer.revision,
                "saved": answer.saved,
                "ratings": answer.ratings,
            }
            for name, answer in record.tasks.items()
            if name in self.unit.points
        }
        notices, self.sheet.notices = self.sheet.notices, []
        return {
            "revision": record.revision,
            "tasks": tasks,
            "receipt": record.receipt,
            "can_mark": self._can_mark(),
            "marked": self._is_marked(),
            "notices": notices,
            "place": str(self.sheet.path),
            "key": self._draft_key(),
        }

    def feedback(self) -> dict[str, Any]:
        """Return the explanation of every task that may be explained now."""
        if self.unit.kind == "graded" and not self._is_marked():
            return {}
        tasks = self.sheet.record.tasks
        found = {}
        for task_id in self.unit.points:
            if task_id in tasks and tasks[task_id].committed:
                try:
                    found[task_id] = self._explain(task_id)
                except (KeyMissingError, BankError) as error:
                    self.sheet.notices.append(str(error))
        return found

    def closing(self) -> dict[str, Any]:
        """Return what is said of every case that is closed and may be explained."""
        found = {}
        for case in self.unit.cases:
            if case.id not in self.unit.continued and self._is_closed(case):
                try:
                    found[case.id] = closing(find_key(case.id))
                except (KeyMissingError, BankError) as error:
                    self.sheet.notices.append(str(error))
        return found

    def _is_closed(self, case: Case) -> bool:
        if self.unit.kind == "graded":
            return self._is_marked()
        tasks = self.sheet.record.tasks
        own = [one.id for one in case.tasks if one.id in self.unit.points]
        return bool(own) and all(one in tasks and tasks[one].committed for one in own)

    def answered(self) -> int:
        """How many tasks have an answer that is not wholly blank."""
        return sum(self._is_answered(task_id) for task_id in self.unit.points)

    def _is_answered(self, task_id: str) -> bool:
        one, value = setting(self.unit, task_id), self.sheet.record.value(task_id)
        kind = kind_of(one)
        return len(kind.blanks(one, value)) < len(kind.blanks(one, None))

    def _explain(self, task_id: str) -> dict[str, Any]:
        one, value = setting(self.unit, task_id), self.sheet.record.value(task_id)
        score = mark_task(self.unit, task_id, value)
        return feedback(kind_of(one), one, find_key(one.case.id), score)

    def _cleaned(self, task_id: str, value: Any) -> Any:
        # The file is the trainee's own, and may hold anything.
        if value is None:
            return None
        one = setting(self.unit, task_id)
        return kind_of(one).clean(one, value).value

    def _save(self, message: Message) -> Reply:
        task_id = self._task(message)
        one = setting(self.unit, task_id)
        value = kind_of(one).clean(one, message.get("value")).value
        revision = _number(message, "revision")
        try:
            answer = self.sheet.save(task_id, value, revision, _aside(message))
        except LockedError:
            return self._keep_beside(task_id, value, message)
        return {
            "type": "saved",
            "task": task_id,
            "revision": answer.revision,
            "at": answer.saved,
        }

    def _keep_beside(self, task_id: str, value: Any, message: Message) -> Reply:
        """Keep what came too late with the answer, and tell the page how it stands."""
        revision = _number(message, "revision")
        self.sheet.merge_draft(task_id, value, revision, _aside(message))
        title = self._title(task_id)
        self.sheet.notices.append(TOO_LATE.format(title=title))
        return self._everything() | {"task": task_id}

    def _commit(self, message: Message) -> Reply:
        task_id = self._task(message)
        if self.unit.kind == "graded":
            raise LockedError("A graded unit is handed in as a whole, at the end.")
        return self._lock([task_id])

    def _commit_stage(self, message: Message) -> Reply:
        """Lock every task of a stage, and of the stages before it."""
        if self.sheet.record.receipt is not None:
            raise LockedError("This unit has been handed in and stays as it is.")
        return self._lock(self._stage(message))

    def _lock(self, names: list[str]) -> Reply:
        practice = self.unit.kind != "graded"
        if practice:
            # Explained once before: where the key is missing nothing is locked.
            for name in names:
                self._explain(name)
        self.sheet.commit(names)
        tasks = self.sheet.record.tasks
        return {
            "type": "committed",
            "tasks": {name: tasks[name].committed_at for name in names},
            "feedback": {n: self._explain(n) for n in names} if practice else {},
            "closing": self.closing(),
        }

    def _stage(self, message: Message) -> list[str]:
        """Return the tasks of a case up to a stage, in the order of the unit."""
        views = [setting(self.unit, one).task for one in self.unit.points]
        stage = _number(message, "stage")
        found = [
            one.id
            for one in views
            if one.case == message.get("case") and one.stage <= stage
        ]
        if not found:
            raise LockedError("There is no such part of a case in this unit.")
        return found

    def _hand_in(self, message: Message) -> Reply:
        if self.unit.kind != "graded":
            raise LockedError("Only a graded unit is handed in.")
        # Committing brings in what other pages saved, which the receipt counts.
        self.sheet.commit(list(self.unit.points))
        receipt = self.sheet.hand_in(list(self.unit.points), self.answered())
        tasks = self.sheet.record.tasks
        committed = {name: tasks[name].committed_at for name in self.unit.points}
        return {"type": "receipt", "receipt": receipt, "tasks": committed}

    def _mark(self, message: Message) -> Reply:
        if not self._can_mark():
            raise LockedError("The keys of this unit are not on this machine.")
        if self.sheet.record.receipt is None:
            self._hand_in(message)
        self.sheet.note_marked(now())
        found = self.feedback()
        scored = [one for name, one in found.items() if not self._by_hand(name)]
        return {
            "type": "marked",
            "feedback": found,
            "closing": self.closing(),
            "points": round(sum(one["points"] for one in scored), 4),
            "maximum": sum(one["maximum"] for one in scored),
        }

    def _restart(self, message: Message) -> Reply:
        kept = self.sheet.start_again(after_commit=self.unit.kind != "graded")
        if kept is not None:
            text = f"A copy of your earlier answers is kept as {kept.name}."
            self.sheet.notices.append(text)
        return self._everything()

    def _everything(self) -> Reply:
        explained, closed = self.feedback(), self.closing()
        state = self.state()
        return {
            "type": "state",
            "state": state,
            "feedback": explained,
            "closing": closed,
        }

    def _drafts(self, message: Message) -> Reply:
        drafts = message.get("tasks")
        for task_id, draft in (drafts if isinstance(drafts, dict) else {}).items():
            if task_id not in self.unit.points or not isinstance(draft, dict):
                continue
            one = setting(self.unit, task_id)
            value = kind_of(one).clean(one, draft.get("value")).value
            revision = _number(draft, "revision")
            self.sheet.merge_draft(task_id, value, revision, _aside(draft))
        return self._everything()

    def _rate(self, message: Message) -> Reply:
        task_id = self._task(message)
        one = setting(self.unit, task_id)
        if one.task.rubric is None:
            raise LockedError("Only written work is rated against a rubric.")
        given = message.get("ratings")
        given = given if isinstance(given, dict) else {}
        rubric = one.vocabulary.rubric(one.task.rubric)
        levels = dict(_ratings(rubric, given))
        answer = self.sheet.rate(task_id, levels)
        return {
            "type": "saved",
            "task": task_id,
            "revision": answer.revision,
            "at": now(),
        }

    def _title(self, task_id: str) -> str:
        one = setting(self.unit, task_id)
        return str(kind_of(one).view(one)["title"])

    def _task(self, message: Message) -> str:
        task_id = message.get("task")
        if not isinstance(task_id, str) or task_id not in self.unit.points:
            raise LockedError("This answer belongs to no task of this unit.")
        return task_id

    def _by_hand(self, task_id: str) -> bool:
        return kind_of(setting(self.unit, task_id)).by_hand

    def _can_mark(self) -> bool:
        if self.unit.kind != "graded":
            return False
        try:
            for case in self.unit.cases:
                find_key(case.id)
        except (KeyMissingError, BankError):
            return False
        return True

    def _is_marked(self) -> bool:
        receipt = self.sheet.record.receipt or {}
        return bool(receipt.get("marked_at"))

    def _draft_key(self) -> str:
        place = hashlib.sha256(str(self.sheet.folder.resolve()).encode()).hexdigest()
        return f"caselens:{self.unit.id}:{place[:12]}"


def _aside(message: Message) -> Aside:
    sure, first = message.get("confidence"), message.get("first_text")
    problems: list[str] = []
    return Aside(
        confidence=sure if type(sure) is int and sure in CONFIDENCE else None,
        first_text=text_of(first, problems, "") if isinstance(first, str) else None,
        first_done=message.get("first_done") is True,
    )


def _ratings(rubric: Rubric, given: Message) -> Iterator[tuple[str, int]]:
    """Yield a trainee's ratings of their own text, and of anchors as `x1-plain`."""
    levels = {one.id: {level.points for level in one.levels} for one in rubric.criteria}
    for name, level in given.items():
        criterion = ANCHORED.sub("", name) if isinstance(name, str) else ""
        if type(level) is int and level in levels.get(criterion, ()):
            yield name, level


def _number(message: Message, name: str) -> int:
    value = message.get(name)
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 <= value < 2**31 else 0  # type: ignore[operator,return-value]
