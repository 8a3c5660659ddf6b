"""Feedback pages: one self-contained HTML page a trainee, by a release policy."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Literal

from jinja2 import Environment, select_autoescape
from markupsafe import Markup
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from traitlets import Enum

from caselens.answers import mark_task, setting
from caselens.cases import Unit, find_key
from caselens.grading.rebuild import Resources, written
from caselens.grading.released import Submission, find_submission
from caselens.notebooks.pages import manual_id
from caselens.tasks import feedback, kind_of
from caselens.tasks.feedback import summary
from caselens.tasks.markup import feedback_html

Policy = Literal["points", "explained"]
Grades = dict[str, Any]


class FeedbackExporter(Exporter):
    """Writes a feedback page from the answers, the marks and the policy."""

    file_extension = ".html"
    output_mimetype = "text/html"
    policy = Enum(
        ["points", "explained"],
        default_value="points",
        help="points: marks and comments only, nothing of the key. explained: "
        "every part with its reason and the model answers.",
    ).tag(config=True)

    def from_notebook_node(
        self, nb: NotebookNode, resources: Resources | None = None, **more: Any
    ) -> tuple[Any, Resources]:
        """Return the page as HTML, after nbgrader has put in the grades."""
        copy, resources = super().from_notebook_node(nb, resources, **more)
        converter: Any = self.parent
        course: CourseDirectory = converter.coursedir
        named = resources["nbgrader"]
        one = find_submission(
            course, named["assignment"], named["student"], named["notebook"]
        )
        return render(one, grades_of(copy), resources, self.policy), resources


def grades_of(page: NotebookNode) -> dict[str, Grades]:
    """Return score, points and comment by grade id."""
    return {
        cell.metadata["nbgrader"]["grade_id"]: dict(cell.metadata["nbgrader"])
        for cell in page.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }


def render(
    one: Submission, grades: dict[str, Grades], resources: Resources, policy: str
) -> str:
    """Return the feedback page; under `points` no key is even opened."""
    environment = Environment(autoescape=select_autoescape(default=True))
    source = files("caselens.grading").joinpath("feedback.html").read_text("utf-8")
    texts = written(one.unit, one)
    tasks = [_task(one, name, grades, texts, policy) for name in one.unit.points]
    named = resources["nbgrader"]
    return environment.from_string(source).render(
        unit=one.unit,
        tasks=tasks,
        score=named.get("score") or 0,
        maximum=named.get("max_score") or 0,
        late=named.get("late_penalty") or 0,
        explained=policy == "explained",
        complete=all(task["complete"] for task in tasks),
        problem=one.problem,
    )


def _task(
    one: Submission,
    task_id: str,
    grades: dict[str, Grades],
    texts: dict[str, str],
    policy: str,
) -> dict[str, Any]:
    at = setting(one.unit, task_id)
    found: dict[str, Any] = {
        "title": kind_of(at).view(at)["title"],
        "prompt": at.task.prompt or kind_of(at).prompt,
        "claim": at.task.claim,
        "text": texts.get(task_id),
        "criteria": _criteria(one.unit, task_id, grades),
        "score": grades.get(task_id, {}).get("score"),
        "points": one.unit.points[task_id],
        "complete": True,
    }
    if policy == "explained":
        found |= _explained(one, task_id)
    return found


def _criteria(unit: Unit, task_id: str, grades: dict[str, Grades]) -> list[Grades]:
    at = setting(unit, task_id)
    if at.task.rubric is None:
        return []
    made = []
    for criterion in at.vocabulary.rubric(at.task.rubric).criteria:
        grade = grades.get(manual_id(task_id, criterion.id), {})
        score = grade.get("score")
        level = next((one for one in criterion.levels if one.points == score), None)
        made.append(
            {
                "name": criterion.name,
                "maximum": criterion.maximum,
                "score": score,
                "level": level,
                "comment": grade.get("comment"),
            }
        )
    return made


def _explained(one: Submission, task_id: str) -> dict[str, Any]:
    at, key = setting(one.unit, task_id), find_key(task_id.split("-", maxsplit=1)[0])
    score = mark_task(one.unit, task_id, one.value(task_id))
    shown = feedback(kind_of(at), at, key, score)
    return {
        "summary": summary(score),
        # feedback_html escapes every word that it is given.
        "explanation": Markup(feedback_html(shown, level=3)),  # noqa: S704
        "complete": score.complete,
    }
