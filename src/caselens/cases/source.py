"""Reading what authors write: YAML with positions, and faults with repairs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.reader import ReaderError

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[str | int, ...]
# A fault fails the check; a look is advice.
Severity = Literal["fault", "look"]

TODO = re.compile(r"\bTODO\b[:,]?\s*(.*)")
MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_SHOWN = 80
TOO_DEEP = f"there are more than {MAX_DEPTH} levels inside each other"
# libyaml where PyYAML was built with it: ten times as fast, the same documents.
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in an author's file, or one place to look at, and what to do."""

    file: str
    line: int
    what: str
    repair: str
    severity: Severity = "fault"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} {self.repair}"


def faults(problems: Sequence[Problem]) -> list[Problem]:
    """Return those that fail a check."""
    return [one for one in problems if one.severity == "fault"]


def looks(problems: Sequence[Problem]) -> list[Problem]:
    """Return those that are advice."""
    return [one for one in problems if one.severity == "look"]


def unwritten(path: Path, text: str) -> Iterator[Problem]:
    """Yield a fault for each line of `text` that a skeleton left to be written."""
    for number, line in enumerate(text.splitlines(), start=1):
        found = TODO.search(line)
        if found:
            rest = found[1].rstrip(" \"'}],.") or "this line"
            what = f"Still to be written: {rest}."
            repair = "Write it, and take out the word TODO."
            yield Problem(str(path), number, what, repair)


