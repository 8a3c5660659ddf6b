"""A class with every hostile submission in it, marked in every way that there is."""

import json

import pytest

from tests.hostile.classroom import MEGABYTES, SKILLS
from tests.hostile.marked import WAYS, corpus_of
from tests.hostile.scene import SECRET

pytestmark = pytest.mark.nbgrader
COPY_BYTES = 3_000_000
HOSTILE = pytest.mark.parametrize(
    ("group", "one"),
    [
        pytest.param(way, one, id=f"{way}-{name}")
        for way in WAYS
        for name, one in corpus_of(way).items()
    ],
    indirect=["group"],
)


@pytest.fixture(scope="module", params=WAYS)
def group(request, marked):
    return marked(request.param)


@pytest.fixture
def there(group, one):
    if one.name in group.left_out:
        pytest.skip("this machine lets nobody make such a file")
    return group


def test_nothing_of_any_submission_is_executed(group):
    assert group.room.canaries() == []


def test_the_honest_trainees_rows_are_what_they_were(group):
    for name in SKILLS:
        assert group.after[name] == group.before[name], name


def test_the_run_ends_well_and_in_bounds(group):
    assert group.done.code == 0, group.done.said[-2000:]
    assert group.done.megabytes < MEGABYTES


@HOSTILE
def test_a_hostile_trainee_has_the_points_that_are_due(there, one):
    due = {} if one.refused else there.room.due(one)
    assert there.room.automatic(one.name) == pytest.approx(due)


@HOSTILE
def test_the_instructor_is_told(there, one):
    said = one.refused or one.told
    if said is not None:
        assert said in there.told(one.name), there.done.said[-2000:]
    if not one.refused:
        assert there.room.rows(one.name)["flagged"][0] is one.flagged


@HOSTILE
def test_what_is_refused_is_kept_apart_with_the_reason(there, one):
    kept = there.room.root / "refused" / one.name
    assert kept.is_dir() is (one.refused is not None)
    assert there.room.folder(one.name).exists() is (one.refused is None)
    if one.refused:
        (reason,) = kept.glob("*/*/reason.txt")
        assert one.refused in reason.read_text("utf-8")


@HOSTILE
def test_the_graded_copy_is_the_released_page_and_small(there, one):
    copy = there.room.graded(one.name)
    assert SECRET not in there.room.copies(one.name)
    assert len(copy) < COPY_BYTES
    if one.refused:
        assert copy == ""
        return
    ours = json.loads(
        there.room.released.joinpath(f"{there.room.unit.id}.ipynb").read_bytes()
    )
    theirs = json.loads(copy)
    assert [cell["id"] for cell in theirs["cells"]] == [c["id"] for c in ours["cells"]]
    for cell, released in zip(theirs["cells"], ours["cells"], strict=True):
        if cell["cell_type"] == "code":
            assert cell["source"] == released["source"]
        kinds = {name for output in cell.get("outputs", ()) for name in output["data"]}
        assert kinds <= {"text/html", "text/plain"}
        assert "__canary" not in _markup(cell)


def _markup(cell):
    """Return what a browser would take for tags: text in them is escaped."""
    shown = "".join(cell["source"]) + "".join(
        "".join(output["data"].get("text/html", ()))
        for output in cell.get("outputs", ())
    )
    return "".join(f"<{tag.split('>')[0]}>" for tag in shown.split("<")[1:])
