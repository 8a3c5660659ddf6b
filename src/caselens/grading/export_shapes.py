"""The tables that are exported, made of plain results. Pure: no file, no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from caselens.grading.export_credit import Counted, Handed, Scheme, settle
from caselens.grading.export_table import Table, Value
from caselens.grading.results import Mark, Person, Results, Submitted, when

NO_GRADE = "-"
WAITING = "Waiting for a marker"
CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
CANVAS_ID = "ID"
POINTS_POSSIBLE = "Points Possible"


def canvas(
    results: Results, scheme: Scheme, *, partial: bool, lms: str = CANVAS_ID
) -> Table:
    """Return the table that Canvas's "Import" in the gradebook reads.

    Its importer (instructure/canvas-lms, lib/gradebook_importer.rb) wants "Student"
    in the first column and "ID" in the second, then the two SIS columns, and
    "Section" last before the assignments; a row "Points Possible" sets what they are
    worth. It finds a person by ID, SIS User ID, SIS Login ID or name, in this order.
    The gradebook's `lms_user_id` goes into the column `lms`. The ID has to be a
    number, of which the importer would read the first digits otherwise.
    """
    places = list(scheme.places)
    header = [*CANVAS, *map(scheme.title, places)]
    worth: list[Value] = [_maximum(results, scheme, place) for place in places]
    rows: list[list[Value]] = [[POINTS_POSSIBLE, *[""] * (len(CANVAS) - 1), *worth]]
    for trainee, found in counted_by_trainee(results, scheme):
        one = results.people[trainee]
        number = one.lms if lms == CANVAS_ID and _is_number(one.lms) else ""
        sis = "" if number else one.lms
        points = [_points(place, partial) for place in found]
        rows.append([_name(one), number, sis, trainee, "", *points])
    return Table(header, rows)


def moodle(results: Results, scheme: Scheme, *, partial: bool) -> Table:
    """Return the table that Moodle's grade import reads, for its mapping page.

    `username` stands in every row: Moodle's importer (grade/import/csv/classes/
    load_data.php) gives a row whose name is blank to the trainee above. So `email`
    is there only where everybody has one. "-" is no grade in every mapping; a blank
    is none only for an existing grade item. Import grade and feedback together:
    feedback alone takes the grade away (docs.moodle.org, "Grade import", note 3).
    """
    emails = all(one.email for one in results.people.values())
    header = ["username", *(["email"] if emails else [])]
    for place in scheme.places:
        header += [scheme.title(place), f"{scheme.title(place)} (Feedback)"]
    rows: list[list[Value]] = []
    late = {(one.trainee, one.unit): one.penalty for one in results.submitted}
    for trainee, found in counted_by_trainee(results, scheme):
        row: list[Value] = [trainee]
        row += [results.people[trainee].email] if emails else []
        for one in found:
            points = _points(one, partial)
            penalty = late.get((trainee, one.unit or ""), 0.0)
            row += [NO_GRADE if points is None else points]
            row += [_feedback(one, scheme, penalty)]
        rows.append([*row, ", ".join(one.place for one in found if one.waits)])
    return Table([*header, WAITING], rows)


def counted(results: Results, scheme: Scheme, *, partial: bool) -> Table:
    """Return a row for each trainee and place: what counts there, of what."""
    header = ["trainee", "place", "unit", "points", "maximum", "waits"]
    rows: list[list[Value]] = [
        [
            trainee,
            one.place,
            one.unit,
            _points(one, partial),
            _maximum(results, scheme, one.place),
            one.waits,
        ]
        for trainee, found in counted_by_trainee(results, scheme)
        for one in found
    ]
    return Table(header, rows)


def units(
    results: Results, scheme: Scheme, *, partial: bool, wanted: Callable[[str], bool]
) -> Table:
    """Return a row for each submission, and the place in which it counts, if any."""
    header = ["trainee", "unit", "title", "points", "maximum", "penalty", "waits"]
    header += ["flagged", "submitted", "counts_in"]
    used = {
        (trainee, one.unit): one.place
        for trainee, found in counted_by_trainee(results, scheme)
        for one in found
    }
    rows: list[list[Value]] = [
        [
            one.trainee,
            one.unit,
            scheme.titles.get(one.unit, one.unit),
            one.points if partial or not one.waits else None,
            results.maxima[one.unit],
            one.penalty,
            one.waits,
            one.flagged,
            when(one.at),
            used.get((one.trainee, one.unit)),
        ]
        for one in results.submitted
        if wanted(one.unit)
    ]
    return Table(header, rows)


def marks(
    results: Results, *, partial: bool, wanted: Callable[[str], bool], by: str
) -> Table:
    """Return a row for each submission and `task`, or for each and `cell`.

    `by` says whose points count: machine, person, or both where a task has both.
    """
    header = ["trainee", "unit", "task"] + (["cell"] if by == "cell" else [])
    rows = (
        row
        for one in results.submitted
        if wanted(one.unit)
        for row in _of_submission(one, partial, cells=by == "cell")
    )
    return Table([*header, "points", "maximum", "by", "waits"], rows)


def counted_by_trainee(
    results: Results, scheme: Scheme
) -> Iterator[tuple[str, list[Counted]]]:
    """Yield every trainee with what counts of their work, those without work too."""
    handed: dict[str, dict[str, Handed]] = {name: {} for name in results.people}
    for one in results.submitted:
        handed[one.trainee][one.unit] = Handed(one.points, one.waits)
    for trainee, work in handed.items():
        yield trainee, settle(scheme.places, work)


def _of_submission(
    one: Submitted, partial: bool, *, cells: bool
) -> Iterator[list[Value]]:
    for task, group in groupby(one.marks, key=lambda mark: mark.task):
        found = list(group)
        for of_row in ([mark] for mark in found) if cells else [found]:
            named: list[Value] = [one.trainee, one.unit, task]
            yield [*named, *([of_row[0].cell] if cells else []), *_sum(of_row, partial)]


def _sum(found: list[Mark], partial: bool) -> list[Value]:
    waits = any(mark.waits for mark in found)
    points = sum(mark.points for mark in found) if partial or not waits else None
    by = "+".join(sorted({mark.by for mark in found} - {""}))
    return [points, sum(mark.maximum for mark in found), by, waits]


def _points(one: Counted, partial: bool) -> float | None:
    """Return what may be shown: nothing before work came, or while a mark waits."""
    if one.unit is None or (one.waits and not partial):
        return None
    return one.points


def _maximum(results: Results, scheme: Scheme, place: str) -> float | None:
    spare = scheme.places[place] or ""
    return results.maxima.get(place, results.maxima.get(spare))


def _feedback(one: Counted, scheme: Scheme, penalty: float) -> str:
    """Return what a trainee should know about the number, in words."""
    said = []
    if one.unit is not None and one.unit != one.place:
        said.append(f"Counted: {scheme.titles.get(one.unit, one.unit)}.")
    if penalty:
        said.append(f"{penalty:g} points were taken off for handing in late.")
    return " ".join(said)


def _name(one: Person) -> str:
    """Return "Last, First", as Canvas sorts people; the id where there is no name."""
    return ", ".join(filter(None, [one.last, one.first])) or one.id


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
