import re

from playwright.sync_api import expect

from tests.browser.bench import Bench, until
from tests.browser.looks import no_code_in_sight, picture
from tests.browser.places import (
    CLONE,
    COURSE_GRADED,
    COURSE_PRACTICE,
    Place,
    catalogue_units,
    fingerprint,
    module_of,
)

ASK = "c001-ask"
KINDS = {"lesson": "Lesson", "practice": "Practice", "graded": "Graded"}


def row(start, unit_id):
    (unit,) = [one for one in catalogue_units() if one["id"] == unit_id]
    heading = start.page.get_by_role("heading", name=unit["title"], exact=True)
    return module_of(start, unit_id).get_by_role("listitem").filter(has=heading)


def test_the_start_page_lists_the_module_and_all_its_units(page, course, empty_course):
    page.goto(course.address)
    start = page.locator("#caselens-start")
    expect(start.get_by_role("heading", level=1)).to_have_text(
        "Caselens: seven goals, two lenses"
    )
    at_first = start.locator("details.caselens-module[open]")
    expect(at_first.get_by_role("heading", level=2)).to_have_count(1)
    closed = start.locator("details.caselens-module:not([open]) > summary")
    while closed.count():
        closed.first.click()
    expect(start.locator(".caselens-place")).to_contain_text(str(course.work))
    listed = [one for one in catalogue_units() if not one["spare"] and not one["form"]]
    occasions = start.get_by_role("heading", level=3).count() - len(listed)
    assert occasions == 3
    expect(start.get_by_text("Writing, not counted 45 minutes")).to_have_count(3)
    for unit in listed:
        found = row(start, unit["id"])
        facts = f"{KINDS[unit['kind']]} {unit['minutes']} minutes"
        expect(found.locator(".caselens-facts")).to_have_text(facts)
        expect(found.locator(".caselens-state")).to_have_text("Not begun")
        button = found.get_by_role("button", name=f"Begin: {unit['title']}")
        expect(button).to_be_enabled()
    for unit in catalogue_units():
        if unit["spare"]:
            instead = start.get_by_role("button", name=unit["title"])
            expect(instead.first).to_be_enabled()
    first = listed[0]["title"]
    advised = start.locator(".caselens-next").get_by_role("button")
    expect(advised).to_have_accessible_name(f"Begin: {first}")
    assert sorted(path.name for path in course.work.iterdir()) == []


def test_units_are_begun_on_a_copy_and_their_status_follows_the_work(
    page, course, empty_course
):
    before = fingerprint(CLONE / "course", CLONE / "exercises")
    page.goto(course.address)
    start = page.locator("#caselens-start")

    row(start, COURSE_PRACTICE).get_by_role("button", name="Begin").click()
    practice = Bench(page, Place(course, "", COURSE_PRACTICE)).ready()
    no_code_in_sight(page)
    held = sorted(path.name for path in practice.place.folder.glob("[!.]*"))
    assert held == [f"{COURSE_PRACTICE}.ipynb", "unit.json"]
    questions = practice.place.view[ASK]["groups"][0]
    asked, chosen = questions["parts"][0]["text"], questions["choices"][1]
    practice.go(ASK)
    practice.choose(asked, chosen["label"])
    practice.saved()
    assert practice.place.value(ASK)["parts"]["next"]["choice"] == chosen["id"]

    practice.home()
    expect(row(start, COURSE_PRACTICE)).to_contain_text(
        f"Begun, 1 of {len(practice.tasks)} answered"
    )
    expect(row(start, COURSE_GRADED)).to_contain_text("Not begun")
    row(start, COURSE_GRADED).get_by_role("button", name="Begin").click()
    graded = Bench(page, Place(course, "", COURSE_GRADED)).ready()
    no_code_in_sight(page)
    graded.hand_in()
    until(page, lambda: graded.place.answers()["receipt"], "a receipt in the file")

    graded.press("Back to the start page")
    expect(row(start, COURSE_GRADED)).to_contain_text(
        re.compile(rf"Handed in \d+ \w+ \d{{4}}, 0 of {len(graded.tasks)} answered")
    )
    expect(row(start, COURSE_GRADED).locator("> button")).to_have_text("Look again")
    expect(row(start, COURSE_PRACTICE).locator("> button")).to_have_text("Continue")
    picture(page, "start")

    row(start, COURSE_PRACTICE).get_by_role("button", name="Continue").click()
    practice.ready().go(ASK)
    radio = practice.part(asked).get_by_role("radio", name=chosen["label"])
    expect(radio).to_be_checked()
    assert fingerprint(CLONE / "course", CLONE / "exercises") == before