class BankError(Exception):
    """An author's files cannot be used; `problems` names every fault."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass
class Source:
    """A YAML file as plain data, with the line on which each value stands."""

    path: Path
    data: Any = None
    problems: list[Problem] = field(default_factory=list)
    root: yaml.Node | None = None
    text: str = ""

    def line(self, place: Place = ()) -> int:
        """Line (from 1) of the deepest part of `place` that the file has."""
        node, line = self.root, 1
        if node is not None:
            line = node.start_mark.line + 1
        for step in place:
            found = _child(node, step)
            if found is None:
                break
            line, node = found
        return line

    def node(self, place: Place) -> yaml.Node | None:
        """Return what stands at `place`, with its marks, or None."""
        node = self.root
        for step in place:
            found = _child(node, step)
            node = found[1] if found is not None else None
        return node

    def problem(
        self, place: Place, what: str, repair: str, severity: Severity = "fault"
    ) -> Problem:
        """Return a fault, or a place to look at, on the line of `place`."""
        return Problem(str(self.path), self.line(place), what, repair, severity)

    def add(self, place: Place, what: str, repair: str) -> None:
        """Note a fault at `place`."""
        self.problems.append(self.problem(place, what, repair))

    def model(self, model: type[Model]) -> Model | None:
        """Return the data as `model`, or None after noting every fault."""
        if self.problems and self.data is None:
            return None
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            faults = error.errors()
            for fault in faults:
                if not _follows_from_another(fault, faults):
                    what, repair = _in_words(fault)
                    self.add(tuple(fault["loc"]), what, repair)
            return None


def read(path: Path) -> Source:
    """Read one YAML file; faults are collected in the result, never raised."""
    source = Source(path)
    text = ""
    try:
        source.text = text = _text(path)
        _refuse_traps(text)
        loader = Loader(text)
        source.root = loader.get_single_node()
        for line, key in _duplicates(source.root):
            source.problems.append(
                Problem(
                    str(path),
                    line,
                    f"The field {key!r} stands twice.",
                    "Keep one of them.",
                )
            )
        if source.root is not None:
            source.data = loader.construct_document(source.root)
    except yaml.YAMLError as error:
        source.problems.append(_yaml_problem(path, text, error))
    except _TooLargeError:
        what = f"The file is larger than {MAX_BYTES:,} bytes."
        repair = "Cut it: a file holds one case or one key."
        source.problems.append(Problem(str(path), 1, what, repair))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        what = "The file is not UTF-8 text: a character on this line is something else."
        source.problems.append(
            Problem(str(path), line, what, "Save the file again, as UTF-8.")
        )
    except OSError as error:
        what = f"The file cannot be read ({error.strerror})."
        repair = "See that it is a file, and that you may read it."
        source.problems.append(Problem(str(path), 1, what, repair))
    except ValueError as error:
        what = f"A value is not what it looks like ({error})."
        repair = "Put text that looks like a date or a number in quotes."
        source.problems.append(Problem(str(path), 1, what, repair))
    return source


class _TooLargeError(Exception):
    """More than any case needs."""


def _text(path: Path) -> str:
    raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        raise _TooLargeError
    return raw.decode("utf-8")


def _refuse_traps(text: str) -> None:
    # They could exhaust the machine, or PyYAML's readers of types, on a few lines.
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        mark: Any = event.start_mark
        if depth > MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem=TOO_DEEP, problem_mark=mark)
        if getattr(event, "tag", None) is not None:
            what = "a value that begins with ! would name a type"
            raise yaml.MarkedYAMLError(problem=what, problem_mark=mark)
        if isinstance(event, yaml.AliasEvent):
            what = "a value that begins with * would refer to another place"
            raise yaml.MarkedYAMLError(problem=what, problem_mark=mark)


def _yaml_problem(path: Path, text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark is not None else 1
    if isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position) + 1
    reason = getattr(error, "problem", None) or str(error).splitlines()[0]
    # libyaml may reach its own limit while it reads ahead of the event it gives.
    reason = TOO_DEEP if "nesting depth" in reason else reason
    lines = text.splitlines()
    if line <= len(lines) and "\t" in lines[line - 1]:
        return Problem(
            str(path),
            line,
            "There is a tab, which YAML does not allow here.",
            "Use spaces instead.",
        )
    return Problem(
        str(path),
        line,
        f"This is not valid YAML ({reason}).",
        'Look at this line and the one above; text with ": " or "*" needs quotes.',
    )


def _duplicates(node: yaml.Node | None) -> Iterator[tuple[int, str]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                yield key.start_mark.line + 1, name
            seen.add(name)
            yield from _duplicates(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _duplicates(item)


def _child(node: yaml.Node | None, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    items = node.value if isinstance(node, yaml.SequenceNode) else []
    if isinstance(step, int) and 0 <= step < len(items):
        item: yaml.Node = items[step]
        return item.start_mark.line + 1, item
    return None


def _follows_from_another(fault: Any, faults: Sequence[Any]) -> bool:
    # A tuple with a faulty item counts as empty, too, and so as too short.
    place = fault["loc"]
    return fault["type"] == "too_short" and any(
        len(one["loc"]) > len(place) and one["loc"][: len(place)] == place
        for one in faults
    )


def _in_words(fault: Any) -> tuple[str, str]:
    name = ".".join(str(step) for step in fault["loc"]) or "the file"
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "missing":
        return f"The field {name!r} is missing.", "Add it."
    if kind == "extra_forbidden":
        return (
            f"The field {name!r} is not known.",
            "Remove it, or check its spelling against docs/formats.md.",
        )
    if kind in {"literal_error", "enum"}:
        expected = context.get("expected", "one of the known words")
        return (
            f"{_given(fault.get('input'))} is not allowed for {name!r}.",
            f"Use {expected}.",
        )
    if kind == "string_type" and isinstance(fault.get("input"), bool | list):
        return _no_text(name, fault["input"])
    if kind == "value_error":
        return f"{context.get('error')}", "Correct it."
    return f"{name!r}: {fault['msg']}.", "See docs/formats.md for what belongs here."


def _given(value: Any) -> str:
    try:
        text = repr(value)
    except ValueError:  # a number of thousands of digits
        text = "This number"
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}..."


def _no_text(name: str, given: bool | list[Any]) -> tuple[str, str]:
    if isinstance(given, list):
        what = f"{name!r} holds a list, and has room for one."
        return what, "Write one; a second answer that is accepted stands in `also`."
    what = f"{name!r} is read as true or false and not as a word."
    return what, 'Put it in quotes: "no" or "yes".'
