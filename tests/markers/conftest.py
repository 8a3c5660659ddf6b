import pytest

from caselens.answers.record import text
from caselens.cases import find_key
from caselens.learners import work_unit
from tests.grading.conftest import Class

NAMES = ("ada", "bob", "cem", "dia", "eva", "fay", "gus")
NASTY = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
CONFIG = """\
from pathlib import Path
from caselens.grading import configure
c = get_config()
configure(c, Path(__file__).parent)
"""


class Marked(Class):
    """A class of which everybody wrote something; "quiet" wrote nothing."""

    def __init__(self, root, names=NAMES):
        super().__init__(root)
        (root / "nbgrader_config.py").write_text(CONFIG)
        for name in names:
            self.hand_in(name, f"{NASTY} What {name} wrote about Alec.")
        self.hand_in("quiet", "")

    def hand_in(self, trainee, words):
        record = work_unit(self.unit, find_key, 1.0, 3)
        for number in (1, 2):
            record.tasks[f"c003-write-{number}"].value = {"text": words}
        self.submit(trainee, answers=text(record).encode())
        result = self.autograde(trainee)
        assert result["success"], result

    def mark(self, trainee, points, comment=None):
        """Give a mark for every criterion, as formgrader does: one by one."""
        for cell, (_, _) in self.grades(trainee).items():
            if cell.startswith(("c003-write-1-", "c003-write-2-")):
                self.give(trainee, cell, points, comment)

    def give(self, trainee, cell, points, comment=None):
        where = (cell, self.unit_id, self.unit_id, trainee)
        with self._book() as book:
            grade = book.find_grade(*where)
            grade.manual_score, grade.needs_manual_grade = points, False
            if comment is not None:
                book.find_comment(*where).manual_comment = comment
            book.db.commit()

    def session(self):
        from sqlalchemy.orm import Session

        from caselens.markers.sources import engine_of

        course = self.api.coursedir
        return Session(engine_of(course.db_url, course.course_id))


@pytest.fixture(scope="package")
def class_once(tmp_path_factory):
    return Marked(tmp_path_factory.mktemp("marked") / "course")


@pytest.fixture
def marked(class_once):
    """The class with a gradebook as it was before anybody marked."""
    from caselens.markers.sources import engine_of

    book = class_once.root / "gradebook.db"
    before = book.read_bytes()
    yield class_once
    with class_once.session() as session:
        session.get_bind().dispose()
    engine_of.cache_clear()
    book.write_bytes(before)
