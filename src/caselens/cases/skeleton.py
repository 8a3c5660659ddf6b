"""Skeletons: the files of a new case, with comments that lead through the writing."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from string import Template

from caselens.cases import blanks
from caselens.cases.bank import Bank, case_ids, load_bank
from caselens.cases.case import CASE_ID
from caselens.cases.design import Size
from caselens.cases.identity import Identity, next_identity
from caselens.cases.places import has_words
from caselens.cases.specification import Specification, propose
from caselens.cases.vocabulary import Vocabulary

SKELETONS = Path(__file__).with_name("skeletons")
SHORT_SENTENCES = 7
STAGES = ((1, 9), (10, 20), (21, 28))
NUMBERED = re.compile(r"([a-z]+)([0-9]+)")


class SkeletonError(Exception):
    """A skeleton cannot be written: why, and what to do instead."""


def write_case(
    datasets: Path, words: Path, case_id: str, side: str, size: Size
) -> list[Path]:
    """Write the skeletons of a case and its key; return the files written.

    The client is that of the design table's next free row, which then names the case.
    `words` are the shipped datasets. Raises SkeletonError where the id cannot be
    used, BankError where the words or the table cannot.
    """
    _check_id(case_id, used_ids(datasets, words))
    bank = load_bank(datasets, words)
    identity = next_identity(datasets, case_id, size)
    texts = case_texts(bank, case_id, side, size, identity)
    made = []
    for kind, text in texts.items():
        path = datasets / side / kind / f"{case_id}.yaml"
        write_new(path, text)
        made.append(path)
    if identity is not None:
        identity.path.write_bytes(identity.taken(case_id).encode())
        made.append(identity.path)
    return made


def used_ids(datasets: Path, words: Path) -> set[str]:
    """Return the ids that cases of the bank, and of the course it adds to, have."""
    shipped = set() if has_words(datasets) else case_ids(words)
    return case_ids(datasets) | shipped


def free_id(case_id: str, used: set[str]) -> str:
    """Return the first id from `case_id` on that no case has."""
    found = NUMBERED.fullmatch(case_id)
    assert found is not None
    letters, number = found[1], int(found[2])
    while (one := f"{letters}{number:0{len(found[2])}}") in used:
        number += 1
    return one


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet; raises SkeletonError where it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise SkeletonError(f"{path} is there already. It was left as it is.") from None


def fill(name: str, **texts: str) -> str:
    """Return a skeleton with its places filled."""
    path = SKELETONS / name
    return Template(path.read_text(encoding="utf-8")).substitute(texts)


def case_texts(
    bank: Bank, case_id: str, side: str, size: Size, identity: Identity | None
) -> dict[str, str]:
    """Return the text of the case and of the key, by folder; the same for one id."""
    rng = Random(case_id)  # noqa: S311 - a draw by lot that can be repeated
    spec = propose(bank, size, identity.row.goal if identity else None, rng)
    words = bank.vocabulary
    case = {
        "side": side,
        "specification": blanks.specification(spec, words, identity),
        "client": blanks.client(identity, rng),
        "questions": blanks.questions(spec.question),
    }
    key = {
        "safety": blanks.safety_key(case_id, spec, words),
        "goals": blanks.goals_key(case_id, spec, words),
        "evidence": blanks.evidence_key(case_id),
    }
    more_case, more_key = _short(spec) if size == "short" else _full(bank, case_id, rng)
    return {
        "cases": fill(f"{size}_case.yaml", id=case_id, **case, **more_case),
        "keys": fill(f"{size}_key.yaml", id=case_id, **key, **more_key),
    }


def _short(spec: Specification) -> tuple[dict[str, str], dict[str, str]]:
    goals = ", ".join(spec.goals)
    return {"goals": goals, "sentences": blanks.sentences(1, SHORT_SENTENCES)}, {}


def _full(
    bank: Bank, case_id: str, rng: Random
) -> tuple[dict[str, str], dict[str, str]]:
    case = {
        f"sentences{number}": blanks.sentences(*stage)
        for number, stage in enumerate(STAGES, start=1)
    }
    key = {}
    near = dict.fromkeys([*blanks.LENS_HINTS, *blanks.MOVED], "near")
    for number in (1, 2):
        moved = blanks.moved(("h1", "h2", "h3"), rng)
        task = f"{case_id}-update-{number}"
        key[f"update{number}"] = blanks.statements_key(task, moved, near)
    keyed = blanks.placed("l", blanks.lens_answers(), rng)
    case["lens_statements"] = blanks.statements(keyed, blanks.LENS_HINTS)
    key["lens"] = blanks.statements_key(f"{case_id}-lens", keyed, near)
    for made, more in zip(
        (case, key), _slots(bank.vocabulary, case_id, rng), strict=True
    ):
        made.update(more)
    return case, key


def _slots(
    words: Vocabulary, case_id: str, rng: Random
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the menu and statements of either lens, and their keys."""
    groups = {slot.id: str(slot.group) for slot in words.slots.values()}
    hints = blanks.slot_hints(words)
    case, key = {}, {}
    for lens, letter, number in (("cbt", "a", 1), ("dynamic", "d", 2)):
        menu = blanks.slots_of(words.cbt if lens == "cbt" else words.dynamic, rng)
        keyed = blanks.placed(letter, menu, rng)
        case[f"{lens}_slots"] = ", ".join(menu)
        case[f"{lens}_statements"] = blanks.statements(keyed, hints)
        task = f"{case_id}-slots-{number}"
        key[lens] = blanks.statements_key(task, keyed, groups, cite=True)
    return case, key


def _check_id(case_id: str, used: set[str]) -> None:
    if not re.fullmatch(CASE_ID, case_id):
        raise SkeletonError(
            f"{case_id!r} is no id of a case. Use letters and three figures, as c101."
        )
    if case_id in used:
        raise SkeletonError(
            f"The id {case_id} is taken, and nothing was written. "
            f"The next free one is {free_id(case_id, used)}."
        )
