"""Every point that the two articles make is taught somewhere, and nothing dangles."""

import re

import pytest

from caselens.cases import read_course
from caselens.cases.places import clone_root

ROOT = clone_root()
COURSE = read_course(ROOT / "course" / "course.toml")
MODULES = {module.id: module for module in COURSE.modules}
ROW = re.compile(
    r"^\| (?P<point>[gt]\d\d) \| (?P<what>.+?) \| (?P<where>.+?) \|$", re.M
)
MAP = (ROOT / "course" / "coverage.md").read_text("utf-8")
ROWS = ROW.findall(MAP)
# The points of the article on the seven goals, and of the one on two approaches.
GOALS, APPROACHES = 34, 19
POINTS = pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])


def places(where):
    """Yield module id, sections and tasks of each module that a point names."""
    for part in where.split("; "):
        module, _, rest = part.partition(": ")
        sections = re.findall(r"“(.+?)”", rest)
        tasks = re.findall(r"`(c\d{3}-[a-z0-9-]+)`", rest)
        yield module.strip("`"), sections, tasks


def test_the_map_names_every_point_once_and_in_order():
    points = [point for point, _, _ in ROWS]
    assert points == sorted(set(points))
    assert sum(point[0] == "g" for point in points) == GOALS
    assert sum(point[0] == "t" for point in points) == APPROACHES
    assert len(ROWS) == sum(
        line.startswith("| g") or line.startswith("| t") for line in MAP.splitlines()
    )


@POINTS
def test_a_point_is_taught_in_a_lesson_and_asked_in_a_task(row):
    found = list(places(row[2]))
    assert any(sections for _, sections, _ in found)
    assert any(tasks for _, _, tasks in found)


@POINTS
def test_the_modules_sections_and_tasks_of_a_point_are_there(row):
    for module, sections, tasks in places(row[2]):
        units = MODULES[module].units
        asked = {task.id for unit in units for task in unit.tasks}
        assert set(tasks) <= asked, module
        lessons = (ROOT / "course" / module).glob(f"{module}_l*.md")
        headings = set(re.findall(r"^## (.+)$", "\n".join(map(text, lessons)), re.M))
        assert set(sections) <= headings, module


def text(path):
    return path.read_text("utf-8")
