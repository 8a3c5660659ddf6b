"""A gradebook with rows put in by hand: real tables, and no pipeline to wait for."""

from datetime import datetime

from nbgrader import api
from nbgrader.api import Gradebook
from sqlalchemy import insert

AT = datetime(2026, 3, 4, 5, 6, 7)


class Rows:
    """Puts rows into a gradebook; `done` writes them."""

    def __init__(self, book: Gradebook):
        self.book, self.rows = book, {}

    def add(self, model, **values):
        self.rows.setdefault(model.__table__, []).append(values)

    def unit(self, name, **maxima):
        """Add a released unit with its cells (`_` for a hyphen) and their maxima."""
        self.add(api.Assignment, id=name, name=name, course_id=self.book.course_id)
        self.add(api.Notebook, id=name, name=name, assignment_id=name)
        for cell, maximum in maxima.items():
            one = self.cell(name, cell)
            named = {"name": cell.replace("_", "-"), "notebook_id": name}
            self.add(api.BaseCell, id=one, type="GradeCell", **named)
            self.add(api.GradeCell, id=one, max_score=maximum, cell_type="code")

    def cell(self, unit, name):
        return f"{unit[:7]}/{name}"[:32]

    def trainee(self, name, first=None, last=None, email=None, lms=None):
        named = {"first_name": first, "last_name": last, "email": email}
        self.add(api.Student, id=name, lms_user_id=lms, **named)

    def work(self, trainee, unit, penalty=None, flagged=False, **marks):
        """Add a submission; a mark is points by machine, None where a person waits,
        or a pair of machine's and person's points."""
        one = f"{trainee[:12]}/{unit[:18]}"
        named = {"assignment_id": unit, "student_id": trainee, "timestamp": AT}
        self.add(api.SubmittedAssignment, id=one, extension=None, **named)
        late = {"late_submission_penalty": penalty, "flagged": flagged}
        page = {"assignment_id": one, "notebook_id": unit}
        self.add(api.SubmittedNotebook, id=one, **page, **late)
        for cell, mark in marks.items():
            auto, manual = mark if isinstance(mark, tuple) else (mark, None)
            self.add(
                api.Grade,
                id=api.new_uuid(),
                notebook_id=one,
                cell_id=self.cell(unit, cell),
                auto_score=auto,
                manual_score=manual,
                extra_credit=None,
                needs_manual_grade=auto is None and manual is None,
            )

    def done(self):
        # In the order in which nbgrader made its tables, for their foreign keys.
        for table in api.Base.metadata.sorted_tables:
            if table in self.rows:
                self.book.db.execute(insert(table), self.rows[table])
        self.book.db.commit()
        self.rows.clear()
