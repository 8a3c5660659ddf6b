"""`safety`: where risk stands, on which sentences, and the next question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caselens.cases import PartKey, TaskKey
from caselens.cases.vocabulary import SAFETY_PARTS, SAFETY_STATES
from caselens.tasks.choices import ChoiceKind, Menus
from caselens.tasks.kind import Fault, Setting

NEXT = "next"
QUESTIONS = 4
HELP = {
    "active": "The case tells of risk now, or of acts or plans.",
    "unclear": "A hint that nobody has followed up, or nobody has asked.",
    "denied": "Somebody asked directly, and the answer was no. Not an all-clear.",
}
PART_HELP = {
    "self": "Suicide, self-harm, or letting oneself come to harm.",
    "others": "Harm that the client might do to somebody, children included.",
    "from_others": "Harm that somebody does or might do to the client.",
    "medical": "Illness, medication, substances, eating or sleep that may endanger.",
}


class Safety(ChoiceKind):
    """Four states of risk with sentences, and one next question."""

    name = "safety"
    title = "Safety first"
    prompt = (
        "Where does risk stand at the end of what you have read? Mark the sentences "
        "that bear on it, then choose what to ask next."
    )

    def menus(self, setting: Setting) -> Menus:
        """Return the states for the four parts, and the questions for `next`."""
        states = tuple(SAFETY_STATES)
        questions = tuple(question.id for question in setting.task.questions)
        return dict.fromkeys(SAFETY_PARTS, states) | {NEXT: questions}

    def cites(self, setting: Setting, part: str) -> bool:
        """The four states ask for sentences; the next question does not."""
        return part != NEXT

    def claims(self, choice: str | None) -> bool:
        """Active risk claims something."""
        return choice == "active"

    def missed_safety(self, key: PartKey, share: float) -> bool:
        """A cue that stands in the text and was not seen withholds "complete"."""
        return key.explicit and share == 0

    def part_label(self, setting: Setting, part: str) -> str:
        """Return the part's name."""
        return SAFETY_PARTS.get(part, "The next question")

    def choice_label(self, setting: Setting, part: str, choice: str | None) -> str:
        """Return the state's name, or the question's text."""
        questions = {one.id: one.text for one in setting.task.questions}
        labels = questions if part == NEXT else SAFETY_STATES
        return labels.get(choice or "", "")

    def view(self, setting: Setting) -> dict[str, Any]:
        """Return the states as one group and the next question as another."""
        states = [
            {"id": one, "label": label, "help": HELP[one]}
            for one, label in SAFETY_STATES.items()
        ]
        parts = [
            {"id": one, "text": label, "help": PART_HELP[one], "evidence": True}
            for one, label in SAFETY_PARTS.items()
        ]
        questions = [
            {"id": one.id, "label": one.text, "help": ""}
            for one in setting.task.questions
        ]
        ask = {"id": NEXT, "text": "What would you ask next?", "evidence": False}
        return self.frame(setting) | {
            "evidence": True,
            "groups": [
                {"choices": states, "parts": parts},
                {"choices": questions, "parts": [ask]},
            ],
        }

    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Check the questions beside the choices."""
        if len(setting.task.questions) != QUESTIONS:
            place = ("tasks", setting.case.tasks.index(setting.task), "questions")
            yield Fault(
                place, "There must be four next questions.", "Add or cut.", in_key=False
            )
        yield from super().lint(setting, key)
