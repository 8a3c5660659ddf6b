"""Downloads of a learning management system through the real `nbgrader zip_collect`."""

import os
import shutil
import stat
import struct
import subprocess
import sys
import zipfile

import pytest

from caselens.answers.record import Record, TaskAnswer, text
from caselens.cases.places import clone_root
from caselens.grading.demo import lay_out
from tests.grading.conftest import UNIT

pytestmark = pytest.mark.nbgrader
PAGE = f"{UNIT}.ipynb"
CONFIG = """
from caselens.grading.zipcollect import AnswersCollector, AnswersExtractor

c.ZipCollectApp.extractor_plugin = AnswersExtractor
c.ZipCollectApp.collector_plugin = AnswersCollector
"""


def sheet(value, unit=UNIT):
    """Return the bytes of an answer sheet that holds one value."""
    record = Record(unit, "2026-01-01T10:00:00Z", tasks={"t": TaskAnswer(value)})
    return text(record).encode()


class Course:
    def __init__(self, root):
        self.root = root
        lay_out(clone_root(), root, UNIT)
        config = (clone_root() / "nbgrader_config.py").read_text()
        (root / "nbgrader_config.py").write_text(config + CONFIG)
        self.unit = root / "downloaded" / UNIT
        self.archive = self.unit / "archive"
        self.released = (root / "exercises" / UNIT / PAGE).read_bytes()

    def download(self, files, name="class.zip"):
        """Put a zip file there, with these files in it."""
        self.archive.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(self.archive / name, "w", zipfile.ZIP_DEFLATED) as made:
            for path, raw in files.items() if isinstance(files, dict) else files:
                made.writestr(path, raw)

    def collect(self, *words, capture):
        """Run the command in this process; return what it logs."""
        from nbgrader.apps.zipcollectapp import ZipCollectApp

        app = ZipCollectApp()
        app.initialize([UNIT, *words])
        app.log.addHandler(capture)
        app.start()
        return capture.text

    def submitted(self, trainee, name="answers.json"):
        return (self.root / "submitted" / trainee / UNIT / name).read_bytes()

    @property
    def trainees(self):
        folder = self.root / "submitted"
        return sorted(one.name for one in folder.iterdir()) if folder.exists() else []

    def reason(self, trainee):
        found = (self.root / "refused" / trainee / UNIT).glob("*/reason.txt")
        return "".join(one.read_text() for one in found)


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    return Course(tmp_path_factory.mktemp("zip") / "course")


@pytest.fixture
def course(laid_out, monkeypatch):
    monkeypatch.chdir(laid_out.root)
    yield laid_out
    for name in ("downloaded", "submitted", "refused"):
        shutil.rmtree(laid_out.root / name, ignore_errors=True)


@pytest.fixture
def collect(course):
    import logging

    class Capture(logging.Handler):
        text = ""

        def emit(self, record):
            self.text += record.getMessage() + "\n"

    def run(*words):
        return course.collect(*words, capture=Capture())

    return run


def test_the_command_itself_marks_what_moodle_gave(course):
    course.download(
        {
            "Jane Doe_12345_assignsubmission_file_/answers.json": sheet(1),
            "Li Wei_12346_assignsubmission_file_/answers (1).json": sheet(2),
        }
    )
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "zip_collect", UNIT],
        cwd=course.root,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    assert done.returncode == 0, done.stderr
    assert course.trainees == ["Jane_Doe", "Li_Wei"]
    assert course.submitted("Jane_Doe") == sheet(1)
    assert course.submitted("Li_Wei") == sheet(2)
    assert course.submitted("Li_Wei", PAGE) == course.released


def test_what_canvas_renames_gets_its_right_name(course, collect):
    course.download(
        {
            "doejane_11_900_answers-1.json": sheet(1),
            f"doejane_11_901_{UNIT}-1.ipynb": b'{"hers": 1}',
            "weili_LATE_12_902_answers.json": sheet(2),
        }
    )
    said = collect()
    assert course.trainees == ["doejane", "weili"]
    assert course.submitted("doejane") == sheet(1)
    assert course.submitted("doejane", PAGE) == b'{"hers": 1}'
    assert "weili: the system calls this late." in said


