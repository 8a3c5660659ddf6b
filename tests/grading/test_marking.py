import json
import re

import pytest

from caselens.answers import mark
from caselens.answers.record import parse
from caselens.cases import find_key
from tests.grading.conftest import UNIT

pytestmark = pytest.mark.nbgrader


def answers_of(class_of, student):
    return (class_of.folder(student) / "answers.json").read_bytes()


def test_a_perfect_trainee_earns_every_automatic_point(class_of):
    class_of.submit("perfect", skill=1.0)
    assert class_of.autograde("perfect")["success"]
    for name, score in mark(
        class_of.unit,
        parse(answers_of(class_of, "perfect"))
        and {
            task: parse(answers_of(class_of, "perfect")).value(task)
            for task in class_of.unit.points
        },
    ).items():
        if not score.by_hand:
            points, waits = class_of.grades("perfect")[name]
            assert points == pytest.approx(class_of.unit.points[name])
            assert not waits


def test_the_gradebook_holds_the_points_that_the_answers_deserve(class_of):
    class_of.submit("middling", skill=0.6)
    assert class_of.autograde("middling")["success"]
    record = parse(answers_of(class_of, "middling"))
    scores = mark(class_of.unit, {t: record.value(t) for t in class_of.unit.points})
    grades = class_of.grades("middling")
    automatic = {name: one for name, one in scores.items() if not one.by_hand}
    assert automatic
    for name, score in automatic.items():
        assert grades[name] == (pytest.approx(score.points), False)


def test_written_work_waits_for_a_person_by_criterion(class_of):
    class_of.submit("writer", skill=0.9)
    class_of.autograde("writer")
    waiting = [name for name, (_, waits) in class_of.grades("writer").items() if waits]
    assert waiting
    assert all("-write-" in name for name in waiting)


def test_an_untouched_unit_earns_nothing_and_waits_for_nobody(class_of):
    class_of.submit("untouched", answers=b"")
    class_of.autograde("untouched")
    assert class_of.points("untouched") == 0
    assert not any(waits for _, waits in class_of.grades("untouched").values())


ODD = {
    "empty": b"",
    "blank": b"  \n",
    "truncated": b'{"format": 1, "unit": "m04_u03_graded_case", "tasks": {"c003-',
    "notutf8": b'{"format": 1, "unit": "\xff\xfe"}',
    "toolarge": b'{"format": 1, "unit": "' + b"x" * 4_000_000 + b'"}',
    "notanobject": b"[1, 2, 3]",
    "nan": b'{"format": 1, "unit": "m04_u03_graded_case", "tasks": {"c003-goals": '
    b'{"value": NaN}}}',
    "deep": b"[" * 200_000,
    "otherunit": b'{"format": 1, "unit": "m04_u01_full_case", "tasks": {}}',
    "newformat": b'{"format": 99, "unit": "m04_u03_graded_case", "tasks": {}}',
}


@pytest.mark.parametrize("name", ODD)
def test_odd_answers_earn_zero_with_a_message_and_a_flag(class_of, name):
    student = f"odd-{name}"
    class_of.submit(student, answers=ODD[name])
    result = class_of.autograde(student)
    assert result["success"], result
    assert class_of.points(student) == 0
    assert class_of.flagged(student)
    assert "cannot be used" in class_of.autograded(student) or (
        "belongs to the unit" in class_of.autograded(student)
    )


def test_absent_answers_earn_zero_with_a_message_and_a_flag(class_of):
    class_of.submit("absent")
    assert class_of.autograde("absent")["success"]
    assert class_of.points("absent") == 0
    assert class_of.flagged("absent")
    assert "There is no answers.json" in class_of.autograded("absent")


WRONG_VALUES = [
    None,
    7,
    1e308,
    "text",
    [],
    [1],
    True,
    {"parts": 3},
    {"parts": {"clarity": 1}},
    {"parts": {"clarity": {"choice": "nonsense", "evidence": ["s99", 5, None]}}},
    {"marked": "s1"},
    {"marked": [["s1"]]},
    {"text": ["a"]},
    {"text": 12},
]


@pytest.mark.parametrize("number", range(len(WRONG_VALUES)))
def test_wrong_types_in_one_task_cost_that_task_only(class_of, number):
    student = f"types-{number}"
    class_of.submit(student, skill=1.0)
    path = class_of.folder(student) / "answers.json"
    data = json.loads(path.read_text())
    for task in ("c003-goals", "c003-evidence-1", "c003-write-1"):
        data["tasks"][task]["value"] = WRONG_VALUES[number]
    path.write_text(json.dumps(data))
    assert class_of.autograde(student)["success"]
    grades = class_of.grades(student)
    assert grades["c003-goals"][0] == 0
    assert grades["c003-evidence-1"][0] == 0
    assert grades["c003-lens"][0] == class_of.unit.points["c003-lens"]


def test_unknown_tasks_are_left_out_with_a_note(class_of):
    class_of.submit("unknown", skill=1.0)
    path = class_of.folder("unknown") / "answers.json"
    data = json.loads(path.read_text())
    data["tasks"]["c999-goals"] = {"value": {}}
    path.write_text(json.dumps(data))
    class_of.autograde("unknown")
    assert "c999-goals" in class_of.autograded("unknown")
    assert class_of.flagged("unknown")
    assert class_of.grades("unknown")["c003-lens"][0] == 6


