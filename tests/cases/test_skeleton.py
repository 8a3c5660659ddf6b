from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from caselens.cases import BankError, load_bank
from caselens.cases.design import read_design
from caselens.cases.skeleton import SkeletonError, free_id, write_case, write_new
from caselens.tasks.check import check_bank
from tests.samples import CASE, DATASETS, KEY, write_bank

SIZES = ["short", "full"]
UNWRITTEN = "Still to be written: "


@pytest.fixture
def bank(tmp_path) -> Path:
    """A bank with the course's words and table, and one case."""
    folder = write_bank(tmp_path / "datasets")
    for name in ("labels.yaml", "comparison.yaml"):
        shutil.copyfile(DATASETS / name, folder / name)
    rows = yaml.safe_load((DATASETS / "design.yaml").read_text("utf-8"))["rows"]
    for row in rows:
        row["case"] = None
    rows[0] |= {"case": "c901", "size": "short"}
    (folder / "design.yaml").write_text(yaml.safe_dump({"rows": rows}, width=1000))
    return folder


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("side", ["practice", "graded"])
@pytest.mark.parametrize("name", ["c101", "c102", "c103", "c104"])
def test_a_skeleton_lacks_nothing_but_what_is_still_to_be_written(
    bank, name, side, size
):
    case, key, table = write_case(bank, DATASETS, name, side, size)
    assert case == bank / side / "cases" / f"{name}.yaml"
    assert key == bank / side / "keys" / f"{name}.yaml"
    assert table == bank / "design.yaml"
    count, problems = check_bank(bank)
    assert count == 2
    assert [str(one) for one in problems if not one.what.startswith(UNWRITTEN)] == []
    assert {one.file for one in problems} == {str(case), str(key)}


@pytest.mark.parametrize("size", SIZES)
def test_every_line_that_is_open_is_named_with_what_belongs_there(bank, size):
    files = write_case(bank, DATASETS, "c101", "practice", size)[:2]
    lines = {
        (str(path), number)
        for path in files
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if "TODO" in line
    }
    _, problems = check_bank(bank)
    assert {(one.file, one.line) for one in problems} == lines
    assert len(lines) > 60
    said = [one.what.removeprefix(UNWRITTEN) for one in problems]
    assert all(len(one) > 8 and "TODO" not in one for one in said)


@pytest.mark.parametrize("size", SIZES)
def test_the_client_and_the_central_goal_are_those_of_the_table(bank, size):
    before = read_design(bank / "design.yaml")
    write_case(bank, DATASETS, "c101", "practice", size)
    row = read_design(bank / "design.yaml").taken["c101"]
    free = [one for one in before.rows if one.case is None and one.size == size]
    assert row.row == free[0].row
    one = load_bank(bank).case("c101")
    first, last = map(int, row.age.split("-"))
    assert first <= one.clients[0].age <= last
    assert all(
        row.identity[name] in one.clients[0].context for name in ("work", "faith")
    )
    key = load_bank(bank).key("c101").tasks["c101-goals"].parts
    assert row.goal is None or key[row.goal].answer != "not_evident"


@pytest.mark.parametrize("size", SIZES)
def test_the_head_of_the_case_says_what_the_key_holds(bank, size):
    case, _, _ = write_case(bank, DATASETS, "c101", "practice", size)
    head = case.read_text("utf-8").partition("\nid: c101\n")[0]
    assert all(line.startswith("#") for line in head.splitlines() if line)
    found = load_bank(bank)
    words, key = found.vocabulary, found.key("c101").tasks
    labels = {one.id: one.label for one in words.answers}
    shorts = {one.id: one.short for one in words.goals}
    goals = key["c101-goals"].parts
    assert len(goals) == (8 if size == "full" else 4)
    for goal, part in goals.items():
        assert f"{shorts[goal]}: {labels[part.answer]}" in head
    assert f"next question: {key['c101-safety'].parts['next'].answer}" in head
    assert "Risk from others: " in head


