import pytest
from sqlalchemy import select, update

from caselens.grading.tables import Change, SecondMark
from caselens.grading.watch import watch_marks
from caselens.markers.course import marked_units, text_of, written_tasks
from caselens.markers.double import report
from caselens.markers.report import lines
from caselens.markers.second import first_marks, left_over, sample, seconded, store
from tests.markers.conftest import NAMES, NASTY

pytestmark = pytest.mark.nbgrader


@pytest.fixture
def marked(marked, monkeypatch):
    monkeypatch.setenv("JUPYTERHUB_USER", "dr-first")
    watch_marks(marked.root)
    for number, name in enumerate(NAMES):
        marked.mark(name, number % 4)
    return marked


@pytest.fixture
def session(marked):
    with marked.session() as session:
        yield session


@pytest.fixture
def texts(marked, session):
    return first_marks(session, marked.unit_id, written_tasks(marked.unit))


def mark_second(marked, session, texts, shift=0, by="dr-second"):
    for one in texts:
        levels = {name: min(3, int(old) + shift) for name, old in one.points.items()}
        store(session, marked.unit_id, by, one, levels)


def test_every_marked_text_counts_and_a_blank_one_does_not(texts):
    assert {one.trainee for one in texts} == set(NAMES)
    assert len(texts) == 2 * len(NAMES)
    assert {one.by for one in texts} == {frozenset({"dr-first"})}


def test_a_text_with_one_criterion_open_does_not_count(marked, session):
    marked.give("ada", "c003-write-1-lenses", None)
    found = first_marks(session, marked.unit_id, written_tasks(marked.unit))
    assert ("ada", "c003-write-1") not in {
        (one.trainee, one.task.task) for one in found
    }


def test_a_text_that_came_in_anew_after_its_mark_does_not_count(marked, session):
    with marked._book() as book:
        where = ("c003-write-1-lenses", marked.unit_id, marked.unit_id, "ada")
        book.find_grade(*where).needs_manual_grade = True
        book.db.commit()
    found = first_marks(session, marked.unit_id, written_tasks(marked.unit))
    assert ("ada", "c003-write-1") not in {
        (one.trainee, one.task.task) for one in found
    }


def test_the_sample_is_of_trainees_and_the_same_again(texts):
    found = sample(texts, "u", "dr-second", 3)
    assert len({one.trainee for one in found}) == 3
    assert len(found) == 6
    assert found == sample(texts, "u", "dr-second", 3)


def test_a_larger_sample_keeps_the_smaller_one(texts):
    small = {one.trainee for one in sample(texts, "u", "dr-second", 2)}
    assert small < {one.trainee for one in sample(texts, "u", "dr-third", 4)}


def test_another_seed_draws_others(texts):
    drawn = {
        tuple(sorted({one.trainee for one in sample(texts, "u", "dr", 3, seed)}))
        for seed in range(9)
    }
    assert len(drawn) > 1


def test_one_task_is_marked_after_the_other_in_an_order_of_ones_own(texts):
    second = sample(texts, "u", "dr-second", 7)
    tasks = [one.task.task for one in second]
    assert tasks == sorted(tasks)
    third = sample(texts, "u", "dr-third", 7)
    assert [one.trainee for one in second[:7]] != [one.trainee for one in third[:7]]


def test_nobody_is_given_what_they_marked_themselves(marked, session, monkeypatch):
    monkeypatch.setenv("JUPYTERHUB_USER", "dr-second")
    marked.give("ada", "c003-write-1-grounded", 3.0)
    found = first_marks(session, marked.unit_id, written_tasks(marked.unit))
    assert sample(found, "u", "dr-first", 9) == []
    assert {one.trainee for one in sample(found, "u", "dr-second", 9)} == {*NAMES} - {
        "ada"
    }


def test_a_text_that_was_marked_by_another_version_is_not_drawn(marked, session):
    session.execute(
        update(Change)
        .where(Change.trainee == "bob", Change.what == "manual")
        .values(rubric="formulation@00000000")
    )
    session.commit()
    found = first_marks(session, marked.unit_id, written_tasks(marked.unit))
    assert "bob" not in {one.trainee for one in sample(found, "u", "dr-second", 9)}


