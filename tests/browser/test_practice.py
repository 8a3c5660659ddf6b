import re

import pytest
from playwright.sync_api import expect

from caselens.answers import model_values
from caselens.cases import find_key
from tests.browser.bench import settled
from tests.browser.keys import Keys
from tests.browser.places import PRACTICE
from tests.browser.prepared import committing, tell
from tests.browser.words import say

SAFETY, GOALS, EVIDENCE = "c001-safety", "c001-goals", "c001-evidence-1"
CBT, LENS, OWN = "c001-slots-1", "c001-lens", "c001-write-1"
DYNAMIC = "c001-slots-2"


@pytest.fixture
def third(place):
    """The unit with its first two parts committed, so that the third is open."""
    return tell(place(PRACTICE), committing("c001", 2))


def first_parts(value, count):
    return {"parts": dict(list(value["parts"].items())[:count])}


def named_error(task_id):
    """A part of the key, a wrong choice in it, and the error that it is called."""
    for part, key in find_key("c001").tasks[task_id].parts.items():
        for choice, wrong in key.wrong.items():
            if wrong.error:
                return part, choice, wrong
    pytest.fail(f"{task_id} names no error")


def card(bench, title):
    heading = bench.page.get_by_role("heading", name=title)
    return bench.root.get_by_role("article").filter(has=heading)


def test_a_practice_unit_is_worked_explained_locked_and_there_again(
    opened, third, page
):
    bench = opened(third)
    model = model_values(bench.place.unit)
    part, choice, wrong = named_error(GOALS)
    goals = model[GOALS] | {"offer": "Shall we begin with Sunday?"}
    goals["parts"] = goals["parts"] | {part: {"choice": choice, "evidence": ["s1"]}}
    given = {
        SAFETY: model[SAFETY],
        GOALS: goals,
        EVIDENCE: {"marked": ["s19", "s20", "s1"]},
        CBT: first_parts(model[CBT], 3),
        LENS: first_parts(model[LENS], 4),
        OWN: {"text": "She may be braced for the old hush."},
    }
    for task, value in given.items():
        bench.answer(task, value)
    bench.saved()
    for task, value in given.items():
        bench.stored(task, value)

    bench.go(GOALS)
    bench.commit()
    labels = {one["id"]: one["text"] for one in part_views(bench, GOALS)}
    missed = card(bench, labels[part])
    expect(missed.locator(".cl-verdict")).not_to_have_text("Right")
    error = bench.place.unit.vocabulary.error(wrong.error)
    expect(missed).to_contain_text(f"Named error: {error.name}.")
    right = card(bench, labels[next(one for one in labels if one != part)])
    expect(right.locator(".cl-verdict")).to_have_text("Right")
    link = missed.get_by_role("button", name=re.compile("^Show sentence")).first
    number = re.search(r"\d+", link.get_attribute("aria-label"))[0]
    link.click()
    shown = bench.case.locator(".cl-sentence.is-flash")
    expect(shown.locator(".cl-number")).to_have_text(number)
    expect(shown).to_be_in_viewport()
    assert bench.place.answers()["tasks"][GOALS]["committed"] is True

    bench.root.get_by_text("Your answers as you committed them").click()
    for radio in bench.part(labels[part]).get_by_role("radio").all():
        expect(radio).to_be_disabled()

    before = bench.place.answers()["tasks"]
    page.reload()
    bench.ready().go(GOALS)
    expect(missed).to_contain_text(f"Named error: {error.name}.")
    bench.go(SAFETY)
    chosen = bench.part("Risk to self").get_by_role("radio", checked=True)
    expect(chosen).to_have_accessible_name("Cues, unclear or not asked")
    expect(bench.part("Risk to self").get_by_role("button").first).to_have_text(
        re.compile(r"Sentences: 31, 32")
    )
    bench.go(OWN)
    expect(bench.root.get_by_label("Your text")).to_have_value(given[OWN]["text"])
    after = bench.place.answers()["tasks"]
    assert {task: settled(one["value"]) for task, one in after.items()} == {
        task: settled(one["value"]) for task, one in before.items()
    }


def part_views(bench, task_id):
    return [
        one for group in bench.place.view[task_id]["groups"] for one in group["parts"]
    ]


