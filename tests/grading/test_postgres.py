"""The gradebook on a real PostgreSQL server, beside the same one in SQLite."""

import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from nbgrader.apps import NbGraderAPI
from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import DBAPIError
from traitlets.config import Config

from caselens.cases.places import clone_root
from caselens.grading import configure, export
from caselens.grading.bulk import autograde
from caselens.grading.export_source import ExportError, Source, open_source
from caselens.grading.locks import AtWorkError
from caselens.grading.results import read_results
from caselens.grading.tables import Base, ensure
from tests.grading.conftest import Class
from tests.grading.postgres import postgres

__all__ = ["postgres"]

pytestmark = pytest.mark.nbgrader
SKILLS = {"ann": 0.9, "bo": 0.4, "cy": None}
WRITTEN = "c003-write-1-grounded"
HOSTILE = {"a\x00b": 1, "\ud800": 2, "x" * 5000: 3}


@pytest.fixture(scope="module")
def url(postgres):
    return postgres.url()


@pytest.fixture(scope="module")
def pair(tmp_path_factory, url):
    """The same class marked one by one: in SQLite, and in PostgreSQL."""
    root = tmp_path_factory.mktemp("pair")
    made = {
        "sqlite": Class(root / "sqlite"),
        "postgres": Class(root / "postgres", lambda config: at(config, url)),
    }
    for one in made.values():
        for name, skill in SKILLS.items():
            one.submit(name, skill)
            assert one.autograde(name)["success"], name
    return made


def at(config, url):
    config.CourseDirectory.db_url = url


def results(one):
    with one._book() as book:
        return read_results(book)


def course_file(root, url):
    """Write the nbgrader_config.py of an instructor whose gradebook is at `url`."""
    text = (clone_root() / "nbgrader_config.py").read_text("utf-8")
    more = f"c.CourseDirectory.db_url = {url!r}\n"
    (root / "nbgrader_config.py").write_text(text + more, "utf-8")


def second_folder(one, url, root):
    """Return nbgrader's interface of another machine's folder on one gradebook."""
    shutil.copytree(one.root, root)
    config = Config()
    configure(config, root)
    at(config, url)
    return NbGraderAPI(config=config)


def tables_of(one):
    with one._book() as book:
        source = Source(one.api.coursedir, book)
        return {
            "canvas": export.shapes.canvas(source.results, source.scheme, partial=True),
            "moodle": export.shapes.moodle(source.results, source.scheme, partial=True),
            **{by: export.tidy(source, by, partial=True) for by in export.BY},
        }


def test_nbgraders_own_steps_leave_the_same_marks_as_in_sqlite(pair):
    assert results(pair["postgres"]) == results(pair["sqlite"])
    assert {one.trainee for one in results(pair["postgres"]).submitted} == set(SKILLS)


def test_every_exported_table_is_the_same_text_as_from_sqlite(pair):
    ours, theirs = tables_of(pair["postgres"]), tables_of(pair["sqlite"])
    for name, table in ours.items():
        text = table.text()
        assert text == theirs[name].text(), name
        assert "ann" in text


def test_a_persons_mark_and_comment_are_kept_when_the_work_is_marked_again(pair):
    one = pair["postgres"]
    one.set_manual("bo", WRITTEN, 2.0, "“good”, says Zoë; 50% …")
    assert one.autograde("bo")["success"]
    with one._submission("bo") as page:
        marks = {grade.name: grade.manual_score for grade in page.grades}
        said = {comment.name: comment.comment for comment in page.comments}
    assert marks[WRITTEN] == 2.0 and said[WRITTEN].startswith("“good”, says Zoë")
    assert "says Zoë" in one.feedback("bo")


def test_the_whole_class_at_once_leaves_the_same_marks_as_one_by_one(
    pair, postgres, tmp_path
):
    url = postgres.url()
    one = Class(tmp_path / "bulk", lambda config: at(config, url))
    for name, skill in SKILLS.items():
        one.submit(name, skill)
    summary = autograde(one.api.coursedir, one.unit_id, parent=one.api)
    assert sorted(summary.marked) == sorted(SKILLS) and not summary.failed
    auto = {name: pair["sqlite"].grades(name) for name in SKILLS}
    assert {name: one.grades(name) for name in SKILLS} == auto
    again = autograde(one.api.coursedir, one.unit_id, parent=one.api)
    assert again.unchanged == len(SKILLS) and not again.marked


