"""Base rates: how often each option of a menu is the right one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from caselens.cases import TaskKey
from caselens.learners.others import family
from caselens.tasks import Setting, kind_of
from caselens.tasks.sets import NO

Keyed = tuple[Setting, TaskKey]


@dataclass(frozen=True)
class Rate:
    """How often each option of one kind of menu is right, the commonest first."""

    name: str
    counts: tuple[tuple[str, int], ...]

    @property
    def parts(self) -> int:
        """How many parts have the menu."""
        return sum(count for _, count in self.counts)

    @property
    def share(self) -> float:
        """The share of the commonest option."""
        return self.counts[0][1] / self.parts if self.parts else 0.0


def rates(tasks: Iterable[Keyed]) -> list[Rate]:
    """Return the rates of every kind of menu, of each goal and of labels that fit.

    Menus of one family of tasks that share an option are of one kind, so that the
    slots of a lens are counted together whichever of them a task offers.
    """
    menus: dict[str, list[set[str]]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for setting, key in tasks:
        for name, menu, answer in _answered(setting, key):
            _join(menus.setdefault(name, []), menu)
            counts[name, answer] += 1
    return [
        Rate(name, _sorted({one: counts[name, one] for one in menu}))
        for name, known in sorted(menus.items())
        for menu in known
    ]


def _answered(setting: Setting, key: TaskKey) -> Iterator[tuple[str, set[str], str]]:
    """Yield each keyed part: what it is counted under, its menu and its answer."""
    name = family(setting.task)
    for group in kind_of(setting).groups(setting):
        menu = {one["id"] for one in group["choices"]}
        labels = {one["id"] for one in group["parts"]}
        for part in group["parts"] if menu else []:
            one = key.parts.get(part["id"])
            if one is None or one.answer is None:
                continue
            # Where a part may be left alone, leaving it is an answer.
            yield name, menu | ({NO} if part.get("optional") else set()), one.answer
            if setting.task.kind == "goals":
                yield f"goal {part['id']}", menu, one.answer
            if setting.task.labels and one.answer != NO:
                yield f"labels that fit, {setting.task.labels}", labels, part["id"]


def _join(known: list[set[str]], menu: set[str]) -> None:
    same = [one for one in known if one & menu]
    known[:] = [one for one in known if not one & menu]
    known.append(menu.union(*same))


def _sorted(counts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
