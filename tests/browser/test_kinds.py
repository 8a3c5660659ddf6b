"""Every way to answer, by mouse: given, kept, there again, and explained."""

import re

import pytest
from playwright.sync_api import expect

from caselens.answers import model_values
from caselens.cases import find_key
from tests.browser.bench import settled
from tests.browser.hands import arrow_card, draw_arrow, label_box, label_row, statement
from tests.browser.places import PRACTICE
from tests.browser.words import like, say

ASK, OBSERVE, PICK, UPDATE = "c001-ask", "c001-observe", "c001-pick", "c001-update-1"
LENS, TRANSLATE, ORDER = "c001-lens", "c001-translate", "c001-order"
APPRAISE, LINK = "c001-appraise", "c001-link"
OWN = "What would you like Jo to know, on a day when you shut the door?"
BREAKS = "She stays on an evening when nobody sits down."


@pytest.fixture
def third(place):
    """The unit with the tasks before its third part answered and committed."""
    laid = place(PRACTICE)
    early = tuple(one.id for one in laid.unit.cases[0].tasks if one.stage < 3)
    model = model_values(laid.unit)
    return laid.give({task: model[task] for task in early}, commit=early)


def differing(view, value, wrong):
    """The keyed answer, but for some parts the first choice that is not keyed."""
    parts = dict(value["parts"])
    for group in view["groups"]:
        for part in group["parts"]:
            if part["id"] in wrong:
                keyed = parts[part["id"]]["choice"]
                other = next(one for one in group["choices"] if one["id"] != keyed)
                parts[part["id"]] = {"choice": other["id"]}
    assert settled({"parts": parts}) != settled({"parts": value["parts"]})
    return value | {"parts": parts}


def kept_and_there_again(bench, given):
    """What was given is in the file, and on the page when it is loaded again."""
    bench.saved()
    for task, value in given.items():
        bench.stored(task, value)
    bench.page.reload()
    bench.ready()
    for task, value in given.items():
        bench.shows(task, value)
        bench.stored(task, value)


def explained(bench, task):
    """Commit, and find a card for every part: what it is, verdict and answers."""
    bench.go(task)
    bench.commit()
    parts = bench.place.feedback(task)["parts"]
    assert len({one["verdict"] for one in parts}) > 1, "One verdict tells little"
    cards = bench.root.get_by_role("article")
    expect(cards).to_have_class([re.compile(rf"is-{one['verdict']}$") for one in parts])
    for card, part in zip(cards.all(), parts, strict=True):
        words = [part["label"]]
        words += [part[name] for name in ("yours", "keyed") if part[name]]
        for one in words:
            expect(card).to_contain_text(one)


def beside(bench):
    """Two texts side by side: the trainee's own, and the course's."""
    return bench.root.locator(".cl-beside > section")


def test_a_question_sentences_labels_and_accounts_by_mouse(opened):
    bench = opened(PRACTICE)
    model, views = model_values(bench.place.unit), bench.place.view
    asked = differing(views[ASK], model[ASK], ("r2-h1",)) | {"own": OWN}
    bench.answer(ASK, asked)
    kept_and_there_again(bench, {ASK: asked})
    explained(bench, ASK)
    expect(beside(bench).first).to_contain_text(OWN)
    keyed = find_key("c001").tasks[ASK].parts["next"].answer
    questions = {one["id"]: one["label"] for one in views[ASK]["groups"][0]["choices"]}
    expect(beside(bench).last).to_contain_text(questions[keyed])

    bench.open_stage(2)
    picked = {"denial": {"choice": "fits", "evidence": ["s8", "s25"]}}
    given = {
        OBSERVE: differing(views[OBSERVE], model[OBSERVE], ("s4-source", "s8-content")),
        PICK: {"parts": model[PICK]["parts"] | picked},
        UPDATE: differing(views[UPDATE], model[UPDATE], ("h3",)),
    }
    for task, value in given.items():
        bench.answer(task, value)
    kept_and_there_again(bench, given)
    assert bench.place.value(PICK)["parts"].keys() == given[PICK]["parts"].keys()
    for task in given:
        explained(bench, task)


def test_lenses_counterparts_and_levels_by_mouse(opened, third):
    bench = opened(third)
    model, views = model_values(bench.place.unit), bench.place.view
    repair = "Hilary may leave when talk stops (s19, s20).\nA rival is pain (s15)."
    given = {
        LENS: differing(views[LENS], model[LENS], ("l3", "m2", "m5")),
        TRANSLATE: differing(views[TRANSLATE], model[TRANSLATE], ("c3", "c6")),
        APPRAISE: differing(views[APPRAISE], model[APPRAISE], ("t1-lenses",))
        | {"repair": repair},
    }
    assert {"m1", "m2", "m3", "m4", "m5"} < given[LENS]["parts"].keys()
    for task, value in given.items():
        bench.answer(task, value)
    kept_and_there_again(bench, given)
    for task in given:
        explained(bench, task)
    expect(beside(bench).first).to_contain_text(repair.partition("\n")[0])
    expect(beside(bench).last).to_contain_text("A rival is pain")


