import pytest

from caselens.cases.places import datasets_dir
from caselens.cases.vocabulary import (
    Criterion,
    Level,
    Rubric,
    load_vocabulary,
    read_rubrics,
)


def rubric(text="Some.", **more):
    levels = (
        Level(points=0, label="No", text="None."),
        Level(points=1, label="Yes", text=text),
    )
    one = Criterion(id="plain", name="Plain", question="Is it?", levels=levels, **more)
    return Rubric(id="own", title="Own", source="x", criteria=(one,))


SHIPPED = read_rubrics(datasets_dir())


def test_a_version_is_the_id_and_eight_digits():
    name, _, digits = rubric().version.partition("@")
    assert name == "own"
    assert len(digits) == 8
    assert set(digits) <= set("0123456789abcdef")


def test_other_words_of_a_level_are_another_version():
    assert rubric("Some.").version != rubric("Much.").version


def test_other_comments_are_the_same_version():
    assert rubric(comments=({"text": "Well said."},)).version == rubric().version


def test_comments_are_never_written_out():
    one = rubric(comments=({"text": "Well said."},))
    assert one.comments("plain")[0].text == "Well said."
    assert "Well said." not in one.model_dump_json()


def test_the_words_of_the_course_are_without_comments():
    for one in load_vocabulary(datasets_dir()).rubrics:
        assert all(not criterion.comments for criterion in one.criteria)
        assert one.version == SHIPPED[one.id].version


@pytest.mark.parametrize(
    "criterion",
    [one for each in SHIPPED.values() for one in each.criteria],
    ids=lambda one: one.id,
)
def test_every_criterion_has_a_bank_of_comments_at_its_levels(criterion):
    assert 3 <= len(criterion.comments) <= 5
    levels = {level.points for level in criterion.levels}
    assert {one.points for one in criterion.comments} - {None} <= levels
    assert all(len(one.text.split()) <= 30 for one in criterion.comments)
