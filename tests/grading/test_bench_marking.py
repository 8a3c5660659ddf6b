import shutil
import sqlite3

import pytest

from caselens.cases.places import clone_root
from caselens.grading import bench_compare
from caselens.grading.bench_class import GRADEBOOK, make_desk, ours
from caselens.grading.bench_compare import WAYS, compare
from caselens.grading.bench_feedback import bench_feedback
from caselens.grading.bench_floor import Floor
from caselens.grading.bench_marks import agreement, read_marks
from caselens.grading.bench_profile import STAGES, profile
from caselens.grading.bench_scale import scale
from caselens.grading.bench_worker import BenchError, working
from caselens.grading.bulk import autograde
from tests.grading.conftest import UNIT

pytestmark = pytest.mark.nbgrader


def through(items, what=""):
    return items


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    root = tmp_path_factory.mktemp("desk") / "class"
    desk = make_desk(clone_root(), root, UNIT, 12)
    api = ours(desk.root)
    autograde(api.coursedir, UNIT, parent=api)
    return desk


def test_every_mark_is_compared_and_one_that_was_changed_is_found(monkeypatch):
    seen = []

    def spoiled(desk):
        if desk.root.name == "bulk":
            with sqlite3.connect(desk.root / GRADEBOOK) as book:
                cell = "(SELECT id FROM grade WHERE auto_score > 0 LIMIT 1)"
                book.execute(
                    f"UPDATE grade SET auto_score = auto_score / 2 WHERE id = {cell}"
                )
        seen.append(read_marks(desk))
        return seen[-1]

    monkeypatch.setattr(bench_compare, "read_marks", spoiled)
    found = compare(clone_root(), UNIT, 2, through)
    assert [len(marks) for marks in seen] == [found.marks.compared] * 3
    assert len(found.marks.unequal) == 1
    assert " points: stock " in found.marks.unequal[0]
    # Not by chance: one of the two is late, and one wrote nothing.
    for sort in ("points", "waits", "comment", "penalty"):
        values = {value for (*_, what), value in seen[0].items() if what == sort}
        assert len(values) > 1, sort
    assert found.ways["stock"].kernels > 0
    for way in WAYS:
        assert found.ways[way].seconds > 0
        assert found.ways[way].peak > 10_000_000


def test_the_floor_writes_the_same_files_and_the_same_rows(marked, tmp_path):
    desk = marked.copy(tmp_path / "floor")
    desk.fresh()
    assert read_marks(desk) == {}
    Floor.of(marked, desk).mark()
    assert agreement({"a": read_marks(marked), "b": read_marks(desk)}).unequal == ()
    assert read_marks(desk)
    one, other = (Floor.of(each, desk).rows for each in (marked, desk))
    assert [len(rows) for _, rows in one] == [len(rows) for _, rows in other]
    with sqlite3.connect(desk.root / GRADEBOOK) as book:
        (count,) = book.execute("SELECT count(*) FROM caselens_marking").fetchone()
    assert count == len(marked.names)
    for name in marked.names:
        one, other = (each.folder("autograded", name) for each in (marked, desk))
        files = {path.name: path.read_bytes() for path in one.iterdir()}
        assert {path.name: path.read_bytes() for path in other.iterdir()} == files
        modes = {path.stat().st_mode for path in (*one.iterdir(), *other.iterdir())}
        assert len(modes) == 1


def test_no_two_trainees_hand_in_the_same(marked):
    folders = [marked.folder("submitted", name) for name in marked.names]
    assert len({(one / "answers.json").read_bytes() for one in folders}) == 12


def test_each_size_is_marked_whole_and_then_found_unchanged():
    found = list(scale(clone_root(), UNIT, [20, 40], through))
    assert [one.size for one in found] == [20, 40]
    assert all(one.peak > 10_000_000 and one.seconds > 0 for one in found)


def test_the_stages_add_up_to_the_whole_and_none_is_lost():
    found = profile(clone_root(), UNIT, 20)
    assert sum(found.shares.values()) == pytest.approx(1)
    assert set(found.shares) == {*STAGES, "all the rest"}
    assert all(share > 0 for share in found.shares.values())


def test_every_way_writes_every_page():
    found = bench_feedback(clone_root(), UNIT, 2, through)
    assert all(found.seconds[way] > 0 for way in ("stock", "steps", "bulk"))


def test_a_way_that_fails_to_mark_stops_the_run(marked, tmp_path):
    desk = marked.copy(tmp_path / "class")
    desk.fresh()
    shutil.rmtree(desk.folder("submitted", desk.names[0]))
    desk.folder("submitted", desk.names[0]).write_text("This is no folder.")
    with working("bulk", desk) as worker, pytest.raises(BenchError, match="Not every"):
        worker.ask("mark")
