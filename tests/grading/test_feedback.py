import json

import pytest

from caselens.cases import find_key

pytestmark = pytest.mark.nbgrader


@pytest.fixture(scope="module")
def read_back(marked_class):
    folder = marked_class.submit("reader", skill=0.5)
    # A simulated trainee writes with the model's sentences; this one does not.
    data = json.loads((folder / "answers.json").read_text())
    for task in ("c003-write-1", "c003-write-2", "c003-write-3"):
        data["tasks"][task]["value"] = {"text": "My own words."}
    (folder / "answers.json").write_text(json.dumps(data))
    assert marked_class.autograde("reader")["success"]
    return marked_class


def key_sentences():
    key = find_key("c003")
    for task in key.tasks.values():
        if task.model:
            yield task.model
        for part in task.parts.values():
            yield part.why
            yield from (wrong.why for wrong in part.wrong.values())
            yield from part.against.values()


def plain(text):
    return "".join(one for one in text if one.isalpha())


def test_under_points_a_page_holds_nothing_of_the_key(read_back):
    read_back.api.config.FeedbackExporter.policy = "points"
    page = plain(read_back.feedback("reader"))
    assert "lang" in page
    for sentence in key_sentences():
        for piece in sentence.split(". "):
            if len(piece) > 40:
                assert plain(piece) not in page


def test_under_points_no_key_is_even_opened(read_back, monkeypatch, tmp_path):
    read_back.api.config.FeedbackExporter.policy = "points"
    monkeypatch.setenv("CASELENS_KEYS", str(tmp_path))
    assert "points" in read_back.feedback("reader")


def test_under_explained_a_page_gives_reasons_and_the_case(read_back):
    read_back.api.config.FeedbackExporter.policy = "explained"
    page = read_back.feedback("reader")
    read_back.api.config.FeedbackExporter.policy = "points"
    agenda = find_key("c003").tasks["c003-goals"].agenda.why
    assert "Missed (" in page
    assert "Two ways to understand" not in page  # a later unit asks about him again
    assert plain(agenda)[:20] in plain(page)
    assert "provisional" in page


def test_a_page_is_accessible_and_loads_nothing_from_elsewhere(read_back):
    page = read_back.feedback("reader")
    assert '<html lang="en-GB">' in page
    assert page.count("<h1>") == 1
    assert page.count("<h2 id=") >= len(read_back.unit.points)
    assert "<img" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "<script" not in page


def test_a_markers_comment_and_level_reach_the_trainee(read_back):
    name = "c003-write-1-grounded"
    assert name in read_back.grades("reader")
    read_back.set_manual("reader", name, 3, "Read <b>s14</b> again.")
    page = read_back.feedback("reader")
    assert "Read &lt;b&gt;s14&lt;/b&gt; again." in page
    assert "3 of 3" in page
