import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from caselens.answers import model_values
from caselens.widgets.desk import Desk
from tests.browser.looks import fits_the_window, picture
from tests.browser.places import GRADED, PRACTICE

SAFETY, GOALS, EVIDENCE = "c001-safety", "c001-goals", "c001-evidence-1"
CBT, LENS, OWN = "c001-slots-1", "c001-lens", "c001-write-1"
GRAVE = ("serious", "critical")


def grave(page, inside):
    """What axe finds serious or critical inside the elements of a selector."""
    found = Axe().run(page, context={"include": [[inside]]})
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {node['html'][:160]}"
        for one in found.response["violations"]
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


def worked(laid):
    """A unit half done: some answers with their sentences, one task committed."""
    model = model_values(laid.unit)
    goals = dict(list(model[GOALS]["parts"].items())[:4])
    safety = model[SAFETY]["parts"] | {
        "self": {"choice": "denied", "evidence": ["s28", "s31"]},
        "medical": {"choice": "active", "evidence": ["s3"]},
    }
    given = {
        SAFETY: {"parts": safety},
        GOALS: {"parts": goals, "agenda": ["relationships"], "offer": ""},
        CBT: {"parts": dict(list(model[CBT]["parts"].items())[:3])},
        OWN: {
            "text": "When talk stops she goes, and so she never hears why it stopped."
        },
    }
    return laid.give(given, commit=(SAFETY,))


def marking(bench):
    bench.go(GOALS)
    bench.part("Past trauma").locator(".cl-mark-button").click()
    expect(bench.case.get_by_role("checkbox").first).to_be_visible()


STATES = {
    "read": lambda bench: bench.go(0),
    "goals": lambda bench: bench.go(GOALS),
    "marking": marking,
    "evidence": lambda bench: bench.go(EVIDENCE),
    "slots": lambda bench: bench.go(CBT),
    "lens": lambda bench: bench.go(LENS),
    "writing": lambda bench: bench.go(OWN),
    "feedback": lambda bench: bench.go(SAFETY),
    "finish": lambda bench: bench.finish(),
}


@pytest.fixture(params=["light", "dark"])
def theme(request, course):
    dark = request.param == "dark"
    course.set_theme("JupyterLab Dark" if dark else None)
    yield request.param
    course.set_theme(None)


def wears(page, theme):
    light = str(theme == "light").lower()
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", light)


def test_axe_finds_nothing_grave_in_any_state_of_the_page(opened, place, page, theme):
    bench = opened(worked(place(PRACTICE)))
    wears(page, theme)
    found = {}
    for name, show in STATES.items():
        show(bench)
        found[name] = grave(page, ".caselens-workbench")
    bench.home()
    found["start"] = grave(page, "#caselens-start")
    assert {name: one for name, one in found.items() if one} == {}


if os.environ.get("CASELENS_PICTURES") == "1":

    def test_pictures_for_the_documents_are_taken(opened, place, page):
        bench = opened(worked(place(PRACTICE)))
        bench.go(GOALS)
        part = bench.part("Relationships and connection")
        part.locator(".cl-mark-button").click()
        bench.sentence("s19").scroll_into_view_if_needed()
        part.scroll_into_view_if_needed()
        picture(page, "workbench")
        bench.go(SAFETY)
        picture(page, "feedback")


def test_axe_finds_nothing_grave_in_a_receipt(opened, place, page, theme):
    laid = place(GRADED)
    laid.give({"c003-safety": model_values(laid.unit)["c003-safety"]})
    receipt = Desk(laid.unit, laid.folder).handle({"type": "hand-in"})
    assert receipt["type"] == "receipt"
    bench = opened(laid)
    wears(page, theme)
    bench.finish()
    expect(bench.root.get_by_role("heading", name="Receipt")).to_be_visible()
    assert grave(page, ".caselens-workbench") == []
    if theme == "light":
        bench.press("Mark my work")
        expect(bench.root.locator(".cl-summary")).to_be_visible()
        assert grave(page, ".caselens-workbench") == []


@pytest.mark.parametrize(
    "size",
    [
        pytest.param({"width": 768, "height": 900}, id="768 wide"),
        # 1280 by 860 at 200 % zoom has this much room.
        pytest.param({"width": 640, "height": 430}, id="zoomed to 200 percent"),
    ],
)
def test_a_small_window_scrolls_down_only_and_every_button_is_reached(
    visitor, opened, place, size
):
    page = visitor(viewport=size).new_page()
    bench = opened(worked(place(PRACTICE)), page)
    for show in STATES.values():
        show(bench)
        fits_the_window(bench.root)
    bench.home()
    start = page.locator("#caselens-start")
    fits_the_window(start)
