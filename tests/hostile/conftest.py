from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.hostile.marked import Marked


@pytest.fixture(scope="session")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Marked]:
    """Mark a class with every hostile submission in it, once for each way."""
    from tests.hostile.classroom import Classroom
    from tests.hostile.marked import Marked

    @cache
    def marked_by(way: str) -> Marked:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Marked(Classroom(tmp_path_factory.mktemp(way)), way)

    return marked_by
