import pytest

from caselens.cases import find_key, read_unit
from caselens.grading.archive import archive_unit, read_archived
from tests.grading.conftest import UNIT

pytestmark = pytest.mark.nbgrader


def test_a_release_is_kept_with_the_keys_that_it_is_marked_by(marked_class):
    (folder,) = (marked_class.root / "archive" / UNIT).iterdir()
    unit, keys = read_archived(folder)
    assert unit == read_unit(marked_class.root / "exercises" / UNIT)
    assert keys == {"c003": find_key("c003")}


def test_the_same_version_is_kept_once_and_another_beside_it(marked_class, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    text = (marked_class.root / "solutions" / UNIT / "unit.json").read_text("utf-8")
    (source / "unit.json").write_text(text, encoding="utf-8")
    first = archive_unit(source, tmp_path / "archive")
    assert archive_unit(source, tmp_path / "archive") == first
    (source / "unit.json").write_text(text.replace("Alec", "Alex"), encoding="utf-8")
    assert archive_unit(source, tmp_path / "archive") != first
    assert len(list((tmp_path / "archive").iterdir())) == 2
