import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from caselens.answers import model_values
from caselens.widgets.desk import Desk
from tests.browser.bench import Bench
from tests.browser.looks import fits_the_window, picture
from tests.browser.places import GRADED, PRACTICE

SAFETY, GOALS, EVIDENCE = "c001-safety", "c001-goals", "c001-evidence-1"
OWN = "c001-write-1"
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


def early_tasks(laid):
    return tuple(one for one in laid.unit.points if laid.unit.task(one).stage < 3)


def worked(laid, *, whole=False):
    """A unit on its third part: some answers with their sentences, or all committed."""
    model = model_values(laid.unit)
    model["c001-write-3"] = {"text": "She may go before anybody can send her away."}
    model[SAFETY]["parts"]["self"] = {"choice": "denied", "evidence": ["s28", "s31"]}
    model[GOALS]["parts"]["coping"] = {"choice": "asked", "evidence": ["s9"]}
    model["c001-link"]["parts"]["d2-d5"] = {"choice": "repeats", "evidence": ["s19"]}
    desk = Desk(laid.unit, laid.folder)
    for task, value in model.items():
        given = {"type": "save", "task": task, "value": value, "revision": 0}
        given |= {"first_text": "It may be the hush.", "first_done": True}
        assert desk.handle(given)["type"] == "saved"
    for task in laid.unit.points if whole else early_tasks(laid):
        assert desk.handle({"type": "commit", "task": task})["type"] == "committed"
    return laid


def marking(bench):
    bench.go(GOALS)
    bench.part("Past trauma").locator(".cl-mark-button").click()
    expect(bench.case.get_by_role("checkbox").first).to_be_visible()


def drawing_an_arrow(bench):
    bench.go("c001-link")
    boxes = bench.root.locator(".cl-task-scroll").get_by_role("button", pressed=False)
    boxes.nth(0).click()
    boxes.nth(1).click()


def asked_back(bench):
    bench.go(OWN)
    bench.root.get_by_label("Your text", exact=True).fill("")
    bench.press("Commit and compare")
    expect(bench.root.get_by_role("button", name="Commit anyway")).to_be_visible()


VIEWS = ("read-c001-3", "lenses-c001", "compare-c001", "mine-c001", "closing-c001")


def states_of(bench):
    """Every state of a page in the middle of the work: its name, and the way there."""
    ways = {
        name: lambda name=name: bench.go(name)
        for name in (*bench.tasks, *VIEWS, "finish")
    }
    return ways | {
        "marking": lambda: marking(bench),
        "drawing an arrow": lambda: drawing_an_arrow(bench),
        "asked back": lambda: asked_back(bench),
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


def looked_at(page, ways):
    found = {}
    for name, show in ways.items():
        show()
        found[name] = grave(page, ".caselens-workbench")
    return {name: one for name, one in found.items() if one}


def test_axe_finds_nothing_grave_while_one_works(opened, place, page, theme):
    bench = opened(worked(place(PRACTICE)))
    wears(page, theme)
    assert looked_at(page, states_of(bench)) == {}
    bench.home()
    assert grave(page, "#caselens-start") == []


def test_axe_finds_nothing_grave_in_any_feedback(opened, place, page, theme):
    bench = opened(worked(place(PRACTICE), whole=True))
    wears(page, theme)
    assert looked_at(page, states_of(bench) | {"marking": bench.finish} | CLOSED) == {}


# Once everything is committed there is nothing left to mark, draw or ask back about.
CLOSED = {"drawing an arrow": lambda: None, "asked back": lambda: None}


def test_axe_finds_nothing_grave_before_and_between_the_parts(place, page, theme):
    laid = place(PRACTICE)
    page.goto(laid.address)
    bench = Bench(page, laid)
    expect(bench.heading).to_have_text("Before you open this case", timeout=60_000)
    wears(page, theme)
    ways = {
        "note": lambda: None,
        "read": lambda: bench.press("Open the case"),
        "gate": lambda: bench.go("read-c001-2"),
        "blocked": lambda: bench.go("c001-goals"),
        "first words": lambda: (
            bench.open_stage(2),
            bench.open_stage(3),
            bench.go("c001-slots-1"),
        ),
    }
    assert looked_at(page, ways) == {}


if os.environ.get("CASELENS_PICTURES") == "1":

    def test_pictures_for_the_documents_are_taken(opened, place, page):
        bench = opened(worked(place(PRACTICE)))
        bench.go(GOALS)
        part = bench.part("Relationships and connection")
        part.locator(".cl-mark-button").click()
        bench.sentence("s19").scroll_into_view_if_needed()
        part.scroll_into_view_if_needed()
        picture(page, "workbench")
        bench.go("lenses-c001")
        picture(page, "lenses")
        bench.go("c001-link")
        picture(page, "arrows")
        bench.go(SAFETY)
        bench.commit()
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
    for show in states_of(bench).values():
        show()
        fits_the_window(bench.root)
    bench.home()
    start = page.locator("#caselens-start")
    fits_the_window(start)


def test_nothing_moves_for_whoever_asked_for_less_motion(visitor, opened, place):
    page = visitor(reduced_motion="reduce").new_page()
    bench = opened(worked(place(PRACTICE)), page)
    moving = """(root) => [root, ...root.querySelectorAll("*")].filter((node) => {
        const style = getComputedStyle(node);
        const long = (text) => text.split(",").some((one) => parseFloat(one) > 0);
        return long(style.transitionDuration) || long(style.animationDuration);
    }).map((node) => node.className)"""
    for step in (GOALS, "c001-link", "lenses-c001"):
        bench.go(step)
        assert bench.root.evaluate(moving) == []
