"""Giving feedback back through the exchange, to those whom the exchange knows."""

from __future__ import annotations

from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.utils import temp_attrs

from caselens.grading.files import SECRET_FILE, TIMESTAMP_FILE

NEEDED = (SECRET_FILE, TIMESTAMP_FILE)


class ReleaseFeedback(ExchangeReleaseFeedback):  # type: ignore[misc]
    """nbgrader's release of feedback, which one odd submission does not stop.

    Work that did not come through the exchange has no secret by which nbgrader could
    name its page; nbgrader itself stops there, and whoever comes after gets nothing.
    """

    def copy_files(self) -> None:
        """Release what can be released, and name who has to be told otherwise."""
        without = sorted(self._without())
        excluded = [self.coursedir.student_id_exclude, *without]
        with temp_attrs(
            self.coursedir, student_id_exclude=",".join(filter(None, excluded))
        ):
            super().copy_files()
        if without:
            self.log.warning(
                "Not released, because their work did not come through the exchange: "
                "%s. Send them their pages from the folder %s.",
                ", ".join(without),
                self.coursedir.feedback_directory,
            )

    def _without(self) -> set[str]:
        course, unit_id = self.coursedir, self.coursedir.assignment_id
        pattern = course.format_path(course.feedback_directory, "*", unit_id)
        root = Path(pattern).anchor
        folders = Path(root).glob(str(Path(pattern).relative_to(root)))
        place = Path(pattern).parts.index("*")
        return {
            folder.parts[place]
            for folder in folders
            if any(not (folder / name).is_file() for name in NEEDED)
        }
