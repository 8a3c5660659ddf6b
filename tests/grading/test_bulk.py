import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime

import pytest

from caselens.cases import KeyMissingError
from caselens.cases.places import clone_root
from caselens.grading import bulk
from caselens.grading.locks import AtWorkError, one_run
from tests.grading.conftest import UNIT, Class

pytestmark = pytest.mark.nbgrader

SKILLS = {"weak": 0.2, "middling": 0.55, "strong": 0.9}
ODD = {"cut": b'{"format": 1, "unit"', "blank": b"", "none": None}


def fill(course):
    """Submit honest work and odd work, some of it late, in one class."""
    for name, skill in SKILLS.items():
        course.submit(name, skill=skill)
    for name, answers in ODD.items():
        course.submit(name, answers=answers)
    course.submit("nobook", skill=0.7)
    course.page("nobook").write_bytes(b"This is not a notebook.")
    course.submit("stray", skill=0.4)
    (course.folder("stray") / "notes.html").write_text("<script>alert(1)</script>")
    # As long as nbgrader's own: feedback is released by it.
    (course.folder("weak") / "submission_secret.txt").write_text("5f" * 64)
    for name in ("weak", "cut"):
        stamp = course.folder(name) / "timestamp.txt"
        stamp.write_text("2026-03-02 10:00:00.5 UTC")
    return [*SKILLS, *ODD, "nobook", "stray"]


def penalised(config):
    config.LateSubmissionPlugin.penalty_method = "zero"


def due(course, moment="2026-03-01"):
    with course._book() as book:
        book.update_or_create_assignment(UNIT, duedate=moment)


