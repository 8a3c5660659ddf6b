import shutil

import pytest

from caselens.grading import executing
from tests.grading.conftest import UNIT, Class

pytestmark = pytest.mark.nbgrader

SKILLS = {"weak": 0.2, "middling": 0.55, "strong": 0.9}


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    ours = Class(tmp_path_factory.mktemp("ours") / "course")
    stock = Class(tmp_path_factory.mktemp("stock") / "course", executing)
    for name, skill in SKILLS.items():
        ours.submit(name, skill=skill)
        shutil.copytree(ours.folder(name), stock.folder(name))
    ours.submit("odd", answers=b'{"format": 1, "unit"')
    shutil.copytree(ours.folder("odd"), stock.folder("odd"))
    for name in [*SKILLS, "odd"]:
        assert ours.autograde(name)["success"]
        assert stock.autograde(name)["success"]
    return ours, stock


@pytest.mark.parametrize("name", [*SKILLS, "odd"])
def test_executing_and_reading_give_the_same_points_task_by_task(both, name):
    ours, stock = both
    assert ours.grades(name) == stock.grades(name)


def test_the_executing_pipeline_really_executed(both):
    _, stock = both
    page = (stock.root / "autograded" / "weak" / UNIT / f"{UNIT}.ipynb").read_text()
    assert '"execution_count": 3' in page
