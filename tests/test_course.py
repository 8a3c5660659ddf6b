"""The course as it is committed: built, complete, fair, and without its keys."""

import json
import os
import re
import subprocess
import sys

import pytest

from caselens.answers import mark, model_values
from caselens.cases import find_key, read_course, read_unit
from caselens.cases.places import clone_root, datasets_dir
from caselens.cases.references import read_references
from caselens.notebooks import differences, plan
from caselens.notebooks.pages import IMPORT_LINE
from caselens.notebooks.references import CITATION

ROOT = clone_root()
PLAN = plan(ROOT)
COURSE = read_course(ROOT / "course" / "course.toml")
UNITS = [unit for _, unit in COURSE.units()]
GRADED = [unit.id for unit in UNITS if unit.kind == "graded"]
FOLDERS = {
    unit.id: ROOT / "exercises" / unit.id
    if unit.kind == "graded"
    else ROOT / "course" / module.id / unit.id
    for module, unit in COURSE.units()
}
PAGES = [
    *(folder / f"{name}.ipynb" for name, folder in FOLDERS.items()),
    *(ROOT / "solutions" / name / f"{name}.ipynb" for name in GRADED),
]


def cells(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def source(cell):
    return "".join(cell["source"])


def test_what_is_committed_is_what_a_fresh_build_makes():
    assert differences(plan(ROOT)) == []


@pytest.mark.parametrize("name", GRADED)
def test_every_model_answer_earns_all_automatic_points(name):
    unit = read_unit(FOLDERS[name])
    for score in mark(unit, model_values(unit)).values():
        if not score.by_hand:
            assert score.points == pytest.approx(score.maximum), score.task
            assert score.complete


@pytest.mark.parametrize("name", GRADED)
def test_every_untouched_exercise_earns_nothing(name):
    unit = read_unit(FOLDERS[name])
    assert sum(score.points for score in mark(unit, {}).values()) == 0


@pytest.mark.parametrize("name", list(FOLDERS))
def test_a_wrong_answer_to_every_task_earns_nothing(name):
    unit = read_unit(FOLDERS[name])
    for task_id, value in model_values(unit).items():
        wrong = spoilt(unit, task_id, value)
        assert mark(unit, {task_id: wrong})[task_id].points == 0, task_id


def spoilt(unit, task_id, value):
    """Return the model answer with every choice wrong and every mark misplaced."""
    key = find_key(task_id.split("-")[0]).tasks[task_id]
    if "marked" in value:
        return {"marked": list(key.listed(key.parts["claim"]))}
    if "text" in value:
        return {"text": ""}
    menus = {
        part: {key.parts[part].answer, key.parts[part].also} for part in value["parts"]
    }
    answers = [one["choice"] for one in value["parts"].values()]
    parts = {
        part: {"choice": next((a for a in answers if a not in right), None)}
        for part, right in menus.items()
    }
    return {"parts": parts}


def test_the_folders_hold_one_page_and_its_public_half_and_nothing_else():
    for root in ("exercises", "solutions"):
        assert sorted(one.name for one in (ROOT / root).iterdir()) == sorted(GRADED)
        for name in GRADED:
            found = {one.name for one in (ROOT / root / name).iterdir()}
            found.discard(".ipynb_checkpoints")
            assert found == {f"{name}.ipynb", "unit.json"}


def key_texts(task_ids):
    for task_id in task_ids:
        key = find_key(task_id.split("-")[0])
        task = key.tasks[task_id]
        yield from filter(
            None, (key.formulations or {}) and dict(key.formulations).values()
        )
        yield from filter(None, [task.model, *task.look_for, *task.irrelevant.values()])
        for part in task.parts.values():
            yield part.why
            yield from part.against.values()
            yield from (wrong.why for wrong in part.wrong.values())


@pytest.mark.parametrize("name", GRADED)
def test_nothing_of_a_key_is_in_what_trainees_get(name):
    unit = read_unit(FOLDERS[name])
    released = "\n".join(one.read_text("utf-8") for one in FOLDERS[name].glob("*.*"))
    solution = (ROOT / "solutions" / name / f"{name}.ipynb").read_text("utf-8")
    texts = [text for text in key_texts(unit.points) if len(text) > 25]
    assert len(texts) > 2
    assert not [text for text in texts if json.dumps(text)[1:-1] in released]
    assert "model_answers" not in released
    assert "model_answers" in solution


@pytest.mark.parametrize(
    "path", PAGES, ids=lambda path: f"{path.parts[-3]}-{path.stem}"
)
def test_a_page_holds_only_the_calls_that_may_run_on_opening(path):
    for cell in cells(path):
        tags = cell["metadata"].get("tags", [])
        if cell["cell_type"] == "code" and "model-answer" not in tags:
            text = source(cell)
            known = text in {IMPORT_LINE, "workbench()"}
            assert known or re.fullmatch(r'task\("[a-z0-9-]+"\)', text)
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


@pytest.mark.parametrize(
    "path", PAGES, ids=lambda path: f"{path.parts[-3]}-{path.stem}"
)
def test_a_built_page_names_no_date_version_user_or_path(path):
    text = path.read_text("utf-8") + (path.parent / "unit.json").read_text("utf-8")
    assert str(ROOT) not in text
    assert not re.search(r"20[2-9]\d-\d\d-\d\d", text)
    assert "language_info" not in text or '"version"' not in text


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.id)
def test_a_unit_that_asks_how_sentences_are_known_does_not_say_it(unit):
    public = read_unit(FOLDERS[unit.id])
    asks = any(task.kind == "observe" for one in public.cases for task in one.tasks)
    kinds = {s.kind for case in public.cases for s in case.sentences.values()}
    assert (kinds == {None}) == asks


