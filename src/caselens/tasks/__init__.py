"""Kinds of task: what an answer looks like, its score, its feedback. Pure."""

from __future__ import annotations

from caselens.cases import TaskKey
from caselens.tasks.appraise import Appraise
from caselens.tasks.ask import Ask
from caselens.tasks.evidence import Evidence
from caselens.tasks.feedback import closing, feedback
from caselens.tasks.goals import Goals
from caselens.tasks.kind import Cleaned, Kind, Setting, Value
from caselens.tasks.lens import Lens
from caselens.tasks.link import Link
from caselens.tasks.observe import Observe
from caselens.tasks.order import Order
from caselens.tasks.pick import Pick
from caselens.tasks.safety import Safety
from caselens.tasks.score import PartScore, Score
from caselens.tasks.slots import Slots
from caselens.tasks.translate import Translate
from caselens.tasks.update import Update
from caselens.tasks.write import Write

__all__ = [
    "KINDS",
    "Cleaned",
    "Kind",
    "PartScore",
    "Score",
    "Setting",
    "Value",
    "closing",
    "feedback",
    "kind_of",
    "score",
]

# A new kind is one module here, one line in this list, and one interaction in
# caselens/widgets/static.
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Safety(),
        Observe(),
        Goals(),
        Evidence(),
        Pick(),
        Slots(),
        Link(),
        Ask(),
        Update(),
        Lens(),
        Translate(),
        Order(),
        Appraise(),
        Write(),
    )
}


def kind_of(setting: Setting) -> Kind:
    """Return the kind of a task; KeyError names the kinds there are."""
    name = setting.task.kind
    if name not in KINDS:
        raise KeyError(
            f"Task {setting.task.id} is of the unknown kind {name!r}. "
            f"The kinds are: {', '.join(KINDS)}."
        )
    return KINDS[name]


def score(setting: Setting, key: TaskKey, value: object) -> Score:
    """Return the score of an untrusted answer against its key."""
    return kind_of(setting).score(setting, key, value)
