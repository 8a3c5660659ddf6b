"""A submission's folder, as a hostile trainee finds it: good, and theirs to change."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caselens.answers import ANSWERS_FILE
from caselens.answers.record import text
from caselens.cases import Unit, find_key
from caselens.learners import work_unit

Data = dict[str, Any]
SECRET = "only-the-instructor-may-read-this"


@dataclass(frozen=True)
class Scene:
    """A folder with the released page and an able trainee's answers.

    `canary` is a file that only executed code would write; `secret` is one that
    only the instructor may read.
    """

    folder: Path
    released: Path
    unit: Unit
    canary: Path
    secret: Path

    def lay_out(self) -> Scene:
        shutil.copytree(self.released, self.folder)
        record = work_unit(self.unit, find_key, 1.0, 11)
        self.answers.write_text(text(record), encoding="utf-8")
        return self

    @property
    def answers(self) -> Path:
        return self.folder / ANSWERS_FILE

    @property
    def page(self) -> Path:
        return self.folder / f"{self.unit.id}.ipynb"

    def put(self, name: str, body: str | bytes) -> Path:
        """Write a file below the folder; return it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        raw = body if isinstance(body, bytes) else body.encode()
        path.write_bytes(raw)
        return path

    def change(self, path: Path, how: Callable[[Data], object]) -> None:
        """Change a JSON file in place."""
        data = json.loads(path.read_bytes())
        how(data)
        path.write_text(json.dumps(data), encoding="utf-8")

    def sheet(self, how: Callable[[Data], object]) -> None:
        self.change(self.answers, how)

    def value(self, task: str, value: object) -> None:
        self.sheet(lambda data: data["tasks"][task].update(value=value))

    def notebook(self, how: Callable[[Data], object]) -> None:
        self.change(self.page, how)


@dataclass(frozen=True)
class Hostile:
    """One hostile submission.

    `told` is what the instructor reads about it, in nbgrader's log or in the graded
    copy; `lost` names the tasks that earn nothing, None for all of them. Where there
    is a reason to refuse it, `refused`, nothing of it is marked.
    """

    name: str
    write: Callable[[Scene], None]
    told: str | None = None
    flagged: bool = True
    lost: tuple[str, ...] | None = ()
    refused: str | None = None

    def __str__(self) -> str:
        return self.name


class Corpus(list[Hostile]):
    """A list of hostile submissions that a decorator adds to."""

    def add(self, **more: Any) -> Callable[[Callable[[Scene], None]], Any]:
        def added(write: Callable[[Scene], None]) -> Callable[[Scene], None]:
            self.append(Hostile(write.__name__.replace("_", "-"), write, **more))
            return write

        return added
