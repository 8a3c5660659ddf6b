"""What every kind of task offers, whatever it asks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from caselens.cases import Case, Task, TaskKey, Vocabulary
from caselens.tasks.score import Score

MAX_TEXT = 200_000

# A value is plain JSON data, cleaned: see docs/formats.md, "answers.json".
Value = dict[str, Any]
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Setting:
    """A task where it stands: its case, its points and the course's words."""

    task: Task
    case: Case
    vocabulary: Vocabulary
    points: float = 1.0


@dataclass
class Cleaned:
    """An answer that can be used, and what in it could not."""

    value: Value
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Fault:
    """Something that an author has to mend; `in_key` tells in which file."""

    place: Place
    what: str
    repair: str
    in_key: bool = True


class Kind(ABC):
    """One kind of task. Pure: no file is read, nothing is printed."""

    name: str
    title: str
    prompt: str
    by_hand = False

    @abstractmethod
    def clean(self, setting: Setting, value: object) -> Cleaned:
        """Return what can be used of an untrusted answer; never raises."""

    @abstractmethod
    def score(self, setting: Setting, key: TaskKey, value: object) -> Score:
        """Return the score of an untrusted answer against the key."""

    @abstractmethod
    def model(self, setting: Setting, key: TaskKey) -> Value:
        """Return the answer that the key holds to be good."""

    @abstractmethod
    def blanks(self, setting: Setting, value: object) -> list[str]:
        """Names, for people, of the parts that are not answered."""

    @abstractmethod
    def view(self, setting: Setting) -> dict[str, Any]:
        """Return what the page draws (docs/formats.md, section 6)."""

    @abstractmethod
    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Yield what an author has to mend in the task or its key."""

    def groups(self, setting: Setting) -> list[dict[str, Any]]:
        """Return every choice that can be made: groups of parts with one menu each.

        What a view shows in another way (arrows, a claim) stands here as parts, so
        that a simulated trainee can answer any kind. A part that is `optional` may
        be left blank as an answer.
        """
        groups: list[dict[str, Any]] = self.view(setting)["groups"]
        return groups

    def fill(self, setting: Setting, chosen: dict[str, dict[str, Any]]) -> Value:
        """Return the answer that makes these choices, by part."""
        return {"parts": chosen}

    def part_label(self, setting: Setting, part: str) -> str:
        """Return a part's name as a trainee reads it."""
        return part

    def choice_label(self, setting: Setting, part: str, choice: str | None) -> str:
        """Return a choice's name as a trainee reads it."""
        return choice or ""

    def frame(self, setting: Setting) -> dict[str, Any]:
        """Return the fields that every view has."""
        return {
            "id": setting.task.id,
            "kind": self.name,
            "case": setting.case.id,
            "stage": setting.task.stage,
            "points": setting.points,
            "title": self.title,
            "prompt": setting.task.prompt or self.prompt,
            "by_hand": self.by_hand,
            "first": setting.task.first,
            "confidence": setting.task.confidence,
            "groups": [],
        }


def text_of(value: object, problems: list[str], name: str) -> str:
    """Return a text of bounded length, or "" after noting the problem."""
    if value is None:
        return ""
    if not isinstance(value, str):
        problems.append(f"{name} is not text and was left out.")
        return ""
    if len(value) > MAX_TEXT:
        problems.append(f"{name} is longer than {MAX_TEXT} characters and was cut.")
    # Half of a character, as a browser may send it, has no place in any file.
    whole = value[:MAX_TEXT].encode("utf-8", "replace").decode()
    return whole.replace("\x00", "")


def sentences_of(
    value: object, setting: Setting, problems: list[str], name: str
) -> list[str]:
    """Return the known sentences in `value`, each once, in reading order."""
    if value is None:
        return []
    if not isinstance(value, list):
        problems.append(f"The sentences of {name} are not a list and were left out.")
        return []
    asked = {one for one in value if isinstance(one, str)}
    known = [one for one in setting.case.sentences if one in asked]
    if len(known) < len(value):
        problems.append(f"{name} marks a sentence that is not in the case.")
    return known
