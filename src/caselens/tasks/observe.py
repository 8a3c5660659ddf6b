"""`observe`: how each sentence is known, and what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caselens.cases import TaskKey
from caselens.tasks.choices import ChoiceKind, Menus
from caselens.tasks.kind import Fault, Setting

FEWEST = 3
SOURCES = {
    "observation": ("Observation", "Seen or heard in the room by whoever writes."),
    "report": ("Report", "Told by somebody, the client included."),
    "inference": ("Inference", "A conclusion that somebody drew."),
}
CONTENTS = {
    "thought": ("Thought", "Words or a picture in the mind, an expectation, a wish."),
    "feeling": ("Feeling", "An emotion, named or shown."),
    "behaviour": ("Behaviour", "What the client does or leaves undone."),
    "body": ("Body", "A sensation, or a state of the body."),
    "situation": ("Situation", "Circumstances, events, what others do."),
}
MENUS = {"source": SOURCES, "content": CONTENTS}
QUESTION = {"source": "How do we know it?", "content": "What is it about?"}


class Observe(ChoiceKind):
    """Two questions about each sentence that the task names."""

    name = "observe"
    title = "What was said and seen"
    prompt = (
        "For each sentence: how do we know it, and what is it about? Keep what was "
        "seen and told apart from what somebody concluded."
    )

    def menus(self, setting: Setting) -> Menus:
        """Return both menus for every sentence, first all sources, then contents."""
        return {
            f"{sentence}-{ask}": tuple(menu)
            for ask, menu in MENUS.items()
            for sentence in setting.task.sentences
        }

    def part_label(self, setting: Setting, part: str) -> str:
        """Return the sentence and the question."""
        sentence, _, ask = part.partition("-")
        return f"{_named(setting, sentence)} {QUESTION.get(ask, '')}".strip()

    def choice_label(self, setting: Setting, part: str, choice: str | None) -> str:
        """Return the class's name."""
        menu = MENUS.get(part.partition("-")[2], {})
        return menu.get(choice or "", ("",))[0]

    def view(self, setting: Setting) -> dict[str, Any]:
        """Return one group a question, with the sentences as parts."""
        groups = [
            {
                "title": QUESTION[ask],
                "choices": [
                    {"id": one, "label": label, "help": text}
                    for one, (label, text) in menu.items()
                ],
                "parts": [
                    {
                        "id": f"{one}-{ask}",
                        "sentence": one,
                        "text": _named(setting, one),
                        "help": "",
                        "evidence": False,
                    }
                    for one in setting.task.sentences
                ],
            }
            for ask, menu in MENUS.items()
        ]
        return self.frame(setting) | {"evidence": False, "groups": groups}

    def lint(self, setting: Setting, key: TaskKey) -> Iterator[Fault]:
        """Check that the sentences are there, and open by the task's stage."""
        index = setting.case.tasks.index(setting.task)
        place = ("tasks", index, "sentences")
        if len(setting.task.sentences) < FEWEST:
            yield Fault(place, f"Fewer than {FEWEST} sentences.", "Add some.", False)
        for number, one in enumerate(setting.task.sentences):
            if one not in setting.case.sentences:
                what = f"The case has no sentence {one!r}."
                yield Fault((*place, number), what, "Correct it.", in_key=False)
            elif setting.case.stage_of(one) > setting.task.stage:
                what = f"{one} is not open at stage {setting.task.stage}."
                yield Fault((*place, number), what, "Use an earlier one.", False)
        yield from super().lint(setting, key)


def _named(setting: Setting, sentence: str) -> str:
    found = setting.case.sentences.get(sentence)
    return f"{found.number}. {found.text}" if found else sentence
