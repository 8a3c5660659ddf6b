"""A feedback page: one self-contained HTML file, without scripts."""

from __future__ import annotations

from functools import cache, cached_property, lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from caselens.answers import Record
from caselens.answers.marking import FindKey
from caselens.cases import Unit
from caselens.grading.feedback_marks import Marks
from caselens.grading.feedback_parts import Part
from caselens.grading.feedback_policy import Policy
from caselens.grading.feedback_summary import summarise
from caselens.grading.feedback_task import Scorer, frames_of
from caselens.tasks import closing
from caselens.tasks.markup import plain, referred

PAGE = "feedback.html"
PARTS = "feedback_parts.html"
KEPT = 8192


class Pages:
    """Writes the pages of one version of a unit.

    `scorer` and `find` open the key; without them only `points` pages can be
    written, and no key is opened.
    """

    def __init__(
        self, unit: Unit, scorer: Scorer | None = None, find: FindKey | None = None
    ) -> None:
        self.unit = unit
        self.frames = frames_of(unit)
        self._scorer = scorer
        self._find = find

    def page(
        self, marks: Marks, record: Record | None, problem: str | None, policy: Policy
    ) -> str:
        """Return one trainee's page. Raises StaleMarksError, KeyMissingError."""
        tasks = [
            frame.view(marks, record, policy, self._scorer, self._find)
            for frame in self.frames
        ]
        explained = policy == "explained"
        return (
            _environment()
            .get_template(PAGE)
            .render(
                unit=self.unit,
                tasks=tasks,
                summary=summarise(marks, tasks, safety=policy != "points"),
                policy=policy,
                explained=explained,
                several=len(self.unit.cases) > 1,
                provisional=explained and self._provisional(),
                last=self._last if explained else "",
                problem=problem,
            )
        )

    def _provisional(self) -> bool:
        assert self._find is not None
        return any(self._find(one.id).status != "panel" for one in self.unit.cases)

    @cached_property
    def _last(self) -> Markup:
        """The end of every explained page: the cases looked back on, and their text.

        Nothing is said yet of a case that a later unit asks about again.
        """
        assert self._find is not None
        told, words = _macros(), self.unit.vocabulary
        looked = [
            told.looking_back(
                {"case": one} | closing(self._find(one.id)), words.dimensions
            )
            for one in self.unit.cases
            if one.id not in self.unit.continued
        ]
        return Markup().join(
            [*looked, *(told.appendix(one) for one in self.unit.cases)]
        )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("caselens.grading", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {"refs": refs, "plain": plain, "shown": shown}
    return environment


@cache
def _macros() -> Any:
    return _environment().get_template(PARTS).module


@lru_cache(maxsize=KEPT)
def refs(text: str, case_id: str) -> Markup:
    """Return an author's text, escaped, whose sentence numbers lead to the case."""
    # The same reasons stand on the pages of a whole class.
    return Markup(referred(text, case_id))  # noqa: S704 (referred escapes)


@lru_cache(maxsize=KEPT)
def shown(part: Part, case_id: str) -> Markup:
    """Return one explained part as HTML."""
    # Most of a class gives one of few answers to a part.
    made: Markup = _macros().explained_part(part, case_id)
    return made
