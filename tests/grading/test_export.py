import csv
import io
import shutil
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import event
from traitlets.config import Config

from caselens.grading import export, tables
from caselens.grading.configure import find_alembic
from caselens.grading.export_source import ExportError, Source
from caselens.grading.export_table import FORMULA, Table
from tests.grading.gradebooks import Rows

MEETING, OTHER = "m01_u02_a_meeting", "m01_u03_another_meeting"
FIVE, SIX = "m05_u03_four_short_cases", "m06_u03_four_short_cases"
SHARED = "m09_u04_four_other_short_cases"
FORM = "m00_f01_writing"
ASKED = {"c059_safety": 8.0, "c059_write_1_plain": 6.0, "c059_write_1_open": 6.0}


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A gradebook as nbgrader makes it, which takes it seconds; it is copied."""
    path = tmp_path_factory.mktemp("empty") / "gradebook.db"
    find_alembic()
    Gradebook(f"sqlite:///{path}", "caselens").close()
    return path


@pytest.fixture
def book(empty, tmp_path):
    shutil.copy(empty, tmp_path)
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db", "caselens") as opened:
        rows = Rows(opened)
        rows.unit(MEETING, **ASKED)
        rows.unit(OTHER, c068_safety=20.0)
        for unit in (FIVE, SIX, SHARED):
            rows.unit(unit, c100_safety=36.0)
        rows.unit(FORM, c017_write_1_plain=12.0)
        rows.unit("quiz_1", question_1=4.0)
        rows.trainee("ann", "Ann", "O'Hara, Jr", "ann@example.org", "4711")
        rows.trainee("bo", "=cmd()", 'Bo "B"', None, "sis-9")
        rows.trainee("cy")
        rows.work(
            "ann",
            MEETING,
            c059_safety=5.5,
            c059_write_1_plain=(None, 4.0),
            c059_write_1_open=(0.0, 3.0),
        )
        rows.work("ann", OTHER, penalty=2.0, c068_safety=15.25)
        rows.work("ann", FIVE, c100_safety=30.0)
        rows.work("ann", SHARED, c100_safety=20.0)
        rows.work("bo", MEETING, c059_safety=8.0, c059_write_1_plain=None)
        rows.work("bo", "quiz_1", penalty=9.0, question_1=4.0, flagged=True)
        rows.done()
        tables.ensure(opened.engine)
        yield opened


@pytest.fixture
def source(book, tmp_path):
    return Source(CourseDirectory(root=str(tmp_path)), book)


def rows_of(table):
    return list(csv.DictReader(io.StringIO(table.text(), newline="")))


def by_trainee(table, key="SIS Login ID"):
    return {row[key]: row for row in rows_of(table)}


def canvas(source, **more):
    given = {"partial": False, **more}
    return export.shapes.canvas(source.results, source.scheme, **given)


def moodle(source, partial=False):
    return export.shapes.moodle(source.results, source.scheme, partial=partial)


def column(source, unit):
    return source.scheme.title(unit)


def collect(source, trainee, unit):
    (Path(source.course.root) / "submitted" / trainee / unit).mkdir(parents=True)


def test_canvas_finds_its_columns_where_its_importer_looks(source):
    header, first = list(csv.reader(io.StringIO(canvas(source).text())))[:2]
    assert header[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert header[5] == "A meeting: Orry (m01_u02_a_meeting)"
    assert len(set(header)) == len(header)
    assert first == ["Points Possible", "", "", "", "", "20", "36", "36", "4"]


def test_canvas_gets_a_column_for_what_counts_and_none_for_a_stand_in(source):
    ann = by_trainee(canvas(source))["ann"]
    # 13.25 of the other meeting (15.25 less 2 for lateness) beats 12.5.
    assert ann[column(source, MEETING)] == "13.25"
    assert ann[column(source, FIVE)] == "30" and ann[column(source, SIX)] == "20"
    assert not any(name in "".join(ann) for name in (OTHER, SHARED, FORM))


def test_the_lms_number_goes_where_canvas_looks_for_it_and_only_numbers_are_ids(source):
    found = by_trainee(canvas(source))
    assert (found["ann"]["ID"], found["ann"]["SIS User ID"]) == ("4711", "")
    assert (found["bo"]["ID"], found["bo"]["SIS User ID"]) == ("", "sis-9")
    found = by_trainee(canvas(source, lms="SIS User ID"))
    assert (found["ann"]["ID"], found["ann"]["SIS User ID"]) == ("", "4711")


def test_what_waits_is_empty_until_partial_is_asked_for(source):
    name = column(source, MEETING)
    assert by_trainee(canvas(source))["bo"][name] == ""
    assert by_trainee(canvas(source, partial=True))["bo"][name] == "8"
    assert by_trainee(canvas(source, partial=True))["cy"][name] == ""


def test_what_was_collected_and_not_marked_keeps_its_place_from_looking_final(source):
    collect(source, "cy", OTHER)
    collect(source, "ann", SIX)
    collect(source, "new", FIVE)
    found = by_trainee(canvas(source))
    assert found["cy"][column(source, MEETING)] == ""
    # Ann's stand-in might still move from one set to the other.
    assert found["ann"][column(source, FIVE)] == found["ann"][column(source, SIX)] == ""
    assert found["new"][column(source, FIVE)] == ""
    told = list(export.waiting(source))
    assert f"{OTHER}: not autograded yet: cy." in told
    assert f"{MEETING}: a person has still to mark bo." in told


def test_moodle_has_a_name_in_every_row_and_mail_only_where_everybody_has(book, source):
    assert all(row["username"] for row in rows_of(moodle(source)))
    assert "email" not in rows_of(moodle(source))[0]
    only = Source(source.course, book, trainees=["ann"])
    assert rows_of(moodle(only))[0]["email"] == "ann@example.org"


def test_moodle_reads_a_hyphen_as_no_grade_and_a_zero_as_zero(source):
    found = by_trainee(moodle(source), "username")
    assert found["cy"][column(source, MEETING)] == "-"
    assert found["bo"][column(source, MEETING)] == "-"
    assert found["bo"]["quiz_1"] == "0"
    assert found["bo"]["Waiting for a marker"] == MEETING


def test_moodle_tells_the_trainee_what_was_counted_and_what_came_off(source):
    ann = by_trainee(moodle(source), "username")["ann"]
    said = ann[f"{column(source, MEETING)} (Feedback)"]
    assert said.startswith("Counted: A meeting: Vivian. 2 points were taken off")
    assert ann[f"{column(source, FIVE)} (Feedback)"] == ""


def test_pandas_reads_a_tidy_table_with_a_row_for_each_task(source, tmp_path):
    path = tmp_path / "tidy.csv"
    export.tidy(source, "task", partial=False).write(path)
    found = pd.read_csv(path)
    assert found["points"].dtype == float and found["waits"].dtype == bool
    of_ann = found[(found.trainee == "ann") & (found.unit == MEETING)].set_index("task")
    assert list(of_ann.index) == ["c059-safety", "c059-write-1"]
    assert of_ann.points["c059-write-1"] == 7 and of_ann.maximum["c059-write-1"] == 12
    assert of_ann.by["c059-write-1"] == "person"
    open_yet = found[found.waits]
    assert list(open_yet.task) == ["c059-write-1"] and open_yet.points.isna().all()


def test_the_tables_by_cell_by_task_and_by_unit_tell_the_same_points(source):
    total = {
        by: sum(
            float(row["points"]) + float(row.get("penalty") or 0)
            for row in rows_of(export.tidy(source, by, partial=True))
            if row["trainee"] == "ann"
        )
        for by in ("cell", "task", "unit")
    }
    assert total == dict.fromkeys(total, 5.5 + 7 + 15.25 + 30 + 20)


def test_the_table_by_unit_says_where_each_counts(source):
    found = rows_of(export.tidy(source, "unit", partial=False))
    where = {(row["trainee"], row["unit"]): row["counts_in"] for row in found}
    assert where["ann", OTHER] == MEETING and where["ann", MEETING] == ""
    assert where["ann", SHARED] == SIX
    quiz = next(row for row in found if row["unit"] == "quiz_1")
    assert (quiz["points"], quiz["flagged"]) == ("0", "True")
    assert quiz["submitted"] == "2026-03-04T05:06:07Z"


def test_a_number_is_the_same_whichever_units_are_asked_for(book, source):
    some = Source(source.course, book, units=[SIX])
    assert some.scheme.places.keys() == {SIX}
    assert by_trainee(canvas(some))["ann"][column(some, SIX)] == "20"
    units = {row["unit"] for row in rows_of(export.tidy(some, "task", partial=True))}
    assert units == set()
    assert not list(export.waiting(some))


@pytest.mark.parametrize("asked", [{"trainees": ["Ann"]}, {"units": ["m01"]}])
def test_a_name_that_the_gradebook_does_not_have_is_refused(book, source, asked):
    with pytest.raises(ExportError, match=r"no (trainee|unit) called (Ann|m01)"):
        _ = Source(source.course, book, **asked).results


def test_without_a_registry_no_total_is_made(source, monkeypatch):
    for name in ("clone_root", "installed_root"):
        monkeypatch.setattr(f"caselens.grading.export_source.{name}", lambda: None)
    with pytest.raises(ExportError, match=r"course/course\.toml"):
        _ = source.scheme


def test_names_come_back_as_they_were_and_none_is_a_formula(source):
    found = by_trainee(canvas(source))
    assert found["ann"]["Student"] == "O'Hara, Jr, Ann"
    assert found["bo"]["Student"] == 'Bo "B", =cmd()'
    assert found["cy"]["Student"] == "cy"


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])))
def test_a_text_comes_back_whole_and_never_as_a_formula(text):
    table = Table(["a", "b"], [[text, 1.5]])
    (_, (cell, number)) = csv.reader(io.StringIO(table.text(), newline=""))
    assert number == "1.5"
    assert cell in (text, f"'{text}")
    assert not cell.startswith(FORMULA) or cell == "-"


@given(st.floats(-1e6, 1e6))
def test_a_number_is_plain_digits_with_a_point(number):
    (_, (cell,)) = csv.reader(io.StringIO(Table(["a"], [[number]]).text()))
    assert float(cell) == pytest.approx(number, abs=1e-4)
    assert set(cell) <= set("-0123456789.")
    assert "." not in cell or not cell.endswith("0")


def test_excel_is_told_that_it_is_utf_8_only_when_asked(tmp_path):
    table = Table(["Naïve"], [["é"]])
    table.write(tmp_path / "plain.csv")
    table.write(tmp_path / "excel.csv", excel=True)
    assert (tmp_path / "plain.csv").read_bytes() == "Naïve\r\né\r\n".encode()
    assert (tmp_path / "excel.csv").read_bytes()[:3] == b"\xef\xbb\xbf"
    assert list(pd.read_csv(tmp_path / "excel.csv").columns) == ["Naïve"]


def test_the_log_tells_who_marked_what_when_in_order_of_time(book, source):
    def at(hour):
        return datetime(2026, 3, 5, hour)

    named = {"unit": MEETING, "trainee": "ann", "cell": "c059-write-1-plain"}
    rubric = "formulation@1a2b3c4d"
    change = {"what": "manual", "rubric": rubric, "by": "ida", "reason": 'said "no"'}
    book.db.add(
        tables.SecondMark(**named, by="eve", points=2.0, rubric=rubric, at=at(9))
    )
    book.db.add(tables.Change(**named, **change, at=at(8), old=None, new="4.0"))
    book.db.add(
        tables.Marking(
            unit=MEETING,
            trainee="ann",
            content="0",
            version="abc",
            given="abc",
            at=at(7),
            by="root",
            notes="a\nb",
        )
    )
    book.db.commit()
    found = rows_of(export.log(book, source.results, []))
    assert [row["what"] for row in found] == ["manual", "marking", "manual", "second"]
    assert found[2]["at"] == "2026-03-05T08:00:00Z" and found[2]["by"] == "ida"
    assert found[2]["reason"] == 'said "no"' and found[2]["rubric"] == rubric
    assert found[1]["version"] == "abc" and found[1]["reason"] == "a\nb"
    # The other manual mark was given where nothing records it.
    assert found[0]["cell"] == "c059-write-1-open" and found[0]["by"] == ""
    assert found[0]["reason"].startswith("Not recorded")
    assert not rows_of(export.log(book, source.results, [OTHER]))


def test_a_mark_changed_again_where_nothing_records_it_is_told(book, source):
    named = {"unit": MEETING, "trainee": "ann", "cell": "c059-write-1-plain"}
    changed = {"what": "manual", "by": "ida", "at": datetime(2026, 3, 5)}
    book.db.add(tables.Change(**named, **changed, new="1.0"))
    book.db.commit()
    found = rows_of(export.log(book, source.results, []))
    told = [row["new"] for row in found if row["cell"] == "c059-write-1-plain"]
    assert told == ["4", "1.0"]


def test_a_gradebook_without_our_tables_has_a_log_of_what_is_not_recorded(book, source):
    tables.Base.metadata.drop_all(book.engine)
    found = rows_of(export.log(book, source.results, []))
    assert {row["reason"] for row in found} == {
        "Not recorded: given in a tool that keeps no record."
    }


def test_a_bigger_class_takes_no_more_queries(book, source):
    asked = []
    event.listen(book.engine, "before_cursor_execute", lambda *_: asked.append(1))

    def queries():
        asked.clear()
        _ = Source(source.course, book).results
        return len(asked)

    before = queries()
    rows = Rows(book)
    for number in range(50):
        rows.trainee(f"t{number}")
        rows.work(f"t{number}", FIVE, c100_safety=1.0)
    rows.done()
    assert queries() == before <= 8


def exporter(plugin, book, tmp_path, **given):
    config = Config()
    config.CourseDirectory.root = str(tmp_path)
    one = plugin(parent=NbGraderAPI(config=config), **given)
    one.export(book)
    return one


def test_an_exporter_takes_nbgraders_own_filters(book, tmp_path):
    to = str(tmp_path / "some.csv")
    exporter(
        export.TidyExport, book, tmp_path, to=to, student=["ann"], assignment=[FIVE]
    )
    found = pd.read_csv(to)
    assert list(found.trainee) == ["ann"] and list(found.unit) == [FIVE]


def test_on_trouble_an_exporter_says_what_and_leaves_the_file(book, tmp_path, caplog):
    path = tmp_path / "old.csv"
    path.write_text("kept")
    with pytest.raises(SystemExit):
        exporter(export.CanvasExport, book, tmp_path, to=str(path), student=["nobody"])
    assert path.read_text() == "kept"


def test_everything_at_once_is_every_table_and_the_words_about_it(source, tmp_path):
    folder = tmp_path / "out"
    made = export.export_all(source, folder)
    assert {path.name for path in folder.iterdir()} == set(made.written)
    assert set(made.written) >= {"canvas.csv", "moodle.csv", "tasks.csv", "markers.csv"}
    # This gradebook has units, and its folder has not.
    assert "Put its folder back" in made.left_out["goals.csv"]
    assert list(export.standing_in(source)) == [
        f"{MEETING}: {OTHER} counts for ann.",
        f"{SIX}: {SHARED} counts for ann.",
    ]


def test_the_columns_of_the_course_are_names_that_canvas_keeps(source):
    # Its importer leaves out columns with these words, and takes a number at the
    # end in brackets for the id of an assignment of its own.
    for title in map(source.scheme.title, source.scheme.titles):
        assert not any(
            f"{when} {what}" in title
            for when in ("Current", "Final", "Override")
            for what in ("Score", "Points", "Grade", "Status")
        )
        assert not title.rstrip(")").rsplit("(", 1)[-1].isdigit()


def test_half_a_character_in_a_name_does_not_stop_the_file(tmp_path):
    Table(["name"], [["a\ud800b\x00c"]]).write(tmp_path / "odd.csv")
    assert (tmp_path / "odd.csv").read_text("utf-8").splitlines() == ["name", "a?bc"]
