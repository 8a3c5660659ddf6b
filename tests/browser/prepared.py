"""What a trainee did before a page opens, told to the desk as the page tells it."""

from __future__ import annotations

from typing import Any

from caselens.widgets.desk import Desk
from tests.browser.places import Place

# What a text box must hand on unharmed: markup, quotes, emoji, other directions.
WILD = (
    "<script>window.ran = 1</script> "
    '<img src="x" onerror="window.ran = 2"> <b onmouseover="window.ran = 3">b</b> '
    "\"double\" 'single' &amp; &lt; </textarea></script> {braces} $x^2$ "
    "*stars* _lines_ [a](javascript:window.ran=4) `tick` \\ | ~ # > "
    "\U0001f9e0\U0001f469\u200d\U0001f467 e\u0301 \u05e9\u05dc\u05d5\u05dd "
    "\u0645\u0631\u062d\u0628\u0627 \u202eback\u202c end."
)


def tell(place: Place, *messages: dict[str, Any]) -> Place:
    """Hand messages to the desk of a unit, each of which it must take."""
    desk = Desk(place.unit, place.folder)
    for message in messages:
        reply = desk.handle(message)
        assert reply is not None, message
        assert reply["type"] != "problem", reply
    return place


def saving(task: str, value: Any, **aside: Any) -> dict[str, Any]:
    """A save; `aside` may hold confidence, first_text and first_done."""
    return {"type": "save", "task": task, "value": value, "revision": 0, **aside}


def committing(case: str, stage: int) -> dict[str, Any]:
    """Committing every task up to a stage."""
    return {"type": "commit-stage", "case": case, "stage": stage}


def choices(**chosen: str) -> dict[str, Any]:
    """A value that holds only choices, by part."""
    return {"parts": {part: {"choice": one} for part, one in chosen.items()}}
