"""What every marking page shares: who is there, the gradebook, how it is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, select_autoescape
from jupyter_server.base.handlers import JupyterHandler
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.orm import Session
from tornado.web import HTTPError

from caselens.cases import Rubric, Unit, UnitError
from caselens.grading import who
from caselens.markers import sources
from caselens.markers.course import Written, unit_of, written_tasks
from caselens.markers.report import left_out, told

ROOT = "caselens/marking/"
NO_FORMGRADER = (
    "Formgrader is not switched on in this Jupyter. Switch it on with: "
    "jupyter server extension enable nbgrader.server_extensions.formgrader"
)


class Page(JupyterHandler):
    """What the pages share: who is there, the gradebook, how a page is written."""

    @property
    def content_security_policy(self) -> str:
        """No script, nothing from elsewhere, and Jupyter's own rules."""
        own = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"
        return f"{own}; base-uri 'none'; {super().content_security_policy}"

    @property
    def marker(self) -> str:
        """The name under which this person marks."""
        return who.marker(self)

    @property
    def course(self) -> CourseDirectory:
        """The course folder that formgrader is at."""
        formgrader = self.settings.get("nbgrader_formgrader")
        if formgrader is None:
            raise HTTPError(503, NO_FORMGRADER)
        return formgrader.coursedir

    def address(self, *parts: str, **asked: object) -> str:
        """Return the address of a marking page."""
        query = f"?{urlencode(asked)}" if asked else ""
        return f"{self.base_url}{ROOT}{'/'.join(parts)}{query}"

    @contextmanager
    def gradebook(self) -> Iterator[Session]:
        """Open a session on the gradebook for one request."""
        course = self.course
        with Session(sources.engine_of(course.db_url, course.course_id)) as session:
            yield session

    def show(self, name: str, **known: Any) -> None:
        """Write a page; every word in it is escaped."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        shown = (
            templates()
            .get_template(name)
            .render(
                address=self.address,
                base=self.base_url,
                marker=self.marker,
                signed_in=who.signed_in(self) is not None,
                xsrf=self.xsrf_token.decode(),
                **known,
            )
        )
        self.finish(shown)

    def unit(self, unit_id: str) -> tuple[Unit, tuple[Written, ...]]:
        """Return a unit with its written tasks; 404 where there is none."""
        try:
            unit = unit_of(self.course, unit_id)
        except UnitError as error:
            raise HTTPError(404, str(error)) from None
        tasks = written_tasks(unit)
        if not tasks:
            raise HTTPError(404, f"{unit_id} has no written work.")
        return unit, tasks

    def rubric(self, rubric_id: str) -> Rubric:
        """Return a rubric of the course; 404 where there is none."""
        found = sources.rubrics().get(rubric_id)
        if found is None:
            raise HTTPError(404, f"No rubric is called {rubric_id}.")
        return found

    def levels(self, rubric: Rubric) -> dict[str, int]:
        """Return the levels that a form has chosen; what is no level is left out."""
        chosen = {}
        for one in rubric.criteria:
            given = self.get_body_argument(f"level-{one.id}", "")
            known = {str(level.points): level.points for level in one.levels}
            if given in known:
                chosen[one.id] = known[given]
        return chosen


@lru_cache(maxsize=1)
def templates() -> Environment:
    """Return the templates; all that is put into them is escaped."""
    made = Environment(
        loader=PackageLoader("caselens.markers"),
        autoescape=select_autoescape(default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"told": told, "left_out": left_out}
    return made
