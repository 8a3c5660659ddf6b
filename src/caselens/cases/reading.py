"""Blind readings: how a reader thinks twenty supervisors would answer each part.

A guessed spread is a check for blunders; it is never agreement that was observed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from caselens.cases.bank import Bank, Entry
from caselens.cases.key import PartKey
from caselens.cases.source import BankError, Place, Problem, Source, read
from caselens.cases.vocabulary import Frozen

FOLDER = "readings"
SUPERVISORS = 20
ENOUGH = 0.6
READERS = 2
NAMED = 3

Found = tuple[Place, str, str]


def as_choices(value: Any) -> Any:
    """Return a mapping with its names as words.

    YAML reads a bare `no` as false and a bare 2 as a number; both are choices.
    """
    if not isinstance(value, dict):
        return value
    return {"no" if name is False else str(name): one for name, one in value.items()}


Counts = Annotated[
    dict[str, Annotated[int, Field(ge=0, le=SUPERVISORS)]], BeforeValidator(as_choices)
]


class Reading(Frozen):
    """One reader's expected spread for each part; `view` is whose eyes it took."""

    reader: str = Field(min_length=1, max_length=40)
    kind: Literal["language model", "clinician"]
    view: str = Field(alias="as", min_length=1, max_length=200)
    blind: bool
    parts: dict[str, Counts] = Field(min_length=1)


class Change(Frozen):
    """What was changed in a part after so many readings, and why."""

    part: str
    after: int = Field(ge=0)
    what: str = Field(min_length=1)


class Readings(Frozen):
    """Every reading of one case, in the order in which they were made."""

    case: str
    readings: tuple[Reading, ...] = Field(min_length=1)
    changes: tuple[Change, ...] = ()

    def changed_after(self, part: str) -> int:
        """How many readings were made before the last change of a part."""
        return max((one.after for one in self.changes if one.part == part), default=0)

    def blind(self, part: str) -> dict[int, Reading]:
        """Blind readings of a part, by their number from 1."""
        every = enumerate(self.readings, start=1)
        return {n: one for n, one in every if one.blind and part in one.parts}


@dataclass(frozen=True)
class Standing:
    """How a scored part stands: its blind readers, and the readings that count.

    A reading counts where it was made after the part's last change.
    """

    part: str
    key: PartKey
    readers: int
    counted: dict[int, Reading]

    @property
    def changed(self) -> bool:
        """Whether every reading of the part is older than its last change."""
        return self.readers > 0 and not self.counted

    @property
    def spreads(self) -> list[Counts]:
        """The spreads that count."""
        return [one.parts[self.part] for one in self.counted.values()]


def read_readings(folder: Path) -> dict[str, Readings]:
    """Return the readings of every case in `folder`, by case.

    Raises BankError with every fault of the files themselves.
    """
    found = [_open(path) for path in sorted(folder.glob("*.yaml"))]
    problems = [problem for source, _ in found for problem in source.problems]
    if problems:
        raise BankError(problems)
    return {one.case: one for _, one in found if one is not None}


def readings_path(entry: Entry) -> Path | None:
    """Return where the readings of a case lie; None for a case without a bank."""
    parents = entry.case_source.path.parents
    if len(parents) <= len(("cases", "practice", "datasets")):
        return None
    return parents[2] / FOLDER / f"{entry.case.id}.yaml"


def read_case(entry: Entry) -> Readings | None:
    """Return the readings of one case, None where it has none that can be used."""
    path = readings_path(entry)
    if path is None or not path.is_file():
        return None
    source, found = _open(path)
    return None if source.problems else found


def scored_parts(entry: Entry) -> dict[str, PartKey]:
    """Return the parts that can earn points and have an answer, by full name."""
    tasks = entry.key.tasks.items() if entry.key is not None else ()
    return {
        f"{task}.{name}": one
        for task, key in tasks
        for name, one in key.parts.items()
        if one.weight > 0 and one.answer is not None
    }


def standings(entry: Entry, readings: Readings) -> list[Standing]:
    """Return how every scored part of a case stands after its readings."""
    found = []
    for part, key in scored_parts(entry).items():
        blind, after = readings.blind(part), readings.changed_after(part)
        counted = {number: one for number, one in blind.items() if number > after}
        readers = len({one.reader for one in blind.values()})
        found.append(Standing(part, key, readers, counted))
    return found


