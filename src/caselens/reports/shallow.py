"""What shallow readers earn over a bank, and the tasks that give themselves away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import mean

from caselens.cases import Bank
from caselens.learners import Bot
from caselens.learners.earned import Given, asked
from caselens.learners.shallow import Near, form_readers, likeness_readers
from caselens.reports.balance import quiet
from caselens.reports.blind import Progress
from caselens.reports.similarity import by_embedding, by_letters, near, texts_by_case
from caselens.tasks import Score, kind_of, score

BOUND = 0.35
SOLVED = 0.6
SEED = 20


@dataclass(frozen=True)
class Row:
    """A reader's mean corrected score and the number of tasks, by kind and in all."""

    reader: str
    kinds: Mapping[str, tuple[float, int]]
    whole: float
    tasks: int

    @property
    def over(self) -> bool:
        """Whether the reader earns more than a reader of words alone may."""
        return self.whole > BOUND


@dataclass(frozen=True)
class Solved:
    """A task that a shallow reader solves."""

    task: str
    reader: str
    corrected: float


@dataclass(frozen=True)
class GivenAway:
    """A statement that every reader by likeness puts where the key does."""

    task: str
    part: str
    text: str
    answer: str


@dataclass(frozen=True)
class Shallow:
    """The figures of one bank."""

    rows: tuple[Row, ...]
    solved: tuple[Solved, ...]
    given_away: tuple[GivenAway, ...]


Scores = dict[str, dict[str, Score]]


def shallow(bank: Bank, progress: Progress[Bot] = quiet) -> Shallow:
    """Return what every shallow reader earns; the texts are measured once."""
    tasks = worth(asked(bank))
    alike = [
        reader
        for name, measure in measures(tasks).items()
        for reader in likeness_readers(name, measure)
    ]
    return read(alike, form_readers(), tasks, progress)


def worth(tasks: Sequence[Given]) -> list[Given]:
    """Return the tasks that can earn something: the others would thin the means."""
    return [
        one for one in tasks if any(part.weight > 0 for part in one[1].parts.values())
    ]


def read(
    alike: Sequence[Bot],
    other: Sequence[Bot],
    tasks: Sequence[Given],
    progress: Progress[Bot] = quiet,
) -> Shallow:
    """Return what readers by likeness and others earn on these tasks."""
    scores = {
        reader.name: scored(reader, tasks)
        for reader in progress([*alike, *other], "readers")
    }
    return Shallow(
        rows=tuple(_row(name, found, tasks) for name, found in scores.items()),
        solved=tuple(_solved(scores)),
        given_away=tuple(_given_away([scores[one.name] for one in alike], tasks)),
    )


def measures(tasks: Sequence[Given]) -> dict[str, Near]:
    """Return the measures of likeness by name, over every text of these tasks."""
    texts = texts_by_case((setting, known) for setting, _, known in tasks)
    every = [text for case in texts.values() for text in case]
    if not every:
        return {}
    return {
        "letters": near(texts, by_letters(every)),
        "embedding": near(texts, by_embedding(every)),
    }


def scored(reader: Bot, tasks: Sequence[Given]) -> dict[str, Score]:
    """Return a reader's score of every task, by task id."""
    rng = Random(SEED)  # noqa: S311  # no secret is drawn
    return {
        setting.task.id: score(setting, key, reader.answer(setting, known, rng))
        for setting, key, known in tasks
    }


def _row(name: str, found: Mapping[str, Score], tasks: Sequence[Given]) -> Row:
    by_kind: dict[str, list[float]] = {}
    for setting, _, _ in tasks:
        value = found[setting.task.id].corrected
        by_kind.setdefault(setting.task.kind, []).append(value)
    kinds = {kind: (mean(row), len(row)) for kind, row in sorted(by_kind.items())}
    values = [one.corrected for one in found.values()]
    return Row(name, kinds, mean(values) if values else 0.0, len(values))


def _solved(scores: Scores) -> Iterator[Solved]:
    best: dict[str, Solved] = {}
    for reader, found in scores.items():
        for task, one in found.items():
            if one.corrected > SOLVED and (
                task not in best or one.corrected > best[task].corrected
            ):
                best[task] = Solved(task, reader, one.corrected)
    yield from sorted(best.values(), key=lambda one: -one.corrected)


def _given_away(
    found: Sequence[Mapping[str, Score]], tasks: Sequence[Given]
) -> Iterator[GivenAway]:
    for setting, _, _ in tasks:
        name = setting.task.id
        right = [
            {p.part for p in one[name].parts if p.choice == p.keyed and p.weight > 0}
            for one in found
        ]
        for statement in setting.task.statements:
            if right and all(statement.id in one for one in right):
                kind = kind_of(setting)
                keyed = next(
                    p.keyed for p in found[0][name].parts if p.part == statement.id
                )
                label = kind.choice_label(setting, statement.id, keyed)
                yield GivenAway(name, statement.id, statement.text, label)
