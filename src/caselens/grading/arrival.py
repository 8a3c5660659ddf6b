"""What arrived in the exchange: whose it claims to be, and from when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from caselens.grading.files import read_moment
from caselens.grading.screen import account, screen, shown
from caselens.grading.tables import moment as now

MAX_NAME = 100
# nbgrader divides lists of names at commas.
FORBIDDEN = frozenset("/\\*?[]:|<>\"'`$;&,")
# A name of a time zone that Python does not know counts as UTC, which may be
# fourteen hours off. What is further ahead is no mistake of that kind.
AHEAD = timedelta(days=1)
OWNED = "and belongs to the account"


@dataclass(frozen=True)
class Arrival:
    """A folder in the exchange: NAME+UNIT+TIME, or NAME+UNIT+TIME+RANDOM."""

    path: Path
    trainee: str
    stamp: str
    label: str

    @property
    def moment(self) -> datetime | None:
        """The time that its name claims, in UTC without a zone; None if unreadable."""
        return read_moment(self.stamp)

    def claims(self) -> list[str]:
        """Return what is wrong with the name and the time that it claims."""
        wrong = []
        if not is_safe(self.trainee):
            wrong.append(f"{shown(self.trainee)} cannot be a trainee's name.")
        if self.moment is None:
            wrong.append(f"The time in its name ({shown(self.stamp)}) is none.")
        elif self.moment > now() + AHEAD:
            wrong.append(
                f"The time in its name ({shown(self.stamp)}) is still to come."
            )
        return wrong

    def faults(self, unit_id: str, *, check_owner: bool) -> list[str]:
        """Return what is wrong with its owner and with what is in it."""
        wrong = []
        try:
            owner = self.path.lstat().st_uid
        except OSError as error:
            return [f"It cannot be looked at ({error.strerror})."]
        if check_owner and account(owner) != self.trainee:
            wrong.append(
                f"It was handed in as {shown(self.trainee)}, {OWNED} {account(owner)}."
            )
        return wrong + screen(self.path, unit_id, owner if check_owner else None)


def read_arrival(path: Path, unit_id: str) -> Arrival | None:
    """Return what a folder in the exchange claims to be; None for another unit's."""
    # From the right: a trainee's name may hold a plus sign.
    trainee, found, label = path.name.rpartition(f"+{unit_id}+")
    if not found:
        return None
    return Arrival(path, trainee, label.split("+")[0], label)


def in_order(arrived: Iterable[Arrival], due: datetime | None = None) -> list[Arrival]:
    """Return arrivals as they are to be tried, the newest first.

    With `due`, what came in time goes before what came late.
    """

    def rank(one: Arrival) -> tuple[bool, datetime]:
        moment = one.moment or datetime.min
        return (due is None or moment <= due), moment

    return sorted(arrived, key=rank, reverse=True)


def is_safe(name: str) -> bool:
    """Whether a name can be a trainee's and the name of a folder, here and anywhere."""
    return (
        0 < len(name) <= MAX_NAME
        and name == name.strip()
        and not name.startswith((".", "-"))
        and not name.endswith(".")
        and name.isprintable()
        and not FORBIDDEN.intersection(name)
    )
