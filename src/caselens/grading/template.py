"""A released page, cut into cells, so that a graded copy is written by joining.

A graded copy differs from its page in a few cells only. The bytes are those that
nbformat writes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import nbformat
from nbformat import NotebookNode

CELLS = ' "cells": [],'
SOURCE = '   "source": []'
OUTPUTS = '   "outputs": [],'
RUN = '   "execution_count": null,'
QUOTED = json.JSONEncoder(ensure_ascii=False).encode


class Template:
    """The text of a page, with a place for each cell that carries a grade id.

    `graded` are those cells as JSON data, by grade id.
    """

    def __init__(self, page: NotebookNode) -> None:
        data = json.loads(nbformat.writes(page))
        shell = _json({**data, "cells": []})
        self._head, self._tail = shell.split(CELLS, maxsplit=1)
        self._names = [_name(cell) for cell in data["cells"]]
        self._texts = [_json(cell, "  ") for cell in data["cells"]]
        named = zip(self._names, data["cells"], strict=True)
        self.graded: dict[str, dict[str, Any]] = {
            name: cell for name, cell in named if name is not None
        }
        self._code = {
            name: _json({**cell, "outputs": []}, "  ")
            .replace(RUN, '   "execution_count": 1,', 1)
            .split(OUTPUTS, maxsplit=1)
            for name, cell in self.graded.items()
            if cell["cell_type"] == "code"
        }
        self._markdown = {
            name: _json({**cell, "source": []}, "  ").split(SOURCE, maxsplit=1)
            for name, cell in self.graded.items()
            if cell["cell_type"] == "markdown"
        }

    def fill(self, texts: Mapping[str, str]) -> str:
        """Return the page with the cells in `texts` replaced, by grade id."""
        cells = ",\n  ".join(
            texts.get(name, text) if name is not None else text
            for name, text in zip(self._names, self._texts, strict=True)
        )
        return f'{self._head} "cells": [\n  {cells}\n ],{self._tail}\n'

    def code(self, name: str, html: str, plain: str, result: str) -> str:
        """Return a code cell with a display for people and then a result."""
        head, tail = self._code[name]
        return f"{head}{_outputs(html, plain, result)}{tail}"

    def markdown(self, name: str, source: str) -> str:
        """Return a Markdown cell with another source."""
        head, tail = self._markdown[name]
        return f'{head}   "source": {_listed(source, "    ")}{tail}'


def _outputs(html: str, plain: str, result: str) -> str:
    return f"""   "outputs": [
    {{
     "data": {{
      "text/html": {_listed(html)},
      "text/plain": {_listed(plain)}
     }},
     "metadata": {{}},
     "output_type": "display_data"
    }},
    {{
     "data": {{
      "text/plain": {_listed(result)}
     }},
     "execution_count": 1,
     "metadata": {{}},
     "output_type": "execute_result"
    }}
   ],"""


def _listed(text: str, indent: str = " " * 7) -> str:
    lines = ",\n".join(f"{indent}{QUOTED(line)}" for line in _lines(text))
    return f"[\n{lines}\n{indent[1:]}]" if lines else "[]"


def _lines(text: str) -> list[str]:
    # As nbformat does, so that a difference shows line by line.
    return text.splitlines(True)


def _json(data: Mapping[str, Any], indent: str = "") -> str:
    text = json.dumps(
        data, ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": ")
    )
    return text.replace("\n", f"\n{indent}")


def _name(cell: Mapping[str, Any]) -> str | None:
    name = cell["metadata"].get("nbgrader", {}).get("grade_id")
    return name if isinstance(name, str) else None
