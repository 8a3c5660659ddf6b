# nbgrader for this course. `feedback` is the release policy: "points" shows marks
# and comments only, "explained" the reasons and the model answers too.
from pathlib import Path

from caselens.grading import configure

c = get_config()  # noqa: F821 (nbgrader puts it here)
configure(c, Path(__file__).parent, feedback="points")
