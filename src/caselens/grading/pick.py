"""Which of the files downloaded for one trainee are page and answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from caselens.answers import ANSWERS_FILE, AnswersError, parse
from caselens.answers.record import MAX_BYTES
from caselens.cases.unit import UNIT_FILE
from caselens.grading.download import Download
from caselens.grading.files import MAX_NOTEBOOK
from caselens.grading.lms import Named
from caselens.grading.plain import NotPlainError

# What a sheet keeps beside itself, and what a system that allows no JSON makes of it.
SIBLINGS = ("answers.previous", "answers.kept-", "answers.damaged-", UNIT_FILE)
ANSWERS_SUFFIXES = {".json", ".txt", ""}


def pick(download: Download, named: list[Named], unit_id: str) -> dict[str, bytes]:
    """Return page and answers under their right names, and unit.json.

    Empty where there is nothing to mark. Raises NotPlainError.
    """
    answers = _answers(download, named, unit_id)
    files = {} if answers is None else {ANSWERS_FILE: answers}
    try:
        page = _page(download, named, unit_id)
    except NotPlainError:
        # Marks come from the answers; without them the page is all there is.
        if answers is None:
            raise
        page = None
    if page is not None:
        files[f"{unit_id}.ipynb"] = page
    units = [one for one in named if one.file == UNIT_FILE]
    if files and len(units) == 1:
        files[UNIT_FILE] = _read(download, units[0], MAX_BYTES)
    return files


def _answers(download: Download, named: list[Named], unit_id: str) -> bytes | None:
    ours: dict[bytes, Named] = {}
    exact: dict[bytes, Named] = {}
    for one in named:
        suffix = PurePosixPath(one.file).suffix.lower()
        if suffix not in ANSWERS_SUFFIXES or one.file.startswith(SIBLINGS):
            continue
        if one.file != ANSWERS_FILE and one.member.size > MAX_BYTES:
            continue
        raw = _read(download, one, MAX_BYTES)
        if one.file == ANSWERS_FILE:
            exact[raw] = one
        if _is_of(raw, unit_id):
            ours[raw] = one
    found = ours or exact
    if len(found) > 1:
        raise NotPlainError(_twice("answers", found))
    return next(iter(found), None)


def _page(download: Download, named: list[Named], unit_id: str) -> bytes | None:
    pages = [one for one in named if one.file.lower().endswith(".ipynb")]
    for ours in (
        [one for one in pages if one.file == f"{unit_id}.ipynb"],
        [one for one in pages if unit_id in one.file],
        pages,
    ):
        found = {_read(download, one, MAX_NOTEBOOK): one for one in ours}
        if len(found) > 1:
            raise NotPlainError(_twice("pages", found))
        if found:
            return next(iter(found))
    return None


def _twice(what: str, found: Mapping[bytes, Named]) -> str:
    paths = ", ".join(
        f"{one.member.path} in {one.member.source.name}"
        if one.member.is_zipped
        else one.member.path
        for one in found.values()
    )
    return f"There are {len(found)} different {what}: {paths}. Leave the right one."


def _read(download: Download, one: Named, limit: int) -> bytes:
    try:
        return download.read(one.member, limit)
    except NotPlainError as error:
        raise NotPlainError(f"{one.member.path} cannot be used: {error}.") from None


def _is_of(raw: bytes, unit_id: str) -> bool:
    try:
        return parse(raw).unit == unit_id
    except AnswersError:
        return False