def altered(page, how):
    data = json.loads(page.read_text(encoding="utf-8"))
    cells = data["cells"]
    index = next(i for i, c in enumerate(cells) if c["id"] == "c003-goals")
    if how == "deleted":
        del cells[index]
    elif how == "duplicated":
        cells.insert(index, dict(cells[index]))
    elif how == "edited":
        cells[index]["source"] = ["8.0"]
    elif how == "split":
        cells[index]["source"] = ["task("]
        rest = dict(cells[index], id="rest", source=['"c003-goals")'], metadata={})
        cells.insert(index + 1, rest)
    page.write_text(json.dumps(data), encoding="utf-8")


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("deleted", "c003-goals was deleted"),
        ("duplicated", "c003-goals stands 2 times"),
        ("edited", "c003-goals was edited"),
        ("split", "c003-goals was edited"),
    ],
)
def test_an_altered_page_is_named_and_the_answers_still_count(class_of, how, said):
    student = f"page-{how}"
    class_of.submit(student, skill=1.0)
    altered(class_of.page(student), how)
    assert class_of.autograde(student)["success"]
    assert said in class_of.autograded(student)
    assert class_of.flagged(student)
    assert class_of.grades(student)["c003-goals"][0] == 8


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("text", b"This is not a notebook."),
        ("binary", bytes(range(256))),
        ("list", b"[]"),
        ("nocells", b'{"nbformat": 4}'),
        ("oddcells", b'{"nbformat": 4, "cells": [1, null, "x"]}'),
    ],
)
def test_a_page_that_is_no_notebook_loses_nothing(class_of, name, body):
    student = f"nobook-{name}"
    class_of.submit(student, skill=1.0)
    class_of.page(student).write_bytes(body)
    assert class_of.autograde(student)["success"]
    assert "not a readable notebook" in class_of.autograded(student)
    assert class_of.grades(student)["c003-lens"][0] == 6


def test_nothing_of_a_submitted_page_is_executed_or_kept(class_of, tmp_path):
    canary = tmp_path / "canary"
    class_of.submit("hostile", skill=0.5)
    page = class_of.page("hostile")
    data = json.loads(page.read_text(encoding="utf-8"))
    for cell in data["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = [f"open({str(canary)!r}, 'w').write('x')"]
            cell["outputs"] = [
                {
                    "output_type": "display_data",
                    "metadata": {},
                    "data": {"text/html": "<script>alert(1)</script>"},
                }
            ]
        else:
            cell["source"] = ["<img src=x onerror=alert(1)>"]
    page.write_text(json.dumps(data), encoding="utf-8")
    assert class_of.autograde("hostile")["success"]
    copy = class_of.autograded("hostile")
    assert not canary.exists()
    assert "<script>" not in copy
    assert "onerror" not in copy


def test_written_text_reaches_the_marker_escaped(class_of):
    nasty = "<script>alert(1)</script>\n\n# Not a heading\n\n[a](javascript:x) $x$ `c`"
    class_of.submit("nasty", skill=1.0)
    path = class_of.folder("nasty") / "answers.json"
    data = json.loads(path.read_text())
    data["tasks"]["c003-write-1"]["value"] = {"text": nasty}
    path.write_text(json.dumps(data))
    class_of.autograde("nasty")
    page = json.loads(class_of.autograded("nasty"))
    cell = next(c for c in page["cells"] if c["id"].startswith("c003-write-1-"))
    source = "".join(cell["source"])
    shown = re.search(r"<pre[^>]*>(.*)</pre>", source).group(1)
    assert not set(shown.replace("&#", "").replace(";", "")) & set("<>[]()$`#\n&")


def test_each_criterion_stands_with_its_levels_and_comments_to_begin_from(class_of):
    class_of.submit("commented", skill=0.9)
    class_of.autograde("commented")
    page = json.loads(class_of.autograded("commented"))
    cell = next(c for c in page["cells"] if c["id"].startswith("c003-write-2-plain"))
    source = "".join(cell["source"])
    assert "- **3** Strong:" in source
    assert "Comments to begin from:" in source
    assert "- **0** *This speaks about the client." in source
    released = (class_of.root / "exercises" / UNIT / f"{UNIT}.ipynb").read_text("utf-8")
    assert "Comments to begin from:" not in released


def test_keys_missing_on_the_machine_mark_nobody(class_of, monkeypatch, tmp_path):
    class_of.submit("keyless", skill=1.0)
    archive = class_of.root / "archive"
    archive.rename(tmp_path / "archive")
    monkeypatch.setenv("CASELENS_KEYS", str(tmp_path))
    result = class_of.autograde("keyless")
    assert not result["success"]
    assert "caselens-keys" in result["log"]
    assert class_of.folder("keyless").is_dir()
    monkeypatch.delenv("CASELENS_KEYS")
    (tmp_path / "archive").rename(archive)
    assert class_of.autograde("keyless")["success"]
    assert class_of.grades("keyless")["c003-lens"][0] == 6


def test_a_linked_answers_file_is_not_followed(class_of, tmp_path):
    elsewhere = tmp_path / "answers.json"
    class_of.submit("source", skill=1.0)
    elsewhere.write_bytes(answers_of(class_of, "source"))
    folder = class_of.submit("linked")
    (folder / "answers.json").symlink_to(elsewhere)
    result = class_of.autograde("linked")
    assert not result["success"]
    assert "linked was refused and is not marked: answers.json is a" in result["log"]
    assert (class_of.root / "refused" / "linked").is_dir()


def test_marking_again_keeps_a_persons_marks(class_of):
    class_of.submit("again", skill=1.0)
    class_of.autograde("again")
    name = next(n for n, (_, waits) in class_of.grades("again").items() if waits)
    class_of.set_manual("again", name, 2)
    class_of.autograde("again")
    class_of.feedback("again")
    assert "2 of 3" in class_of.feedback("again")


def test_every_key_on_this_machine_is_readable():
    assert find_key("c003").case == "c003"