def test_the_right_question_stands_at_the_place_that_the_key_names(bank):
    for name in ("c101", "c102", "c103", "c104", "c105"):
        write_case(bank, DATASETS, name, "practice", "short")
        found = load_bank(bank)
        texts = {one.id: one.text for one in found.case(name).tasks[0].questions}
        [right] = [one for one, text in texts.items() if "the right next" in text]
        parts = found.key(name).tasks[f"{name}-safety"].parts
        assert parts["next"].answer == right


def test_statements_are_in_an_order_that_is_drawn(bank):
    orders = set()
    for name in ("c101", "c102", "c103", "c104"):
        write_case(bank, DATASETS, name, "practice", "full")
        key = load_bank(bank).key(name).tasks
        orders.add(tuple(p.answer for p in key[f"{name}-lens"].parts.values()))
    assert len(orders) > 1


def test_a_skeleton_that_is_written_out_has_no_fault(bank):
    files = write_case(bank, DATASETS, "c101", "practice", "short")[:2]
    for path in files:
        text = path.read_text("utf-8")
        path.write_text(written_out(text), "utf-8")
    count, problems = check_bank(bank)
    assert (count, problems) == (2, [])


def written_out(text: str) -> str:
    """Return a skeleton with something in every place that is open."""
    written = re.sub(r'"TODO[^"]*"', '"A plain word or five of it."', text)
    return re.sub(r"#[^\n]*TODO[^\n]*", "", written)


@pytest.mark.parametrize("place", ["practice/cases", "graded/keys"])
def test_an_id_that_is_taken_is_refused_and_the_next_is_named(bank, place):
    taken = bank / place / "c902.yaml"
    taken.parent.mkdir(parents=True, exist_ok=True)
    taken.write_text("a: b\n")
    for name in ("c901", "c902"):
        with pytest.raises(SkeletonError, match=r"The next free one is c903\."):
            write_case(bank, DATASETS, name, "practice", "short")
    assert taken.read_text() == "a: b\n"
    assert (bank / "practice/cases/c901.yaml").read_text("utf-8") == CASE
    assert (bank / "practice/keys/c901.yaml").read_text("utf-8") == KEY
    assert "c902" not in (bank / "design.yaml").read_text()


@pytest.mark.parametrize("name", ["c1", "101", "C101", "../c101", "c101 "])
def test_what_is_no_id_is_refused(bank, name):
    with pytest.raises(SkeletonError, match="no id of a case"):
        write_case(bank, DATASETS, name, "practice", "short")


def test_a_table_that_is_used_up_leaves_nothing_behind(bank):
    table = (bank / "design.yaml").read_text().replace("size: full", "size: short")
    (bank / "design.yaml").write_text(table)
    with pytest.raises(BankError, match="No row of the size full"):
        write_case(bank, DATASETS, "c101", "practice", "full")
    assert not (bank / "practice/cases/c101.yaml").exists()


@pytest.mark.parametrize("size", SIZES)
def test_a_private_bank_leaves_the_client_open(tmp_path, size):
    files = write_case(tmp_path, DATASETS, "x101", "graded", size)
    assert [one.name for one in files] == ["x101.yaml", "x101.yaml"]
    count, problems = check_bank(tmp_path, DATASETS)
    assert count == 1
    assert all(one.what.startswith(UNWRITTEN) for one in problems)
    text = files[0].read_text("utf-8")
    client = text.partition("clients:\n")[2].partition("content_notes")[0]
    assert client.count("TODO") == 4
    assert "design table" not in text


def test_a_private_bank_may_not_take_a_shipped_id(tmp_path):
    with pytest.raises(SkeletonError, match="The id c003 is taken"):
        write_case(tmp_path, DATASETS, "c003", "practice", "short")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_ever_written_over(tmp_path):
    path = tmp_path / "deep" / "c101.yaml"
    write_new(path, "first")
    with pytest.raises(SkeletonError, match=r"c101\.yaml is there already"):
        write_new(path, "second")
    assert path.read_text() == "first"


def test_free_ids_count_on_from_the_one_that_was_asked_for():
    assert free_id("c101", set()) == "c101"
    assert free_id("c099", {"c099", "c100", "c102"}) == "c101"
    assert free_id("ab007", {"ab007"}) == "ab008"
