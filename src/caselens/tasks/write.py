"""`write`: a written answer, marked by a person against a rubric."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caselens.cases import TaskKey
from caselens.tasks.kind import Cleaned, Fault, Kind, Setting, Value, text_of
from caselens.tasks.score import Score


class Write(Kind):
    """Text, never marked by a machine."""

    name = "write"
    title = "In your own words"
    prompt = "Write in your own words."
    by_hand = True

    def clean(self, setting: Setting, value: object) -> Cleaned:
        """Keep the text, of bounded length."""
        problems: list[str] = []
        given = value.get("text") if isinstance(value, dict) else None
        return Cleaned({"text": text_of(given, problems, "The text")}, problems)

    def score(self, setting: Setting, key: TaskKey, value: object) -> Score:
        """Return a score without points: a person marks this."""
        cleaned = self.clean(setting, value)
        return Score(
            task=setting.task.id,
            points=0.0,
            maximum=setting.points,
            corrected=0.0,
            by_hand=True,
            problems=tuple(cleaned.problems),
        )

    def model(self, setting: Setting, key: TaskKey) -> Value:
        """Return the model text."""
        return {"text": key.model or ""}

    def blanks(self, setting: Setting, value: object) -> list[str]:
        """Name the task where nothing is written."""
        text = self.clean(setting, value).value["text"]
        return [] if text.strip() else ["Your text"]

    def view(self, setting: Setting) -> dict[str, Any]:
        """Return the length asked for and the rubric."""
        rubric = setting.vocabulary.rubric(setting.task.rubric or "")
        return self.frame(setting) | {
            "title": rubric.title,
            "words": list(setting.task.words or ()) or None,
            "rubric": rubric.model_dump(mode="json"),
        }

    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Check the rubric, the prompt and the model text."""
        place = ("tasks", setting.case.tasks.index(setting.task))
        known = {rubric.id for rubric in setting.vocabulary.rubrics}
        if setting.task.rubric not in known:
            what = f"No rubric is called {setting.task.rubric!r}."
            repair = f"Use one of: {', '.join(sorted(known))}."
            yield Fault((*place, "rubric"), what, repair, in_key=False)
        if not setting.task.prompt:
            yield Fault(place, "The prompt is missing.", "Add it.", in_key=False)
        if not key.model:
            where = ("tasks", setting.task.id)
            yield Fault(where, "The model text is missing.", "Add model.")