def test_a_label_that_is_let_go_leaves_the_answer_and_keeps_its_marks(opened, place):
    laid = place(PRACTICE)
    laid.give({ASK: model_values(laid.unit)[ASK]}, commit=(ASK,))
    bench = opened(laid)
    bench.go(PICK)
    bench.show_choices("She tells the rule, and not how it was.")
    labels = {one["id"]: one for one in laid.view[PICK]["groups"][0]["parts"]}
    kept, left = labels["denial"], labels["projection"]
    marked = {"choice": "fits", "evidence": ["s7", "s18"]}
    label_box(bench, left).check()
    button = label_row(bench, kept).locator(".cl-mark-button")
    expect(button).to_be_hidden()
    label_box(bench, kept).check()
    bench.mark_at(button, marked["evidence"])
    bench.stored(PICK, {"parts": {"denial": marked, "projection": {"choice": "fits"}}})
    label_box(bench, left).uncheck()
    label_box(bench, kept).uncheck()
    bench.stored(PICK, {"parts": {}})
    assert bench.place.value(PICK)["parts"] == {}
    label_box(bench, kept).check()
    bench.stored(PICK, {"parts": {"denial": marked}})
    assert bench.place.value(PICK)["parts"] == {"denial": marked}

    # What a label means is told on asking.
    meaning = label_row(bench, kept).get_by_text(kept["help"][:40])
    expect(meaning).to_be_hidden()
    label_row(bench, kept).get_by_role("button", name=say("pick.what")).click()
    expect(meaning).to_be_visible()


def places(*ids):
    """The value of an order."""
    return {"parts": {one: {"choice": str(n)} for n, one in enumerate(ids, 1)}}


def test_steps_are_placed_moved_and_taken_out_by_mouse(opened, third):
    bench = opened(third)
    bench.go(ORDER)
    texts = {one["id"]: one["text"] for one in third.view[ORDER]["groups"][0]["parts"]}

    def tool(step, way):
        name = say(f"order.{way}", text=texts[step])
        return bench.root.get_by_role("button", name=name, exact=True)

    def holds(*ids):
        bench.stored(ORDER, places(*ids))

    for one in ("f4", "f3", "f2"):
        bench.press(texts[one])
    holds("f4", "f3", "f2")
    tool("f2", "up").click()
    holds("f4", "f2", "f3")
    tool("f4", "down").click()
    holds("f2", "f4", "f3")
    expect(tool("f3", "down")).to_be_disabled()
    tool("f2", "up").click(force=True)  # it is first already
    tool("f4", "out").click()
    holds("f2", "f3")
    for one in ("f4", "f5", "f1"):
        bench.press(texts[one])
    value = places("f2", "f3", "f4", "f5", "f1")
    kept_and_there_again(bench, {ORDER: value})

    explained(bench, ORDER)
    ordered = ["f2", "f3", "f4", "f5", "f1"]
    keyed = model_values(third.unit)[ORDER]["parts"]
    course = sorted(keyed, key=lambda one: keyed[one]["choice"])
    for column, ids in ((beside(bench).first, ordered), (beside(bench).last, course)):
        lines = column.locator(".cl-order-text")
        expect(lines).to_have_text([texts[one] for one in ids])


def test_arrows_are_drawn_marked_changed_and_removed_by_mouse(opened, third):
    bench = opened(third)
    view, model = third.view[LINK], model_values(third.unit)[LINK]["parts"]
    bench.go(LINK)
    box = statement(bench, view, "d2")
    box.click()
    expect(box).to_have_attribute("aria-pressed", "true")
    bench.press(say("link.cancel"))
    expect(box).to_have_attribute("aria-pressed", "false")
    assert bench.place.value(LINK) is None

    # One as the course has it, one with another relation, one that it has not.
    (both, evidence), (changed, other), *_ = (
        (arrow, one["evidence"]) for arrow, one in model.items()
    )
    wrong = next(one["id"] for one in view["relations"] if one["id"] != "leads_to")
    value = {
        both: {"choice": model[both]["choice"], "evidence": evidence, "breaks": BREAKS},
        changed: {"choice": "leads_to", "evidence": other[:1], "breaks": "If not."},
        "d2-d8": {"choice": wrong},
        "d9-d8": {"choice": wrong, "breaks": "Gone with it."},
    }
    bench.answer(LINK, {"parts": value})
    bench.stored(LINK, {"parts": value})
    draw_arrow(bench, view, changed, wrong)
    value[changed] = value[changed] | {"choice": wrong}
    bench.stored(LINK, {"parts": value})
    card = arrow_card(bench, view, "d9-d8", wrong)
    card.get_by_role("button", name=like("link.removeFor")).click()
    del value["d9-d8"]
    kept_and_there_again(bench, {LINK: {"parts": value}})
    assert bench.place.value(LINK)["parts"].keys() == value.keys()

    explained(bench, LINK)
    overlay = bench.root.locator(".cl-link-overlay")
    tones = dict.fromkeys(model, "course") | {both: "both", "d2-d8": "own"}
    expect(overlay.locator(".cl-arc.is-course")).to_have_count(len(model) - 1)
    for arrow, tone in tones.items():
        arc = overlay.locator(f".cl-arc.is-{tone}[data-key='{arrow}']")
        expect(arc).to_have_count(1)
    keyed = find_key("c001").tasks[LINK].parts
    for arrow, one in model.items():
        told = arrow_card(bench, view, arrow, one["choice"])
        expect(told).to_contain_text(keyed[arrow].breaks)
