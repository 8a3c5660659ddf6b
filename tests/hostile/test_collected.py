"""Hostile files that come through nbgrader's own exchange."""

import shutil
import warnings

import pytest

from tests.hostile.classroom import SKILLS, UNIT, Classroom
from tests.hostile.files import FILES
from tests.hostile.scene import SECRET

pytestmark = pytest.mark.nbgrader
TIME = "2026-11-24 10:00:00 UTC"  # as in the honest ones, so that nothing is new
REFUSED = [one for one in FILES if one.refused]
HOSTILE = pytest.mark.parametrize("one", FILES, ids=str)


class Collected:
    """A class whose submissions lie in the exchange, and are collected from there."""

    def __init__(self, home):
        self.room = room = Classroom(home)
        self.before = {name: room.rows(name) for name in SKILLS}
        inbound = home / "exchange" / "caselens" / "inbound"
        inbound.mkdir(parents=True)
        with (room.root / "nbgrader_config.py").open("a") as config:
            # All of them are handed in under the one account that runs the tests.
            config.write("c.ExchangeCollect.check_owner = False\n")
            config.write(f"c.Exchange.root = {str(home / 'exchange')!r}\n")
        left_out = room.join(FILES)
        self.there = [one for one in FILES if one.name not in left_out]
        for name in [*SKILLS, *(one.name for one in self.there)]:
            shutil.move(room.folder(name), inbound / f"{name}+{UNIT}+{TIME}")
        shutil.rmtree(room.root / "submitted")
        self.collect = room.command("-m", "nbgrader", "collect", UNIT)
        self.mark = room.command("-m", "caselens", "autograde", UNIT, "--force")


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Collected(tmp_path_factory.mktemp("collected"))


@pytest.fixture
def there(collected, one):
    if one not in collected.there:
        pytest.skip("this machine lets nobody make such a file")
    return collected


def test_the_honest_are_collected_and_marked_as_if_they_were_alone(collected):
    for name in SKILLS:
        assert collected.room.rows(name) == collected.before[name]
    assert collected.collect.code == 0, collected.collect.said[-2000:]
    assert collected.mark.code == 0, collected.mark.said[-2000:]


def test_nothing_is_executed_and_nothing_is_followed(collected):
    root = collected.room.root
    assert collected.room.canaries() == []
    files = [one for one in root.rglob("*") if one.is_file() and not one.is_symlink()]
    held = [one for one in files if SECRET.encode() in one.read_bytes()]
    assert held == [collected.room.secret]
    odd = [one for one in root.rglob("*") if not (one.is_file() or one.is_dir())]
    assert odd == []


@HOSTILE
def test_what_is_refused_is_told_and_the_rest_is_marked(there, one):
    said = there.collect.said.splitlines()
    lines = "\n".join(line for line in said if one.name in line)
    assert there.room.folder(one.name).exists() is (one.refused is None)
    if one.refused is None:
        assert there.room.automatic(one.name) == pytest.approx(there.room.due(one))
    else:
        assert one.refused in lines
        assert there.room.automatic(one.name) == {}