def test_plain_folders_and_plain_names_are_understood(course, collect):
    course.download(
        {
            f"export/jane/{UNIT}/answers.json": sheet(1),
            f"export/jane/{UNIT}/{PAGE}": b"{}",
            f"export/jane/{UNIT}/unit.json": b'{"hers": 1}',
            "export/ben/answers.json": sheet(2),
        }
    )
    course.download({f"{UNIT}/answers.json": sheet(3)}, "carl.zip")
    (course.archive / f"dora_{PAGE}").write_bytes(b"{}")
    (course.archive / "dora_answers.json").write_bytes(sheet(4))
    (course.archive / "eve").mkdir()
    (course.archive / "eve" / "answers.json").write_bytes(sheet(5))
    collect()
    assert course.trainees == ["ben", "carl", "dora", "eve", "jane"]
    found = [course.submitted(name) for name in ("jane", "ben", "carl", "dora", "eve")]
    assert found == [sheet(number) for number in range(1, 6)]
    assert course.submitted("jane", "unit.json") == b'{"hers": 1}'


def test_a_lone_sheet_is_marked_by_nbgrader(course, collect):
    from caselens.cases import find_key, read_unit
    from caselens.learners import work_unit
    from tests.grading.conftest import Class

    unit = read_unit(course.root / "exercises" / UNIT)
    answers = text(work_unit(unit, find_key, 1.0, 5))
    course.download({"jane/jane_123_answers.json": answers})
    collect()
    other = Class(course.root.parent / "marked")
    shutil.copytree(course.root / "submitted", other.root / "submitted")
    result = other.autograde("jane")
    assert result["success"], result
    assert other.points("jane") > 0
    assert not other.flagged("jane")


def test_names_are_mapped_by_name_or_by_number(course, collect):
    course.download(
        {
            "Jane Doe_12345_assignsubmission_file_/answers.json": sheet(1),
            "Participant_7_assignsubmission_file_/answers.json": sheet(2),
            "Participant_8_assignsubmission_file_/answers.json": sheet(3),
        }
    )
    (course.unit / "trainees.csv").write_text(
        "lms,trainee\njane  DOE,jdoe\n7,ben\n", encoding="utf-8-sig"
    )
    said = collect()
    assert course.trainees == ["Participant_8", "ben", "jdoe"]
    assert "Participant (8) is not in trainees.csv and is called Participant_8." in said


def test_two_people_under_one_name_are_refused_and_told(course, collect):
    course.download(
        {
            "Jane Doe_1_assignsubmission_file_/answers.json": sheet(1),
            "Jane Doe_2_assignsubmission_file_/answers.json": sheet(2),
            "Ben_3_assignsubmission_file_/answers.json": sheet(3),
        }
    )
    said = collect()
    assert course.trainees == ["Ben"]
    told = "Two people's files have this name: Jane Doe (1); Jane Doe (2)."
    assert told in said
    assert told in course.reason("Jane_Doe")
    kept = (course.root / "refused" / "Jane_Doe" / UNIT).glob("*/*.json")
    assert sorted(one.read_bytes() for one in kept) == [sheet(1), sheet(2)]


def link(path):
    entry = zipfile.ZipInfo(path)
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return entry


def inner_zip():
    import io

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("answers.json", "{}")
    return made.getvalue()


@pytest.mark.parametrize(
    ("path", "raw", "told"),
    [
        (link("bad/answers.json"), "/etc/passwd", "bad/answers.json is a link."),
        ("bad/work.zip", inner_zip(), "work.zip is an archive inside the download."),
        ("bad/photo.png", inner_zip(), "photo.png is an archive inside the download."),
        ("bad/../../evil.json", b"{}", "evil.json is a path that leaves the folder."),
        ("bad\\..\\evil.json", b"{}", "evil.json is a path that leaves the folder."),
        ("bad/a\nb.json", b"{}", r"a\nb.json is a name with control characters in it."),
        ("bad/film.mov", bytes(5_000_000), "unpacks to more than 100 times its size."),
    ],
)
def test_what_is_hostile_is_refused_with_its_name_and_the_rest_collected(
    course, collect, path, raw, told
):
    course.download(
        [("good/answers.json", sheet(1)), ("bad/x.json", sheet(2)), (path, raw)]
    )
    said = collect()
    assert course.trainees == ["good"]
    assert told in said
    assert told in course.reason("bad")
    outside = list(course.root.parent.rglob("evil.json*"))
    assert [one for one in outside if "refused" not in one.parts] == []


def test_an_absolute_path_is_refused(course, collect):
    course.download(
        [("/tmp/evil/answers.json", sheet(1)), ("good/answers.json", sheet(2))]
    )
    said = collect()
    assert "is a path that leaves the folder" in said
    assert course.trainees == ["good"]


