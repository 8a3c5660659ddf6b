"""A real exchange, and hands that put submissions into it."""

import getpass
import os
import shutil

import pytest

from tests.grading.conftest import UNIT

pwd = pytest.importorskip("pwd", reason="nbgrader's exchange is not for Windows")
ROOT = os.geteuid() == 0
ME = getpass.getuser()
# Accounts that every system has; only root can hand in as somebody else.
OTHERS = [one.pw_name for one in pwd.getpwall() if one.pw_name != ME][:3]
ANNA, BEN, CARL = OTHERS if len(OTHERS) == 3 else (ME, ME, ME)
TIME = "2026-01-01 10:00:00.000000 UTC"
LATER = "2026-01-02 10:00:00.000000 UTC"


class Inbox:
    """The exchange of a course, and what is collected from it."""

    def __init__(self, course, exchange, log):
        self.course, self.exchange, self.log = course, exchange, log
        self.inbound = exchange / "caselens" / "inbound"
        self.inbound.mkdir(parents=True)
        exchange.chmod(0o777)

    def hand_in(self, trainee, time=TIME, owner=None, answers=b'{"a": 1}'):
        """Put a submission there as `nbgrader submit` does."""
        folder = self.inbound / f"{trainee}+{UNIT}+{time}+Zm9vYmFy"
        shutil.copytree(self.course.root / "exercises" / UNIT, folder)
        (folder / "answers.json").write_bytes(answers)
        (folder / "timestamp.txt").write_text(time)
        (folder / "submission_secret.txt").write_text("ab" * 64)
        self.give(folder, owner or trainee)
        return folder

    def give(self, folder, owner):
        if not ROOT:
            return
        uid = pwd.getpwnam(owner).pw_uid
        for path in (folder, *folder.rglob("*")):
            os.chown(path, uid, -1, follow_symlinks=False)

    def collect(self, **more):
        from caselens.grading.collect import CollectAnswers

        one = CollectAnswers(
            coursedir=self.course.api.coursedir,
            authenticator=self.course.api.authenticator,
            parent=self.course.api,
        )
        one.root = str(self.exchange)
        for name, value in more.items():
            setattr(one, name, value)
        self.log.clear()
        one.start()
        return self.log.text

    def arrived(self, trainee):
        folder = self.course.folder(trainee)
        return sorted(path.name for path in folder.iterdir()) if folder.exists() else []

    def kept(self, trainee):
        return sorted((self.course.root / "refused" / trainee / UNIT).iterdir())
