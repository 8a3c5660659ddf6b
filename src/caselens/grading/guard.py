"""What nbgrader's autograde passes before it touches a submission."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException

from caselens.grading.arrival import is_safe
from caselens.grading.files import (
    MAX_TIMESTAMP,
    TIMESTAMP_FILE,
    UNREADABLE,
    read_moment,
)
from caselens.grading.plain import NotPlainError, read_plain
from caselens.grading.quarantine import REFUSED, set_aside
from caselens.grading.rebuild import SubmissionExporter
from caselens.grading.screen import shown


class GuardedExporter(SubmissionExporter):
    """nbgrader makes it once it has found the submissions, before it opens any.

    Its hook before converting comes too late: the time stamp has been read then,
    and a submission that is moved away is marked as nothing.
    """

    def __init__(self, *words: Any, **more: Any) -> None:
        super().__init__(*words, **more)  # type: ignore[no-untyped-call]
        if isinstance(self.parent, Autograde):
            guard(self.parent)


def guard(autograde: Autograde) -> None:
    """Set aside what is refused among the submissions that nbgrader has found.

    nbgrader goes on with the rest. Raises NbGraderException where nothing is left.
    """
    pattern = autograde._format_source("(?P<unit>.*)", "(?P<trainee>.*)", escape=True)
    root, refused = Path(autograde.coursedir.root), []
    for name in sorted(autograde.assignments):
        named = re.fullmatch(pattern, name, re.DOTALL)
        if named is None or not is_safe(named["trainee"]):
            del autograde.assignments[name]
            refused.append(not_a_name(Path(name).parent.name))
            continue
        if Path(name).parent.is_symlink():
            del autograde.assignments[name]
            refused.append(f"{named['trainee']} was left out: the folder is a link.")
            continue
        trainee, unit = named["trainee"], named["unit"]
        reasons = _set_aside(root, trainee, unit, Path(name))
        if reasons:
            del autograde.assignments[name]
            refused.append(
                f"{trainee} was refused and is not marked: {' '.join(reasons)} "
                f"It is kept in {REFUSED}/{trainee}/{unit}."
            )
        elif mend_stamp(Path(name)):
            autograde.log.warning(
                "%s: the time stamp cannot be read. It is now called %s, and the "
                "submission counts as one without a time.",
                trainee,
                UNREADABLE,
            )
    for line in refused:
        autograde.log.warning(line)
    if refused and not autograde.assignments:
        raise NbGraderException("\n".join(refused))


def not_a_name(name: str) -> str:
    """Say that a folder is not called as a trainee can be, and what to do."""
    return (
        f"The folder {shown(name)} was left out: its name cannot be a trainee's. "
        "Rename it and mark again."
    )


def _set_aside(root: Path, trainee: str, unit_id: str, folder: Path) -> list[str]:
    try:
        return set_aside(root, trainee, unit_id, folder=folder)
    except OSError as error:
        # nbgrader would open it next, so nothing is marked at all.
        raise NbGraderException(
            f"The submission of {trainee} has to be refused and cannot be moved to "
            f"{REFUSED}/ ({error.strerror}). Make both folders writable."
        ) from None


def mend_stamp(folder: Path) -> bool:
    """Rename a time stamp on which nbgrader would stop; return whether it was one."""
    path = folder / TIMESTAMP_FILE
    try:
        text = read_plain(path, MAX_TIMESTAMP).decode("utf-8", "replace").strip()
    except FileNotFoundError:
        return False
    except (NotPlainError, OSError):
        text = "?"
    # nbgrader itself takes an empty one for none.
    if not text or read_moment(text) is not None:
        return False
    path.replace(folder / UNREADABLE)
    return True
