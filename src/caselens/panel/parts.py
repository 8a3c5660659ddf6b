"""The parts of a case that somebody can give an answer to, each with its choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from caselens.cases import Bank, Entry, PartKey, Problem, Task, TaskKey, Vocabulary
from caselens.cases.reading import read_case, readings_path
from caselens.cases.source import Place, read
from caselens.tasks import KINDS, Setting
from caselens.tasks.choices import ChoiceKind, Menus
from caselens.tasks.sets import NO, SetKind

NEXT = "next"
LINK = "link"

Found = tuple[Place, str, str]


@dataclass(frozen=True)
class Part:
    """A part of a task: its choices, in the order shown, and what the key holds.

    `key` is None for a label that the key leaves open.
    """

    task: Task
    id: str
    menu: tuple[str, ...]
    key: PartKey | None

    @property
    def name(self) -> str:
        """The full name: task, a dot, part."""
        return f"{self.task.id}.{self.id}"

    @property
    def scored(self) -> bool:
        """Whether the part can earn points."""
        return self.key is not None and self.key.weight > 0

    @property
    def family(self) -> str:
        """Parts whose choices can be compared: the kind, and which of its menus."""
        kind = self.task.kind
        if self.id == NEXT:
            return f"{kind}, next question"
        if any(move.id == self.id for move in self.task.moves):
            return f"{kind}, moves"
        if kind == "observe":
            return f"{kind}, {self.id.partition('-')[2]}"
        return f"{kind}, {self.task.lens}" if self.task.lens else kind


def parts_of(entry: Entry, vocabulary: Vocabulary) -> dict[str, Part]:
    """Return every part of a case that is answered by a choice, by full name."""
    found = {}
    for task in entry.case.tasks:
        key = entry.key.tasks.get(task.id) if entry.key is not None else None
        for part, menu in menus_of(Setting(task, entry.case, vocabulary), key).items():
            one = Part(task, part, menu, key.parts.get(part) if key else None)
            found[one.name] = one
    return found


def menus_of(setting: Setting, key: TaskKey | None) -> Menus:
    """Return the choices of each part of a task; none where there are none.

    Where a part may be left alone, `no` is a choice. Of all arrows that could be
    drawn, only those that the key lists are asked about.
    """
    kind = KINDS.get(setting.task.kind)
    if not isinstance(kind, ChoiceKind):
        return {}
    menus = kind.menus(setting)
    if setting.task.kind == LINK:
        listed = key.parts if key is not None else {}
        menus = {part: menu for part, menu in menus.items() if part in listed}
    if isinstance(kind, SetKind):
        return {part: (*menu, NO) for part, menu in menus.items()}
    return menus


def unknown(
    known: Mapping[str, Part], place: Place, given: Mapping[str, Iterable[str]]
) -> Iterator[Found]:
    """Yield the parts and the choices that the case does not have."""
    for name, choices in given.items():
        part = known.get(name)
        if part is None:
            repair = "Write <task>.<part>, as the blank sheet has it."
            yield (*place, name), f"The case has no part {name!r}.", repair
            continue
        for choice in choices:
            if choice not in part.menu:
                what = f"{choice!r} is no choice of {name}."
                yield (*place, name, choice), what, f"Use {', '.join(part.menu)}."


def check_choices(bank: Bank) -> list[Problem]:
    """Return the parts and choices in readings and votes that no task has."""
    problems = []
    for entry in bank.entries.values():
        known = parts_of(entry, bank.vocabulary)
        for path, place, what, repair in _given(entry, known):
            problems.append(Problem(path, place, what, repair))
    return sorted(problems)


def _given(
    entry: Entry, known: Mapping[str, Part]
) -> Iterator[tuple[str, int, str, str]]:
    readings, path = read_case(entry), readings_path(entry)
    if readings is not None and path is not None:
        source = read(path)
        for index, one in enumerate(readings.readings):
            for found in unknown(known, ("readings", index, "parts"), one.parts):
                yield str(path), source.line(found[0]), *found[1:]
    for part in known.values():
        for rater, choice in (part.key.votes if part.key else {}).items():
            if choice not in part.menu and entry.key_source is not None:
                place = ("tasks", part.task.id, "parts", part.id, "votes", rater)
                what = f"{rater} voted {choice!r}, which is no choice of {part.name}."
                repair = f"Use {', '.join(part.menu)}."
                source = entry.key_source
                yield str(source.path), source.line(place), what, repair