@pytest.fixture
def course(tmp_path):
    return Class(tmp_path / "course")


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The same class, marked at once and one by one."""
    whole = Class(tmp_path_factory.mktemp("whole") / "course", penalised)
    single = Class(tmp_path_factory.mktemp("single") / "course", penalised)
    names = fill(whole)
    shutil.copytree(whole.root / "submitted", single.root / "submitted")
    for one in (whole, single):
        due(one)
    summary = whole.bulk()
    assert sorted(summary.marked) == sorted(names)
    for name in names:
        assert single.autograde(name)["success"]
    return whole, single, names, summary


def test_the_bulk_writes_the_rows_that_nbgrader_writes(both):
    whole, single, _, _ = both
    assert whole.rows() == single.rows()
    assert whole.points("strong") > whole.points("weak")


def test_the_bulk_writes_the_graded_copies_that_nbgrader_writes(both):
    whole, single, names, _ = both
    for name in names:
        assert whole.copies(name) == single.copies(name), name
    assert "submission_secret.txt" in whole.copies("weak")


def test_a_late_trainee_has_the_penalty_of_the_instructors_plugin(both):
    whole, _, _, _ = both
    penalties = {row[0]: row[3] for row in whole.rows()}
    assert penalties["weak"] == pytest.approx(whole.points("weak"))
    assert penalties["strong"] is None


def test_the_summary_says_who_needs_a_person(both):
    whole, _, _, summary = both
    assert set(summary.notes) == {"cut", "blank", "none", "nobook"}
    assert "There is no answers.json in this submission." in summary.notes["none"]
    waiting = [row for row in whole.rows() if any(g[3] for g in row[4])]
    assert summary.waiting == len(waiting) > 0


def test_what_marking_does_not_need_stays_out_of_the_graded_copy(both):
    whole, single, _, _ = both
    for one in (whole, single):
        assert "notes.html" not in one.copies("stray")


def test_a_second_run_changes_nothing(course):
    names = fill(course)
    course.bulk()
    rows, log = course.rows(), course.log()
    stamps = {name: (course.root / "autograded" / name / UNIT).stat() for name in names}
    summary = course.bulk()
    assert (summary.marked, summary.unchanged) == ([], len(names))
    assert (course.rows(), course.log()) == (rows, log)
    for name, stamp in stamps.items():
        now = (course.root / "autograded" / name / UNIT).stat()
        assert (now.st_ino, now.st_mtime_ns) == (stamp.st_ino, stamp.st_mtime_ns)


def test_only_what_changed_is_marked_again_and_the_change_is_logged(course):
    fill(course)
    course.bulk()
    shutil.copy(
        course.folder("strong") / "answers.json", course.folder("weak") / "answers.json"
    )
    assert course.bulk().marked == ["weak"]
    assert course.points("weak") == course.points("strong")
    changed = {(name, cell) for name, cell, *_ in course.log()}
    assert ("weak", "c003-goals") in changed
    assert {name for name, _ in changed} == {"weak"}


def test_a_graded_copy_that_was_lost_is_made_again(course):
    course.submit("weak", skill=0.2)
    course.bulk()
    shutil.rmtree(course.root / "autograded" / "weak")
    assert course.bulk().marked == ["weak"]
    assert "c003-goals" in course.autograded("weak")


def test_a_persons_mark_and_comment_stay_and_are_not_asked_for_again(course):
    course.submit("writer", skill=0.9)
    course.bulk()
    cell = next(name for name, (_, waits) in course.grades("writer").items() if waits)
    course.set_manual("writer", cell, 2, "Well seen.")
    with course._book() as book:
        book.find_grade(cell, UNIT, UNIT, "writer").needs_manual_grade = False
        book.db.commit()
    course.bulk(again=True)
    (row,) = course.rows()
    assert (cell, None, 2, False) in row[4]
    assert (cell, None, "Well seen.") in row[5]


def test_a_persons_mark_is_asked_for_again_when_the_answers_changed(course):
    course.submit("writer", skill=0.9)
    course.bulk()
    cell = next(name for name, (_, waits) in course.grades("writer").items() if waits)
    course.set_manual("writer", cell, 2)
    path = course.folder("writer") / "answers.json"
    data = json.loads(path.read_text())
    data["tasks"]["c003-write-1"]["value"]["text"] += " And one thing more."
    path.write_text(json.dumps(data))
    course.bulk()
    (row,) = course.rows()
    assert (cell, None, 2, True) in row[4]


def test_keys_missing_on_the_machine_mark_nobody(course, monkeypatch, tmp_path):
    course.submit("one", skill=1.0)
    shutil.rmtree(course.root / "archive")
    monkeypatch.setenv("CASELENS_KEYS", str(tmp_path))
    with pytest.raises(KeyMissingError, match="caselens-keys"):
        course.bulk()
    assert course.rows() == []
    assert not (course.root / "autograded").exists()


def test_one_submission_that_cannot_be_marked_does_not_stop_the_class(
    course, monkeypatch
):
    course.submit("before", skill=0.5)
    course.submit("odd\nname", skill=0.5)
    course.submit("broken", skill=0.5)
    course.submit("z", skill=0.5)
    real = bulk.read_files

    def failing(folder, page):
        if folder.parent.name == "broken":
            raise OSError("the disk is full")
        return real(folder, page)

    monkeypatch.setattr(bulk, "read_files", failing)
    summary = course.bulk()
    assert summary.marked == ["before", "z"]
    assert "cannot be a trainee's" in summary.failed["odd\nname"]
    assert summary.failed["broken"] == "OSError: the disk is full"
    assert [row[0] for row in course.rows()] == ["before", "z"]


def test_there_is_one_writer_at_a_time(course):
    course.submit("one", skill=0.5)
    with one_run(course.root), pytest.raises(AtWorkError, match="Another run"):
        course.bulk()
    assert course.bulk().marked == ["one"]


def test_a_unit_that_was_never_generated_is_named(course):
    from nbgrader.api import MissingEntry

    with pytest.raises(MissingEntry, match="nbgrader generate_assignment m99_u01_none"):
        bulk.autograde(course.api.coursedir, "m99_u01_none", parent=course.api)


KILLED = """
import sys, warnings
warnings.simplefilter("ignore")
from pathlib import Path
from caselens.grading import bulk
from caselens.grading.course import open_course
bulk.BATCH = 4
app = open_course(Path.cwd())
bulk.autograde(app.coursedir, {unit!r}, parent=app,
               tick=lambda _: (print("x", flush=True), sys.stdin.readline()))
