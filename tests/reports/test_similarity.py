import socket

import numpy as np
import pytest

from caselens.learners.earned import asked
from caselens.reports.similarity import by_embedding, by_letters, near, texts_by_case
from tests.reports.samples import made_up

TEXTS = (
    "She could not sleep before the exam.",
    "She lay awake the night before the exam.",
    "The kettle is on the second shelf.",
)
BANK = made_up(2)


def tasks():
    return [(setting, known) for setting, _, known in asked(BANK)]


def test_texts_are_gathered_by_case_each_once():
    found = texts_by_case(tasks())
    assert list(found) == ["g0000", "g0001"]
    for case, texts in found.items():
        assert len(texts) == len(set(texts))
        sentences = {one.text for one in BANK.case(case).sentences.values()}
        assert sentences <= set(texts)


def alike(measure):
    cosines = measure(TEXTS)
    assert np.allclose(np.diag(cosines), 1, atol=1e-5)
    assert np.allclose(cosines, cosines.T)
    return cosines[0, 1], cosines[0, 2]


def test_texts_with_the_same_runs_of_letters_are_alike():
    close, far = alike(by_letters(TEXTS))
    assert close > 2 * far


def test_likeness_is_looked_up_by_case_and_text():
    found = near(texts_by_case(tasks()), by_letters(TEXTS))
    setting, _ = tasks()[0]
    one, other = (one.text for one in setting.case.stages[0].sentences[:2])
    assert found(setting, one, one) == pytest.approx(1)
    assert found(setting, one, other) == found(setting, other, one) < 1
    with pytest.raises(KeyError):
        found(setting, one, "A text that nobody compares.")


@pytest.mark.thorough
def test_texts_that_mean_the_same_are_alike_without_any_network(monkeypatch):
    def refused(*args, **options):
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket.socket, "connect", refused)
    close, far = alike(by_embedding(TEXTS))
    assert close > 0.7
    assert far < 0.3
