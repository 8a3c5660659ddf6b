import re

from playwright.sync_api import expect

from caselens.answers import model_values
from caselens.widgets.desk import Desk
from tests.browser.bench import settled, until
from tests.browser.looks import no_code_in_sight
from tests.browser.places import LESSON

SAFETY, EVIDENCE, LENS = "c004-safety", "c004-evidence-1", "c004-lens"


def test_the_drills_of_a_lesson_can_be_answered_and_give_feedback(place, page):
    laid = place(LESSON)
    page.goto(laid.address)
    drills = page.locator(".caselens-drill")
    expect(drills).to_have_count(3, timeout=60_000)
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "One client, two lenses"
    )
    no_code_in_sight(page)

    model = model_values(laid.unit)
    views = {one["id"]: one for one in Desk(laid.unit, laid.folder).page()["tasks"]}
    lens = drills.nth(2)
    for group in views[LENS]["groups"]:
        labels = {one["id"]: one["label"] for one in group["choices"]}
        for part in group["parts"]:
            keyed = labels[model[LENS]["parts"][part["id"]]["choice"]]
            lens.get_by_label(part["text"]).select_option(label=keyed)
    lens.get_by_role("button", name="Compare").click()
    expect(lens.get_by_role("status")).to_contain_text("4 right", ignore_case=True)
    expect(lens.get_by_role("button", name="Compare")).to_be_disabled()
    assert settled(laid.value(LENS)) == settled(model[LENS])

    evidence = drills.nth(1)
    evidence.get_by_label(re.compile(r"^4\. ")).check()
    evidence.get_by_role("button", name="Compare").click()
    expect(evidence.get_by_role("status")).to_contain_text(re.compile(r"\w+ \w+"))
    assert laid.value(EVIDENCE) == {"marked": ["s4"]}

    safety = drills.nth(0)
    safety.get_by_label("Risk to self").select_option(label="Asked and denied")
    safety.get_by_text("Sentences for: Risk to self").click()
    safety.get_by_label(re.compile(r"^8\. ")).first.check()
    safety.get_by_role("button", name="Compare").click()
    expect(safety.get_by_role("status")).to_contain_text("Risk to self")
    until(page, lambda: laid.value(SAFETY), "the answer in the file")
    given = laid.value(SAFETY)["parts"]["self"]
    assert given == {"choice": "denied", "evidence": ["s8"]}
    no_code_in_sight(page)

    page.reload()
    expect(drills.nth(2).get_by_role("status")).to_contain_text(
        "4 right", timeout=60_000
    )
