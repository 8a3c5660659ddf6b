"""Who is who in a download: the names that learning management systems give."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from caselens.grading.arrival import is_safe
from caselens.grading.download import Member
from caselens.grading.plain import NotPlainError, read_plain
from caselens.grading.quarantine import safe_name
from caselens.grading.screen import shown

NAMES_FILE = "trainees.csv"
COLUMNS = ("lms", "trainee")
MAX_NAMES = 1_000_000
# Jane Doe_12345_assignsubmission_file_, a folder or the beginning of a file's name.
MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_[a-z]+(?:_(?P<file>.*))?"
)
# doejane_12345_67890_answers-1.json, doejane_LATE_12345_67890_answers.json
CANVAS = re.compile(r"(?P<name>[^_]+)_(?:(?P<late>LATE)_)?(?P<id>\d+)_\d+_(?P<file>.+)")
NUMBERED = re.compile(r"(?P<name>.+?)[_-](?P<id>\d+)")
COPY = re.compile(r"(?:[ _-]*\(\d+\)|[ _-]+\d+)+$")
BLIND = {"participant", "anon", "anonymous"}


class NamesError(Exception):
    """`trainees.csv` cannot be used; the text says where and why."""


@dataclass(frozen=True)
class Person:
    """Whom a download names: the name there, and the number where there is one."""

    name: str
    number: str = ""

    @property
    def text(self) -> str:
        """The name and the number, for people."""
        return shown(f"{self.name} ({self.number})" if self.number else self.name)


@dataclass(frozen=True)
class Named:
    """A downloaded file, whose it is, and the name that it had at home."""

    member: Member
    person: Person | None
    file: str
    late: bool = False


def name_members(members: Iterable[Member], unit_id: str) -> list[Named]:
    """Return whose each file is, by its path."""
    by_source = defaultdict(list)
    for one in members:
        by_source[one.source if one.is_zipped else None].append(one)
    named = []
    for found in by_source.values():
        outer = wrappers([one.parts for one in found], unit_id)
        named += [name_member(one, unit_id, outer) for one in found]
    return named


def name_member(one: Member, unit_id: str, outer: int = 0) -> Named:
    """Return whose a file is; the first `outer` folders of its path name nobody."""
    zipped = (one.source.stem,) if one.is_zipped else ()
    for piece in (*zipped, *one.parts):
        match = MOODLE.fullmatch(piece) or CANVAS.fullmatch(piece)
        if match is not None:
            return _matched(one, match, is_file=piece == one.parts[-1])
    file = one.parts[-1]
    folders = [name for name in one.parts[outer:-1] if name != unit_id]
    if folders:
        return Named(one, Person(folders[0]), file)
    stems = (PurePosixPath(file).stem, *zipped)
    people = [person for stem in stems if (person := flat(stem, unit_id))]
    return Named(one, people[0] if people else None, file)


def wrappers(paths: list[tuple[str, ...]], unit_id: str) -> int:
    """Return how many outer folders hold all files and so name nobody."""
    count = 0
    while True:
        inner = {path[count : count + 2] for path in paths}
        shared = {path[:1] for path in inner}
        if len(shared) != 1 or any(len(path) < count + 3 for path in paths):
            return count
        if {path[1] for path in inner} == {unit_id}:
            return count
        count += 1


def flat(stem: str, unit_id: str) -> Person | None:
    """Return whose a file without a folder is: jane_UNIT.ipynb, jane_answers.json."""
    stem = COPY.sub("", stem)
    for word in (unit_id, "answers", "unit"):
        stem = re.sub(rf"(?:^|[ _-]+){re.escape(word)}$", "", stem)
    numbered = NUMBERED.fullmatch(stem)
    if numbered is not None:
        return Person(numbered["name"], numbered["id"])
    return Person(stem) if stem.strip(" ._-") else None


def read_names(folders: Iterable[Path]) -> dict[str, str]:
    """Return trainees by the name or number that the system has for them.

    The first folder that holds a `trainees.csv` counts. Raises NamesError.
    """
    for folder in folders:
        path = folder / NAMES_FILE
        if path.is_file():
            try:
                text = read_plain(path, MAX_NAMES).decode("utf-8-sig")
            except (NotPlainError, OSError, UnicodeError) as error:
                raise NamesError(f"{path} cannot be read ({error}).") from None
            return parse_names(text, path)
    return {}


def parse_names(text: str, path: Path) -> dict[str, str]:
    """Return what `read_names` returns, from the text of the file."""
    try:
        return _parse_names(text, path)
    except csv.Error as error:
        raise NamesError(f"{path} is no table of two columns ({error}).") from None


def _parse_names(text: str, path: Path) -> dict[str, str]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if not set(COLUMNS) <= set(rows.fieldnames or ()):
        raise NamesError(f"{path} has to begin with the line: {','.join(COLUMNS)}")
    names: dict[str, str] = {}
    for row in rows:
        lms, trainee = ((row[one] or "").strip() for one in COLUMNS)
        if not lms and not trainee:
            continue
        where = f"{path}, line {rows.line_num}"
        if not lms or not is_safe(trainee):
            raise NamesError(
                f"{where}: {shown(trainee) or 'nothing'} cannot be a trainee's name."
            )
        if names.setdefault(folded(lms), trainee) != trainee:
            raise NamesError(f"{where}: {shown(lms)} stands there for two trainees.")
    return names


def trainee_of(person: Person, names: Mapping[str, str]) -> tuple[str, bool]:
    """Return a person's name as a trainee, and whether `trainees.csv` names them."""
    whole = f"{person.name}_{person.number}"
    for key in (person.number, whole, person.name):
        if key and folded(key) in names:
            return names[folded(key)], True
    blind = person.number and person.name.casefold() in BLIND
    name = whole if blind else person.name
    return (name if is_safe(name) and " " not in name else safe_name(name)), False


def folded(name: str) -> str:
    """Return a name in the form in which names are compared."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _matched(one: Member, match: re.Match[str], *, is_file: bool) -> Named:
    found = match.groupdict()
    file = found["file"] if is_file and found["file"] else one.parts[-1]
    person = Person(found["name"], found["id"])
    return Named(one, person, file, late=bool(found.get("late")))
