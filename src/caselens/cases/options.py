"""The lint of options: what gives an answer away, and a lens left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from caselens.cases import wording
from caselens.cases.bank import Entry
from caselens.cases.case import Case, Statement, Task
from caselens.cases.key import Key, TaskKey
from caselens.cases.source import Place, Severity
from caselens.cases.vocabulary import LENSES

SAME_WORDS = 6
# How much longer than the next the one right option of a menu may be.
LONGER = 1.5
FEWEST_MENUS = 2
FEWEST_LABELS = 2

Found = tuple[Place, str, str, Severity]
Menu = tuple[Place, tuple[Statement, ...], str]


def lint_options(entry: Entry) -> Iterator[Found]:
    """Yield what to mend or to look at in a case's tasks, at places of its file."""
    yield from _lint_repeated(entry.case)
    if entry.key is not None:
        yield from _lint_sides(entry.case, entry.key)
        for number, task in enumerate(entry.case.tasks):
            key = entry.key.tasks.get(task.id)
            if key is not None:
                yield from _lint_menus(("tasks", number), task, key)
                yield from _lint_labels(("tasks", number), task, key)


def _lint_repeated(case: Case) -> Iterator[Found]:
    spoken = {
        run
        for sentence in case.sentences.values()
        for quoted in wording.quotations(sentence.text)
        for run in _runs(quoted)
    }
    for place, text in _written(case):
        same = next((run for run in _runs(text) if run in spoken), None)
        if same:
            what = f'It repeats the client\'s words, "{" ".join(same)}".'
            yield place, what, "Say it in other words, or it is found by eye.", "look"


def _runs(text: str) -> list[tuple[str, ...]]:
    words = wording.tokens(text)
    starts = range(len(words) - SAME_WORDS + 1)
    return [tuple(words[one : one + SAME_WORDS]) for one in starts]


def _written(case: Case) -> Iterator[tuple[Place, str]]:
    for number, task in enumerate(case.tasks):
        if task.claim:
            yield ("tasks", number, "claim"), task.claim
        for field in ("statements", "counterparts"):
            for index, one in enumerate(getattr(task, field)):
                yield ("tasks", number, field, index), one.text


def _lint_sides(case: Case, key: Key) -> Iterator[Found]:
    lenses = {task.lens for task in case.tasks if task.kind == "slots" and task.lens}
    # The other one of a pair or of twins may ask for the rest.
    if len(case.stages) > 1 and len(lenses) == 1 and case.relative is None:
        what = f"The case is placed through {LENSES[lenses.pop()]} alone."
        yield ("tasks",), what, "Add a slots task for the other lens.", "fault"
    keyed = [
        key.tasks[task.id].parts[one.id].answer
        for task in case.tasks
        if task.kind == "lens" and task.id in key.tasks
        for one in task.statements
        if one.id in key.tasks[task.id].parts
    ]
    counts = Counter(keyed)
    for answer, label in LENSES.items():
        if keyed and (not counts[answer] or counts[answer] > len(keyed) / 2):
            what = f"{counts[answer]} of {len(keyed)} lens statements are {label!r}."
            yield ("tasks",), what, "Let the four classes be about equal.", "fault"


def _lint_menus(place: Place, task: Task, key: TaskKey) -> Iterator[Found]:
    menus = list(_menus(place, task, key))
    if len(menus) < FEWEST_MENUS:
        for where, options, answer in menus:
            if _stands_out(options, answer):
                what = "The right option is much the longest."
                yield where, what, "Let its rivals be as long.", "look"
        return
    if all(options[0].id == answer for _, options, answer in menus):
        what = f"Every right option of {task.id} comes first."
        yield place, what, "Let the place be drawn.", "look"
    if all(_longest(options) == answer for _, options, answer in menus):
        what = f"Every right option of {task.id} is the longest."
        yield place, what, "Let some rivals be longer.", "look"


def _menus(place: Place, task: Task, key: TaskKey) -> Iterator[Menu]:
    """Yield each menu that the case draws itself, with its right option."""
    named = {"next": ((*place, "questions"), task.questions)} | {
        move.id: ((*place, "moves", number), move.options)
        for number, move in enumerate(task.moves)
    }
    for part, (where, options) in named.items():
        one = key.parts.get(part)
        if options and one is not None and one.answer is not None:
            yield where, options, one.answer


def _longest(options: tuple[Statement, ...]) -> str:
    return max(options, key=lambda one: len(one.text)).id


def _stands_out(options: tuple[Statement, ...], answer: str) -> bool:
    right = [len(one.text) for one in options if one.id == answer]
    others = [len(one.text) for one in options if one.id != answer]
    return bool(right and others) and right[0] > LONGER * max(others)


def _lint_labels(place: Place, task: Task, key: TaskKey) -> Iterator[Found]:
    fits = [key.parts[one].answer == "fits" for one in task.options if one in key.parts]
    right = sum(fits)
    if min(right, len(fits) - right) >= FEWEST_LABELS and all(fits[:right]):
        what = f"Every label that fits in {task.id} comes first."
        yield place, what, "Mix them with those that tempt.", "look"
