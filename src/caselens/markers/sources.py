"""What the marking pages stand on: the course folder, its gradebook, the bank."""

from __future__ import annotations

from functools import lru_cache

from nbgrader.api import Gradebook
from sqlalchemy import Engine, create_engine

from caselens.cases import Bank, Rubric, load_bank
from caselens.cases.places import bank_dir, datasets_dir, has_words
from caselens.cases.vocabulary import read_rubrics
from caselens.grading.tables import ensure
from caselens.markers.exemplars import Exemplar, exemplars


@lru_cache(maxsize=4)
def engine_of(db_url: str, course_id: str) -> Engine:
    """Return the gradebook's engine, with nbgrader's tables and the course's own."""
    Gradebook(db_url, course_id).close()
    engine = create_engine(db_url)
    ensure(engine)
    return engine


@lru_cache(maxsize=1)
def bank() -> Bank:
    """Return the bank that is marked from: the private one, or the course's."""
    private = bank_dir()
    datasets = private / "datasets" if private is not None else datasets_dir()
    return load_bank(datasets, datasets_dir())


@lru_cache(maxsize=1)
def rubrics() -> dict[str, Rubric]:
    """Return the rubrics of the course by id, comment banks included."""
    private = bank_dir()
    own = private / "datasets" if private is not None else None
    return read_rubrics(own if own is not None and has_words(own) else datasets_dir())


def pool(rubric: Rubric) -> list[Exemplar]:
    """Return the exemplars of a rubric, of the private bank and the shipped one."""
    found = exemplars(bank(), rubric)
    shipped = bank().shipped
    if shipped is not None:
        found += exemplars(_shipped(), rubric)
    return found


@lru_cache(maxsize=1)
def _shipped() -> Bank:
    return load_bank(datasets_dir())