MODULES = [module.id for module in COURSE.modules]
OF_A_GOAL = dict(
    zip(
        (f"m{number:02}" for number in range(5, 12)),
        (goal.id for goal in PLAN.bank.vocabulary.goals),
        strict=False,
    )
)


def test_the_sixteen_modules_are_there_in_order():
    assert [f"m{number:02}" for number in range(16)] == MODULES


@pytest.mark.parametrize("module", COURSE.modules, ids=MODULES)
def test_a_module_has_a_lesson_practice_and_after_the_first_graded_work(module):
    kinds = [unit.kind for unit in module.units if not unit.form]
    assert kinds.count("lesson") == 1
    assert "practice" in kinds
    assert ("graded" in kinds) == (module.id != "m00")


@pytest.mark.parametrize(("module", "goal"), OF_A_GOAL.items())
def test_a_graded_set_mixes_what_its_goal_may_be(module, goal):
    (unit,) = [
        unit
        for one, unit in COURSE.units()
        if one.id == module
        and unit.kind == "graded"
        and unit.id.endswith("u03_four_short_cases")
    ]
    answers = [
        find_key(task.id.split("-")[0]).tasks[task.id].parts[goal].answer
        for task in unit.tasks
        if task.id.endswith("-goals")
    ]
    assert sorted(answers) == ["asked", "declined", "not_evident", "proposed"]


def test_each_form_is_written_once_and_none_before_it_is_taught():
    found = [
        (one.place, module.id) for module in COURSE.modules for one in module.occasions
    ]
    assert found == [(1, "m00"), (2, "m15"), (3, "m15")]
    forms = [unit for unit in UNITS if unit.form]
    assert [unit.form for unit in forms] == ["A", "B", "C"]
    worked = {
        task.id.split("-")[0] for unit in UNITS if not unit.form for task in unit.tasks
    }
    assert worked.isdisjoint(unit.tasks[0].id.split("-")[0] for unit in forms)
    texts = {
        (ROOT / "course" / "m00" / f"{unit.id}.md").read_text("utf-8") for unit in forms
    }
    assert len(texts) == 1


# Practice counts towards nothing and may be left out, and so may a form.
# What stands in for several sets has nothing that stands in for it.
COUNTED = [
    unit
    for unit in UNITS
    if unit.kind == "graded"
    and not unit.form
    and (unit.alternative or unit.id not in COURSE.spares())
]


@pytest.mark.parametrize("unit", COUNTED, ids=lambda unit: unit.id)
def test_a_graded_unit_with_a_heavy_case_has_an_alternative_that_counts_alike(unit):
    public = read_unit(FOLDERS[unit.id])
    if not any(one.content_notes for one in public.cases):
        return
    _, other = COURSE.unit(unit.alternative)
    assert other.id != unit.id
    assert (other.kind, other.points) == (unit.kind, unit.points)


def test_no_task_is_asked_twice_in_graded_work():
    graded = [unit for unit in UNITS if unit.kind == "graded"]
    asked = [task.id for unit in graded for task in unit.tasks]
    assert sorted(set(asked)) == sorted(asked)


def test_practice_and_graded_work_share_no_case():
    sides = {
        side: {
            task.id.split("-")[0]
            for unit in UNITS
            for task in unit.tasks
            if (unit.kind == "graded") == (side == "graded")
        }
        for side in ("practice", "graded")
    }
    assert sides["practice"] & sides["graded"] == set()
    bank = PLAN.bank
    for side, cases in sides.items():
        assert cases <= {entry.case.id for entry in bank.side(side)}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.id)
def test_a_full_case_is_worked_in_about_an_hour(unit):
    assert unit.minutes <= 65


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.id)
def test_every_unit_has_a_hint_and_its_text(unit):
    module = next(module for module, one in COURSE.units() if one is unit)
    assert unit.hint
    assert (ROOT / "course" / module.id / f"{unit.id}.md").is_file()
    assert (ROOT / "course" / module.id / "design.md").is_file()


def test_unit_ids_are_unique_and_next_units_exist():
    ids = [unit.id for unit in UNITS]
    assert len(set(ids)) == len(ids)
    assert {unit.next for unit in UNITS if unit.next} <= set(ids)


