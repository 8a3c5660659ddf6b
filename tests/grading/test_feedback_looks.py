"""Feedback pages in a real browser: read by axe, on a phone, on paper."""

import re
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe

from caselens.opening.chromium import chromium
from tests.grading.feedback_samples import (
    by_person,
    marks_of,
    page_for,
    record_of,
    unit_of,
)

pytestmark = pytest.mark.browser
UNIT, ARROWS, SHORT = (
    "m14_u04_graded_case",
    "m12_u05_whole_case",
    "m05_u03_four_short_cases",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALLEST = 320  # CSS pixels, WCAG 2.2, 1.4.10
WHITE, TRANSPARENT = "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"


def fullest(name, policy):
    """A page with all that can be on one: comments, lateness, waiting, problems."""
    unit = unit_of(name)
    record = record_of(unit, 0.4)
    marks = replace(marks_of(unit, record), penalty=1.5)
    cells = [cell for cell, one in marks.marks.items() if one.waits]
    if cells:
        marks = by_person(marks, {cells[0]: 1.0}, {cells[0]: "Read sentence 14 again."})
    return page_for(unit, record, policy, marks=marks, problem="The answers are odd.")


@pytest.fixture(scope="module")
def browser():
    with chromium() as one:
        yield one


@pytest.fixture
def opened(browser):
    contexts = []

    def go(html, width=1280, **more):
        context = browser.new_context(viewport={"width": width, "height": 800}, **more)
        contexts.append(context)
        page = context.new_page()
        page.set_content(html)
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("name", "policy", "theme"),
    [
        (UNIT, "points", "light"),
        (UNIT, "verdicts", "dark"),
        (UNIT, "explained", "light"),
        (UNIT, "explained", "dark"),
        (ARROWS, "explained", "light"),
        (SHORT, "explained", "dark"),
    ],
)
def test_axe_finds_nothing_at_all(opened, name, policy, theme):
    page = opened(fullest(name, policy), color_scheme=theme)
    options = {"runOnly": {"type": "tag", "values": RULES}}
    found = Axe().run(page, options=options).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []


@pytest.mark.parametrize("name", [UNIT, ARROWS, SHORT])
@pytest.mark.parametrize("policy", ["points", "explained"])
def test_the_page_fits_the_smallest_window(opened, name, policy):
    page = opened(fullest(name, policy), width=SMALLEST)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST


def test_on_paper_the_page_is_dark_on_white_and_has_no_links(opened):
    page = opened(fullest(UNIT, "explained"), color_scheme="dark")
    style = "([on, name]) => getComputedStyle(document.querySelector(on))[name]"
    screen = page.evaluate(style, ["body", "backgroundColor"])
    assert screen != WHITE
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(style, ["body", "backgroundColor"]) == WHITE
    assert page.evaluate(style, [".own", "backgroundColor"]) == TRANSPARENT
    ink = page.evaluate(style, ["body", "color"])
    assert page.evaluate(style, ["td, th a", "color"]) == ink
    assert page.evaluate(style, ["th a", "textDecorationLine"]) == "none"
    assert page.evaluate(style, [".part", "breakInside"]) == "avoid"
    assert page.evaluate(style, ["h3", "breakAfter"]) == "avoid"


def test_a_sentence_number_leads_to_its_sentence(opened):
    page = opened(fullest(UNIT, "explained"))
    link = page.locator(".part a").first
    number = link.inner_text()
    link.click()
    target = page.locator("li:target")
    assert target.locator(".n").inner_text() == number
    assert target.is_visible()


def test_no_part_of_the_page_asks_for_anything_from_elsewhere(opened, browser):
    context = browser.new_context()
    asked = []
    context.on("request", lambda one: asked.append(one.url))
    page = context.new_page()
    page.set_content(fullest(UNIT, "explained"))
    page.wait_for_load_state("networkidle")
    context.close()
    assert [url for url in asked if not re.match("about:|data:", url)] == []
