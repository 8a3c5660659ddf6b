"""Writing a panel's votes into the keys: two fields change, and nothing else.

The file is edited where the fields stand and never written anew, so that comments,
quotes and line breaks stay as their author left them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from caselens.cases import Bank, Entry, Key
from caselens.cases.reading import scored_parts
from caselens.cases.source import Loader
from caselens.panel.files import read_text, replace, scalar
from caselens.panel.groups import Group, Tallied, tallied, weak_slots
from caselens.panel.raters import PanelError
from caselens.panel.votes import Returned, Votes

RATERS = 7
Edit = tuple[int, int, str]


@dataclass(frozen=True)
class Draft:
    """A key file before and after; `missing` are scored parts with too few raters.

    Without any missing part the key's status becomes `panel`.
    """

    case: str
    path: Path
    before: str
    after: str
    missing: dict[str, int]

    @property
    def status(self) -> str:
        """Return what the key's status is after writing."""
        return "provisional" if self.missing else "panel"

    def diff(self) -> str:
        """Return what changes, as a unified diff."""
        before, after = (
            one.splitlines(keepends=True) for one in (self.before, self.after)
        )
        return "".join(
            difflib.unified_diff(before, after, str(self.path), str(self.path), n=0)
        )


def draft_votes(bank: Bank, found: Returned) -> list[Draft]:
    """Return every key of the panel's cases with this panel's votes in it.

    A case that was reworded since it was rated is left out. Raises PanelError where a
    key is missing or cannot be edited.
    """
    return [
        _draft(bank, bank.entries[case_id], found)
        for case_id in found.panel.cases.values()
        if case_id not in found.changed
    ]


def save(draft: Draft) -> None:
    """Write one key file, in one step. Raises OSError."""
    replace(draft.path, draft.after)


def for_the_author(found: Returned, groups: list[Group]) -> Iterator[str]:
    """Yield what an author has to decide about; no answer was changed."""
    for one in tallied(found):
        if not one.is_led:
            yield (
                f"{one.part.name}: the key says {one.answer}, the votes {one.given}. "
                "Reword it, accept a second answer, or use group: discussed."
            )
    for slot, alpha in weak_slots(groups).items():
        parts = [one.part.name for one in tallied(found) if _is_scored_in(one, slot)]
        if parts:
            yield (
                f"slot {slot}: alpha is {alpha:.2f}. Use group: discussed, until "
                f"another panel, for {', '.join(parts)}."
            )


def _is_scored_in(one: Tallied, slot: str) -> bool:
    return one.part.task.kind == "slots" and one.part.scored and one.answer == slot


def _draft(bank: Bank, entry: Entry, found: Returned) -> Draft:
    if entry.key is None or entry.key_source is None:
        what = f"The key of {entry.case.id} is not here."
        raise PanelError(f"{what} Write votes where the keys are.")
    votes = {
        name: found.votes(name)
        for name in found.parts
        if name.startswith(f"{entry.case.id}-")
    }
    raters = {name: len(votes.get(name, {})) for name in scored_parts(entry)}
    missing = {name: count for name, count in raters.items() if count < RATERS}
    path = entry.key_source.path
    before = read_text(path)
    after = edited(before, votes, "provisional" if missing else "panel")
    if after is None:
        what = f"The votes cannot be put into {path} without touching more."
        raise PanelError(f"{what} Write each answer on a line of its own.")
    return Draft(entry.case.id, path, before, after, missing)


def edited(text: str, votes: Mapping[str, Votes], status: str) -> str | None:
    """Return the key's text with these votes by part, and this status.

    A part without votes keeps none. None where the edited text would not be the same
    key in everything else.
    """
    root: Any = yaml.compose(text, Loader=Loader)
    edits, before = [_value_edit(_child(root, "status"), status)], text
    for name, part in _parts(root):
        edits += _part_edits(text, part, votes.get(name, {}))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text if _is_as_meant(before, text, votes, status) else None


def _parts(root: Any) -> Iterator[tuple[str, Any]]:
    for task, key in _pairs(_child(root, "tasks")):
        for part, node in _pairs(_child(key, "parts")):
            yield f"{task}.{part}", node


def _part_edits(text: str, part: Any, votes: Votes) -> Iterator[Edit]:
    flow = f"{{{', '.join(f'{scalar(r)}: {scalar(c)}' for r, c in votes.items())}}}"
    old, answer = _child(part, "votes"), _child(part, "answer")
    if old is not None:
        name = next(key for key, _ in part.value if key.value == "votes")
        last = old if old.flow_style or not old.value else old.value[-1][1]
        yield name.end_mark.index, last.end_mark.index, f": {flow}"
    elif not votes or answer is None:
        return
    elif part.flow_style:
        at = answer.end_mark.index
        yield at, at, f", votes: {flow}"
    else:
        # Below the answer, behind a comment that may stand beside it.
        name = next(key for key, _ in part.value if key.value == "answer")
        at, end = _line_end(text, answer.end_mark.index)
        yield at, at, f"{end}{' ' * name.start_mark.column}votes: {flow}"


def _line_end(text: str, index: int) -> tuple[int, str]:
    """Return where the line at `index` ends, and how lines end in this text."""
    end = "\r\n" if "\r\n" in text else "\n"
    at = text.find(end, index)
    return (at if at >= 0 else len(text)), end


def _value_edit(node: Any, new: str) -> Edit:
    return node.start_mark.index, node.end_mark.index, new


def _pairs(node: Any) -> list[tuple[str, Any]]:
    return [(key.value, value) for key, value in node.value] if node is not None else []


def _child(node: Any, name: str) -> Any:
    return dict(_pairs(node)).get(name) if isinstance(node, yaml.MappingNode) else None


def _key(text: str) -> Key:
    return Key.model_validate(yaml.load(text, Loader=Loader))  # noqa: S506  # is safe


def _is_as_meant(
    before: str, after: str, votes: Mapping[str, Votes], status: str
) -> bool:
    """Whether the text holds the same key, but for the votes and the status."""
    try:
        wanted, found = _key(before), _key(after)
    except (yaml.YAMLError, ValueError):
        return False
    tasks = {
        task: key.model_copy(
            update={
                "parts": {
                    name: part.model_copy(
                        update={"votes": votes.get(f"{task}.{name}", {})}
                    )
                    for name, part in key.parts.items()
                }
            }
        )
        for task, key in wanted.tasks.items()
    }
    return found == wanted.model_copy(update={"tasks": tasks, "status": status})
