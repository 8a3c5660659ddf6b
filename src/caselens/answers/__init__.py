"""The answer sheet: open, save, commit, recover; and marking what it holds."""

from caselens.answers.files import NotSavedError, read_bounded
from caselens.answers.marking import (
    cannot_be_used,
    mark,
    mark_task,
    model_values,
    parse_submitted,
    read_submitted,
    setting,
    unknown_tasks,
)
from caselens.answers.record import (
    AnswersError,
    Aside,
    Record,
    TaskAnswer,
    checksum,
    parse,
)
from caselens.answers.sheet import (
    ANSWERS_FILE,
    AnswerSheet,
    LockedError,
    is_replayed,
)

__all__ = [
    "ANSWERS_FILE",
    "AnswerSheet",
    "AnswersError",
    "Aside",
    "LockedError",
    "NotSavedError",
    "Record",
    "TaskAnswer",
    "cannot_be_used",
    "checksum",
    "is_replayed",
    "mark",
    "mark_task",
    "model_values",
    "parse",
    "parse_submitted",
    "read_bounded",
    "read_submitted",
    "setting",
    "unknown_tasks",
]
