"""The reader of submitted pages, on whatever bytes there are."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselens.cases.places import clone_root
from caselens.grading.alterations import alterations, outline
from caselens.grading.files import MAX_NOTEBOOK, Files
from tests.hostile.strategies import VALUES, again, as_bytes, bounded, cut, mutated

UNIT = "m04_u03_graded_case"
PAGE = f"{UNIT}.ipynb"
GOOD = (clone_root() / "exercises" / UNIT / PAGE).read_bytes()
RELEASED = outline(json.loads(GOOD))
LINE = 1000


def said(raw):
    notes = alterations(RELEASED, Files({PAGE: raw}, {}, PAGE))
    assert len(notes) <= 1
    assert all(len(one) < LINE for one in notes)
    return notes


def test_the_released_page_is_not_altered():
    assert said(GOOD) == []


@given(st.binary(max_size=300) | VALUES.map(as_bytes))
def test_anything_is_no_page_and_told_in_one_line(raw):
    assert said(raw)


@given(mutated(json.loads(GOOD)).map(as_bytes) | cut(GOOD))
@settings(max_examples=300)
def test_a_page_with_any_node_replaced_is_compared_or_refused(raw):
    said(raw)


HEAD, END = b'{"cells": [', b"{}]}"
GRADED = b'{"metadata":{"nbgrader":{"grade_id":"c003-goals"}}},'
LARGE = {
    "cells": again(b"{},", HEAD, END),
    "lists": again(b"[", HEAD),
    "code cells": again(b'{"cell_type":"code"},', HEAD, END),
    "sources": again(b'"x",', b'{"cells": [{"source": [', b'"x"]}]}'),
    "a number": again(b"9", HEAD, b"]}"),
    "one grade id": again(GRADED, HEAD, END),
}


@pytest.mark.parametrize("name", LARGE)
def test_ten_megabytes_of_page_are_compared_in_bounds(name):
    bounded(said, LARGE[name], MAX_NOTEBOOK - 1000, factor=80, seconds=5)
