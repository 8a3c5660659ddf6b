"""The author's lint: what makes a case and its key hold together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caselens.cases.bank import Bank, Entry
from caselens.cases.case import Case, Task
from caselens.cases.design import lint_design
from caselens.cases.key import Key, PartKey, TaskKey
from caselens.cases.prose import lint_prose
from caselens.cases.reading import lint_readings
from caselens.cases.source import TODO, Place, Problem

SHORT = range(5, 9)
FULL = range(24, 37)
FULL_STAGES = 3
FORMULATION = range(120, 201)

Found = tuple[Place, str, str]


def lint_bank(bank: Bank) -> list[Problem]:
    """Return every fault of the bank's cases and keys, whatever their tasks.

    Some of what is returned is advice: its `severity` is "look".
    """
    problems = list(bank.problems)
    problems += lint_prose(bank)
    problems += lint_readings(bank)
    problems += lint_design(bank)
    for entry in bank.entries.values():
        source = entry.case_source
        for place, what, repair in _lint_case(entry, bank):
            problems.append(Problem(str(source.path), source.line(place), what, repair))
        if entry.key is not None and entry.key_source is not None:
            source = entry.key_source
            for place, what, repair in _lint_key(entry.case, entry.key, bank):
                problems.append(
                    Problem(str(source.path), source.line(place), what, repair)
                )
    return sorted(problems)


def _lint_case(entry: Entry, bank: Bank) -> Iterator[Found]:
    case = entry.case
    if entry.key_source is None:
        yield (), "This case has no key.", f"Write keys/{case.id}.yaml beside it."
    yield from _lint_sentences(case)
    yield from _lint_kinds(case)
    yield from _lint_length(case)
    yield from _lint_tasks(case)
    yield from _lint_hypotheses(case)
    yield from _lint_relative(entry, bank)


def _lint_sentences(case: Case) -> Iterator[Found]:
    for expected, (place, one) in enumerate(_sentences(case), start=1):
        if one != f"s{expected}":
            yield (
                place,
                f"The sentence id {one!r} is out of order or stands twice.",
                f"Number the sentences through: this one is s{expected}.",
            )
            return


def _lint_kinds(case: Case) -> Iterator[Found]:
    for number, stage in enumerate(case.stages):
        for index, sentence in enumerate(stage.sentences):
            if sentence.kind is None:
                place: Place = ("stages", number, "sentences", index, "kind")
                yield place, f"The kind of {sentence.id} is missing.", "Add it."


def _sentences(case: Case) -> Iterator[tuple[Place, str]]:
    for number, stage in enumerate(case.stages):
        for index, sentence in enumerate(stage.sentences):
            yield ("stages", number, "sentences", index, "id"), sentence.id


def _lint_length(case: Case) -> Iterator[Found]:
    count = sum(len(stage.sentences) for stage in case.stages)
    if len(case.stages) == 1 and count not in SHORT:
        what = f"A short case has 5 to 8 sentences; this has {count}."
        yield ("stages",), what, "Cut or add."
    if len(case.stages) > 1 and (count not in FULL or len(case.stages) != FULL_STAGES):
        what = (
            f"A full case has 24 to 36 sentences in 3 stages; "
            f"this has {count} in {len(case.stages)}."
        )
        yield ("stages",), what, "Cut or add."


def _lint_tasks(case: Case) -> Iterator[Found]:
    for index, one in _twice(task.id for task in case.tasks):
        what = f"The task id {one!r} stands twice."
        yield ("tasks", index, "id"), what, "Give it a number."
    if not any(task.kind == "safety" for task in case.tasks):
        yield ("tasks",), "The case has no safety task.", "Every case asks for safety."
    for index, task in enumerate(case.tasks):
        place: Place = ("tasks", index)
        if task.case != case.id or task.id.split("-")[1] != task.kind:
            what = f"The task id {task.id!r} does not name its case and kind."
            yield (*place, "id"), what, f"Call it {case.id}-{task.kind}."
        if task.confidence and task.kind == "write":
            what = "A written task asks for no confidence."
            yield (*place, "confidence"), what, "Remove it."
        if task.stage > len(case.stages):
            what = f"The case has no stage {task.stage}."
            yield (*place, "stage"), what, f"Use 1 to {len(case.stages)}."
        for field in ("statements", "questions", "replies", "counterparts", "moves"):
            ids = [one.id for one in getattr(task, field)]
            for number, one in _twice(ids):
                what = f"The id {one!r} stands twice in {task.id}."
                yield (*place, field, number, "id"), what, "Give each its own."


def _lint_hypotheses(case: Case) -> Iterator[Found]:
    for index, one in _twice(one.id for one in case.hypotheses):
        what = f"The hypothesis {one!r} stands twice."
        yield ("hypotheses", index, "id"), what, "Give it another id."


def _lint_relative(entry: Entry, bank: Bank) -> Iterator[Found]:
    case, other_id = entry.case, entry.case.relative
    if other_id is None:
        return
    field = "pair_of" if case.pair_of else "twin_of"
    other = bank.entries.get(other_id)
    if other is None:
        yield (field,), f"No case {other_id!r} is in the bank.", "Correct the id."
    elif other.side != entry.side or other.case.relative != case.id:
        what = f"{other_id} does not name {case.id} in turn, on the same side."
        yield (field,), what, f"Add {field}: {case.id} there, in the same folder."
    if not case.changed:
        yield (field,), "What was changed is not listed.", "Add changed."


def _lint_key(case: Case, key: Key, bank: Bank) -> Iterator[Found]:
    if key.case != case.id:
        what = f"The key is for {key.case!r}, the file for {case.id}."
        yield ("case",), what, f"Write case: {case.id}."
    known = {error.id for error in bank.vocabulary.errors}
    for index, one in enumerate(key.errors):
        if one not in known:
            yield ("errors", index), f"No error is named {one!r}.", _errors(known)
    tasks = {task.id for task in case.tasks}
    for one in sorted(tasks - key.tasks.keys()):
        yield ("tasks",), f"The task {one} has no key.", "Add it."
    for one in sorted(key.tasks.keys() - tasks):
        yield ("tasks", one), f"The case has no task {one!r}.", "Correct or remove it."
    for task_id, task_key in key.tasks.items():
        yield from _lint_task_key(case, ("tasks", task_id), task_key, known)
    for task in case.tasks:
        if task.id in key.tasks:
            yield from _lint_open(case, task, key.tasks[task.id])
            yield from _lint_first(task, key.tasks[task.id])
    yield from _lint_formulations(case, key)
    yield from _lint_comparison(case, key)


def _lint_task_key(
    case: Case, place: Place, key: TaskKey, errors: set[str]
) -> Iterator[Found]:
    yield from _known(case, (*place, "irrelevant"), key.irrelevant)
    for part, one in key.parts.items():
        where: Place = (*place, "parts", part)
        for field in ("core", "supporting", "against"):
            yield from _known(case, (*where, field), getattr(one, field))
        yield from _conflicts(where, key, one)
        for choice, wrong in one.wrong.items():
            if wrong.error is not None and wrong.error not in errors:
                what = f"No error is named {wrong.error!r}."
                yield (*where, "wrong", choice, "error"), what, _errors(errors)
        if one.error is not None and one.error not in errors:
            yield (
                (*where, "error"),
                f"No error is named {one.error!r}.",
                _errors(errors),
            )


def _lint_open(case: Case, task: Task, key: TaskKey) -> Iterator[Found]:
    """Yield sentences that a trainee cannot have read when the task is answered."""
    root: Place = ("tasks", task.id)
    lists: list[tuple[Place, Iterable[str]]] = [((*root, "irrelevant"), key.irrelevant)]
    for part, one in key.parts.items():
        for field in ("core", "supporting", "against"):
            lists.append(((*root, "parts", part, field), getattr(one, field)))
    for place, ids in lists:
        for name in ids:
            if name in case.sentences and case.stage_of(name) > task.stage:
                what = f"{name} is not open yet at stage {task.stage}."
                yield place, what, "Use an earlier sentence, or a later stage."


def _lint_first(task: Task, key: TaskKey) -> Iterator[Found]:
    if task.first and not key.first:
        what = "The task begins with writing, and the key has no text for it."
        yield ("tasks", task.id), what, "Add first."
    if key.first and not task.first:
        what = "The task does not begin with writing."
        yield ("tasks", task.id, "first"), what, "Remove it, or add first to the case."


def _lint_comparison(case: Case, key: Key) -> Iterator[Found]:
    lenses = {task.lens for task in case.tasks if task.kind == "slots"}
    if {"cbt", "dynamic"} <= lenses and key.comparison is None:
        yield (), "The comparison of the lenses is missing.", "Add comparison."


def _known(case: Case, place: Place, ids: Iterable[str]) -> Iterator[Found]:
    for index, one in enumerate(ids):
        if one not in case.sentences:
            what = f"The case has no sentence {one!r}."
            repair = f"Use s1 to s{len(case.sentences)}."
            yield (*place, one if isinstance(ids, dict) else index), what, repair


def _conflicts(place: Place, key: TaskKey, part: PartKey) -> Iterator[Found]:
    for one in part.keyed.keys() & key.listed(part).keys():
        what = f"{one} supports this part and is listed as wrong for it."
        yield place, what, "Keep one (the task's irrelevant counts in every part)."
    for one in set(part.core) & set(part.supporting):
        yield place, f"{one} is both core and supporting.", "Keep it as core."


def _lint_formulations(case: Case, key: Key) -> Iterator[Found]:
    if len(case.stages) == 1:
        return
    if key.formulations is None:
        yield (), "The model formulations are missing.", "Add cbt, dynamic, bridge."
        return
    for name, text in key.formulations:
        count = len(text.split())
        if count not in FORMULATION and not TODO.search(text):
            what = f"The {name} formulation has {count} words."
            yield ("formulations", name), what, "Write 120 to 200."


def _errors(known: set[str]) -> str:
    return f"Use one of: {', '.join(sorted(known))}."


def _twice(ids: Iterable[str]) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for index, one in enumerate(ids):
        if one in seen:
            yield index, one
        seen.add(one)
