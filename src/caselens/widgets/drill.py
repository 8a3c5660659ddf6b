"""A drill: one task inside a lesson, from ipywidgets, with feedback at once."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from caselens.answers import is_replayed, setting
from caselens.cases import UnitError, read_unit
from caselens.tasks import kind_of
from caselens.tasks.markup import feedback_html
from caselens.widgets.desk import Desk
from caselens.widgets.script import drill_style

BLANK = "Choose"
CLAIM = "claim"
WIDE = widgets.Layout(width="100%")


def drill(task_id: str) -> Any:
    """Return the drill of one task of the lesson in this folder."""
    folder = Path.cwd()
    try:
        unit = read_unit(folder)
    except UnitError as error:
        return widgets.HTML(f"<p>{escape(str(error))}</p>")
    return Drill(Desk(unit, folder), task_id).box


class Drill:
    """The controls of one task, and what they say back."""

    def __init__(self, desk: Desk, task_id: str) -> None:
        self.desk, self.task_id = desk, task_id
        self.one = setting(desk.unit, task_id)
        self.view = kind_of(self.one).view(self.one)
        self.choices: dict[str, widgets.Dropdown] = {}
        self.marks: dict[str, dict[str, widgets.Checkbox]] = {}
        self.said = widgets.HTML(layout=WIDE)
        self.button = widgets.Button(description="Compare", button_style="primary")
        self.button.on_click(self._compare)
        self.box = widgets.VBox(
            [*self._head(), *self._controls(), self.button, self.said], layout=WIDE
        )
        self.box.add_class("caselens-drill")
        self._restore()

    def _head(self) -> list[widgets.Widget]:
        lines = f"<style>{drill_style()}</style><p>{escape(self.view['prompt'])}</p>"
        if self.view.get("claim"):
            lines += f"<p><strong>{escape(self.view['claim'])}</strong></p>"
        return [widgets.HTML(lines, layout=WIDE)]

    def _controls(self) -> list[widgets.Widget]:
        if not self.view["groups"]:
            return [self._sentences(CLAIM)]
        return [
            control
            for group in self.view["groups"]
            for part in group["parts"]
            for control in self._part(part, group["choices"])
        ]

    def _part(
        self, part: dict[str, Any], choices: list[dict[str, Any]]
    ) -> list[widgets.Widget]:
        # The part's text is the control's own label, which a screen reader reads.
        chooser = widgets.Dropdown(
            options=[(BLANK, ""), *((one["label"], one["id"]) for one in choices)],
            description=part["text"],
            layout=WIDE,
        )
        chooser.add_class("caselens-drill-part")
        self.choices[part["id"]] = chooser
        if not part.get("evidence"):
            return [chooser]
        return [chooser, *self._folded(part)]

    def _folded(self, part: dict[str, Any]) -> list[widgets.Widget]:
        """Return a button and the sentences that it shows and hides."""
        sentences = self._sentences(part["id"])
        sentences.layout = widgets.Layout(width="100%", display="none")
        button = widgets.ToggleButton(
            description=f"Sentences for: {part['text']}", icon="caret-right"
        )
        button.add_class("caselens-drill-fold")

        def fold(change: dict[str, Any]) -> None:
            sentences.layout.display = "flex" if change["new"] else "none"
            button.icon = "caret-down" if change["new"] else "caret-right"

        button.observe(fold, "value")
        return [button, sentences]

    def _sentences(self, part: str) -> widgets.VBox:
        boxes = {
            one.id: widgets.Checkbox(
                description=f"{one.number}. {one.text}", indent=False, layout=WIDE
            )
            for one in self.one.case.sentences.values()
        }
        self.marks[part] = boxes
        return widgets.VBox(list(boxes.values()), layout=WIDE)

    def _value(self) -> dict[str, Any]:
        marked = {
            part: [one for one, box in boxes.items() if box.value]
            for part, boxes in self.marks.items()
        }
        if not self.choices:
            return {"marked": marked[CLAIM]}
        return {
            "parts": {
                part: {
                    "choice": chooser.value or None,
                    "evidence": marked.get(part, []),
                }
                for part, chooser in self.choices.items()
            }
        }

    def _compare(self, _button: Any) -> None:
        answer = self.desk.sheet.record.answer(self.task_id)
        message = {"type": "save", "task": self.task_id, "value": self._value()}
        reply = self.desk.handle(message | {"revision": answer.revision})
        if reply is not None and reply["type"] == "saved":
            reply = self.desk.handle({"type": "commit", "task": self.task_id})
        if reply is not None and reply["type"] == "committed":
            self._show(reply["feedback"][self.task_id])
        elif reply is not None:
            self.said.value = f"<p role='alert'>{escape(reply['text'])}</p>"

    def _show(self, found: dict[str, Any]) -> None:
        # A drill has no points, so its summary begins with what held.
        summary = found["summary"].split(": ", 1)[-1]
        summary = summary[:1].upper() + summary[1:]
        shown = feedback_html(found | {"summary": summary}, level=4)
        self.said.value = f"<div role='status'>{shown}</div>"
        self.button.disabled = True
        for control in [*self.choices.values(), *self._boxes()]:
            control.disabled = True

    def _boxes(self) -> list[widgets.Checkbox]:
        return [box for group in self.marks.values() for box in group.values()]

    def _restore(self) -> None:
        if is_replayed():
            return
        answer = self.desk.sheet.record.tasks.get(self.task_id)
        if answer is None or answer.value is None:
            return
        value = kind_of(self.one).clean(self.one, answer.value).value
        for part, given in value.get("parts", {}).items():
            self.choices[part].value = given["choice"] or ""
            self._mark(part, given.get("evidence", []))
        self._mark(CLAIM, value.get("marked", []))
        explained = self.desk.feedback().get(self.task_id)
        if explained is not None:
            self._show(explained)

    def _mark(self, part: str, marked: list[str]) -> None:
        for one in marked:
            self.marks[part][one].value = True
