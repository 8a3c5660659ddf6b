import shutil

import pytest

pytestmark = pytest.mark.nbgrader


@pytest.fixture
def collector(marked_class, tmp_path):
    from caselens.grading.collect import CollectAnswers

    one = CollectAnswers(coursedir=marked_class.api.coursedir, parent=marked_class.api)
    marked_class.api.coursedir.assignment_id = marked_class.unit_id
    yield one
    marked_class.api.coursedir.assignment_id = ""


def handed_in(marked_class, folder):
    shutil.copytree(marked_class.root / "exercises" / marked_class.unit_id, folder)
    (folder / "answers.json").write_text("{}")
    return folder


def test_a_lost_page_is_put_back_beside_its_answers(collector, marked_class, tmp_path):
    source = handed_in(marked_class, tmp_path / "in")
    (source / f"{marked_class.unit_id}.ipynb").unlink()
    collector.do_copy(str(source), str(tmp_path / "out"))
    assert (tmp_path / "out" / f"{marked_class.unit_id}.ipynb").is_file()


def test_a_page_without_answers_is_not_made_up(collector, marked_class, tmp_path):
    source = handed_in(marked_class, tmp_path / "in")
    (source / f"{marked_class.unit_id}.ipynb").unlink()
    (source / "answers.json").unlink()
    collector.do_copy(str(source), str(tmp_path / "out"))
    assert not list((tmp_path / "out").glob("*.ipynb"))


def test_links_stay_behind(collector, marked_class, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    source = handed_in(marked_class, tmp_path / "in")
    (source / "link.txt").symlink_to(secret)
    (source / "folder").mkdir()
    (source / "folder" / "link.txt").symlink_to(secret)
    collector.do_copy(str(source), str(tmp_path / "out"))
    found = [path.name for path in (tmp_path / "out").rglob("*")]
    assert "link.txt" not in found
    assert "answers.json" in found
