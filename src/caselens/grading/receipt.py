"""A trainee's receipt, beside what was submitted and what was marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from caselens.answers import AnswersError, Record, checksum, parse, read_submitted
from caselens.answers.record import MAX_BYTES
from caselens.grading.gradebook import open_gradebook
from caselens.grading.plain import NotPlainError, read_plain
from caselens.grading.released import submitted_folder
from caselens.grading.screen import shown
from caselens.grading.tables import Marking

# The page shows all 64; whoever reads it out over the telephone gives a part.
SHORTEST = 8
DIGEST = re.compile(r"[0-9a-f]{8,64}")
IN_TEXT = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


class ReceiptError(Exception):
    """What was given is no receipt; the text says what is needed."""


@dataclass(frozen=True)
class Receipt:
    """The check code that a trainee has, whole or its beginning."""

    digest: str
    note: str | None = None

    def names(self, answers: str | None) -> bool:
        """Whether these are the answers, by their checksum, that it names."""
        return answers is not None and answers.startswith(self.digest)


@dataclass(frozen=True)
class Comparison:
    """Whether a receipt agrees with all there is, and the sentences that say so."""

    agrees: bool
    lines: tuple[str, ...]


def read_receipt(given: str) -> Receipt:
    """Return the receipt in a file (answers.json or text) or in a check code.

    Raises ReceiptError, OSError.
    """
    path = Path(given)
    if len(given) <= 1000 and path.is_file():  # noqa: PLR2004 (longer is no path)
        return _of_file(path)
    code = re.sub(r"[\s.…-]", "", given).lower()
    if not DIGEST.fullmatch(code):
        raise ReceiptError(
            f"{shown(given)} is neither a file nor a check code. A check code has 64 "
            f"characters, 0 to 9 and a to f; the first {SHORTEST} will do."
        )
    return Receipt(code)


def compare(
    receipt: Receipt,
    submitted: Record | None,
    problem: str | None,
    mark: Marking | None,
) -> Comparison:
    """Return what a receipt says beside the answers submitted and those marked."""
    there = checksum(submitted) if submitted is not None else None
    here = receipt.names(there)
    lines = [receipt.note] if receipt.note else []
    if here:
        lines.append("Submitted: the same answers.")
    elif there is not None:
        lines.append(f"Submitted: other answers, with the check code {there}.")
    else:
        lines.append(f"Submitted: {problem}")
    if mark is None:
        lines.append("Marked: not yet.")
        return Comparison(here, tuple(lines))
    when = f"on {mark.at:%Y-%m-%d at %H:%M} UTC by {shown(mark.by)}"
    if receipt.names(mark.answers):
        lines.append(f"Marked: the same answers, {when}.")
    elif mark.answers is None:
        lines.append(f"Marked: a submission without answers, {when}.")
    else:
        lines.append(
            f"Marked: other answers, with the check code {mark.answers}, {when}."
        )
    return Comparison(here and receipt.names(mark.answers), tuple(lines))


def check_receipt(
    course: CourseDirectory, receipt: Receipt, unit_id: str, trainee: str
) -> Comparison:
    """Return what a receipt says beside a course's submissions and gradebook."""
    folder = submitted_folder(course, trainee, unit_id)
    if folder.is_dir():
        submitted, problem = read_submitted(folder, unit_id)
    else:
        submitted, problem = None, f"nothing of {shown(trainee)} for {shown(unit_id)}."
    with open_gradebook(course) as book:
        mark = book.db.get(Marking, (unit_id, trainee))
        return compare(receipt, submitted, problem, mark)


def _of_file(path: Path) -> Receipt:
    try:
        raw = read_plain(path, MAX_BYTES)
    except NotPlainError as error:
        raise ReceiptError(f"{path} cannot be used: {error}.") from None
    try:
        record = parse(raw)
    except AnswersError as error:
        found = IN_TEXT.search(raw.decode("utf-8", "replace").lower())
        if found is None:
            raise ReceiptError(
                f"{path} holds no check code, and is no answers.json: {error}."
            ) from None
        return Receipt(found[0])
    digest = checksum(record)
    receipt = record.receipt or {}
    note = None
    if not receipt:
        note = "The file was not handed in: it holds no receipt."
    elif receipt.get("digest") != digest:
        note = (
            "The answers in the file are not those that its receipt names: they were "
            "changed after handing in."
        )
    return Receipt(digest, note)
