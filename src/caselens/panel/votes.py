"""The votes of a panel, from what its raters sent back: data, and never trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from caselens.answers import ANSWERS_FILE, Record, read_submitted, setting
from caselens.cases import Bank
from caselens.panel.parts import Part, menus_of, parts_of
from caselens.panel.raters import Rater, read_raters
from caselens.panel.sheet import Panel, read_panel
from caselens.tasks import KINDS
from caselens.tasks.sets import NO, SetKind

MAX_REASON = 200

Votes = dict[str, str]


@dataclass(frozen=True)
class Ballot:
    """What one rater chose, by part; `problems` could not be used."""

    rater: Rater
    votes: Votes
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Returned:
    """A panel as it came back: ballots, who is skipped and why, and the parts.

    `parts` are those of the bank, in order; `changed` the cases reworded since.
    """

    panel: Panel
    ballots: tuple[Ballot, ...]
    skipped: dict[str, str]
    parts: dict[str, Part]
    changed: tuple[str, ...]

    def of(self, approach: str | None = None) -> list[Ballot]:
        """Return every ballot, or those of the raters of one approach."""
        return [
            one
            for one in self.ballots
            if approach is None or one.rater.approach == approach
        ]

    def votes(self, part: str) -> Votes:
        """Return the votes on one part, by rater."""
        return {
            one.rater.id: one.votes[part] for one in self.ballots if part in one.votes
        }

    def tally(self, part: str, approach: str | None = None) -> Counter[str]:
        """Return how often each choice of a part was made."""
        ballots = self.of(approach)
        return Counter(one.votes[part] for one in ballots if part in one.votes)


def read_votes(folder: Path, bank: Bank) -> Returned:
    """Read every rater's answers in a panel's folder.

    Answers that cannot be used are named and skipped. Raises PanelError where the
    panel itself or its list of raters cannot be read.
    """
    panel = read_panel(folder)
    parts: dict[str, Part] = {}
    for case_id in panel.cases.values():
        if case_id in bank.entries:
            parts |= parts_of(bank.entries[case_id], bank.vocabulary)
    ballots, skipped = [], {}
    for rater in read_raters(folder):
        record, problem = _read(folder / rater.id, panel.unit.id)
        if record is None:
            skipped[rater.id] = problem or "Nothing came back."
            continue
        ballot = _ballot(rater, record, panel, bank)
        if ballot.votes:
            ballots.append(ballot)
        else:
            skipped[rater.id] = "No task is answered."
    for name in _strangers(folder, {*skipped, *(one.rater.id for one in ballots)}):
        skipped[name] = "This folder is not in the list of raters. Add a line for it."
    changed = tuple(panel.changed(bank))
    return Returned(panel, tuple(ballots), skipped, parts, changed)


def _read(folder: Path, unit_id: str) -> tuple[Record | None, str | None]:
    if folder.is_symlink():
        return None, "The rater's folder is a link, which is not followed."
    record, problem = read_submitted(folder, unit_id)
    # It may quote what was sent.
    return record, problem[:MAX_REASON] if problem else None


def _strangers(folder: Path, known: set[str]) -> list[str]:
    found = {path.parent.name for path in folder.glob(f"*/{ANSWERS_FILE}")}
    return sorted(found - known)


def _ballot(rater: Rater, record: Record, panel: Panel, bank: Bank) -> Ballot:
    votes, problems = {}, []
    for task_id in panel.unit.points:
        one = setting(panel.unit, task_id)
        cleaned = KINDS[one.task.kind].clean(one, record.value(task_id))
        problems += [f"{panel.own(task_id)}: {text}" for text in cleaned.problems]
        for part, choice in _choices(task_id, cleaned.value["parts"], panel, bank):
            votes[f"{panel.own(task_id)}.{part}"] = choice
    return Ballot(rater, votes, tuple(problems))


def _choices(
    task_id: str, given: Mapping[str, Mapping[str, str]], panel: Panel, bank: Bank
) -> Iterator[tuple[str, str]]:
    """Yield the choice for each part that was answered.

    Where some of many parts are chosen, an untouched task is no answer; once one is
    chosen, what is left alone is voted `no`.
    """
    one, own = setting(panel.unit, task_id), panel.own(task_id)
    entry = bank.entries.get(own.split("-", maxsplit=1)[0])
    key = entry.key.tasks.get(own) if entry is not None and entry.key else None
    alone = isinstance(KINDS[one.task.kind], SetKind)
    if alone and not given:
        return
    for part in menus_of(one, key):
        choice = given.get(part, {}).get("choice") or (NO if alone else None)
        if choice is not None:
            yield part, choice
