"""Every room says what it offers, and offers what it says."""

import importlib

import pytest

ROOMS = [
    "caselens",
    "caselens.answers",
    "caselens.cases",
    "caselens.grading",
    "caselens.learners",
    "caselens.markers",
    "caselens.notebooks",
    "caselens.panel",
    "caselens.reports",
    "caselens.tasks",
    "caselens.widgets",
]


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_offers_every_name_that_it_lists(name):
    room = importlib.import_module(name)
    assert room.__all__
    for one in room.__all__:
        assert getattr(room, one) is not None, one


def test_a_name_that_the_package_does_not_have_is_refused():
    package = importlib.import_module("caselens")
    with pytest.raises(AttributeError, match="nothing_like_it"):
        _ = package.nothing_like_it
