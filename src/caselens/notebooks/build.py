"""Building the course: every page and its public half, from text and cases."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caselens.answers import setting
from caselens.cases import (
    Bank,
    BankError,
    Case,
    Course,
    CourseUnit,
    Module,
    Unit,
    UnitTask,
    Vocabulary,
    digest,
    load_bank,
    read_course,
    unit_text,
)
from caselens.cases.course import CourseTask
from caselens.cases.places import has_words
from caselens.cases.prose import lint_course
from caselens.cases.references import read_references
from caselens.cases.source import faults
from caselens.cases.unit import UNIT_FILE, Digests
from caselens.notebooks.models import model_markdown
from caselens.notebooks.pages import (
    TextError,
    intro_of,
    lesson,
    practice,
    read_text,
    solution,
    write_page,
)
from caselens.notebooks.references import cite
from caselens.notebooks.release import release
from caselens.tasks import KINDS
from caselens.tasks.check import check_bank

CATALOGUE = "course.json"
NO_DRILL = ("link", "appraise", "write")
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What a build works from: the registry, the bank and the text."""

    root: Path
    course: Course
    bank: Bank
    references: dict[str, str]


def plan(root: Path, words: Path | None = None) -> Plan:
    """Read everything a build needs below `root`; BankError names every fault.

    `words` are the shipped datasets, to which a private bank may add. Raises
    TextError where it has a unit of the shipped course's name.
    """
    datasets = root / "datasets"
    _, problems = check_bank(datasets, words)
    problems = faults([*problems, *lint_course(root / "course")])
    if problems:
        raise BankError(problems)
    course = read_course(root / "course" / "course.toml")
    if words is not None and not has_words(datasets):
        _check_units(course, words.parent / "course" / "course.toml")
    bank = load_bank(datasets, words)
    own = datasets / "references.bib"
    works = own if own.is_file() or words is None else words / "references.bib"
    return Plan(root, course, bank, read_references(works))


def _check_units(course: Course, shipped: Path) -> None:
    # An installed course has no registry; there the start page refuses the clash.
    known = read_course(shipped).units() if shipped.is_file() else []
    taken = {unit.id for _, unit in known}
    for _, unit in course.units():
        if unit.id in taken:
            raise TextError(
                f"{unit.id} is a unit of the shipped course. Give your own another id, "
                "in course.toml and as the name of its text."
            )


def build(one: Plan, target: Path, tell: Tell = lambda _: None) -> list[Path]:
    """Write every built file below `target`; return the folders made, in order.

    `tell` hears the name of each unit as it is made.
    """
    made = []
    for module, entry in one.course.units():
        tell(entry.id)
        made += _build_unit(one, module, entry, target)
    catalogue = target / "course" / CATALOGUE
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    catalogue.write_text(
        json.dumps(_catalogue(one.course), ensure_ascii=False, indent=1) + "\n",
        encoding="utf-8",
        newline="\n",
    )
    return made


def folder_of(module: Module, entry: CourseUnit) -> str:
    """Return where a unit's page lies, as trainees get it."""
    if entry.kind == "graded":
        return f"exercises/{entry.id}"
    return f"course/{module.id}/{entry.id}"


def make_unit(one: Plan, module: Module, entry: CourseUnit) -> Unit:
    """Return the public half of a unit. Raises KeyError for an unknown task."""
    cells = read_text(_text_path(one, module, entry))
    cases = list(_cases(one, entry))
    for task in entry.tasks:
        _check_points(one, entry, task)
    return Unit(
        format=1,
        id=entry.id,
        module=module.id,
        module_title=module.title,
        title=entry.title,
        kind=entry.kind,
        minutes=entry.minutes,
        hint=entry.hint,
        intro="" if entry.kind == "lesson" else intro_of(cells),
        next=entry.next,
        alternative=_alternative(one, entry),
        tasks=tuple(UnitTask(id=task.id, points=task.points) for task in entry.tasks),
        cases=tuple(case for case, _ in cases),
        vocabulary=used_words(one.bank.vocabulary, [case for case, _ in cases]),
        digests=dict(digests for _, digests in cases),
        continued=_continued(one.course, entry),
    )


def _continued(course: Course, entry: CourseUnit) -> tuple[str, ...]:
    """Return the cases of a graded unit of which a later graded unit asks more.

    Released feedback holds no part that is still to be asked.
    """
    if entry.kind != "graded":
        return ()
    graded = [unit for _, unit in course.units() if unit.kind == "graded"]
    later = graded[graded.index(entry) + 1 :]
    still = {_case(task.id) for unit in later for task in unit.tasks}
    own = dict.fromkeys(_case(task.id) for task in entry.tasks)
    return tuple(name for name in own if name in still)


