"""`evidence`: which sentences support a claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caselens.cases import TaskKey
from caselens.tasks.kind import Cleaned, Fault, Kind, Setting, Value, sentences_of
from caselens.tasks.score import PartScore, Score, Verdict, marks, points

PART = "claim"
FEWEST_LISTED = 3
GOOD = 0.75
SOME = 0.25


class Evidence(Kind):
    """Sentences marked for one claim; hits minus listed false alarms."""

    name = "evidence"
    title = "Evidence"
    prompt = (
        "Mark the sentences that support this claim. Some sentences tempt and do not "
        "count."
    )

    def clean(self, setting: Setting, value: object) -> Cleaned:
        """Keep the known sentences."""
        problems: list[str] = []
        given = value.get("marked") if isinstance(value, dict) else None
        marked = sentences_of(given, setting, problems, "The claim")
        return Cleaned({"marked": marked}, problems)

    def score(self, setting: Setting, key: TaskKey, value: object) -> Score:
        """Hits over keyed weight, minus the share of listed wrong ones."""
        cleaned = self.clean(setting, value)
        marked = cleaned.value["marked"]
        one = key.parts[PART]
        listed = key.listed(one)
        corrected = marks(marked, one.keyed, listed)
        part = PartScore(
            part=PART,
            verdict=_verdict(marked, corrected),
            credit=corrected,
            weight=one.weight,
            choice=None,
            keyed=None,
            good=tuple(s for s in marked if s in one.keyed),
            missed=tuple(s for s in one.core if s not in marked),
            wrong=tuple((s, listed[s]) for s in marked if s in listed),
            why=one.why,
        )
        return Score(
            task=setting.task.id,
            points=points(corrected, setting.points) if one.weight else 0.0,
            maximum=setting.points,
            corrected=corrected,
            parts=(part,),
            problems=tuple(cleaned.problems),
        )

    def model(self, setting: Setting, key: TaskKey) -> Value:
        """Return every sentence that supports the claim."""
        keyed = key.parts[PART].keyed
        return {"marked": [one for one in setting.case.sentences if one in keyed]}

    def blanks(self, setting: Setting, value: object) -> list[str]:
        """Name the task where nothing is marked."""
        marked = self.clean(setting, value).value["marked"]
        return [] if marked else ["Sentences that support the claim"]

    def groups(self, setting: Setting) -> list[dict[str, Any]]:
        """Return the claim as a part without choices, whose sentences are asked."""
        part = {"id": PART, "text": setting.task.claim or "", "evidence": True}
        return [{"choices": [], "parts": [part]}]

    def fill(self, setting: Setting, chosen: dict[str, dict[str, Any]]) -> Value:
        """Return the sentences marked for the claim."""
        return {"marked": list(chosen.get(PART, {}).get("evidence", []))}

    def part_label(self, setting: Setting, part: str) -> str:
        """Return the claim."""
        return setting.task.claim or part

    def view(self, setting: Setting) -> dict[str, Any]:
        """Return the claim."""
        claim = {"claim": setting.task.claim, "evidence": True}
        return self.frame(setting) | claim

    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Check that the claim, its sentences and enough wrong ones are there."""
        index = setting.case.tasks.index(setting.task)
        if not setting.task.claim:
            yield Fault(("tasks", index), "The claim is missing.", "Add it.", False)
        place = ("tasks", setting.task.id, "parts")
        if set(key.parts) != {PART}:
            what = "An evidence task has one part, called claim."
            yield Fault(place, what, "Name it so.")
            return
        one = key.parts[PART]
        if not one.weight:
            what = "An evidence task whose claim is not scored earns nothing."
            yield Fault((*place, PART, "group"), what, "Use near or middle.")
        if not one.core:
            yield Fault((*place, PART), "No core sentence is keyed.", "Add one.")
        if len(key.listed(one)) < FEWEST_LISTED:
            yield Fault(
                (*place, PART),
                f"Fewer than {FEWEST_LISTED} sentences are listed as wrong.",
                "List those that tempt, each with its reason, under against.",
            )


def _verdict(marked: list[str], corrected: float) -> Verdict:
    if not marked:
        return "blank"
    if corrected >= GOOD:
        return "right"
    return "partly" if corrected >= SOME else "missed"
