import json
import sys
from types import SimpleNamespace

import pytest

from caselens.cli.main import main
from caselens.grading import bench_class, bench_compare, bench_otter
from caselens.grading.bench_class import NoRoomError, check_room
from caselens.grading.bench_compare import Comparison, Taken, groups, lines
from caselens.grading.bench_marks import Agreement, agreement
from caselens.grading.bench_profile import _read
from caselens.grading.bench_scale import Size, growth
from caselens.grading.bench_worker import BenchError, serving
from caselens.grading.graded import VersionGrader


def taken(seconds):
    return Taken(seconds, 200_000_000, 0, 2.0, seconds, seconds)


def comparison(**more):
    ways = {"stock": 1.5, "steps": 0.15, "bulk": 0.003, "floor": 0.001}
    found = {way: taken(seconds) for way, seconds in ways.items()}
    known = {"size": 4, "rounds": 1, "ways": found, "marks": Agreement(9, ())}
    return Comparison(**{**known, **more})


def test_ratios_are_printed_beside_their_aims():
    said = "\n".join(lines(comparison()))
    assert "stock / at once                  500  (aim: at least 300)" in said
    assert "stock / our steps               10.0  (aim: at least 8)" in said
    assert "at once / floor                  3.0  (aim: at most 4)" in said
    assert "marks compared 9, equal 9" in said


def test_a_mark_that_differs_in_one_way_is_named_with_every_value():
    place = ("ada", "c003-goals", "points")
    same = {place: 4.0, ("ada", "", "penalty"): None}
    found = agreement({"stock": same, "steps": same, "bulk": {**same, place: 5.0}})
    assert (found.compared, found.equal) == (2, 1)
    assert found.unequal == ("ada c003-goals points: stock 4.0, steps 4.0, bulk 5.0",)


def test_a_mark_that_one_way_lacks_is_not_equal():
    place = ("ada", "c003-goals", "comment")
    found = agreement({"stock": {place: None}, "bulk": {}})
    assert found.unequal == ("ada c003-goals comment: stock None, bulk 'no mark'",)


def test_marks_that_are_not_equal_are_a_failure(monkeypatch, capsys):
    odd = comparison(marks=Agreement(2, ("ada c003-goals points: ...",)))
    monkeypatch.setattr(bench_compare, "compare", lambda *_: odd)
    assert main(["bench", "autograde", "--only", "ways"]) == 1
    assert "NOT EQUAL: ada c003-goals points" in capsys.readouterr().out


def test_marks_that_are_equal_are_none(monkeypatch):
    monkeypatch.setattr(bench_compare, "compare", lambda *_: comparison())
    assert main(["bench", "autograde", "--only", "ways"]) == 0


def test_growth_says_what_is_not_linear_and_not_flat():
    small, large = Size(100, 1.0, 0.1, 200), Size(1000, 20.0, 1.0, 300)
    (said,) = growth([small, large])
    assert "100 to 1,000" in said
    assert "the time of one submission times 2.00, memory times 1.50" in said


def test_a_round_is_the_trainees_that_one_pattern_of_nbgrader_finds():
    names = [f"trainee-{number:03}" for number in range(1, 26)]
    found = groups(names)
    assert [len(one) for one in found] == [9, 10, 6]
    assert {name[:-1] for name in found[1]} == {"trainee-01"}


def test_a_class_that_does_not_fit_is_refused_before_it_is_made(monkeypatch, tmp_path):
    released = tmp_path / "unit"
    released.mkdir()
    (released / "unit.json").write_bytes(b"x" * 50_000)
    check_room(tmp_path, released, 2)
    full = type("Disk", (), {"free": 1_000_000_000})
    monkeypatch.setattr(bench_class.shutil, "disk_usage", lambda _: full)
    with pytest.raises(NoRoomError, match=r"100,000 submissions need .* TMPDIR"):
        check_room(tmp_path, released, 100_000)


@pytest.mark.parametrize("size", ["1", "-3", "many", "2000000"])
def test_a_size_that_cannot_be_is_refused(size, capsys):
    with pytest.raises(SystemExit):
        main(["bench", "autograde", "--size", size])
    assert "is no number from 2 to" in capsys.readouterr().err


def test_a_way_that_stops_leaves_its_last_words(tmp_path):
    command = [sys.executable, "-c", "raise SystemExit('no memory left')"]
    root = tmp_path / "class"
    root.mkdir()
    with pytest.raises(BenchError, match="no memory left"), serving(command, root):
        pass


def test_an_environment_without_otter_is_left_out_and_ours_counts(tmp_path, capsys):
    status = main(["bench", "autograde", "--only", "otter", "--otter", str(tmp_path)])
    assert status == 0
    said = capsys.readouterr().out
    assert said.startswith("otter-grader was left out.")
    assert "is no Python environment" in said


def test_otter_that_marked_less_than_was_asked_is_no_figure(tmp_path):
    path = tmp_path / "results.json"
    path.write_text(json.dumps({"tests": [{"name": "q1", "score": 1}, {"name": "x"}]}))
    bench_otter._check(path, 1)
    with pytest.raises(BenchError, match="not 2 questions"):
        bench_otter._check(path, 2)


def test_what_is_marked_inside_of_the_display_is_counted_once():
    def place(call):
        code = call.__code__
        return code.co_filename, code.co_firstlineno, code.co_name

    # Calls, calls, seconds in itself, seconds with what it calls.
    taken = {VersionGrader._shown: 5.0, VersionGrader.score: 3.0}
    stats = {place(call): (1, 1, 1.0, seconds, {}) for call, seconds in taken.items()}
    found = _read(4, SimpleNamespace(stats=stats, total_tt=10.0))
    assert found.shares["display"] == pytest.approx(0.2)
    assert found.shares["mark"] == pytest.approx(0.3)
    assert found.shares["all the rest"] == pytest.approx(0.5)