def test_no_text_of_a_unit_lies_about_without_a_place_in_the_registry():
    named = {f"{unit.id}.md" for unit in UNITS} | {"design.md"}
    found = {path.name for path in (ROOT / "course").glob("m*/*.md")}
    assert found <= named


@pytest.mark.parametrize("name", [unit.id for unit in UNITS if unit.kind == "lesson"])
def test_a_lesson_opens_with_aims_and_ends_with_key_points(name):
    text = "\n".join(source(one) for one in cells(FOLDERS[name] / f"{name}.ipynb"))
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings[0] == "What you will be able to do"
    assert headings[-2:] == ["Key points", "References"]
    words = len(re.sub(r"^## References.*", "", text, flags=re.DOTALL | re.M).split())
    assert 800 <= words <= 1500


def test_only_works_of_the_bibliography_are_cited():
    known = read_references(datasets_dir() / "references.bib")
    for path in (ROOT / "course").rglob("*.md"):
        assert set(CITATION.findall(path.read_text("utf-8"))) <= set(known), path


def test_sources_of_slots_and_rubrics_are_in_the_bibliography():
    words = PLAN.bank.vocabulary
    known = read_references(datasets_dir() / "references.bib")
    sources = {slot.source for slot in words.slots.values()}
    sources |= {rubric.source for rubric in words.rubrics}
    assert sources <= set(known)


@pytest.mark.parametrize("name", GRADED)
def test_an_executed_solution_page_gives_every_automatic_point(name, tmp_path):
    import nbformat
    from nbclient import NotebookClient

    folder = ROOT / "solutions" / name
    page = nbformat.read(folder / f"{name}.ipynb", as_version=4)
    (tmp_path / "unit.json").write_bytes((folder / "unit.json").read_bytes())
    NotebookClient(page, resources={"metadata": {"path": str(tmp_path)}}).execute()
    unit = read_unit(folder)
    for cell in page.cells:
        grade = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and grade.get("grade"):
            results = [o for o in cell.outputs if o.output_type == "execute_result"]
            points = float(results[0]["data"]["text/plain"])
            assert points == pytest.approx(unit.points[grade["grade_id"]])


@pytest.mark.parametrize("module", ["caselens", "caselens.widgets.page"])
def test_a_trainees_page_loads_neither_pandas_nor_nbgrader(module):
    code = (
        f"import {module}, sys; from caselens import task, workbench; "
        "print(sorted(m for m in sys.modules if m in ('pandas', 'nbgrader', 'numpy')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


ROOMS = [
    "cases",
    "tasks",
    "answers",
    "learners",
    "widgets",
    "notebooks",
    "opening",
    "grading",
    "markers",
    "panel",
    "reports",
    "cli",
]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_rooms_above_it(room):
    allowed = set(ROOMS[: ROOMS.index(room) + 1])
    for path in (ROOT / "src" / "caselens" / room).rglob("*.py"):
        text = path.read_text("utf-8")
        used = set(re.findall(r"(?:from|import) caselens\.(\w+)", text))
        assert used <= allowed, f"{path} imports {used - allowed}"


def test_no_module_is_longer_than_four_hundred_lines():
    package = ROOT / "src" / "caselens"
    # The one table of words is no module to read: it grows with the page.
    table = package / "widgets" / "static" / "strings.js"
    for ending in ("*.py", "*.js"):
        for path in set(package.rglob(ending)) - {table}:
            assert len(path.read_text("utf-8").splitlines()) <= 400, path


def test_nothing_from_outside_is_unpickled_or_evaluated():
    forbidden = re.compile(r"\b(pickle|marshal|eval|exec|os\.system|shell=True)\b\(?")
    for path in (ROOT / "src" / "caselens").rglob("*.py"):
        found = forbidden.findall(path.read_text("utf-8"))
        assert not [one for one in found if one in {"pickle", "marshal", "eval"}], path


@pytest.mark.thorough
def test_the_wheel_of_trainees_holds_no_graded_key(tmp_path):
    import zipfile

    out = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", tmp_path]
    for source_dir in (ROOT, ROOT / "src" / "caselens-keys"):
        subprocess.run([*build, source_dir], check=True, env=out)
    wheels = {one.name.split("-")[0]: one for one in tmp_path.glob("*.whl")}
    trainee = zipfile.ZipFile(wheels["caselens"])
    names = trainee.namelist()
    assert any(
        name.endswith("labextensions/caselens/static/remoteEntry.js") for name in names
    )
    assert any(
        name.endswith("exercises/m04_u03_graded_case/unit.json") for name in names
    )
    assert any(name == "caselens/datasets/practice/keys/c001.yaml" for name in names)
    assert not any("graded/keys" in name or "solutions" in name for name in names)
    body = b"".join(trainee.read(name) for name in names if not name.endswith(".png"))
    why = find_key("c003").tasks["c003-goals"].agenda.why[:30].encode()
    assert why not in body
    keys = zipfile.ZipFile(wheels["caselens_keys"])
    assert "caselens_keys/keys/c003.yaml" in keys.namelist()
