"""The answer sheet: open, save, commit, recover; and marking what it holds."""

from caselens.answers.files import NotSavedError
from caselens.answers.marking import (
    mark,
    mark_task,
    model_values,
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
    "checksum",
    "is_replayed",
    "mark",
    "mark_task",
    "model_values",
    "parse",
    "read_submitted",
    "setting",
    "unknown_tasks",
]
