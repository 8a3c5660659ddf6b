# nbgrader for this course. `feedback` is what feedback shows of the key: "points"
# nothing, "verdicts" how each choice was judged, "explained" the reasons and the
# model answers too. With explained_after="2026-12-01 18:00 UTC" it is explained later.
from pathlib import Path

from caselens.grading import configure

c = get_config()  # noqa: F821 (nbgrader puts it here)
configure(c, Path(__file__).parent, feedback="points")
