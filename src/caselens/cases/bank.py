"""A bank: cases and keys in folders, loaded and validated together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from caselens.cases.case import Case
from caselens.cases.key import Key
from caselens.cases.places import has_words, key_dirs
from caselens.cases.source import BankError, Problem, Source, read, unwritten
from caselens.cases.vocabulary import Frozen, Vocabulary, load_vocabulary

SIDES = ("practice", "graded")


class KeyMissingError(LookupError):
    """No key of a case is on this machine."""

    def __init__(self, case_id: str) -> None:
        self.case_id = case_id
        super().__init__(
            f"The key of {case_id} is not on this machine. Install "
            "caselens-keys, or set CASELENS_KEYS to the folder that holds it."
        )


@dataclass(frozen=True)
class Entry:
    """A case with its key (None where only the case is there) and its side."""

    case: Case
    key: Key | None
    side: str
    case_source: Source
    key_source: Source | None


@dataclass
class Bank:
    """Cases and keys by case id; `problems` names every fault met on loading.

    `shipped` are the datasets that a private bank adds to. Units may use their
    practice cases, which are read when asked for, and not checked or counted.
    """

    vocabulary: Vocabulary
    entries: dict[str, Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    shipped: Path | None = None
    borrowed: dict[str, Entry] = field(default_factory=dict)

    def case(self, case_id: str) -> Case:
        """Return a case; KeyError says which is missing."""
        entry = self._entry(case_id)
        if entry is None:
            raise KeyError(f"No case {case_id!r} is in the bank.")
        return entry.case

    def key(self, case_id: str) -> Key:
        """Return a key; KeyMissingError says where to put it."""
        entry = self._entry(case_id)
        if entry is None or entry.key is None:
            raise KeyMissingError(case_id)
        return entry.key

    def side(self, side: str) -> list[Entry]:
        """Entries of one side, practice or graded, in order of id."""
        return [one for _, one in sorted(self.entries.items()) if one.side == side]

    def _entry(self, case_id: str) -> Entry | None:
        if case_id in self.entries:
            return self.entries[case_id]
        if case_id not in self.borrowed and self.shipped is not None:
            lent = Bank(self.vocabulary)
            practice, name = self.shipped / "practice", f"{case_id}.yaml"
            if (practice / "cases" / name).is_file():
                pair = practice / "cases" / name, practice / "keys" / name
                _load_entry(lent, "practice", *pair)
            self.borrowed |= lent.entries
        return self.borrowed.get(case_id)


def load_bank(datasets: Path, vocabulary_dir: Path | None = None) -> Bank:
    """Load every case and key below `datasets`; faults are kept in `problems`.

    A private bank without words of its own uses those in `vocabulary_dir`, the
    shipped datasets, and their practice cases too.
    Raises BankError only where the vocabulary cannot be read.
    """
    own = vocabulary_dir is None or has_words(datasets)
    bank = Bank(load_vocabulary(datasets if own else vocabulary_dir or datasets))
    for side in SIDES:
        for path in _yaml_files(datasets / side / "cases"):
            _load_entry(bank, side, path, datasets / side / "keys" / path.name)
        for path in _yaml_files(datasets / side / "keys"):
            if not (datasets / side / "cases" / path.name).is_file():
                bank.problems.append(
                    Problem(
                        str(path),
                        1,
                        "This key has no case beside it.",
                        f"Add {side}/cases/{path.name} or remove the key.",
                    )
                )
    if vocabulary_dir is not None and not own:
        bank.shipped = vocabulary_dir
        bank.problems += _clashes(bank, case_ids(vocabulary_dir))
    return bank


def case_ids(datasets: Path) -> set[str]:
    """Return the ids that the files of cases and keys below `datasets` take."""
    folders = [datasets / side / kind for side in SIDES for kind in ("cases", "keys")]
    return {path.stem for folder in folders for path in _yaml_files(folder)}


def _clashes(bank: Bank, shipped: set[str]) -> Iterator[Problem]:
    # A unit's task names its case by this id alone.
    for case_id in sorted(bank.entries.keys() & shipped):
        yield bank.entries[case_id].case_source.problem(
            ("id",),
            f"{case_id} is a case of the shipped course.",
            "Give your own case another id, and its two files that name.",
        )


def find_key(case_id: str, folders: Iterable[Path] | None = None) -> Key:
    """Read one key from the first of `folders` that has it.

    Raises KeyMissingError where none has, BankError where it is faulty.
    """
    for folder in key_dirs() if folders is None else folders:
        path = folder / f"{case_id}.yaml"
        if path.is_file():
            stat = path.stat()
            return _read_key(path, stat.st_mtime_ns, stat.st_size)
    raise KeyMissingError(case_id)


@lru_cache(maxsize=64)
def _read_key(path: Path, _changed: int, _size: int) -> Key:
    # A unit asks for the same key at every task; a changed file is read again.
    source = read(path)
    key = source.model(Key)
    if key is None or source.problems:
        raise BankError(source.problems)
    return key


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml")) if folder.is_dir() else []


def _load_entry(bank: Bank, side: str, case_path: Path, key_path: Path) -> None:
    case_source = read(case_path)
    case = case_source.model(Case)
    key_source = read(key_path) if key_path.is_file() else None
    key = key_source.model(Key) if key_source is not None else None
    for source in (case_source, key_source):
        if source is not None:
            bank.problems.extend(source.problems)
            bank.problems.extend(unwritten(source.path, source.text))
            source.problems.clear()
    if case is None:
        return
    _check_name(bank, case_path, case_source, case.id)
    if case.id in bank.entries:
        other = bank.entries[case.id].case_source.path
        bank.problems.append(
            Problem(
                str(case_path),
                case_source.line(("id",)),
                f"The case id {case.id} is already used by {other}.",
                "Give this case another id.",
            )
        )
        return
    bank.entries[case.id] = Entry(case, key, side, case_source, key_source)


def _check_name(bank: Bank, path: Path, source: Source, case_id: str) -> None:
    if path.stem != case_id:
        bank.problems.append(
            Problem(
                str(path),
                source.line(("id",)),
                f"The id {case_id} does not match the file name {path.name}.",
                f"Rename the file to {case_id}.yaml, or correct the id.",
            )
        )


def dump(model: Frozen) -> dict[str, object]:
    """Return a case or another frozen record as plain JSON data."""
    return model.model_dump(mode="json", exclude_defaults=True)