def test_the_courses_own_tables_stand_beside_nbgraders(pair, url):
    names = set(inspect(create_engine(url)).get_table_names())
    assert set(Base.metadata.tables) | {"grade", "alembic_version"} <= names


def test_what_postgresql_takes_in_no_text_stops_nobodys_mark(postgres, tmp_path):
    url = postgres.url()
    one = Class(tmp_path / "hostile", lambda config: at(config, url))
    for name, field in (("mal", "tasks"), ("eve", "cases")):
        folder = one.submit(name, 0.9)
        path = folder / "answers.json"
        data = json.loads(path.read_text("utf-8"))
        data[field] |= {key: {"value": None} for key in HOSTILE}
        path.write_text(json.dumps(data))
    one.submit("ann", 0.9)
    summary = autograde(one.api.coursedir, one.unit_id, parent=one.api)
    assert not summary.failed
    assert one.points("ann") > 0 and one.points("mal") > 0
    assert one.autograde("mal")["success"]


def test_nbgraders_own_tools_work_on_it(pair, url, tmp_path):
    root = pair["postgres"].root
    course_file(root, url)
    with pair["postgres"]._book() as book:
        book.update_or_create_student("ann", last_name="Núñez")
    tool = Path(sys.executable).with_name("nbgrader")
    for words in (
        ["db", "upgrade"],
        [
            "export",
            "--exporter=caselens.grading.export.CanvasExport",
            f"--to={tmp_path / 'canvas.csv'}",
        ],
    ):
        line = [str(tool), *map(str, words)]
        found = subprocess.run(line, check=False, cwd=root, capture_output=True)
        assert found.returncode == 0, (words, found.stderr)
    assert "Núñez" in (tmp_path / "canvas.csv").read_text("utf-8")


def test_no_connection_stays_open(pair, postgres, url):
    results(pair["postgres"])
    name = url.rsplit("/", 1)[1]
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
    with postgres.connect("postgres") as connection:
        assert connection.execute(asked, [name]).fetchone() == (0,)


def test_a_gradebook_that_does_not_answer_is_told_without_its_password(
    pair, postgres, tmp_path
):
    root = tmp_path / "course"
    root.mkdir()
    where = f"postgresql+psycopg://{'someone:sesame'}@127.0.0.1:{postgres.port}/none"
    course_file(root, where)
    with pytest.raises(ExportError, match="cannot be used") as told, open_source(root):
        pass
    assert "sesame" not in str(told.value) and "db_url" in str(told.value)


def test_a_second_run_on_the_same_gradebook_is_refused_whatever_its_folder(
    pair, url, tmp_path
):
    one, told = pair["postgres"], []
    other = second_folder(one, url, tmp_path / "two")

    def meanwhile(_):
        if told:
            return
        with pytest.raises(AtWorkError, match="Wait until it is done") as refused:
            autograde(other.coursedir, one.unit_id, parent=other)
        told.append(refused)

    course = one.api.coursedir
    autograde(course, one.unit_id, parent=one.api, again=True, tick=meanwhile)
    assert told
    # The first one is done, so that the second may.
    seen = autograde(other.coursedir, one.unit_id, parent=other).seen
    assert seen == len(SKILLS)
    assert [len(found.marks) for found in results(one).submitted] == [14] * len(SKILLS)


def test_two_that_open_a_new_gradebook_at_once_both_find_our_tables(postgres):
    url, start, trouble = postgres.url(), threading.Barrier(4), []

    def make():
        engine = create_engine(url)
        start.wait()
        try:
            ensure(engine)
        except DBAPIError as error:
            trouble.append(error)
        engine.dispose()

    runs = [threading.Thread(target=make) for _ in range(4)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert not trouble
