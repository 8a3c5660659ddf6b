"""Why a task's points differ between two versions, in words."""

from __future__ import annotations

from collections.abc import Iterator

from caselens.answers import setting
from caselens.cases import Unit
from caselens.tasks import PartScore, Score, Setting, kind_of
from caselens.tasks.feedback import VERDICTS


def why_changed(unit: Unit, old: Score, new: Score) -> Iterator[str]:
    """Yield a sentence for every part that is judged otherwise, and for the points."""
    at = setting(unit, new.task)
    before = {part.part: part for part in old.parts}
    after = {part.part: part for part in new.parts}
    for name in dict.fromkeys([*before, *after]):
        said = _part(at, before.get(name), after.get(name))
        if said:
            yield f"{new.task}.{name}: {said}"
    if old.maximum != new.maximum:
        yield f"{new.task} carries {new.maximum:g} points and carried {old.maximum:g}."
    if old.complete != new.complete:
        yield f"{new.task}: what counts as a missed sign of risk changed."


def _part(at: Setting, old: PartScore | None, new: PartScore | None) -> str:
    if old is None or new is None:
        return f"the part is {'new' if old is None else 'gone'}."
    found = []
    if old.keyed != new.keyed:
        was, now = (_label(at, one.part, one.keyed) for one in (old, new))
        found.append(f"the key was “{was}” and is “{now}”.")
    if old.verdict != new.verdict:
        found.append(f"{VERDICTS[old.verdict]} became {VERDICTS[new.verdict]}.")
    elif old.credit != new.credit:
        found.append(f"the credit was {old.credit:.2f} and is {new.credit:.2f}.")
    if old.weight != new.weight:
        found.append(f"its weight was {old.weight:g} and is {new.weight:g}.")
    return " ".join(found)


def _label(at: Setting, part: str, choice: str | None) -> str:
    try:
        return kind_of(at).choice_label(at, part, choice) or "nothing"
    except KeyError:
        # The older version had a choice that the newer one has not.
        return choice or "nothing"
