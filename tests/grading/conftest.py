import shutil
import warnings
from pathlib import Path

import pytest

from caselens.answers import ANSWERS_FILE
from caselens.answers.record import text
from caselens.cases import find_key, read_unit
from caselens.cases.places import clone_root
from caselens.learners import work_unit

UNIT = "m04_u03_graded_case"


class Class:
    """A course folder with one released unit, marked by the real nbgrader."""

    def __init__(self, root, configure_more=None, course=None, unit=UNIT):
        from nbgrader.apps import NbGraderAPI
        from traitlets.config import Config

        from caselens.grading import configure
        from caselens.grading.demo import lay_out, marked

        self.root, self.unit_id = root, unit
        lay_out(course or clone_root(), root, unit)
        config = Config()
        configure(config, root)
        if configure_more is not None:
            configure_more(config)
        self.api = NbGraderAPI(config=config)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            marked(self.api.generate_assignment(unit))
        self.unit = read_unit(root / "exercises" / unit)

    def folder(self, student):
        return self.root / "submitted" / student / self.unit_id

    def page(self, student):
        return self.folder(student) / f"{self.unit_id}.ipynb"

    def submit(self, student, skill=None, answers=None):
        """Submit the released page with answers: of a skill, or these bytes."""
        shutil.copytree(self.root / "exercises" / self.unit_id, self.folder(student))
        if skill is not None:
            answers = text(work_unit(self.unit, find_key, skill, 11)).encode()
        if answers is not None:
            (self.folder(student) / ANSWERS_FILE).write_bytes(answers)
        return self.folder(student)

    def autograde(self, student):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return self.api.autograde(self.unit_id, student)

    def bulk(self, **more):
        """Mark everything that was submitted, as `caselens autograde` does."""
        from caselens.grading.bulk import autograde

        course = self.api.coursedir
        return autograde(course, self.unit_id, parent=self.api, **more)

    def rows(self):
        """Return every row of marks that nbgrader reads, by names and not by ids."""
        with self._book() as book:
            return sorted(
                (
                    one.student.id,
                    str(one.assignment.timestamp),
                    bool(one.flagged),
                    one.late_submission_penalty,
                    sorted(
                        (g.name, g.auto_score, g.manual_score, g.needs_manual_grade)
                        for g in one.grades
                    ),
                    sorted(
                        (c.name, c.auto_comment, c.manual_comment) for c in one.comments
                    ),
                )
                for one in book.notebook_submissions(self.unit_id, self.unit_id)
            )

    def log(self):
        """Return the changes of marks, oldest first."""
        from sqlalchemy import select

        from caselens.grading.gradebook import open_gradebook
        from caselens.grading.tables import Change

        with open_gradebook(self.api.coursedir) as book:
            return [
                (one.trainee, one.cell, one.what, one.old, one.new, one.reason)
                for one in book.db.scalars(select(Change).order_by(Change.id))
            ]

    def copies(self, student):
        """Return the graded folder: bytes and permissions by name."""
        folder = self.root / "autograded" / student / self.unit_id
        return {
            path.name: (path.read_bytes(), path.stat().st_mode & 0o777)
            for path in folder.iterdir()
        }

    def grades(self, student):
        """Return auto points by grade id, and whether a person must mark."""
        with self._submission(student) as notebook:
            return {
                one.name: (one.auto_score, one.needs_manual_grade)
                for one in notebook.grades
            }

    def points(self, student):
        return sum(score or 0 for score, _ in self.grades(student).values())

    def flagged(self, student):
        with self._submission(student) as notebook:
            return notebook.flagged

    def set_manual(self, student, grade_id, score, comment=None):
        with self._book() as book:
            where = (grade_id, self.unit_id, self.unit_id, student)
            book.find_grade(*where).manual_score = score
            book.find_comment(*where).manual_comment = comment
            book.db.commit()

    def autograded(self, student):
        path = (
            self.root / "autograded" / student / self.unit_id / f"{self.unit_id}.ipynb"
        )
        return path.read_text(encoding="utf-8")

    def feedback(self, student):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = self.api.generate_feedback(self.unit_id, student)
        assert result["success"], result
        path = self.root / "feedback" / student / self.unit_id / f"{self.unit_id}.html"
        return path.read_text(encoding="utf-8")

    def _book(self):
        from nbgrader.api import Gradebook

        course = self.api.coursedir
        return Gradebook(course.db_url, course.course_id)

    def _submission(self, student):
        from contextlib import contextmanager

        @contextmanager
        def opened():
            with self._book() as book:
                yield book.find_submission_notebook(self.unit_id, self.unit_id, student)

        return opened()


@pytest.fixture(scope="session")
def marked_class(tmp_path_factory):
    return Class(Path(tmp_path_factory.mktemp("class")) / "course")


@pytest.fixture
def class_of(marked_class):
    return marked_class
