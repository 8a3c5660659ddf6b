"""`write`: a written answer, marked by a person against a rubric."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caselens.cases import TaskKey
from caselens.tasks.kind import (
    Cleaned,
    Fault,
    Kind,
    Place,
    Setting,
    Value,
    text_of,
)
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

    def fill(self, setting: Setting, chosen: dict[str, dict[str, Any]]) -> Value:
        """Return a blank text: there is nothing to choose."""
        return {"text": ""}

    def blanks(self, setting: Setting, value: object) -> list[str]:
        """Name the task where nothing is written."""
        text = self.clean(setting, value).value["text"]
        return [] if text.strip() else ["Your text"]

    def view(self, setting: Setting) -> dict[str, Any]:
        """Return the length asked for, the rubric, and what is written anew."""
        task = setting.task
        rubric = setting.vocabulary.rubric(task.rubric) if task.rubric else None
        return self.frame(setting) | {
            "title": rubric.title if rubric else self.title,
            "words": list(task.words or ()) or None,
            "rubric": rubric.model_dump(mode="json") if rubric else None,
            "rewrites": task.rewrites,
        }

    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Check the rubric, the prompt and the model text."""
        place = ("tasks", setting.case.tasks.index(setting.task))
        yield from rubric_faults(setting, (*place, "rubric"))
        yield from self._lint_rewrites(setting, (*place, "rewrites"))
        yield from self._lint_anchors(setting, key)
        if not setting.task.prompt:
            yield Fault(place, "The prompt is missing.", "Add it.", in_key=False)
        if not key.model:
            where = ("tasks", setting.task.id)
            yield Fault(where, "The model text is missing.", "Add model.")

    def _lint_rewrites(self, setting: Setting, place: Place) -> Iterator[Fault]:
        named = setting.task.rewrites
        if named is None:
            return
        earlier = [
            one.id
            for one in setting.case.tasks
            if one.kind == self.name and one.stage < setting.task.stage
        ]
        if named not in earlier:
            what = f"{named!r} is no written task of an earlier stage."
            repair = f"Use one of: {', '.join(earlier) or 'none is there; add one'}."
            yield Fault(place, what, repair, in_key=False)

    def _lint_anchors(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        place: Place = ("tasks", setting.task.id, "anchors")
        if not key.anchors:
            return
        if setting.task.rubric is None:
            yield Fault(place, "Anchors need a rubric.", "Name it in the case.")
            return
        levels = [one.level for one in key.anchors]
        if sorted(levels) != ["adequate", "excellent", "poor"]:
            what = "Anchors are three: one poor, one adequate, one excellent."
            yield Fault(place, what, "Add or cut.")
        if len({one.lens for one in key.anchors}) == 1:
            yield Fault(place, "All anchors are from one lens.", "Let one be other.")
        yield from _anchor_ratings(setting, key, place)


def _anchor_ratings(setting: Setting, key: TaskKey, place: Place) -> Iterator[Fault]:
    try:
        criteria = setting.vocabulary.rubric(setting.task.rubric or "").criteria
    except KeyError:
        return
    known = {one.id: {level.points for level in one.levels} for one in criteria}
    for index, anchor in enumerate(key.anchors):
        where = (*place, index, "ratings")
        if set(anchor.ratings) != set(known):
            what = f"{anchor.id} is not rated on every criterion, and on no other."
            yield Fault(where, what, f"Rate: {', '.join(known)}.")
            continue
        for criterion, level in anchor.ratings.items():
            if level not in known[criterion]:
                what = f"{criterion} has no level {level}."
                yield Fault((*where, criterion), what, "Use the rubric's points.")


def rubric_faults(setting: Setting, place: Place) -> Iterator[Fault]:
    """Yield a fault where the task names a rubric that the course does not have."""
    named = setting.task.rubric
    known = {rubric.id for rubric in setting.vocabulary.rubrics}
    if named is not None and named not in known:
        what = f"No rubric is called {named!r}."
        repair = f"Use one of: {', '.join(sorted(known))}."
        yield Fault(place, what, repair, in_key=False)
