"""Feedback in nbgrader's own way: the exporter of `nbgrader generate_feedback`."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from traitlets import Dict, Enum, TraitError, Unicode, Union, validate

from caselens.grading.feedback_bulk import item_of, place_of
from caselens.grading.feedback_marks import MarksOf, NoMarksError, reading
from caselens.grading.feedback_policy import (
    POLICIES,
    DateError,
    Policy,
    by_unit,
    moment_of,
    present,
    unit_policy,
)
from caselens.grading.feedback_write import page_of

Resources = dict[str, Any]


class FeedbackExporter(Exporter):
    """Writes a feedback page from the answers, the marks and the policy.

    `caselens feedback` reads the same settings and writes the same bytes.
    """

    file_extension = ".html"
    output_mimetype = "text/html"
    policy = Enum(
        list(POLICIES),
        default_value="points",
        help="points: marks and comments only, nothing of the key. verdicts: which "
        "choices were right, too. explained: every part with its reason and the "
        "model answers.",
    ).tag(config=True)
    explained_after = Union(
        [Unicode(), Dict(value_trait=Unicode(), key_trait=Unicode())],
        default_value="",
        help="From when on pages are explained whatever the policy is: one date, such "
        "as '2026-12-01 18:00 UTC', or dates by unit, with '*' for all the rest.",
    ).tag(config=True)

    @validate("explained_after")
    def _dated(self, proposal: dict[str, Any]) -> str | dict[str, str]:
        value: str | dict[str, str] = proposal["value"]
        for unit_id, date in by_unit(value).items():
            try:
                moment_of(date)
            except DateError as error:
                raise TraitError(f"explained_after, {unit_id}: {error}") from None
        return value

    def policy_of(self, unit_id: str) -> Policy:
        """Return the policy that holds for a unit now."""
        return unit_policy(self.policy, self.explained_after, unit_id, present())

    def from_notebook_node(
        self, nb: NotebookNode, resources: Resources | None = None, **more: Any
    ) -> tuple[Any, Resources]:
        """Return the page as HTML; the graded copy itself is not read."""
        _, resources = super().from_notebook_node(nb, resources, **more)
        converter: Any = self.parent
        course: CourseDirectory = converter.coursedir
        unit_id, trainee = (
            resources["nbgrader"][it] for it in ("assignment", "student")
        )
        with reading(course.db_url) as db:
            unit = MarksOf(db, unit_id)
            marks = next(unit.read([trainee]), None)
        if marks is None:
            raise NoMarksError(
                f"{trainee} has no marks for {unit_id}. Autograde first."
            )
        policy = self.policy_of(unit_id)
        item = item_of(course, unit_id, marks, policy, present())
        if item.policy != policy:
            self.log.warning("%s may still hand in: marks and comments only.", trainee)
        return page_of(place_of(course, unit_id, unit.maxima), item), resources
