"""Citations in a text: `[@key]` becomes "(Beck, 2021)", from references.bib only."""

from __future__ import annotations

import re

CITATION = re.compile(r"\[@([a-z0-9]+)\]")


def cite(text: str, references: dict[str, str]) -> str:
    """Return `text` with its citations written out.

    Raises KeyError naming a work that references.bib does not hold.
    """

    def written(match: re.Match[str]) -> str:
        key = match.group(1)
        if key not in references:
            raise KeyError(
                f"The text cites {key!r}, which datasets/references.bib does not "
                "hold. Cite only works that stand there."
            )
        return f"({references[key]})"

    return CITATION.sub(written, text)
