"""A drill: one task inside a lesson, from ipywidgets, with feedback at once."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from caselens.answers import is_replayed, setting
from caselens.cases import UnitError, read_unit
from caselens.tasks import Setting, kind_of
from caselens.tasks.markup import feedback_html
from caselens.widgets.desk import Desk

BLANK = "Choose"
WIDE = widgets.Layout(width="100%")
COLUMN = widgets.Layout(width="100%", max_width="46rem")


def drill(task_id: str) -> Any:
    """Return the drill of one task of the lesson in this folder."""
    folder = Path.cwd()
    try:
        unit = read_unit(folder)
    except UnitError as error:
        return widgets.Label(str(error))
    desk = Desk(unit, folder)
    return Drill(desk, task_id).box


class Drill:
    """The controls of one task, and what they say back."""

    def __init__(self, desk: Desk, task_id: str) -> None:
        self.desk, self.task_id = desk, task_id
        self.one: Setting = setting(desk.unit, task_id)
        self.view = kind_of(self.one).view(self.one)
        self.choices: dict[str, widgets.Dropdown] = {}
        self.marks: dict[str, dict[str, widgets.Checkbox]] = {}
        self.said = widgets.HTML(layout=WIDE)
        self.button = widgets.Button(
            description="Compare", button_style="primary", tooltip="See what held"
        )
        self.button.on_click(self._compare)
        self.box = widgets.VBox(
            [*self._head(), *self._controls(), self.button, self.said], layout=COLUMN
        )
        self.box.add_class("caselens-drill")
        self._restore()

    def _head(self) -> list[widgets.Widget]:
        return [widgets.Label(self.view["prompt"], layout=WIDE)]

    def _controls(self) -> list[widgets.Widget]:
        made: list[widgets.Widget] = []
        if self.view.get("claim"):
            made.append(widgets.HTML(f"<strong>{escape(self.view['claim'])}</strong>"))
            made.append(self._sentences("claim"))
        for group in self.view["groups"]:
            for part in group["parts"]:
                made += self._part(part, group["choices"])
        return made

    def _part(
        self, part: dict[str, Any], choices: list[dict[str, Any]]
    ) -> list[widgets.Widget]:
        options = [(BLANK, None), *((one["label"], one["id"]) for one in choices)]
        # The part's text is the control's own label, which a screen reader reads.
        chooser = widgets.Dropdown(
            options=options,
            description=part["text"],
            style={"description_width": "auto"},
            layout=WIDE,
        )
        chooser.add_class("caselens-drill-part")
        self.choices[part["id"]] = chooser
        if not part.get("evidence"):
            return [chooser]
        panel = widgets.Accordion([self._sentences(part["id"])])
        panel.set_title(0, f"Sentences for: {part['text']}")
        return [chooser, panel]

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
            return {"marked": marked.get("claim", [])}
        return {
            "parts": {
                part: {"choice": chooser.value, "evidence": marked.get(part, [])}
                for part, chooser in self.choices.items()
            }
        }

    def _compare(self, _button: Any) -> None:
        answer = self.desk.sheet.record.answer(self.task_id)
        message = {
            "type": "save",
            "task": self.task_id,
            "value": self._value(),
            "revision": answer.revision,
        }
        reply = self.desk.handle(message)
        if reply is not None and reply["type"] == "saved":
            reply = self.desk.handle({"type": "commit", "task": self.task_id})
        self._say(reply or {})

    def _say(self, reply: dict[str, Any]) -> None:
        if reply.get("type") == "committed":
            self._show(reply["feedback"][self.task_id])
        else:
            self.said.value = f"<p role='alert'>{escape(reply.get('text', ''))}</p>"

    def _show(self, found: dict[str, Any]) -> None:
        found = found | _without_points(found)
        self.said.value = f"<div role='status'>{feedback_html(found, level=4)}</div>"
        self.button.disabled = True
        for control in self._every_control():
            control.disabled = True

    def _every_control(self) -> list[Any]:
        boxes = [box for group in self.marks.values() for box in group.values()]
        return [*self.choices.values(), *boxes]

    def _restore(self) -> None:
        if is_replayed():
            return
        answer = self.desk.sheet.record.tasks.get(self.task_id)
        if answer is None:
            return
        value = kind_of(self.one).clean(self.one, answer.value).value
        for part, given in value.get("parts", {}).items():
            self.choices[part].value = given["choice"]
            self._mark(part, given.get("evidence", []))
        self._mark("claim", value.get("marked", []))
        if answer.committed:
            self._show(self.desk.feedback()[self.task_id])

    def _mark(self, part: str, marked: list[str]) -> None:
        for one in marked:
            self.marks[part][one].value = True


def _without_points(found: dict[str, Any]) -> dict[str, Any]:
    """Say in a drill what held, without points, which it does not have."""
    return {"summary": found["summary"].split(": ", 1)[-1].capitalize()}
