"""Collecting: links stay behind, and a lost page is put back beside its answers."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect

from caselens.answers import ANSWERS_FILE


class CollectAnswers(ExchangeCollect):  # type: ignore[misc]
    """nbgrader's collect, for submissions that are data."""

    def do_copy(self, src: str, dest: str, log: object = None) -> None:
        """Copy a submission without what it links to; restore a missing page."""
        links = list(_links(Path(src)))
        for link in links:
            self.log.warning("%s is a link and was not collected.", link)
        if links:
            with tempfile.TemporaryDirectory() as name:
                plain = Path(name) / "plain"
                shutil.copytree(src, plain, symlinks=True)
                for link in list(_links(plain)):
                    link.unlink()
                super().do_copy(str(plain), dest, log=log)
        else:
            super().do_copy(src, dest, log=log)
        self._restore(Path(dest))

    def _restore(self, dest: Path) -> None:
        unit = self.coursedir.assignment_id
        page = dest / f"{unit}.ipynb"
        if page.exists() or not (dest / ANSWERS_FILE).is_file():
            return
        released = self.coursedir.format_path(
            self.coursedir.release_directory, ".", unit
        )
        source = Path(self.coursedir.root) / released / page.name
        if source.is_file():
            self.log.warning("%s: the page was missing and was put back.", dest)
            shutil.copy(source, page)


def _links(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            yield path
