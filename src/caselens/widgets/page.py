"""The workbench: one widget for a whole unit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from caselens.answers import is_replayed
from caselens.cases import UnitError, read_unit
from caselens.widgets.desk import Desk
from caselens.widgets.script import script, style


class Workbench(anywidget.AnyWidget):
    """The page of one unit: vignette, tasks, feedback, receipt."""

    _esm = script()
    _css = style()
    unit = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    feedback = traitlets.Dict().tag(sync=True)
    closing = traitlets.Dict().tag(sync=True)

    def __init__(self, desk: Desk, **more: Any) -> None:
        self.desk = desk
        # What cannot be explained adds a notice, so the state is asked for last.
        explained, closed = desk.feedback(), desk.closing()
        super().__init__(
            unit=desk.page(),
            state=desk.state(),
            feedback=explained,
            closing=closed,
            **more,
        )
        self.on_msg(self._receive)

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        reply = self.desk.handle(content)
        if reply is not None:
            self.send(reply)


def workbench() -> Any:
    """Return the page of the unit in this folder; nothing when it is replayed."""
    if is_replayed():
        return None
    folder = Path.cwd()
    try:
        return Workbench(Desk(read_unit(folder), folder))
    except UnitError as error:
        return Notice(str(error))


class Notice:
    """A plain sentence in the place of a page that cannot be shown."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text
