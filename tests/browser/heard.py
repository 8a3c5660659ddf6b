"""Everything that reaches a browser, to look for what may not."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.places import CLONE

LEAST = 25


class Heard:
    """What came over the wire to one page, from the moment this is made."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.frames: list[str] = []
        page.on("websocket", self._listen)

    def _listen(self, socket: object) -> None:
        socket.on("framereceived", self._keep)

    def _keep(self, payload: str | bytes) -> None:
        self.frames.append(
            payload.decode("utf-8", "replace")
            if isinstance(payload, bytes)
            else payload
        )

    def everything(self) -> str:
        kept = self.page.evaluate("JSON.stringify(localStorage)")
        return "\n".join([*self.frames, self.page.content(), kept])

    def of(self, phrases: list[str]) -> list[str]:
        """Which of these phrases have reached the browser."""
        came = self.everything()
        return [one for one in phrases if one in came]


def key_phrases(case_id: str, public: Path) -> list[str]:
    """Phrases that stand in a graded key and nowhere in what a trainee may see."""
    key = (CLONE / "datasets" / "graded" / "keys" / f"{case_id}.yaml").read_text(
        "utf-8"
    )
    shown = plain(public.read_text("utf-8"))
    found = re.findall(rf"[\w ,;]{{{LEAST},}}", plain(key))
    return [one.strip() for one in found if one.strip() not in shown]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)
