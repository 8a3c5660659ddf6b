"""The floor: the least that any marking has to do, whatever it thinks of the answers.

Read every file of answers, write every graded copy, write every row. The copies and
the rows are those of a run that is over, held in memory, so that nothing is computed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from nbgrader import api
from sqlalchemy import Table, create_engine, insert, select

from caselens.answers import ANSWERS_FILE
from caselens.grading.bench_class import GRADEBOOK, Desk
from caselens.grading.tables import Marking

TABLES: tuple[Table, ...] = tuple(
    cast(Table, model.__table__)
    for model in (
        api.Student,
        api.SubmittedAssignment,
        api.SubmittedNotebook,
        api.Grade,
        api.Comment,
        Marking,
    )
)


@dataclass(frozen=True)
class Copy:
    """A graded folder in memory."""

    folder: Path
    files: dict[str, bytes]
    mode: int


@dataclass(frozen=True)
class Floor:
    """What a marked class left behind, to be written again as fast as can be."""

    desk: Desk
    copies: tuple[Copy, ...]
    rows: tuple[tuple[Table, list[dict[str, Any]]], ...]

    @classmethod
    def of(cls, marked: Desk, desk: Desk) -> Floor:
        """Read what was written in `marked`, to be written again in `desk`."""
        copies = tuple(_copy(marked, desk, name) for name in marked.names)
        engine = create_engine(f"sqlite:///{marked.root / GRADEBOOK}")
        with engine.connect() as db:
            rows = tuple(
                (table, [dict(one) for one in db.execute(select(table)).mappings()])
                for table in TABLES
            )
        engine.dispose()
        return cls(desk, copies, rows)

    def mark(self) -> None:
        """Read the answers, write the copies, write the rows in one transaction."""
        for name in self.desk.names:
            path = self.desk.folder("submitted", name) / ANSWERS_FILE
            json.loads(path.read_bytes())
        for copy in self.copies:
            copy.folder.mkdir(parents=True)
            for name, raw in copy.files.items():
                path = copy.folder / name
                path.write_bytes(raw)
                path.chmod(copy.mode)
        engine = create_engine(f"sqlite:///{self.desk.root / GRADEBOOK}")
        with engine.begin() as db:
            for table, rows in self.rows:
                db.execute(insert(table), rows)
        engine.dispose()


def _copy(marked: Desk, desk: Desk, name: str) -> Copy:
    paths = list(marked.folder("autograded", name).iterdir())
    files = {path.name: path.read_bytes() for path in paths}
    mode = paths[0].stat().st_mode & 0o777
    return Copy(desk.folder("autograded", name), files, mode)
