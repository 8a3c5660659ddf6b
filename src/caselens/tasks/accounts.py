"""What tasks about rival accounts share: the hypotheses, and how each has moved."""

from __future__ import annotations

from collections.abc import Iterator

from caselens.tasks.kind import Fault, Setting

MOVED = {
    "less": ("Less likely", "What was read speaks against it, if only a little."),
    "equally": ("As likely as before", "What was read has no bearing on it."),
    "more": ("More likely", "What was read speaks for it, if only a little."),
}


def moved_choices() -> list[dict[str, str]]:
    """Return the three directions as choices of a view."""
    return [
        {"id": one, "label": label, "help": text}
        for one, (label, text) in MOVED.items()
    ]


def moved_label(choice: str | None) -> str:
    """Return a direction's name, "" for none."""
    return MOVED.get(choice or "", ("",))[0]


def account(setting: Setting, hypothesis: str) -> str:
    """Return the text of a hypothesis of the case."""
    return setting.case.accounts.get(hypothesis, hypothesis)


def account_faults(setting: Setting, fewest: int, most: int) -> Iterator[Fault]:
    """Yield a fault for hypotheses that the case does not have, or a wrong number."""
    place = ("tasks", setting.case.tasks.index(setting.task), "hypotheses")
    named = setting.task.hypotheses
    for number, one in enumerate(named):
        if one not in setting.case.accounts:
            what = f"The case has no hypothesis {one!r}."
            repair = f"Use one of: {', '.join(setting.case.accounts)}."
            yield Fault((*place, number), what, repair, in_key=False)
    if not fewest <= len(set(named)) <= most:
        what = f"The task names {len(set(named))} hypotheses."
        wanted = str(fewest) if fewest == most else f"{fewest} to {most}"
        yield Fault(place, what, f"Name {wanted}.", in_key=False)
