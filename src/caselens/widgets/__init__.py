"""What a trainee touches: the workbench, the drills of a lesson, the cells."""

from __future__ import annotations

from typing import Any

from caselens.widgets.cells import model_answers, task

__all__ = ["model_answers", "task", "workbench"]


def workbench() -> Any:
    """Return the page of the unit in this folder."""
    # A graded copy calls task() only, and need not wait for the widgets.
    from caselens.widgets.page import workbench as page  # noqa: PLC0415

    return page()
