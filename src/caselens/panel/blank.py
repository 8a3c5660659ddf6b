"""A blank sheet for a blind reader: the case, its tasks and choices, no key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from textwrap import wrap
from typing import Any

from caselens.cases import Case, Entry, Task, TaskKey, Vocabulary
from caselens.panel.parts import LINK, menus_of
from caselens.tasks import KINDS, Setting
from caselens.tasks.sets import NO

WIDTH = 88
RULE = "-" * 60
HEAD = """\
A blind reading of {id}: {title}

Do not open the key of this case, the log of its readings or a built page of it
before this sheet has been added. A reading by somebody who has seen the key is not
blind, and counts for nothing.

Think of twenty supervisors, ten of each approach. Read one part of the case, then
its tasks, then the next part. For each line below write how many of the twenty would
give each answer: the numbers of a line sum to 20, and an answer that nobody would
give stays empty. Leave a whole line empty where you cannot say. Write nothing else.
"""
UNCOUNTED = "Nothing is counted here. Note in the log what you would mark or write."
LEFT_ALONE = {"id": NO, "label": "No", "help": "It would be left alone."}


def blank_sheet(entry: Entry, vocabulary: Vocabulary) -> str:
    """Return the sheet as YAML: everything to be read as comments, counts blank."""
    case = entry.case
    head = HEAD.format(id=case.id, title=case.title)
    lines = [*_comment(head), "#", *_about(case)]
    lines += ["", f"case: {case.id}", "parts:"]
    for number, stage in enumerate(case.stages, start=1):
        lines += ["", *_comment(f"{RULE}\nPart {number}: {stage.title}\n\n", 2)]
        for one in stage.sentences:
            lines += _comment(f"{one.number}. {one.text}", 2)
        for task in case.tasks:
            if task.stage == number:
                key = entry.key.tasks.get(task.id) if entry.key else None
                lines += ["", *_task(Setting(task, case, vocabulary), key)]
    return "\n".join(lines) + "\n"


def _about(case: Case) -> Iterator[str]:
    yield from _comment(f"Setting: {case.setting}")
    for one in case.clients:
        yield from _comment(f"{one.name}, {one.age}, {one.pronouns}. {one.context}")
    if case.content_notes:
        yield from _comment(f"Topics: {', '.join(case.content_notes)}")
    for account in case.hypotheses:
        yield from _comment(f"Account {account.id}: {account.text}")


def _task(setting: Setting, key: TaskKey | None) -> Iterator[str]:
    task, kind = setting.task, KINDS[setting.task.kind]
    view = kind.view(setting)
    yield from _comment(f"{RULE}\n{task.id}: {view['title']}", 2)
    yield from _comment(view["prompt"], 2)
    if task.claim:
        yield from _comment(f"Claim: {task.claim}", 2)
    for text in task.texts:
        yield from _comment(f"Text {text.id}: {text.text}", 2)
    menus = menus_of(setting, key)
    if not menus:
        yield from _comment(UNCOUNTED, 2)
        return
    told: list[Any] = []
    for group in _groups(setting, view, menus):
        if group.get("title"):
            yield from _comment(group["title"], 2)
        if group["choices"] not in told:
            yield from _choices(group["choices"])
            told.append(group["choices"])
        for part in group["parts"]:
            yield from _part(task, part, menus[part["id"]])


def _groups(
    setting: Setting, view: Mapping[str, Any], menus: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the groups of a view; of arrows, those listed, in an order drawn."""
    if setting.task.kind == LINK:
        pairs = sorted(menus)
        Random(setting.task.id).shuffle(pairs)  # noqa: S311  # no secret is drawn
        kind = KINDS[LINK]
        parts = [{"id": one, "text": kind.part_label(setting, one)} for one in pairs]
        choices = [*view["relations"], LEFT_ALONE]
        return [{"choices": choices, "parts": parts}]
    groups: list[dict[str, Any]] = view["groups"]
    if any(NO in menu for menu in menus.values()):
        return [one | {"choices": [*one["choices"], LEFT_ALONE]} for one in groups]
    return groups


def _choices(choices: list[dict[str, Any]]) -> Iterator[str]:
    for one in choices:
        text = f"{one['id']}: {_sentences(one['label'], one.get('help'))}"
        yield from _comment(text, 4)


def _part(task: Task, part: Mapping[str, Any], menu: tuple[str, ...]) -> Iterator[str]:
    text = _sentences(part["text"], part.get("help"), part.get("more"))
    yield from _comment(text, 2)
    yield f"  {task.id}.{part['id']}: {{{', '.join(f'{one}: ' for one in menu)}}}"


def _sentences(*texts: str | None) -> str:
    given = [one.strip() for one in texts if one and one.strip()]
    return " ".join(one if one[-1] in '.?!\u201d"' else f"{one}." for one in given)


def _comment(text: str, indent: int = 0) -> Iterator[str]:
    head = " " * indent + "#"
    for line in text.splitlines():
        rows = wrap(line, WIDTH, break_on_hyphens=False) or [""]
        yield from (f"{head} {one}".rstrip() for one in rows)
