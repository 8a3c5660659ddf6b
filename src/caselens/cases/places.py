"""Where the course's data and keys lie: a clone, an installed wheel, a bank."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

KEYS_VARIABLE = "CASELENS_KEYS"
BANK_VARIABLE = "CASELENS_BANK"


def clone_root() -> Path | None:
    """Return the project's folder when Caselens runs from a clone, else None."""
    root = Path(__file__).resolve().parents[3]
    is_clone = (root / "datasets").is_dir() and (root / "pyproject.toml").is_file()
    return root if is_clone else None


def datasets_dir() -> Path:
    """Return the datasets of this installation: the clone's, or the wheel's."""
    root = clone_root()
    if root is not None:
        return root / "datasets"
    return Path(__file__).resolve().parents[1] / "datasets"


def bank_dir(bank: str | Path | None = None) -> Path | None:
    """Return the private bank's folder: `bank`, or CASELENS_BANK, or None."""
    name = bank or os.environ.get(BANK_VARIABLE)
    return Path(name).expanduser() if name else None


def has_words(datasets: Path) -> bool:
    """Whether a bank brings goals, slots and errors of its own.

    Such a bank is a course of its own. One without them adds to the shipped course:
    its units may use the shipped practice cases.
    """
    return (datasets / "goals.yaml").is_file()


def key_dirs() -> list[Path]:
    """Folders that may hold keys, the first that has a case's key wins.

    CASELENS_KEYS replaces every other place for graded keys; practice keys are
    always read from the course and the private bank.
    """
    roots = [datasets_dir()]
    bank = bank_dir()
    if bank is not None:
        roots.insert(0, bank / "datasets")
    practice = [root / "practice" / "keys" for root in roots]
    named = os.environ.get(KEYS_VARIABLE)
    if named:
        return [Path(named).expanduser(), *practice]
    graded = [root / "graded" / "keys" for root in roots]
    return [*practice, *graded, *_keys_package()]


def _keys_package() -> list[Path]:
    spec = importlib.util.find_spec("caselens_keys")
    if spec is None or spec.submodule_search_locations is None:
        return []
    return [Path(place) / "keys" for place in spec.submodule_search_locations]
