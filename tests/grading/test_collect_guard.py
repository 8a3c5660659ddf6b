"""What somebody put into `submitted/` by hand, before nbgrader touches it."""

import logging
import os
import shutil

import pytest

from caselens.grading.quarantine import set_aside

pytestmark = pytest.mark.nbgrader


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    from caselens.grading.guard import GuardedExporter
    from tests.grading.conftest import Class

    def more(config):
        config.Autograde.exporter_class = GuardedExporter

    return Class(tmp_path_factory.mktemp("guarded") / "course", more)


@pytest.fixture
def one(guarded, caplog, monkeypatch):
    caplog.set_level(logging.WARNING)
    monkeypatch.setattr(logging.getLogger("traitlets"), "propagate", True)
    yield guarded
    for name in ("submitted", "refused", "autograded"):
        shutil.rmtree(guarded.root / name, ignore_errors=True)


def trainees_in(book_of):
    from nbgrader.api import Gradebook

    course = book_of.api.coursedir
    with Gradebook(course.db_url, course.course_id) as book:
        return sorted(student.id for student in book.students)


def link_to_zero(folder):
    (folder / "answers.json").unlink()
    (folder / "answers.json").symlink_to("/dev/zero")


def pipe_of_answers(folder):
    (folder / "answers.json").unlink()
    os.mkfifo(folder / "answers.json")


def pipe_of_time(folder):
    os.mkfifo(folder / "timestamp.txt")


@pytest.mark.parametrize("spoil", [link_to_zero, pipe_of_answers, pipe_of_time])
def test_the_class_is_marked_without_the_one_that_is_refused(one, spoil):
    honest, bad = f"honest_{spoil.__name__}", f"bad_{spoil.__name__}"
    one.submit(honest, skill=1.0)
    spoil(one.submit(bad, skill=1.0))
    result = one.autograde("*")
    assert result["success"], result
    assert "was refused and is not marked" in result["log"]
    assert one.points(honest) > 0
    assert bad not in trainees_in(one)
    assert not one.folder(bad).exists()
    [kept] = (one.root / "refused" / bad / one.unit_id).iterdir()
    assert (kept / "reason.txt").is_file()
    assert {"answers.json", "timestamp.txt"} - {path.name for path in kept.iterdir()}


@pytest.mark.parametrize("spoil", [link_to_zero, pipe_of_time])
def test_marks_given_before_stay_when_the_next_submission_is_refused(one, spoil):
    name = f"again_{spoil.__name__}"
    one.submit(name, skill=1.0)
    one.autograde(name)
    marked = one.grades(name)
    spoil(one.folder(name))
    result = one.autograde(name)
    assert not result["success"]
    assert f"{name} was refused and is not marked" in result["error"]
    assert one.grades(name) == marked
    assert (one.root / "autograded" / name / one.unit_id).is_dir()


@pytest.mark.parametrize("text", ["not a time", "9" * 90, "x" * 5000])
def test_a_broken_time_stamp_is_put_aside_and_the_work_is_marked(one, text):
    folder = one.submit(f"late{len(text)}", skill=1.0)
    (folder / "timestamp.txt").write_text(text)
    result = one.autograde(f"late{len(text)}")
    assert result["success"], result
    assert "the time stamp cannot be read" in result["log"]
    assert (folder / "timestamp.unreadable.txt").read_text() == text
    assert one.points(f"late{len(text)}") > 0


def test_a_good_time_stamp_and_an_empty_one_stay(one):
    for name, text in {"intime": "2026-01-01 10:00:00 UTC", "empty": ""}.items():
        folder = one.submit(name, skill=1.0)
        (folder / "timestamp.txt").write_text(text)
        assert one.autograde(name)["success"]
        assert (folder / "timestamp.txt").read_text() == text


def test_a_submission_that_can_be_marked_stays_where_it_is(one):
    folder = one.submit("stays", skill=1.0)
    assert set_aside(one.root, "stays", one.unit_id) == []
    assert (folder / "answers.json").is_file()
    assert not (one.root / "refused").exists()


def test_what_is_moved_keeps_its_plain_files_and_loses_its_links(one, tmp_path):
    folder = one.submit("moved", skill=1.0)
    sent = (folder / "answers.json").read_bytes()
    (folder / "inner").mkdir()
    (folder / "inner" / "link").symlink_to(tmp_path)
    os.mkfifo(folder / "reason.txt")
    (folder / "big.mov").touch()
    reasons = set_aside(one.root, "moved", one.unit_id)
    assert reasons == [f"inner/link is a link to {tmp_path}.", "reason.txt is a pipe."]
    [kept] = (one.root / "refused" / "moved" / one.unit_id).iterdir()
    assert (kept / "answers.json").read_bytes() == sent
    assert (kept / "big.mov").is_file()
    assert list((kept / "inner").iterdir()) == []
    assert "inner/link is a link" in (kept / "reason.txt").read_text()
    assert tmp_path.is_dir()


def test_a_link_in_the_place_of_the_folder_is_taken_away_alone(one, tmp_path):
    (tmp_path / "secret").write_text("secret")
    folder = one.root / "submitted" / "link" / one.unit_id
    folder.parent.mkdir(parents=True)
    folder.symlink_to(tmp_path)
    assert set_aside(one.root, "link", one.unit_id)
    assert (tmp_path / "secret").read_text() == "secret"
    [kept] = (one.root / "refused" / "link" / one.unit_id).iterdir()
    assert [path.name for path in kept.iterdir()] == ["reason.txt"]


def test_what_is_refused_twice_in_a_second_is_kept_twice(one):
    for _ in range(2):
        (one.submit("twice") / "link").symlink_to("x")
        set_aside(one.root, "twice", one.unit_id)
    assert len(list((one.root / "refused" / "twice" / one.unit_id).iterdir())) == 2


def test_nothing_is_marked_where_what_is_refused_cannot_be_moved(one, monkeypatch):
    from caselens.grading import guard

    def fail(*words, **more):
        raise PermissionError(13, "Permission denied")

    one.submit("unmoved", skill=1.0)
    monkeypatch.setattr(guard, "set_aside", fail)
    result = one.autograde("unmoved")
    assert not result["success"]
    assert "cannot be moved to refused/ (Permission denied)" in result["error"]
    assert "unmoved" not in trainees_in(one)


def test_submissions_are_guarded_in_every_course_that_is_configured(tmp_path):
    from traitlets.config import Config

    from caselens.grading import configure
    from caselens.grading.collect import CollectAnswers
    from caselens.grading.guard import GuardedExporter
    from caselens.grading.zipcollect import AnswersCollector, AnswersExtractor

    config = Config()
    configure(config, tmp_path)
    assert config.ExchangeFactory.collect is CollectAnswers
    assert config.Autograde.exporter_class is GuardedExporter
    assert config.ZipCollectApp.extractor_plugin is AnswersExtractor
    assert config.ZipCollectApp.collector_plugin is AnswersCollector
