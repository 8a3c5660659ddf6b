"""One way of marking in a process of its own, so that its memory is its own.

It reads jobs from standard input, a line of JSON each, and answers with seconds.
"""

from __future__ import annotations

import json
import os
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from nbgrader.apps import NbGraderAPI

from caselens.grading.bench_class import Desk, ours, stock
from caselens.grading.bulk import autograde, find_trainees
from caselens.grading.demo import DemoError, marked
from caselens.grading.feedback_bulk import plan_pages, write_pages
from caselens.grading.feedback_policy import present

Job = Callable[[list[str]], None]
STATUS = Path("/proc/self/status")


class OneByOne:
    """nbgrader's own commands, in this process."""

    def __init__(self, api: NbGraderAPI, desk: Desk) -> None:
        self.api, self.unit_id = api, desk.unit_id

    def mark(self, names: list[str]) -> None:
        """Do what `nbgrader autograde UNIT --student NAME` does; a name may be a
        pattern, as nbgrader has it."""
        for name in names:
            marked(self.api.autograde(self.unit_id, name))

    def feedback(self, names: list[str]) -> None:
        """Do what `nbgrader generate_feedback UNIT --student NAME` does."""
        for name in names:
            marked(self.api.generate_feedback(self.unit_id, name))


class AtOnce:
    """`caselens autograde` and `caselens feedback`, in this process."""

    def __init__(self, api: NbGraderAPI, desk: Desk) -> None:
        self.api, self.unit_id = api, desk.unit_id

    def mark(self, names: list[str]) -> None:
        """Mark these trainees, or everybody. Raises DemoError."""
        course = self.api.coursedir
        found = autograde(course, self.unit_id, parent=self.api, only=names)
        wrong = {**found.failed, **found.refused}
        if wrong:
            raise DemoError(f"Not everybody was marked: {wrong}")

    def feedback(self, names: list[str]) -> None:
        """Write the pages of these trainees, or everybody's. Raises DemoError."""
        course, unit_id = self.api.coursedir, self.unit_id
        plan = plan_pages(course, unit_id, "explained", present(), names or None)
        wrong = [one for one in write_pages(plan) if one.state != "written"]
        if wrong:
            raise DemoError(f"Not every page was written: {wrong}")


class Least:
    """The floor; it reads what it writes before the first job."""

    def __init__(self, desk: Desk, after: Path) -> None:
        # What the other ways never load is not in their memory.
        from caselens.grading.bench_floor import Floor  # noqa: PLC0415

        names = tuple(find_trainees(ours(after).coursedir, desk.unit_id))
        one = Desk(after, desk.unit_id, names)
        self.floor = Floor.of(one, Desk(desk.root, desk.unit_id, names))

    def mark(self, _: list[str]) -> None:
        """Write everything again."""
        self.floor.mark()


def way(name: str, desk: Desk, after: Path) -> OneByOne | AtOnce | Least:
    """Return what marks `desk` in the way called `name`."""
    if name == "stock":
        return OneByOne(stock(desk.root), desk)
    if name == "steps":
        return OneByOne(ours(desk.root), desk)
    return AtOnce(ours(desk.root), desk) if name == "bulk" else Least(desk, after)


def peak() -> int:
    """Return the most memory that this process has had, in bytes; 0 if unknown.

    Not `getrusage`: what a process is started from counts in there too.
    """
    try:
        lines = STATUS.read_text("ascii").splitlines()
    except OSError:
        return 0
    found = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return 1024 * int(next(found, 0))


def main(words: Sequence[str]) -> None:
    """Serve one way: its name, the course folder, the unit, a marked course."""
    name, root, unit_id, after = words
    # nbgrader prints; what is said to the parent goes where nobody else writes.
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as said:
        os.dup2(2, 1)
        warnings.simplefilter("ignore")
        one = way(name, Desk(Path(root), unit_id, ()), Path(after))
        _say(said, {"ready": True})
        for line in sys.stdin:
            job = json.loads(line)
            _say(said, _done(getattr(one, job["do"]), job["names"]))


def _done(job: Job, names: list[str]) -> dict[str, Any]:
    began = time.perf_counter()
    try:
        job(names)
    except Exception as error:  # the parent stops the run, and says why
        return {"error": f"{type(error).__name__}: {error}"}
    return {"seconds": time.perf_counter() - began, "peak": peak()}


def _say(said: Any, answer: dict[str, Any]) -> None:
    said.write(json.dumps(answer) + "\n")
    said.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
