"""nbgrader's configuration and steps: released page, answers, score, feedback."""

from caselens.grading.configure import configure, executing

__all__ = ["configure", "executing"]
