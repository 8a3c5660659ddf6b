"""A class as it is before and after hostile work came in and was marked."""

from __future__ import annotations

from tests.hostile.classroom import SKILLS, UNIT, Classroom, Done, Rows
from tests.hostile.corpus import CORPUS
from tests.hostile.scene import Hostile

FORMGRADER = (
    "import sys, warnings\n"
    "warnings.simplefilter('ignore')\n"
    "from caselens.grading.demo import open_course\n"
    "from pathlib import Path\n"
    "api = open_course(Path('.').resolve(), 'points')\n"
    "for name in sys.argv[1].split():\n"
    "    print(name, api.autograde(sys.argv[2], name))\n"
)
WAYS = ("nbgrader", "formgrader", "caselens")


def corpus_of(way: str) -> dict[str, Hostile]:
    """Return whom to mark in one way, by name."""
    # The button marks one trainee at a time, as the command does: some will do.
    every = 4 if way == "formgrader" else 1
    return dict(list(CORPUS.items())[::every])


class Marked:
    """A class that was marked in one way, before and after hostile work came in."""

    def __init__(self, room: Classroom, way: str) -> None:
        self.room, self.way = room, way
        self.before = self.honest()
        self.corpus = corpus_of(way)
        self.left_out = room.join(self.corpus.values())
        self.done = self.mark()
        self.after = self.honest()

    def honest(self) -> dict[str, Rows]:
        return {name: self.room.rows(name) for name in SKILLS}

    def mark(self) -> Done:
        if self.way == "formgrader":
            names = " ".join([*SKILLS, *self.corpus])
            return self.room.command("-c", FORMGRADER, names, UNIT)
        return self.room.command("-m", self.way, "autograde", UNIT, "--force")

    def told(self, name: str) -> str:
        """Return what the instructor reads about a trainee."""
        lines = self.done.said.splitlines()
        return "\n".join(
            [one for one in lines if name in one] + [self.room.graded(name)]
        )