def _cases(one: Plan, entry: CourseUnit) -> Iterator[tuple[Any, tuple[str, Digests]]]:
    names = dict.fromkeys(task.id.split("-")[0] for task in entry.tasks)
    wanted = {task.id for task in entry.tasks}
    for name in names:
        case, key = one.bank.case(name), one.bank.key(name)
        kept = tuple(task for task in case.tasks if task.id in wanted)
        for task_id in wanted:
            if task_id.startswith(f"{name}-"):
                case.task(task_id)
        digests = Digests(case=digest(case), key=digest(key))
        yield public_case(case.model_copy(update={"tasks": kept})), (name, digests)


def _check_points(one: Plan, entry: CourseUnit, task: CourseTask) -> None:
    """Raise TextError for points that nobody could earn, or a drill that has none."""
    case_id = _case(task.id)
    case, key = one.bank.case(case_id), one.bank.key(case_id).tasks[task.id]
    kind = KINDS[case.task(task.id).kind]
    if entry.kind == "lesson" and kind.name in NO_DRILL:
        raise TextError(
            f"{entry.id}: {task.id} cannot be a drill: a lesson has no room for the "
            f"kind {kind.name}. Put it into a unit."
        )
    earns = any(part.weight for part in key.parts.values())
    if kind.by_hand:
        earns = case.task(task.id).rubric is not None
    if task.points and not earns:
        raise TextError(
            f"{entry.id}: nothing in {task.id} is scored, and it carries "
            f"{task.points:g} points. Give it 0."
        )


def public_case(case: Case) -> Case:
    """Return the case without its sentences' kinds where a task asks for them."""
    if not any(task.kind == "observe" for task in case.tasks):
        return case
    stages = tuple(
        stage.model_copy(
            update={
                "sentences": tuple(
                    one.model_copy(update={"kind": None}) for one in stage.sentences
                )
            }
        )
        for stage in case.stages
    )
    return case.model_copy(update={"stages": stages})


def used_words(vocabulary: Vocabulary, cases: list[Case]) -> Vocabulary:
    """Return the words with only the sets of labels that these cases use."""
    used = {task.labels for case in cases for task in case.tasks}
    kept = tuple(one for one in vocabulary.labels if one.id in used)
    return vocabulary.model_copy(update={"labels": kept})


def _alternative(one: Plan, entry: CourseUnit) -> str | None:
    """Return the unit's alternative. Raises TextError where it does not count alike."""
    if entry.alternative is None:
        return None
    _, other = one.course.unit(entry.alternative)
    graded = "graded" in (entry.kind, other.kind)
    if graded and (entry.kind, entry.points) != (other.kind, other.points):
        raise TextError(
            f"{entry.id}: its alternative {other.id} counts {other.points:g} points as "
            f"{other.kind}, not {entry.points:g} as {entry.kind}. Let both count alike."
        )
    return other.id


def _text_path(one: Plan, module: Module, entry: CourseUnit) -> Path:
    return one.root / "course" / module.id / f"{entry.id}.md"


def _build_unit(
    one: Plan, module: Module, entry: CourseUnit, target: Path
) -> list[Path]:
    cells = read_text(_text_path(one, module, entry))
    for cell in cells:
        cell.source = cite(cell.source, one.references)
    unit = make_unit(one, module, entry)
    if entry.kind != "graded":
        page = (lesson if entry.kind == "lesson" else practice)(unit, cells)
        return [_write(page, unit, target / folder_of(module, entry))]
    models = {
        task_id: model_markdown(setting(unit, task_id), one.bank.key(_case(task_id)))
        for task_id in unit.points
    }
    source = _write(solution(unit, cells, models), unit, target / "solutions" / unit.id)
    release(target, unit.id)
    return [source, target / "exercises" / unit.id]


def _write(page: Any, unit: Unit, folder: Path) -> Path:
    if folder.exists():
        shutil.rmtree(folder)
    write_page(page, folder / f"{unit.id}.ipynb")
    text = unit_text(unit)
    (folder / UNIT_FILE).write_text(text, encoding="utf-8", newline="\n")
    return folder


def _case(task_id: str) -> str:
    return task_id.split("-", maxsplit=1)[0]


def _catalogue(course: Course) -> dict[str, Any]:
    modules = [
        {
            "id": module.id,
            "title": module.title,
            "about": module.about,
            "occasions": [one.model_dump() for one in module.occasions],
            "units": [_listed(course, module, entry) for entry in module.units],
        }
        for module in course.modules
    ]
    return {"title": course.title, "modules": modules}


def _listed(course: Course, module: Module, entry: CourseUnit) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.title,
        "kind": entry.kind,
        "minutes": entry.minutes,
        "tasks": len(entry.tasks),
        "hint": entry.hint,
        "folder": folder_of(module, entry),
        "alternative": entry.alternative,
        "spare": entry.id in course.spares(),
        "form": entry.form,
    }
