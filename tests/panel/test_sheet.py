import json

import nbformat
import pytest

from caselens.cases import load_bank, read_unit
from caselens.notebooks.pages import IMPORT_LINE, WORKBENCH
from caselens.panel.raters import PanelError
from caselens.panel.sheet import make_panel, read_panel
from caselens.tasks import KINDS
from caselens.tasks.choices import ChoiceKind
from caselens.widgets.desk import Desk
from tests.panel.samples import FULL, SHORT, committed, copied


@pytest.fixture
def made(tmp_path):
    bank = load_bank(copied(tmp_path / "bank"))
    return make_panel(tmp_path / "panel", bank, [FULL, SHORT], 7)


def texts(page):
    return [one.read_text("utf-8") for one in sorted(page.parent.iterdir())]


def test_every_rater_gets_a_folder_with_a_page_and_its_public_half(made):
    assert len(made.pages) == 7
    for number, page in enumerate(made.pages, start=1):
        assert page.parent.name == f"rater-{number:02}"
        files = sorted(one.name for one in page.parent.iterdir())
        assert files == ["rating.ipynb", "unit.json"]


def test_nothing_of_a_key_is_on_a_raters_page(made):
    released = "\n".join(texts(made.pages[0]))
    for name in (FULL, SHORT):
        key = committed().key(name)
        said = [part.why for task in key.tasks.values() for part in task.parts.values()]
        said += [
            one.why
            for t in key.tasks.values()
            for p in t.parts.values()
            for one in p.wrong.values()
        ]
        said += [text for task in key.tasks.values() for text in task.look_for]
        assert len(said) > 20
        assert not [one for one in said if json.dumps(one)[1:-1] in released]
    assert "votes" not in released


def test_a_raters_page_does_not_tell_which_case_of_the_course_it_asks_about(made):
    for page in made.pages:
        assert not [one for one in texts(page) if FULL in one or SHORT in one]


def test_a_raters_page_does_not_tell_what_was_changed_in_the_other_of_a_pair(made):
    assert committed().case(FULL).relative
    for case in read_unit(made.pages[0].parent).cases:
        assert case.relative is None
        assert case.changed == ()


def test_a_rater_is_marked_by_nobody_though_the_keys_are_on_this_machine(made):
    desk = Desk(read_unit(made.pages[0].parent), made.pages[0].parent)
    assert desk.state()["can_mark"] is False
    desk.handle({"type": "hand-in", "n": 1})
    assert desk.handle({"type": "mark", "n": 2})["type"] == "problem"
    assert desk.feedback() == {}
    assert desk.closing() == {}


def test_the_page_holds_only_the_calls_that_may_run_on_opening(made):
    page = nbformat.read(made.pages[0], as_version=4)
    code = [one.source for one in page.cells if one.cell_type == "code"]
    assert code == [IMPORT_LINE, WORKBENCH]


def test_the_first_cell_says_what_to_do_how_long_and_that_no_answer_is_right(made):
    first = nbformat.read(made.pages[0], as_version=4).cells[0].source
    minutes = made.panel.unit.minutes
    for said in ("no right answer", f"about {minutes} minutes", "which approach"):
        assert said in first
    assert "answers.json" in first
    assert "!" not in first


def test_only_choices_are_asked_for_and_nothing_carries_points(made):
    unit = read_unit(made.pages[0].parent)
    assert set(unit.points.values()) == {0}
    tasks = [one for case in unit.cases for one in case.tasks]
    assert all(isinstance(KINDS[one.kind], ChoiceKind) for one in tasks)
    assert not [one for one in tasks if one.first or one.confidence or one.cite]
    asked = {
        task.kind for name in (FULL, SHORT) for task in committed().case(name).tasks
    }
    assert {one.kind for one in tasks} == asked - {"write", "evidence"}


def test_every_rater_is_asked_the_same_in_an_order_of_cases_drawn_for_each(made):
    units = [read_unit(page.parent) for page in made.pages]
    assert len({frozenset(one.points) for one in units}) == 1
    assert len({one.id for one in units}) == 1
    assert len({tuple(case.id for case in one.cases) for one in units}) == 2


def test_another_wording_makes_another_panel(made, tmp_path):
    bank = load_bank(copied(tmp_path / "other"))
    case = bank.entries[SHORT].case
    path = bank.entries[SHORT].case_source.path
    path.write_text(path.read_text().replace(case.title, "Another title", 1))
    other = make_panel(
        tmp_path / "panel2",
        load_bank(tmp_path / "other" / "datasets"),
        [FULL, SHORT],
        7,
    )
    assert other.panel.unit.id != made.panel.unit.id


def test_a_panel_is_read_back_as_it_was_made(made, tmp_path):
    assert read_panel(tmp_path / "panel") == made.panel
    assert made.panel.own("p001-slots-1") == f"{FULL}-slots-1"


def test_a_folder_with_something_in_it_is_left_alone(made, tmp_path):
    with pytest.raises(PanelError, match="not empty"):
        make_panel(tmp_path / "panel", committed(), [SHORT], 7)


def test_an_unknown_case_is_named_and_nothing_is_written(tmp_path):
    with pytest.raises(PanelError, match="No case is called c999"):
        make_panel(tmp_path / "new", committed(), [SHORT, "c999"], 7)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("body", ["", "{}", "[" * 100_000, '{"format": 2}'])
def test_a_damaged_panel_is_named(made, tmp_path, body):
    (tmp_path / "panel" / "panel.json").write_text(body)
    with pytest.raises(PanelError, match="damaged"):
        read_panel(tmp_path / "panel")


def test_a_folder_without_a_panel_is_named(tmp_path):
    with pytest.raises(PanelError, match="no panel was made here"):
        read_panel(tmp_path)
