"""Text to `solutions/` to `exercises/`, and the comparison. For authors."""

from caselens.notebooks.build import Plan, build, make_unit, plan
from caselens.notebooks.compare import differences
from caselens.notebooks.pages import TextError

__all__ = ["Plan", "TextError", "build", "differences", "make_unit", "plan"]
