"""A feedback as HTML and as plain text, for the marker and the trainee.

Every word that comes from a file is escaped here; nothing else makes markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Any

from caselens.tasks.feedback import VERDICTS

COMMON = 0x3000  # characters that are kept once they were looked up
SENTENCE_ID = re.compile(r"\bs([0-9]+)\b")
SENTENCE_RUN = re.compile(r"\bs[0-9]+(?:(?:, and |, or |, | and | or | to )s[0-9]+)*\b")

PASSED_OVER = "A cue about safety that stands in the text was passed over."


class _Numbered(dict[int, str]):
    """For str.translate: letters, figures and spaces stay, the rest are numbers."""

    def __missing__(self, code: int) -> str:
        one = chr(code)
        written = one if one.isalnum() or one == " " else f"&#{code};"
        if code < COMMON:
            self[code] = written
        return written


_NUMBERED = _Numbered()


def plain(text: str) -> str:
    """Return a reason with sentence ids in words: "s3, s4" as "sentences 3, 4"."""

    def in_words(run: re.Match[str]) -> str:
        numbers = SENTENCE_ID.sub(r"\1", run.group())
        return f"sentence{'s' if numbers != run.group()[1:] else ''} {numbers}"

    return SENTENCE_RUN.sub(in_words, text)


def referred(text: str, case_id: str) -> str:
    """Return a reason as HTML whose sentence numbers are links into the case.

    The page that shows it has the sentences, with ids such as `c003-s14`.
    """
    return SENTENCE_RUN.sub(
        lambda run: _linked(run.group(), case_id), escape(text, quote=False)
    )


def feedback_html(found: Mapping[str, Any], *, level: int = 3) -> str:
    """Return a feedback as an HTML fragment with headings of `level`."""
    body = [
        f"<p class='caselens-summary'><strong>{_safe(found['summary'])}</strong></p>"
    ]
    if not found.get("complete", True):
        body.append(f"<p>{PASSED_OVER}</p>")
    body += [
        f"<p class='caselens-problem'>{_safe(one)}</p>" for one in found["problems"]
    ]
    if found["parts"]:
        items = "".join(_part_html(part, level) for part in found["parts"])
        body.append(f"<ul class='caselens-parts'>{items}</ul>")
    body += _agenda_html(found.get("agenda"))
    body += _model_html(found.get("model"), level)
    body += _supervisors_html(found.get("supervisors"), level)
    return f"<div class='caselens-feedback'>{''.join(body)}</div>"


def feedback_text(found: Mapping[str, Any]) -> str:
    """Return a feedback as plain text, a part a line."""
    lines = [found["summary"], *found["problems"]]
    lines += [
        f"{part['label']}: {VERDICTS[part['verdict']]} (key: {part['keyed'] or '-'})"
        for part in found["parts"]
    ]
    return "\n".join(lines)


def text_html(text: str) -> str:
    """Return a trainee's text as one line of HTML that shows it as it was typed.

    Every character that Markdown, HTML or mathematics could read as anything
    else than text is written as a number, and line breaks too, so that a blank
    line cannot end the block.
    """
    safe = text.translate(_NUMBERED)
    return (
        "<pre class='caselens-answer mathjax_ignore tex2jax_ignore' "
        f"style='white-space: pre-wrap; word-break: normal; "
        f"overflow-wrap: anywhere; font-family: inherit'>{safe}</pre>"
    )


# A key's reasons are shown to a whole class.
@lru_cache(maxsize=8192)
def _safe(text: str) -> str:
    return escape(plain(text))


def _linked(run: str, case_id: str) -> str:
    link = rf'<a href="#{escape(case_id)}-s\1">\1</a>'
    numbers = SENTENCE_ID.sub(link, run)
    several = len(SENTENCE_ID.findall(run)) > 1
    return f"sentence{'s' if several else ''} {numbers}"


def _part_html(part: Mapping[str, Any], level: int) -> str:
    verdict = VERDICTS[part["verdict"]]
    yours, keyed = part["yours"] or "nothing", part["keyed"]
    lines = [f"<h{level}>{_safe(part['label'])}</h{level}>"]
    lines.append(f"<p><strong>{verdict[0].upper()}{verdict[1:]}.</strong> ")
    if keyed:
        also = f", or {part['also']}" if part.get("also") else ""
        lines.append(f"{_safe(_stop(f'Given: {yours}'))} ")
        lines.append(f"{_safe(_stop(f'Key: {keyed}{also}'))} ")
    lines.append("" if part["scored"] else "Explained, not scored.")
    lines.append(f"</p>{_sentences_html(part['sentences'])}")
    if part["why"]:
        lines.append(f"<p>{_safe(part['why'])}</p>")
    if part.get("breaks"):
        lines.append(f"<p>What would break it: {_safe(part['breaks'])}</p>")
    if part["error"]:
        name, text = part["error"]["name"], part["error"]["text"]
        lines.append(f"<p><em>Named error: {_safe(name)}.</em> {_safe(text)}</p>")
    return f"<li class='caselens-{part['verdict']}'>{''.join(lines)}</li>"


def _stop(text: str) -> str:
    """End a text with a full stop, unless it ends a sentence already."""
    return text if text[-1:] in ".?!" else f"{text}."


def _sentences_html(sentences: Mapping[str, Any]) -> str:
    lines = []
    if sentences["good"]:
        lines.append(f"Well marked: {_safe(', '.join(sentences['good']))}.")
    if sentences["missed"]:
        lines.append(f"Not marked: {_safe(', '.join(sentences['missed']))}.")
    lines += [
        f"Does not count: {_safe(one['id'])} ({_safe(one['why'])})."
        for one in sentences["wrong"]
    ]
    return f"<p>{' '.join(lines)}</p>" if lines else ""


def _agenda_html(agenda: Mapping[str, Any] | None) -> list[str]:
    if not agenda:
        return []
    best = " and ".join(agenda["best"])
    return [f"<p>For the agenda: {_safe(best)}. {_safe(agenda['why'])}</p>"]


def _model_html(model: Mapping[str, Any] | None, level: int) -> list[str]:
    if not model:
        return []
    look = "".join(f"<li>{_safe(one)}</li>" for one in model["look_for"])
    text = "".join(
        f"<p>{_safe(one)}</p>" for one in model["text"].split("\n") if one.strip()
    )
    found = f"<p>What to look for:</p><ul>{look}</ul>" if look else ""
    return [f"<h{level}>One good answer</h{level}>{text}{found}"]


def _supervisors_html(voices: Mapping[str, str] | None, level: int) -> list[str]:
    if not voices:
        return []
    return [
        f"<p>A CBT supervisor might say: {_safe(voices['cbt'])}</p>"
        f"<p>A dynamic supervisor might say: {_safe(voices['dynamic'])}</p>"
    ]