def test_the_same_unit_is_worked_with_the_keyboard_alone(opened, third, page):
    bench = opened(third)
    keys = Keys(page)
    keys.tab_to(bench.root.get_by_role("button", name=say("go.begin"), exact=True))
    keys.press("Enter")
    expect(bench.heading).to_have_text(bench.place.view["c001-ask"]["title"])
    keys.steps_to(bench, SAFETY)
    expect(bench.heading).to_have_text(bench.place.view[SAFETY]["title"])

    value = model_values(bench.place.unit)[SAFETY]
    choices = {
        one["id"]: index
        for group in bench.place.view[SAFETY]["groups"]
        for index, one in enumerate(group["choices"])
    }
    for view in part_views(bench, SAFETY):
        part = bench.part(view["text"])
        answer = value["parts"][view["id"]]
        keys.pick(part.get_by_role("radio"), choices[answer["choice"]])
        if answer.get("evidence"):
            button = part.locator(".cl-mark-button")
            keys.tab_to(button)
            keys.press("Enter")
            for one in sorted(answer["evidence"], key=bench.number):
                keys.walk_to(bench.sentence(one).get_by_role("checkbox"))
                keys.press("Space")
            keys.press("Escape")
            expect(button).to_be_focused()
    bench.stored(SAFETY, value)
    keys.press("Control+Enter")
    expect(bench.root.locator(".cl-feedback")).to_be_visible()
    expect(card(bench, "Risk to self").locator(".cl-verdict")).to_have_text("Right")

    keys.steps_to(bench, LENS)
    parts = part_views(bench, LENS)
    first = parts[0]
    keys.pick(bench.part(first["text"]).get_by_role("radio"), 2)
    bench.stored(LENS, {"parts": {first["id"]: {"choice": "both"}}})
    keys.press("Control+Enter")
    blank = say("ask.blanks", count=len(parts) - 1, parts="")
    asked = bench.root.get_by_text(blank.rstrip(" ."))
    expect(asked).to_be_visible()
    keys.press("Escape")
    expect(asked).to_have_count(0)
    keys.press("Control+Enter")
    keys.press("Control+Enter")
    expect(bench.root.locator(".cl-feedback")).to_be_visible()
    committed = bench.place.answers()["tasks"]
    assert committed[SAFETY]["committed"] and committed[LENS]["committed"]

    keys.steps_to(bench, DYNAMIC)
    keys.tab_to(bench.root.get_by_label(say("first.label")))
    page.keyboard.type("She hopes to be sought out.")
    keys.press("Control+Enter")
    first = part_views(bench, DYNAMIC)[0]
    keys.tab_to(bench.part(first["text"]).get_by_role("combobox"))
    page.keyboard.type("Repetition")
    bench.stored(DYNAMIC, {"parts": {first["id"]: {"choice": "repetition"}}})
    written = bench.place.answers()["tasks"][DYNAMIC]["first_text"]
    assert written == "She hopes to be sought out."


def test_a_written_text_is_shown_as_typed_and_never_rendered(opened, third, page):
    bench = opened(third)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    said = []
    page.on("dialog", lambda one: (said.append(one.message), one.dismiss()))
    markup = (
        '<script>window.ran = 1; alert("script")</script>'
        '<img id="intruder" src="x" onerror="window.ran = 2; alert(2)">'
        "<b>bold</b> &amp; $x^2$ **stars** `tick` \\n {braces} </textarea>"
        "\U0001f9e0\U0001f469\u200d\U0001f467 e\u0301 \u05e9\u05dc\u05d5\u05dd "
        "\u0645\u0631\u062d\u0628\u0627 \u202etext\u202c\nsecond line\ttab "
    )
    text = markup + "x" * (100_000 - len(markup))
    bench.go(OWN)
    box = bench.root.get_by_label("Your text")
    box.click()
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")
    expect(box).to_have_value(text)
    bench.saved()
    bench.stored(OWN, {"text": text})

    bench.commit()
    own = bench.root.locator(".cl-own").first
    expect(own).to_contain_text(markup.partition("\n")[0])
    assert bench.place.value(OWN) == {"text": text}
    page.reload()
    bench.ready().go(OWN)
    expect(own).to_contain_text('<script>window.ran = 1; alert("script")</script>')
    assert page.evaluate("window.ran ?? null") is None
    assert page.locator("#intruder").count() == 0
    assert said == []


def test_the_pages_own_keys_work_as_soon_as_it_has_opened(opened, place, page):
    laid = place(PRACTICE).give({"c001-ask": {"own": "What then?"}})
    bench = opened(laid)
    expect(bench.heading).to_be_focused()
    here = bench.root.locator("[data-step][aria-current]")
    expect(here).to_have_attribute("data-step", "read-c001-1")
    page.keyboard.press("Alt+PageDown")
    expect(here).to_have_attribute("data-step", "c001-ask")
