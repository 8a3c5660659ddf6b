"""What counts: of a unit and the one that may stand in for it, the better one.

The rule, written once. A course has *places*: the units that count, in order. A
unit that only stands in for others has no place of its own. Where one unit names a
stand-in, the better of the two counts. Where several name the same one, it counts
once: for a unit that was not handed in, or else for the one with the lowest mark,
and only where it is better.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from caselens.cases import Course, CourseUnit


class Handed(NamedTuple):
    """What a trainee has for one unit that they handed in."""

    points: float
    waits: bool = False


@dataclass(frozen=True)
class Counted:
    """What counts in one place; `unit` is None where nothing was handed in.

    `waits` says that a mark still to be given may change the points.
    """

    place: str
    unit: str | None
    points: float
    waits: bool


@dataclass(frozen=True)
class Scheme:
    """The places of a course, each with its stand-in, and what units are called."""

    places: Mapping[str, str | None]
    titles: Mapping[str, str]

    def title(self, unit: str) -> str:
        """Return a unit's name for a column: its title and its id."""
        return f"{self.titles[unit]} ({unit})" if unit in self.titles else unit

    def place_of(self, unit: str) -> list[str]:
        """Return the places in which a unit may count; none for a parallel form."""
        if unit in self.places:
            return [unit]
        return [place for place, spare in self.places.items() if spare == unit]

    def for_units(self, asked: Collection[str]) -> Scheme:
        """Return the places in which the units asked for count; all for none.

        A unit that counts towards nothing has a place of its own when asked for.
        """
        if not asked:
            return self
        found = {place for unit in asked for place in self.place_of(unit)}
        places = {one: spare for one, spare in self.places.items() if one in found}
        alone = {unit: None for unit in asked if not self.place_of(unit)}
        return Scheme(places | alone, self.titles)


def scheme(courses: Iterable[Course], known: Iterable[str]) -> Scheme:
    """Return the places of all courses whose unit is among those `known`.

    A stand-in that is known without any of its units has the first of their places.
    What no course names, such as a quiz of the instructor's own, counts for itself.
    Practice and the parallel forms count towards nothing.
    """
    known = list(known)
    places: dict[str, str | None] = {}
    titles: dict[str, str] = {}
    for course in courses:
        spares = course.spares()
        new = [unit for _, unit in course.units() if unit.id not in titles]
        for unit in new:
            titles[unit.id] = unit.title
            if _counts(unit) and unit.id not in spares:
                places[unit.id] = unit.alternative
    used = {place: spare for place, spare in places.items() if place in known}
    for place, spare in places.items():
        if spare in known and spare not in used.values():
            used[place] = spare
    other: dict[str, str | None] = {unit: None for unit in known if unit not in titles}
    return Scheme(used | other, titles)


def settle(
    places: Mapping[str, str | None], handed: Mapping[str, Handed]
) -> list[Counted]:
    """Return what counts of one trainee's work, a row for each place."""
    counted = {place: _own(place, handed.get(place)) for place in places}
    for spare in dict.fromkeys(places.values()):
        if spare is not None and spare in handed:
            named = [place for place, one in places.items() if one == spare]
            _stand_in(counted, named, spare, handed[spare])
    return list(counted.values())


def _counts(unit: CourseUnit) -> bool:
    return unit.kind == "graded" and unit.form is None


def _own(place: str, one: Handed | None) -> Counted:
    if one is None:
        return Counted(place, None, 0.0, waits=False)
    return Counted(place, place, one.points, one.waits)


def _stand_in(
    counted: dict[str, Counted], named: list[str], spare: str, one: Handed
) -> None:
    """Let a stand-in count where it is worth most.

    Until all of them are marked none is final: a mark may move it to another place.
    """
    waits = one.waits or any(counted[place].waits for place in named)
    lowest = min((counted[place] for place in named), key=_worth)
    if lowest.unit is None or one.points > lowest.points:
        counted[lowest.place] = Counted(lowest.place, spare, one.points, waits)
    for place in named:
        if counted[place].unit is not None:
            counted[place] = replace(counted[place], waits=waits)


def _worth(one: Counted) -> tuple[bool, float]:
    return one.unit is not None, one.points
