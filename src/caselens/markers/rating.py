"""The pages on which a marker chooses levels: calibration and second marking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session
from tornado.web import authenticated

from caselens.cases import Rubric
from caselens.markers import calibration, second, sources
from caselens.markers.course import text_of
from caselens.markers.exemplars import ROUND, Exemplar, next_exemplar
from caselens.markers.page import Page

CHOOSE_ALL = "Choose a level for each criterion. Nothing was stored yet."


DIGITS = len(str(second.MOST))


class Calibrate(Page):
    """One exemplar at a time, without its agreed levels."""

    @authenticated
    def get(self, rubric_id: str) -> None:
        """Show the next exemplar, or the results where none is left."""
        rubric = self.rubric(rubric_id)
        with self.gradebook() as session:
            done = calibration.rated(session, self.marker, rubric.version)
        one = self._next(rubric, done)
        if one is None:
            self.redirect(self.address("calibration", rubric.id, "results"))
        else:
            self._ask(rubric, one, len(done), {})

    @authenticated
    def post(self, rubric_id: str) -> None:
        """Keep the levels of one exemplar and go on."""
        rubric = self.rubric(rubric_id)
        with self.gradebook() as session:
            done = calibration.rated(session, self.marker, rubric.version)
            one, given = self._next(rubric, done), self.levels(rubric)
            # A form that was sent twice, or brought back, is not stored again.
            if one is not None and one.id == self.get_body_argument("text", ""):
                if len(given) < len(rubric.criteria):
                    self._ask(rubric, one, len(done), given, CHOOSE_ALL)
                    return
                calibration.store(session, self.marker, rubric, one, given)
                done = calibration.rated(session, self.marker, rubric.version)
        more = [] if len(done) % ROUND else ["results"]
        self.redirect(self.address("calibration", rubric.id, *more))

    def _next(
        self, rubric: Rubric, done: Sequence[calibration.Rated]
    ) -> Exemplar | None:
        seen = {one.exemplar for one in done}
        pool = sources.pool(rubric)
        return next_exemplar(pool, seen, self.marker, rubric.version)

    def _ask(
        self,
        rubric: Rubric,
        one: Exemplar,
        count: int,
        given: Mapping[str, int],
        problem: str = "",
    ) -> None:
        self.show(
            "calibrate.html",
            rubric=rubric,
            number=count % ROUND + 1,
            of=ROUND,
            text=one.text,
            text_id=one.id,
            prompt=one.prompt,
            stages=one.case.stages[: one.stage],
            given=given,
            problem=problem,
        )


class Results(Page):
    """How a marker's levels agree with the agreed ones, and where they differ."""

    @authenticated
    def get(self, rubric_id: str) -> None:
        """Write the page; before the first whole round there is nothing to see."""
        rubric = self.rubric(rubric_id)
        with self.gradebook() as session:
            done = calibration.rated(session, self.marker, rubric.version)
        # A round is seen when it is whole, so that nobody learns from its middle.
        whole = done[: len(done) // ROUND * ROUND]
        pool = {one.id: one for one in sources.pool(rubric)}
        if len(pool) <= len(done):
            whole = done
        last = calibration.last_round(whole) or whole
        shown = [
            (pool[one.exemplar], calibration.differences(rubric, one))
            for one in last
            if one.exemplar in pool
        ]
        self.show(
            "results.html",
            rubric=rubric,
            lines=calibration.lines(rubric, whole) if whole else [],
            count=len(whole),
            shown=shown,
            left=len(pool) - len(done),
            of=ROUND,
        )


class Second(Page):
    """One text of the sample at a time, without its first mark."""

    @authenticated
    def get(self, unit_id: str) -> None:
        """Show the next text that waits for a second mark."""
        with self.gradebook() as session:
            self._ask(session, unit_id, {})

    @authenticated
    def post(self, unit_id: str) -> None:
        """Keep a second mark and go on."""
        with self.gradebook() as session:
            _, left, _ = self._sample(session, unit_id)
            named = self.get_body_argument("text", "")
            one = next((one for one in left if one.id == named), None)
            if one is not None:
                given = self.levels(one.task.rubric)
                if len(given) < len(one.task.cells):
                    self._ask(session, unit_id, given, CHOOSE_ALL)
                    return
                second.store(session, unit_id, self.marker, one, given)
        self.redirect(self.address("second", unit_id, number=self._number()))

    def _number(self) -> int:
        given = self.get_argument("number", "")
        number = (
            int(given) if given.isdecimal() and len(given) <= DIGITS else second.NUMBER
        )
        return max(1, min(number, second.MOST))

    def _sample(
        self, session: Session, unit_id: str
    ) -> tuple[list[second.First], list[second.First], int]:
        _, tasks = self.unit(unit_id)
        marked = second.first_marks(session, unit_id, tasks)
        chosen = second.sample(marked, unit_id, self.marker, self._number())
        done = second.seconded(session, unit_id, self.marker)
        return chosen, second.left_over(chosen, done), len(marked)

    def _ask(
        self,
        session: Session,
        unit_id: str,
        given: Mapping[str, int],
        problem: str = "",
    ) -> None:
        unit, _ = self.unit(unit_id)
        chosen, left, marked = self._sample(session, unit_id)
        known: dict[str, Any] = {"unit": unit, "of": len(chosen), "marked": marked}
        known |= {"number": self._number(), "problem": problem, "given": given}
        if left:
            one = left[0]
            case = unit.case(one.task.task.split("-")[0])
            known |= {
                "one": one,
                "at": len(chosen) - len(left) + 1,
                "text": text_of(self.course, unit, one.trainee, one.task.task),
                "stages": case.stages[: case.task(one.task.task).stage],
            }
        self.show("second.html", **known)
