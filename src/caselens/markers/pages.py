"""The marking pages beside formgrader, and their addresses."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from tornado.web import authenticated

from caselens.cases import Rubric
from caselens.grading import who
from caselens.markers import calibration, double, log, sources
from caselens.markers.course import marked_units, submissions
from caselens.markers.exemplars import ROUND
from caselens.markers.page import ROOT, Page
from caselens.markers.rating import Calibrate, Results, Second


class Overview(Page):
    """Units with written work, rubrics, and who is marking."""

    @authenticated
    def get(self) -> None:
        """Write the first page."""
        with self.gradebook() as session:
            units = marked_units(session, self.course)
            state = [self._state(session, one) for one in sources.rubrics().values()]
            used = {one.unit.id: log.versions(session, one.unit.id) for one in units}
        self.show("overview.html", units=units, rubrics=state, used=used)

    def _state(self, session: Session, rubric: Rubric) -> dict[str, Any]:
        done = calibration.rated(session, self.marker, rubric.version)
        lines = calibration.lines(rubric, done) if len(done) >= ROUND else []
        return {
            "rubric": rubric,
            "exemplars": len(sources.pool(rubric)),
            "rated": len(done),
            "overall": lines[-1].found if lines else None,
        }


class Name(Page):
    """The name under which somebody marks, where the server knows none."""

    @authenticated
    def post(self) -> None:
        """Keep the name in this browser."""
        name = who.clean(self.get_body_argument("name", ""))
        if name is not None and who.signed_in(self) is None:
            who.choose(self, name)
        self.redirect(self.address())


class RubricPage(Page):
    """A rubric with its levels and its comment bank."""

    @authenticated
    def get(self, rubric_id: str) -> None:
        """Write the page."""
        self.show("rubric.html", rubric=self.rubric(rubric_id))


class Agreement(Page):
    """How first and second marks agree."""

    @authenticated
    def get(self, unit_id: str) -> None:
        """Write the page."""
        unit, tasks = self.unit(unit_id)
        with self.gradebook() as session:
            found = [double.report(session, unit_id, task) for task in tasks]
        self.show("agreement.html", unit=unit, reports=found)


class Changes(Page):
    """Who marked what when."""

    @authenticated
    def get(self, unit_id: str) -> None:
        """Write the page; names are shown only where they are asked for."""
        unit, _ = self.unit(unit_id)
        with self.gradebook() as session:
            rows = log.recent(session, unit_id)
            numbers = submissions(session, unit_id)
        known = {"unit": unit, "rows": rows, "numbers": numbers, "most": log.LINES}
        names = self.get_argument("names", "") == "1"
        self.show("changes.html", names=names, **known)


def routes(base_url: str) -> list[tuple[str, type[Page]]]:
    """Return every address of the marking pages with its handler."""
    word = r"([A-Za-z0-9_-]{1,128})"
    found: list[tuple[str, type[Page]]] = [
        ("?", Overview),
        ("name", Name),
        (f"rubric/{word}", RubricPage),
        (f"calibration/{word}", Calibrate),
        (f"calibration/{word}/results", Results),
        (f"second/{word}", Second),
        (f"agreement/{word}", Agreement),
        (f"changes/{word}", Changes),
    ]
    return [(f"{base_url}{ROOT}{path}", handler) for path, handler in found]
