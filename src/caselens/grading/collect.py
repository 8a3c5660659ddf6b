"""Collecting: only needed files arrive, as they were looked at; the rest is told."""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect

from caselens.answers import ANSWERS_FILE
from caselens.grading.arrival import (
    OWNED,
    Arrival,
    in_order,
    read_arrival,
)
from caselens.grading.files import (
    MAX_NOTEBOOK,
    MAX_TIMESTAMP,
    TIMESTAMP_FILE,
    read_moment,
)
from caselens.grading.plain import NotPlainError, open_folder, read_plain
from caselens.grading.quarantine import Refusal
from caselens.grading.screen import account, needed_files, shown

OWNER_HELP = (
    "Where all trainees work under one account, put "
    "c.ExchangeCollect.check_owner = False into nbgrader_config.py."
)


class CollectAnswers(ExchangeCollect):  # type: ignore[misc]
    """nbgrader's collect, for submissions that are data and come from anybody."""

    def copy_files(self) -> None:
        """Collect each trainee's best submission, and say at the end who is refused."""
        self.refused: list[str] = []
        arrived = defaultdict(list)
        for one in self._arrivals():
            arrived[one.trainee].append(one)
        if not arrived:
            self.log.warning("No submissions of '%s' to collect", self._unit)
        try:
            for trainee in sorted(arrived):
                self._collect(arrived[trainee])
        finally:
            self._summarise()

    def init_src(self) -> None:
        """Check the course's folder in the exchange, as nbgrader does."""
        super().init_src()
        self.src_records: list[object] = []

    def _path_to_record(self, path: str) -> dict[str, object]:
        # A time that cannot be read would end nbgrader's run for the whole class.
        name = Path(path).name
        return {"username": name, "filename": name, "timestamp": datetime.min}

    @property
    def _unit(self) -> str:
        return str(self.coursedir.assignment_id)

    @property
    def _root(self) -> Path:
        return Path(self.coursedir.root)

    def _arrivals(self) -> list[Arrival]:
        wanted = self.coursedir.student_id or "*"
        with os.scandir(self.inbound_path) as found:
            paths = [Path(one.path) for one in found]
        arrived = [read_arrival(path, self._unit) for path in sorted(paths)]
        return [
            one
            for one in arrived
            if one is not None and fnmatchcase(one.trainee, wanted)
        ]

    def _collect(self, arrived: list[Arrival]) -> None:
        due = self.duedate if self.before_duedate else None
        tried = in_order(arrived, due)
        for one in tried:
            reasons = one.claims()
            # Only a name that is safe may become a path.
            if not reasons and not self._is_wanted(one):
                return
            reasons = reasons or one.faults(self._unit, check_owner=self.check_owner)
            if not reasons:
                try:
                    self._put(one, self._read(one), instead=one is not tried[0])
                    return
                except NotPlainError as error:
                    reasons = [f"It changed while it was looked at: {error}."]
            self._refuse(one, reasons)

    def _dest(self, trainee: str) -> Path:
        return Path(
            self.coursedir.format_path(
                self.coursedir.submitted_directory, trainee, self._unit
            )
        )

    def _is_wanted(self, one: Arrival) -> bool:
        dest = self._dest(one.trainee)
        if not dest.is_dir():
            return True
        there, new = collected_at(dest), one.moment
        if self.update and (there is None or (new is not None and new > there)):
            return True
        if self.before_duedate and there != new:
            return True
        why = (
            "No newer submission to collect"
            if self.update
            else "Submission already exists, use --update to update"
        )
        self.log.info("%s: %s %s", why, one.trainee, self._unit)
        return False

    def _read(self, one: Arrival) -> dict[str, bytes]:
        """Return the needed files. Raises NotPlainError where one was exchanged."""
        try:
            folder = open_folder(one.path)
        except OSError as error:
            raise NotPlainError(f"the folder cannot be opened ({error})") from None
        try:
            owner = os.fstat(folder).st_uid
            if self.check_owner and account(owner) != one.trainee:
                raise NotPlainError(
                    f"the folder now belongs to the account {account(owner)}"
                )
            return read_needed(folder, self._unit, owner if self.check_owner else None)
        finally:
            os.close(folder)

    def _put(self, one: Arrival, files: dict[str, bytes], *, instead: bool) -> None:
        """Put a submission in the place of the one before it, whole or not at all."""
        dest = self._dest(one.trainee)
        self._complete(one, files)
        dest.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=dest.parent, prefix=".new-") as name:
            new, old = Path(name) / "new", Path(name) / "old"
            new.mkdir()
            for file, raw in files.items():
                (new / file).write_bytes(raw)
            if self.coursedir.groupshared:
                share(new)
            if instead:
                self.log.warning(
                    "%s: the submission of %s is collected in the place of what was "
                    "refused.",
                    one.trainee,
                    one.stamp,
                )
            if dest.exists():
                self.log.info("Updating submission: %s %s", one.trainee, self._unit)
                dest.rename(old)
            else:
                self.log.info("Collecting submission: %s %s", one.trainee, self._unit)
            try:
                new.rename(dest)
            except OSError:
                if old.exists():
                    old.rename(dest)
                raise

    def _complete(self, one: Arrival, files: dict[str, bytes]) -> None:
        """Add the page that is missing beside answers, and the time of the name."""
        page = f"{self._unit}.ipynb"
        released = self._root / self.coursedir.format_path(
            self.coursedir.release_directory, ".", self._unit
        )
        if page not in files and ANSWERS_FILE in files and (released / page).is_file():
            self.log.warning("%s: the page was missing and was put back.", one.trainee)
            files[page] = (released / page).read_bytes()
        inner = files.get(TIMESTAMP_FILE, b"").decode("utf-8", "replace").strip()
        if inner != one.stamp:
            self.log.warning(
                "%s: timestamp.txt says %s, and the name of the submission %s. "
                "The name counts.",
                one.trainee,
                shown(inner) or "nothing",
                one.stamp,
            )
        files[TIMESTAMP_FILE] = one.stamp.encode()

    def _refuse(self, one: Arrival, reasons: list[str]) -> None:
        refusal = Refusal(
            self._root, one.trainee, self._unit, one.label, tuple(reasons)
        )
        self.refused.append(refusal.line)
        try:
            refusal.keep(one.path)
        except OSError as error:
            self.log.error("%s could not be kept: %s", shown(one.path.name), error)

    def _summarise(self) -> None:
        if not self.refused:
            return
        self.log.warning(
            "%d of the submissions of %s were refused:", len(self.refused), self._unit
        )
        for line in self.refused:
            self.log.warning("  %s", line)
        if any(OWNED in line for line in self.refused):
            self.log.warning(OWNER_HELP)


def read_needed(folder: int, unit_id: str, owner: int | None) -> dict[str, bytes]:
    """Return the bytes of the needed files in an open folder, by name.

    Raises NotPlainError.
    """
    files = {}
    for name in needed_files(unit_id):
        try:
            files[name] = read_plain(name, MAX_NOTEBOOK, folder=folder, owner=owner)
        except FileNotFoundError:
            continue
        except NotPlainError as error:
            raise NotPlainError(f"{name}: {error}") from None
        except OSError as error:
            raise NotPlainError(f"{name} cannot be read ({error.strerror})") from None
    return files


def collected_at(folder: Path) -> datetime | None:
    """Return when a collected submission was handed in, None where that is unknown."""
    try:
        raw = read_plain(folder / TIMESTAMP_FILE, MAX_TIMESTAMP)
    except (NotPlainError, OSError):
        return None
    return read_moment(raw.decode("utf-8", "replace").strip())


def share(folder: Path) -> None:
    """Let the group of instructors write a folder and its files, as nbgrader does."""
    for path in folder.iterdir():
        path.chmod((path.stat().st_mode | 0o660) & 0o777)
    folder.chmod((folder.stat().st_mode | 0o2770) & 0o2777)
