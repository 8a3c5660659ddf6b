import pytest

from caselens.cases import find_key, read_unit
from caselens.grading.archive import archive_unit, read_archived, releases
from tests.grading.conftest import UNIT

pytestmark = pytest.mark.nbgrader


def test_a_release_is_kept_with_the_keys_that_it_is_marked_by(marked_class):
    archive = marked_class.root / "archive" / UNIT
    (name,) = releases(archive)
    folder = archive / name
    unit, keys = read_archived(folder)
    assert unit == read_unit(marked_class.root / "exercises" / UNIT)
    assert keys == {"c003": find_key("c003")}


def test_the_page_is_kept_as_it_was_released(marked_class):
    archive = marked_class.root / "archive" / UNIT
    (name,) = releases(archive)
    released = marked_class.root / "exercises" / UNIT / f"{UNIT}.ipynb"
    assert (archive / name / "page.ipynb").read_bytes() == released.read_bytes()


def test_the_same_version_is_kept_once_and_the_latest_comes_first(
    marked_class, tmp_path
):
    source, archive = tmp_path / "source", tmp_path / "archive"
    source.mkdir()
    text = (marked_class.root / "solutions" / UNIT / "unit.json").read_text("utf-8")
    (source / "unit.json").write_text(text, encoding="utf-8")
    first = archive_unit(source, archive, "{}").name
    assert archive_unit(source, archive, "{}").name == first
    (source / "unit.json").write_text(text.replace("Alec", "Alex"), encoding="utf-8")
    second = archive_unit(source, archive, "{}").name
    assert releases(archive) == [second, first]
    (source / "unit.json").write_text(text, encoding="utf-8")
    archive_unit(source, archive, "{}")
    assert releases(archive) == [first, second]