def accepted(key: PartKey, spread: Counts) -> float:
    """Return the share of the twenty who would give the key's answer or its also."""
    return sum(spread.get(one or "", 0) for one in (key.answer, key.also)) / SUPERVISORS


def leads(key: PartKey, spread: Counts) -> bool:
    """Whether no other choice is expected as often as an accepted one."""
    good = {key.answer, key.also}
    best = max(spread.get(one or "", 0) for one in good)
    return all(count < best for choice, count in spread.items() if choice not in good)


def lint_readings(bank: Bank) -> list[Problem]:
    """Return every fault of the readings that lie beside the bank's cases.

    The rule: in each reading made since a part's last change the key leads with at
    least 60% of the twenty; and, as advice, two blind readers for every scored part.
    """
    paths = {name: readings_path(one) for name, one in bank.entries.items()}
    folders = {path.parent for path in paths.values() if path is not None}
    problems: list[Problem] = []
    for path in sorted(path for one in folders for path in one.glob("*.yaml")):
        source, found = _open(path)
        problems += source.problems
        entry = bank.entries.get(path.stem)
        if entry is None or paths[path.stem] != path:
            what, repair = "No case has this name.", "Name the file after its case."
            problems.append(Problem(str(path), 1, what, repair))
        elif found is not None:
            for place, what, repair in _lint(entry, found):
                line = source.line(place)
                problems.append(Problem(str(path), line, what, repair))
            # A case that is still being read is no worse than one nobody has read.
            for place, what, repair in _lint_few(entry, found):
                line = source.line(place)
                problems.append(Problem(str(path), line, what, repair, "look"))
    return problems


def _open(path: Path) -> tuple[Source, Readings | None]:
    source = read(path)
    found = source.model(Readings)
    if found is not None:
        for place, what, repair in _lint_form(path, found):
            source.add(place, what, repair)
    return source, found


def _lint_form(path: Path, found: Readings) -> Iterator[Found]:
    if found.case != path.stem:
        what = f"The readings are of {found.case!r}, the file is {path.name}."
        yield ("case",), what, f"Write case: {path.stem}."
    for index, one in enumerate(found.readings):
        for part, spread in one.parts.items():
            yield from lint_sum(("readings", index, "parts", part), part, spread)
    for index, change in enumerate(found.changes):
        if change.after > len(found.readings):
            what = f"Only {len(found.readings)} readings are here, not {change.after}."
            repair = "Let after say how many were made before the change."
            yield ("changes", index, "after"), what, repair


def lint_sum(place: Place, part: str, spread: Counts) -> Iterator[Found]:
    """Yield a fault where the counts of a part are not twenty."""
    total = sum(spread.values())
    if total != SUPERVISORS:
        what = f"The counts of {part} sum to {total}, not {SUPERVISORS}."
        yield place, what, f"Spread {SUPERVISORS} supervisors over the choices."


def _lint(entry: Entry, found: Readings) -> Iterator[Found]:
    if entry.key is None:
        return
    tasks = entry.key.tasks
    known = {f"{task}.{part}" for task, key in tasks.items() for part in key.parts}
    for index, change in enumerate(found.changes):
        if change.part not in known:
            what = f"The key has no part {change.part!r}."
            yield ("changes", index, "part"), what, "Write <task>.<part>."
    for one in standings(entry, found):
        yield from _lint_spreads(one)


def _lint_few(entry: Entry, found: Readings) -> Iterator[Found]:
    if entry.key is None:
        return
    few = [one.part for one in standings(entry, found) if one.readers < READERS]
    if few:
        more = f" and {len(few) - NAMED} more" if len(few) > NAMED else ""
        parts = f"{', '.join(few[:NAMED])}{more}"
        what = f"Fewer than {READERS} blind readers have read {parts}."
        yield ("readings",), what, f"Find another: caselens reading {entry.case.id}."


def _lint_spreads(one: Standing) -> Iterator[Found]:
    repair = "Reword it, or put it into the group discussed."
    for number, reading in one.counted.items():
        place: Place = ("readings", number - 1, "parts", one.part)
        spread = reading.parts[one.part]
        if not leads(one.key, spread):
            top = max(spread, key=lambda choice: spread[choice])
            what = f"{reading.reader} expects {top!r} for {one.part}, not the key."
            yield place, what, repair
        elif accepted(one.key, spread) < ENOUGH:
            share = accepted(one.key, spread)
            what = f"{reading.reader} expects the key of {one.part} from {share:.0%}."
            yield place, what, repair
