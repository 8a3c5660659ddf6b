"""Every point that the two articles make is taught somewhere, and nothing dangles."""

import re

import pytest

from caselens.cases import read_course
from caselens.cases.places import clone_root

ROOT = clone_root()
COURSE = read_course(ROOT / "course" / "course.toml")
ROW = re.compile(r"^\| (?P<point>[gt]\d\d) \| (?P<what>.+?) \| (?P<where>.+?) \|$", re.M)
PLACE = re.compile(r"`(m\d\d)`|`(m\d\d_[a-z0-9_]+)`|`(c\d{3}-[a-z0-9-]+)`")
ROWS = ROW.findall((ROOT / "course" / "coverage.md").read_text("utf-8"))


def test_the_map_names_every_point_once_and_in_order():
    points = [point for point, _, _ in ROWS]
    assert len(points) == len(set(points))
    assert sum(point[0] == "g" for point in points) == 36
    assert sum(point[0] == "t" for point in points) == 19
    assert points == sorted(points)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_point_is_taught_in_a_module_and_asked_in_a_task(row):
    modules, units, tasks = (
        {one for one in found if one} for one_kind in [PLACE.findall(row[2])]
        for found in zip(*one_kind, strict=True)
    )
    assert modules
    assert modules <= {module.id for module in COURSE.modules}
    assert units <= {unit.id for _, unit in COURSE.units()}
    asked = {task.id for _, unit in COURSE.units() for task in unit.tasks}
    assert tasks <= asked