def test_what_is_encrypted_is_refused(course, collect):
    course.download([("good/answers.json", sheet(1)), ("bad/answers.json", sheet(2))])
    path = course.archive / "class.zip"
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"PK\x01\x02")  # the last entry of the directory
    flags = struct.unpack_from("<H", raw, at + 8)[0]
    struct.pack_into("<H", raw, at + 8, flags | 1)
    path.write_bytes(raw)
    assert "bad/answers.json is encrypted." in collect()
    assert course.trainees == ["good"]


def test_a_damaged_member_is_refused_and_a_damaged_zip_is_named(course, collect):
    course.download([("good/answers.json", sheet(1))])
    course.download([("bad/answers.json", sheet(2))], "other.zip")
    path = course.archive / "other.zip"
    raw = bytearray(path.read_bytes())
    raw[60] ^= 0xFF
    path.write_bytes(raw)
    (course.archive / "third.zip").write_bytes(b"PK no zip")
    (course.archive / "work.tar.gz").write_bytes(b"\x1f\x8b")
    said = collect()
    assert course.trainees == ["good"]
    assert "cannot be unpacked" in course.reason("bad")
    assert "third.zip cannot be used" in said
    assert "work.tar.gz was left: only zip is unpacked." in said


def test_two_different_sheets_of_one_trainee_are_refused_and_named(course, collect):
    course.download(
        {"jane/answers-1.json": sheet(1), "jane/answers (2).json": sheet(2)}
    )
    assert "2 different answers: jane/answers-1.json in class.zip, jane/" in collect()
    assert course.trainees == []


def test_the_same_sheet_twice_is_one(course, collect):
    course.download({"jane/answers.json": sheet(1)})
    course.download({"jane/answers.json": sheet(1)}, "again.zip")
    collect()
    assert course.submitted("jane") == sheet(1)


def test_the_sheet_of_this_unit_is_taken_and_its_siblings_are_not(course, collect):
    course.download(
        {
            "jane/answers.json": sheet(1, "m05_u03_other"),
            "jane/answers (1).json": sheet(2),
            "jane/answers.previous.json": sheet(3),
            "jane/answers.kept-20260101T000000Z.json": sheet(4),
            "jane/.ipynb_checkpoints/answers-checkpoint.json": sheet(5),
            "__MACOSX/jane/._answers.json": b"x",
        }
    )
    collect()
    assert course.submitted("jane") == sheet(2)


def test_a_damaged_sheet_is_collected_so_that_the_marker_is_told(course, collect):
    course.download({"jane/answers.json": b"{damaged"})
    collect()
    assert course.submitted("jane") == b"{damaged"


def test_a_sheet_without_a_name_is_refused(course, collect):
    course.archive.mkdir(parents=True)
    (course.archive / "answers (3).json").write_bytes(sheet(1))
    assert "No name stands in the path." in collect()
    assert course.trainees == []
    assert "No name stands" in course.reason("unnamed")


def test_a_link_among_loose_files_is_not_followed(course, collect, tmp_path):
    (tmp_path / "answers.json").write_bytes(sheet(1))
    course.archive.mkdir(parents=True)
    (course.archive / "jane").symlink_to(tmp_path)
    (course.archive / "ben").mkdir()
    (course.archive / "ben" / "answers.json").write_bytes(sheet(2))
    assert "jane is a link or no plain file." in collect()
    assert course.trainees == ["ben"]


def test_a_stray_file_is_nobodys_submission(course, collect):
    course.download({"jane/answers.json": sheet(1), "ben/essay.pdf": b"%PDF"})
    assert "Nothing to mark was found for ben." in collect()
    assert course.trainees == ["jane"]


def test_names_in_utf_8_that_do_not_say_so_are_read(course, collect):
    entry = zipfile.ZipInfo("Zoë Müller_5_assignsubmission_file_/answers.json")
    course.download([(entry, sheet(1))])
    path = course.archive / "class.zip"
    raw = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", raw, raw.index(mark) + offset, 0)
    path.write_bytes(raw)
    collect()
    assert course.trainees == ["Zoë_Müller"]


def test_a_second_download_replaces_the_first_with_force(course, collect):
    course.download({"jane/answers.json": sheet(1)})
    collect()
    course.download({"jane/answers.json": sheet(2)})
    collect("--force")
    assert course.submitted("jane") == sheet(2)
