from types import SimpleNamespace

import pytest
from sqlalchemy import select, text

from caselens.grading.tables import Change
from caselens.grading.watch import watch_marks
from caselens.grading.who import COOKIE, clean, marker

pytestmark = pytest.mark.nbgrader
CELL = "c003-write-1-grounded"


@pytest.fixture
def marked(marked):
    watch_marks(marked.root)
    return marked


def logged(marked):
    with marked.session() as session:
        rows = session.scalars(select(Change).where(Change.what != "auto"))
        return [(row.cell, row.what, row.old, row.new) for row in rows]


def test_a_mark_is_logged_with_old_new_marker_and_rubric(marked, monkeypatch):
    monkeypatch.setenv("JUPYTERHUB_USER", "dr-first")
    marked.give("ada", CELL, 2.0)
    marked.give("ada", CELL, 3.0)
    assert logged(marked) == [
        (CELL, "manual", None, "2"),
        (CELL, "manual", "2", "3"),
    ]
    with marked.session() as session:
        row = session.scalars(select(Change).where(Change.what == "manual")).first()
    rubric = marked.unit.vocabulary.rubric("formulation")
    assert (row.by, row.trainee, row.unit) == ("dr-first", "ada", marked.unit_id)
    assert row.rubric == rubric.version


def test_the_same_points_as_formgrader_sends_them_are_no_change(marked):
    marked.give("ada", CELL, 2.0)
    marked.give("ada", CELL, "2")
    assert len(logged(marked)) == 1


def test_a_mark_that_is_taken_back_is_logged(marked):
    marked.give("ada", CELL, 2.0)
    marked.give("ada", CELL, None)
    assert logged(marked)[-1] == (CELL, "manual", "2", None)


def test_a_comment_is_logged_word_for_word(marked):
    marked.give("ada", CELL, 2.0, "2.0")
    assert (CELL, "comment", None, "2.0") in logged(marked)


def test_extra_credit_is_told_apart_from_points(marked):
    with marked._book() as book:
        grade = book.find_grade(CELL, marked.unit_id, marked.unit_id, "ada")
        grade.extra_credit = "1"
        book.db.commit()
    assert logged(marked) == [(CELL, "extra", None, "1")]


def test_autograding_is_not_logged_as_a_person(marked):
    marked.give("ada", CELL, 2.0)
    assert marked.autograde("ada")["success"]
    # As nbgrader's own SaveAutoGrades does it.
    with marked._book() as book:
        where = (marked.unit_id, marked.unit_id, "ada")
        book.find_grade(CELL, *where).auto_score = 1.0
        book.find_comment(CELL, *where).auto_comment = "No response."
        book.db.commit()
    assert len(logged(marked)) == 1


def test_watching_twice_logs_once(marked):
    watch_marks(marked.root)
    marked.give("ada", CELL, 1.0)
    assert len(logged(marked)) == 1


def test_a_mark_that_is_not_stored_is_not_logged(marked):
    with marked._book() as book:
        grade = book.find_grade(CELL, marked.unit_id, marked.unit_id, "ada")
        grade.manual_score = 3.0
        book.db.flush()
        book.db.rollback()
    assert logged(marked) == []


def test_the_table_is_made_where_it_is_missing(marked):
    with marked.session() as session:
        session.execute(text("DROP TABLE caselens_change"))
        session.commit()
    marked.give("ada", CELL, 2.0)
    assert len(logged(marked)) == 1


def test_a_mark_that_was_set_unread_has_its_old_points(marked):
    marked.give("ada", CELL, 2.0)
    with marked._book() as book:
        grade = book.find_grade(CELL, marked.unit_id, marked.unit_id, "ada")
        book.db.expire(grade)
        grade.manual_score = 1.0
        book.db.commit()
    assert logged(marked)[-1] == (CELL, "manual", "2", "1")


def request(name, cookie=None):
    return SimpleNamespace(
        current_user=SimpleNamespace(username="u1", name=name),
        get_signed_cookie=lambda asked, max_age_days: (
            cookie if asked == COOKIE else None
        ),
    )


def test_the_hubs_user_comes_before_a_chosen_name():
    assert marker(request("Dr First", b"Dr Second")) == "u1"


def test_a_name_chosen_on_the_page_stands_for_a_token():
    assert marker(request("Anonymous Io", "Dr Schön".encode())) == "Dr Schön"


def test_without_a_name_the_login_of_the_machine_stands(monkeypatch):
    monkeypatch.setenv("JUPYTERHUB_USER", "course")
    assert marker(request("Anonymous Io")) == "course"
    assert marker() == "course"


def test_a_name_is_one_line_of_bounded_length():
    assert clean(" Dr\n\x00 First\u202e ") == "Dr First"
    assert len(clean("x" * 500)) == 60
    assert clean(" \n ") is None
