"""`nbgrader zip_collect` for pages and answers from a learning management system."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin

from caselens.answers import ANSWERS_FILE
from caselens.cases.unit import UNIT_FILE
from caselens.grading.download import Download
from caselens.grading.lms import (
    NAMES_FILE,
    Named,
    NamesError,
    Person,
    name_members,
    read_names,
    trainee_of,
)
from caselens.grading.pick import pick
from caselens.grading.plain import NotPlainError, size_text
from caselens.grading.quarantine import Refusal
from caselens.grading.screen import MAX_ENTRIES, MAX_FOLDER, MAX_REASONS

NAMED = 20  # so many trainees are named, and the rest counted


@dataclass
class Found:
    """What was downloaded under one trainee's name, and what comes of it."""

    trainee: str
    named: list[Named] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    is_written: bool = False

    @property
    def people(self) -> list[Person | None]:
        """Whom the download names, each once."""
        return list(dict.fromkeys(one.person for one in self.named))

    @property
    def label(self) -> str:
        """What tells this download from another one of the same trainee."""
        held = sorted((one.member.path, one.member.size) for one in self.named)
        digest = hashlib.sha256(repr(held).encode()).hexdigest()[:8]
        return f"{self.named[0].member.source.name}-{digest}"


class AnswersExtractor(ExtractorPlugin):  # type: ignore[misc]
    """Puts page and answers of each trainee into a folder of their name."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Read what was downloaded, bounded; refuse, name and keep what is amiss."""
        self.unit = str(self.parent.coursedir.assignment_id)
        self.root = Path(self.parent.coursedir.root)
        archive = Path(archive_path)
        try:
            names = read_names([archive, archive.parent, archive.parent.parent])
        except NamesError as error:
            self.parent.fail(str(error))
        download = Download(archive)
        try:
            found = self._sorted_out(download, names)
            for one in found:
                self._judge(download, one)
                self._write(download, one, Path(extracted_path))
        finally:
            download.close()
        self._summarise(download, found)

    def _sorted_out(self, download: Download, names: Mapping[str, str]) -> list[Found]:
        members = [one for one in download.members() if one.parts[-1] != NAMES_FILE]
        by_name: dict[str, Found] = {}
        for one in name_members(members, self.unit):
            trainee, listed = "", True
            if one.person is not None:
                trainee, listed = trainee_of(one.person, names)
            place = by_name.setdefault(trainee.casefold(), Found(trainee))
            if names and not listed and one.person not in place.people:
                who = one.person.text if one.person else ""
                self.log.warning(
                    "%s is not in %s and is called %s.", who, NAMES_FILE, trainee
                )
            place.named.append(one)
        return [one for _, one in sorted(by_name.items())]

    def _judge(self, download: Download, found: Found) -> None:
        """Fill in the files of a trainee, or the reasons why there are none."""
        found.reasons += whole_faults(found)
        found.reasons += [
            f"{one.member.path} {one.member.fault}."
            for one in found.named
            if one.member.fault is not None
        ][:MAX_REASONS]
        if not found.reasons:
            try:
                found.files = pick(download, found.named, self.unit)
            except NotPlainError as error:
                found.reasons.append(str(error))
        if not found.trainee and (found.files or found.reasons):
            found.reasons.insert(
                0,
                "No name stands in the path. Put it into a folder that is called "
                "as the trainee is.",
            )

    def _write(self, download: Download, found: Found, into: Path) -> None:
        if found.reasons:
            self._refusal(found).keep_files(kept(download, found.named))
            return
        if not found.files:
            who = found.trainee or "files without a name"
            self.log.warning("Nothing to mark was found for %s.", who)
            return
        if any(one.late for one in found.named):
            self.log.warning("%s: the system calls this late.", found.trainee)
        page = f"{self.unit}.ipynb"
        if page not in found.files:
            self.log.warning(
                "%s: the page was missing and was put back.", found.trainee
            )
            found.files[page] = self._released(page)
        folder = into / found.trainee
        folder.mkdir(parents=True)
        for name, raw in found.files.items():
            (folder / name).write_bytes(raw)
        # A class of a thousand need not stay in memory.
        found.files, found.is_written = {}, True

    def _released(self, page: str) -> bytes:
        course = self.parent.coursedir
        folder = course.format_path(course.release_directory, ".", self.unit)
        path: Path = self.root / folder / page
        if not path.is_file():
            self.parent.fail(
                f"The released page is not at {path}. Put it there, or run: "
                f"nbgrader generate_assignment {self.unit}"
            )
        return path.read_bytes()

    def _refusal(self, found: Found) -> Refusal:
        return Refusal(
            self.root, found.trainee, self.unit, found.label, tuple(found.reasons)
        )

    def _summarise(self, download: Download, found: list[Found]) -> None:
        for problem in download.problems:
            self.log.warning(problem)
        written = [one.trainee for one in found if one.is_written]
        more = "" if len(written) <= NAMED else ", ..."
        names = ", ".join(written[:NAMED]) + more
        self.log.info("Found the work of %d: %s", len(written), names)
        refused = [one for one in found if one.reasons]
        if refused:
            self.log.warning("%d were refused:", len(refused))
        for one in refused:
            self.log.warning("  %s", self._refusal(one).line)


class AnswersCollector(FileNameCollectorPlugin):  # type: ignore[misc]
    """Tells nbgrader whose the extracted files are: the folder has the name."""

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """Return the trainee and the file's name; None for what is not ours."""
        path = Path(submitted_file)
        unit = str(self.parent.coursedir.assignment_id)
        if path.name not in (f"{unit}.ipynb", ANSWERS_FILE, UNIT_FILE):
            return None
        return {"student_id": path.parent.name, "file_id": path.name}


def whole_faults(found: Found) -> list[str]:
    """Say what is wrong with all of a trainee's files together."""
    faults = []
    if len(found.people) > 1:
        told = "; ".join(one.text if one else "no name" for one in found.people[:5])
        faults.append(
            f"Two people's files have this name: {told}. "
            f"Tell them apart in {NAMES_FILE}."
        )
    if len(found.named) > MAX_ENTRIES:
        faults.append(f"There are more than {MAX_ENTRIES} files in it.")
    if sum(one.member.size for one in found.named) > MAX_FOLDER:
        faults.append(f"Its files are together larger than {size_text(MAX_FOLDER)}.")
    return faults


def kept(download: Download, named: list[Named]) -> dict[str, bytes]:
    """Return what can be kept of a refused download, by path."""
    files: dict[str, bytes] = {}
    room = MAX_FOLDER
    for one in named[:MAX_ENTRIES]:
        if not one.member.can_be_kept:
            continue
        try:
            raw = download.read(one.member, room)
        except NotPlainError:
            continue
        room -= len(raw)
        name = one.member.path
        files[name if name not in files else f"{len(files)}_{name}"] = raw
    return files
