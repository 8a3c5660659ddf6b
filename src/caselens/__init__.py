"""Caselens: a course in case conceptualization. Seven goals, two lenses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["task", "workbench"]

if TYPE_CHECKING:
    from caselens.widgets import task, workbench


def __getattr__(name: str) -> Any:
    # What a course page calls is loaded on first use, so that importing a room
    # (for marking, say) does not load the widgets.
    if name in __all__:
        from caselens import widgets  # noqa: PLC0415

        return getattr(widgets, name)
    raise AttributeError(f"module 'caselens' has no attribute {name!r}")
