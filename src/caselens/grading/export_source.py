"""What the exported tables are made of, read from the course folder once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import inspect, make_url, select
from sqlalchemy.exc import OperationalError

from caselens.answers import read_submitted
from caselens.cases import Course, UnitError, read_course
from caselens.cases.places import bank_dir, clone_root
from caselens.grading.bulk import find_trainees
from caselens.grading.course import open_course
from caselens.grading.export_credit import Scheme, scheme
from caselens.grading.export_goals import Work, asks_about_goals
from caselens.grading.gradebook import open_gradebook
from caselens.grading.released import shelf_of, submitted_folder
from caselens.grading.results import Results, read_results
from caselens.grading.tables import Marking
from caselens.grading.version import Shelf
from caselens.opening.lab import installed_root

REGISTRY = Path("course", "course.toml")


class ExportError(Exception):
    """What keeps the marks from being exported, and what to do about it."""


@dataclass
class Source:
    """A gradebook and its course folder; only some trainees or units where named.

    What a trainee's total is made of is settled over all their units, so that a
    number is the same whichever units are asked for.
    """

    course: CourseDirectory
    book: Gradebook
    trainees: Collection[str] = ()
    units: Collection[str] = ()

    @cached_property
    def results(self) -> Results:
        """The work of the trainees asked for, marked or not. Raises ExportError."""
        found = read_results(self.book)
        if not found.maxima:
            raise ExportError(
                "The gradebook has no units yet. Run in the course folder, after "
                "nbgrader generate_assignment."
            )
        found = found.with_collected(
            (trainee, unit)
            for unit in found.maxima
            for trainee in find_trainees(self.course, unit)
        )
        _check("trainee", self.trainees, found.people)
        _check("unit", self.units, found.maxima)
        return found.only(self.trainees)

    @cached_property
    def scheme(self) -> Scheme:
        """Which units count, and for which another stands in. Raises ExportError."""
        courses = list(_courses(Path(self.course.root)))
        if not courses:
            raise ExportError(
                f"No {REGISTRY} was found, which says what may stand in for what. "
                f"Copy the project's into {Path(self.course.root) / REGISTRY.parent}."
            )
        return scheme(courses, self.results.maxima).for_units(self.units)

    def wanted(self, unit: str) -> bool:
        """Whether a unit is asked for; all are where none is named."""
        return not self.units or unit in self.units

    def works(self) -> Iterator[Work]:
        """Yield what was answered in the units that ask about goals.

        Raises KeyMissingError, UnitError, OSError.
        """
        versions, shelves = self._versions(), dict[str, Shelf | None]()
        for one in self.results.submitted:
            if not one.marks or not self.wanted(one.unit):
                continue
            if one.unit not in shelves:
                shelves[one.unit] = self._shelf(one.unit)
            shelf = shelves[one.unit]
            if shelf is None:
                continue
            version = shelf.version(versions.get((one.unit, one.trainee), shelf.now))
            if asks_about_goals(version.unit):
                folder = submitted_folder(self.course, one.trainee, one.unit)
                record, _ = read_submitted(folder, one.unit)
                value = record.value if record is not None else _nothing
                yield Work(one.trainee, version, value)

    def _shelf(self, unit: str) -> Shelf | None:
        """Return a unit's versions; None where it is no unit of this course's."""
        shelf = shelf_of(self.course, unit)
        try:
            return shelf if shelf.raw else None
        except FileNotFoundError:
            if unit in self.scheme.titles:
                raise UnitError(
                    f"{unit} is not in {shelf.release}. Put its folder back there."
                ) from None
            return None

    def _versions(self) -> dict[tuple[str, str], str]:
        """Return the version that each submission was marked by, where it is known."""
        if not inspect(self.book.engine).has_table(Marking.__tablename__):
            return {}
        found = select(Marking.unit, Marking.trainee, Marking.version)
        return {(row[0], row[1]): row[2] for row in self.book.db.execute(found)}


@contextmanager
def open_source(
    folder: Path, trainees: Collection[str] = (), units: Collection[str] = ()
) -> Iterator[Source]:
    """Open the course folder by its own nbgrader_config.py.

    Raises CourseError, and ExportError where it has no gradebook; none is made.
    """
    course = open_course(folder).coursedir
    url = make_url(course.db_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise ExportError(
            f"There is no gradebook at {url.database}. "
            "Make it first, with nbgrader generate_assignment."
        )
    try:
        with open_gradebook(course) as book:
            yield Source(course, book, trainees, units)
    except OperationalError as error:
        shown = url.render_as_string(hide_password=True)
        raise ExportError(
            f"The gradebook {shown} cannot be used ({error.orig}). "
            "See that its server runs, or mend CourseDirectory.db_url."
        ) from None


def _courses(root: Path) -> Iterator[Course]:
    """Yield the registries that name units: this folder's, the bank's, the course's."""
    roots = [root, bank_dir(), clone_root(), installed_root()]
    paths = dict.fromkeys((one / REGISTRY).resolve() for one in roots if one)
    for path in paths:
        if path.is_file():
            yield read_course(path)


def _check(what: str, asked: Collection[str], known: Collection[str]) -> None:
    lost = sorted(set(asked) - set(known))
    if lost:
        raise ExportError(
            f"The gradebook has no {what} called {', '.join(lost)}. "
            "Mind capital letters, and leave the option out for all."
        )


def _nothing(task_id: str) -> None:
    return None
