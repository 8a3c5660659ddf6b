"""`ask`: the next question, and how each reply would move two rival accounts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caselens.cases import TaskKey
from caselens.tasks.accounts import (
    MOVED,
    account,
    account_faults,
    moved_choices,
    moved_label,
)
from caselens.tasks.choices import ChoiceKind, Menus
from caselens.tasks.kind import Cleaned, Fault, Setting, Value, text_of

NEXT = "next"
QUESTIONS = 4
RIVALS = 2
REPLIES = (2, 3)
OWN = "Or write a question of your own. It is shown beside the course's, not scored."


class Ask(ChoiceKind):
    """One of four questions, and a direction for each reply and account."""

    name = "ask"
    title = "The next question"
    prompt = (
        "Which question would tell most between the two accounts below? Then say how "
        "each reply would move them."
    )

    def menus(self, setting: Setting) -> Menus:
        """Return the questions for `next`, and the directions for reply and account."""
        task = setting.task
        questions = tuple(one.id for one in task.questions)
        pairs = [f"{r.id}-{h}" for r in task.replies for h in task.hypotheses]
        return {NEXT: questions} | dict.fromkeys(pairs, tuple(MOVED))

    def clean(self, setting: Setting, value: object) -> Cleaned:
        """Keep the choices, and the trainee's own question."""
        cleaned = super().clean(setting, value)
        own = value.get("own") if isinstance(value, dict) else None
        cleaned.value["own"] = text_of(own, cleaned.problems, "Your own question")
        return cleaned

    def model(self, setting: Setting, key: TaskKey) -> Value:
        """Return the keyed choices."""
        return super().model(setting, key) | {"own": ""}

    def part_label(self, setting: Setting, part: str) -> str:
        """Return the reply and the account, or what `next` asks."""
        if part == NEXT:
            return "The next question"
        reply, _, hypothesis = part.partition("-")
        texts = {one.id: one.text for one in setting.task.replies}
        return f"{texts.get(reply, reply)} {account(setting, hypothesis)}"

    def choice_label(self, setting: Setting, part: str, choice: str | None) -> str:
        """Return the question, or the direction's name."""
        if part == NEXT:
            questions = {one.id: one.text for one in setting.task.questions}
            return questions.get(choice or "", "")
        return moved_label(choice)

    def view(self, setting: Setting) -> dict[str, Any]:
        """Return the questions as one group, and a group for each reply."""
        task = setting.task
        questions = [
            {"id": one.id, "label": one.text, "help": ""} for one in task.questions
        ]
        ask = {"id": NEXT, "text": "Which would you ask?", "help": ""}
        replies = [
            {
                "title": reply.text,
                "choices": moved_choices(),
                "parts": [
                    {
                        "id": f"{reply.id}-{one}",
                        "text": account(setting, one),
                        "help": "",
                        "evidence": False,
                    }
                    for one in task.hypotheses
                ],
            }
            for reply in task.replies
        ]
        first = {"choices": questions, "parts": [ask | {"evidence": False}]}
        return self.frame(setting) | {
            "evidence": False,
            "groups": [first, *replies],
            "own": OWN,
        }

    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Check questions, replies and the two accounts beside the choices."""
        place = ("tasks", setting.case.tasks.index(setting.task))
        if len(setting.task.questions) != QUESTIONS:
            what = f"There must be {QUESTIONS} questions."
            yield Fault((*place, "questions"), what, "Add or cut.", in_key=False)
        low, high = REPLIES
        if not low <= len(setting.task.replies) <= high:
            what = f"There must be {low} or {high} replies."
            yield Fault((*place, "replies"), what, "Add or cut.", in_key=False)
        yield from account_faults(setting, RIVALS, RIVALS)
        yield from super().lint(setting, key)