"""


def test_a_run_that_is_killed_goes_on_where_it_was(course):
    for number in range(12):
        course.submit(f"t{number:02}", skill=number / 12)
    shutil.copy(clone_root() / "nbgrader_config.py", course.root)
    run = subprocess.Popen(
        [sys.executable, "-c", KILLED.format(unit=UNIT)],
        cwd=course.root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    for _ in range(6):  # one batch of four is written, two more are marked
        assert run.stdout.readline() == "x\n"
        run.stdin.write("\n")
        run.stdin.flush()
    assert run.stdout.readline() == "x\n"
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert [row[0] for row in course.rows()] == ["t00", "t01", "t02", "t03"]
    summary = course.bulk()
    assert (len(summary.marked), summary.unchanged) == (8, 4)
    assert len(course.rows()) == 12


def test_processes_of_this_machine_write_the_same_rows(both, tmp_path):
    whole, _, names, _ = both
    course = Class(tmp_path / "course", penalised)
    due(course)
    shutil.copytree(whole.root / "submitted", course.root / "submitted")
    assert sorted(course.bulk(jobs=2).marked) == sorted(names)
    assert course.rows() == whole.rows()


def test_a_dask_cluster_that_loses_a_worker_writes_the_same_rows(both, tmp_path):
    from distributed import LocalCluster

    whole, _, _, _ = both
    course = Class(tmp_path / "course", penalised)
    due(course)
    for number in range(6):
        shutil.copytree(
            whole.root / "submitted",
            course.root / "submitted",
            dirs_exist_ok=True,
            copy_function=shutil.copy,
        )
        for name in SKILLS:
            shutil.copytree(course.folder(name), course.folder(f"{name}{number}"))
    killed = []

    def kill_one(_):
        if not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)

    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        host="127.0.0.1",
    ) as cluster:
        summary = course.bulk(scheduler=cluster.scheduler_address, tick=kill_one)
    assert killed
    assert summary.failed == {}
    rows = {row[0]: row[1:] for row in course.rows()}
    assert len(rows) == len(summary.marked)
    for name, *row in whole.rows():
        assert rows[name] == tuple(row)
    for name in SKILLS:
        assert rows[f"{name}3"] == rows[name]


def test_a_scheduler_that_does_not_answer_is_named(course, monkeypatch):
    from caselens.grading import spread

    monkeypatch.setattr(spread, "WAIT", 1)
    course.submit("one", skill=0.5)
    with pytest.raises(spread.SchedulerError, match=r"tcp://127\.0\.0\.1:9"):
        course.bulk(scheduler="tcp://127.0.0.1:9")


def test_the_verb_marks_and_says_what_needs_a_person(course):
    fill(course)
    shutil.copy(clone_root() / "nbgrader_config.py", course.root)
    done = subprocess.run(
        [sys.executable, "-m", "caselens.cli.main", "autograde", UNIT],
        cwd=course.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Marked: 8. Not changed: 0." in done.stdout
    assert "Flagged: none. There is no answers.json" in done.stdout
    assert "Written work waits for a person in" in done.stdout
    assert len(course.rows()) == 8


def test_the_verb_outside_a_course_says_where_to_go(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "caselens.cli.main", "autograde", UNIT],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "has no nbgrader_config.py" in done.stderr


def test_a_time_stamp_is_read_as_nbgrader_reads_it(course):
    from nbgrader.utils import parse_utc

    from caselens.grading.files import read_files

    folder = course.submit("one", skill=0.5)
    for text in ("2026-03-02 10:00:00.5 UTC", "2026-03-02 10:00:00 +0200"):
        (folder / "timestamp.txt").write_text(text)
        moment, fault = read_files(folder, f"{UNIT}.ipynb").timestamp()
        assert (moment, fault) == (parse_utc(text), None)
        assert isinstance(moment, datetime)
    for text in ("soon", "99999-01-01 00:00:00 UTC", "1" * 99):
        (folder / "timestamp.txt").write_text(text)
        assert read_files(folder, f"{UNIT}.ipynb").timestamp()[0] is None


def test_no_run_is_long_unseen(course):
    # The bar moves at every submission, and not only at the end of a batch.
    for number in range(3):
        course.submit(f"t{number}", skill=0.5)
    seen = []
    course.bulk(tick=lambda count: seen.append((count, time.monotonic())))
    assert [count for count, _ in seen] == [1, 1, 1]