def test_what_a_form_calls_a_text_names_nobody(texts):
    assert all(name not in one.id for one in texts for name in NAMES)
    assert len({one.id for one in texts}) == len(texts)


def test_a_text_is_left_over_until_every_criterion_has_a_mark(marked, session, texts):
    mark_second(marked, session, texts[:1])
    done = seconded(session, marked.unit_id, "dr-second")
    assert left_over(texts, done) == texts[1:]
    assert left_over(texts, {one for one in done if "lenses" not in one[1]}) == texts


def test_a_second_mark_changes_no_points(marked, session, texts):
    with marked._book() as book:
        before = book.find_submission(marked.unit_id, "dia").score
    mark_second(marked, session, texts, shift=-1)
    with marked._book() as book:
        assert book.find_submission(marked.unit_id, "dia").score == before


def test_equal_marks_agree_fully_and_generous_ones_less(marked, session, texts):
    task, _ = written_tasks(marked.unit)
    mark_second(marked, session, texts)
    same = report(session, marked.unit_id, task)
    assert [line.found.value for line in same.lines] == [1.0] * 5
    mark_second(marked, session, texts, shift=1)
    other = report(session, marked.unit_id, task)
    assert other.pairs == len(NAMES)
    assert all(0 < line.found.value < 1 for line in other.lines)
    assert other.lines[0].lean == pytest.approx(6 / 7)
    assert other.lines[0].near == 1


def test_a_first_mark_that_was_changed_afterwards_counts_as_it_stood(
    marked, session, texts
):
    task, _ = written_tasks(marked.unit)
    mark_second(marked, session, texts, shift=1)
    before = report(session, marked.unit_id, task).lines
    for number, name in enumerate(NAMES):
        marked.mark(name, min(3, number % 4 + 1))
    session.expire_all()
    assert report(session, marked.unit_id, task).lines == before


def test_marks_by_two_versions_of_the_rubric_are_left_out_and_counted(
    marked, session, texts
):
    task, _ = written_tasks(marked.unit)
    mark_second(marked, session, texts)
    session.execute(
        update(SecondMark)
        .where(SecondMark.trainee == "ada")
        .values(rubric="formulation@00000000")
    )
    session.commit()
    found = report(session, marked.unit_id, task)
    assert (found.pairs, found.other_version) == (len(NAMES) - 1, 1)
    assert any("1 text is left out" in line for line in lines(found))


def test_the_report_as_text_has_a_line_for_each_criterion(marked, session, texts):
    task, _ = written_tasks(marked.unit)
    assert any("Nobody" in one for one in lines(report(session, marked.unit_id, task)))
    mark_second(marked, session, texts, shift=1)
    told = "\n".join(lines(report(session, marked.unit_id, task)))
    assert "7 texts marked twice; second: dr-second" in told
    assert "95% interval" in told
    assert all(one.name[:30] in told for one in task.rubric.criteria)


def test_a_unit_tells_who_waits_and_which_is_formgraders_first(marked, session):
    (unit,) = marked_units(session, marked.api.coursedir)
    assert (unit.waiting, unit.marked, unit.first) == (0, len(NAMES) + 1, None)
    for name in NAMES:
        with marked._book() as book:
            where = ("c003-write-2-open", marked.unit_id, marked.unit_id, name)
            book.find_grade(*where).needs_manual_grade = True
            book.db.commit()
    (unit,) = marked_units(session, marked.api.coursedir)
    ids = [
        one["id"]
        for one in marked.api.get_notebook_submissions(marked.unit_id, marked.unit_id)
        if one["student"] in NAMES
    ]
    assert (unit.waiting, unit.first) == (len(NAMES), ids[0])


def test_the_text_is_what_was_handed_in(marked):
    course = marked.api.coursedir
    found = text_of(course, marked.unit, "ada", "c003-write-1")
    assert found == f"{NASTY} What ada wrote about Alec."
    assert text_of(course, marked.unit, "nobody", "c003-write-1") == ""


def test_second_marks_are_kept_once_a_marker_and_criterion(marked, session, texts):
    mark_second(marked, session, texts[:1])
    mark_second(marked, session, texts[:1], shift=1)
    assert len(session.scalars(select(SecondMark)).all()) == 4
