"""A marker's day in the real browser: calibrate, mark, see who marked, mark second."""

import os
import re
import shutil
import urllib.error
import urllib.parse
import urllib.request
from argparse import Namespace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from caselens.cli.marking import words
from caselens.opening.checks import free_port
from caselens.opening.child import own_environment, running
from caselens.opening.chromium import SIZE, chromium
from tests.grading.conftest import UNIT
from tests.markers.conftest import NAMES, NASTY

pytestmark = [pytest.mark.browser, pytest.mark.nbgrader]
TABLET = {"width": 820, "height": 1180}
PICTURES = os.environ.get("CASELENS_MARKING_PICTURES")


@pytest.fixture(scope="module")
def server(class_once, tmp_path_factory):
    home = tmp_path_factory.mktemp("marking")
    root = home / "class"
    shutil.copytree(class_once.root, root)
    options = Namespace(port=free_port(), no_browser=True)
    given = [one for one in words(options) if "root_dir" not in one]
    with running(["jupyterlab", *given], root, own_environment(home)) as server:
        yield server


@pytest.fixture(scope="module")
def browser(server):
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser, server):
    context = browser.new_context(viewport=SIZE, locale="en-GB")
    # Formgrader's own pages ask a CDN for MathJax; the marking pages ask nobody.
    context.route(re.compile(r"^https://"), lambda route: route.abort())
    page = context.new_page()
    page.goto(server.address)
    yield page
    context.close()


def name_oneself(page, server, name):
    page.goto(f"{server.root}/caselens/marking/")
    page.get_by_label("You mark as").fill(name)
    page.get_by_role("button", name="Use this name").click()
    expect(page.get_by_label("You mark as")).to_have_value(name)


def choose(page, level):
    for group in page.locator("fieldset").all():
        group.get_by_role("radio").nth(level).check()
    page.get_by_role("button", name="Store these levels").click()


def heading(page):
    return page.get_by_role("heading", level=1)


def named(page):
    """The trainees whose names can be seen."""
    shown = {one: page.get_by_text(one, exact=True) for one in NAMES}
    return [
        name for name, one in shown.items() if any(at.is_visible() for at in one.all())
    ]


def looked_at(page, name):
    """No axe finding and nothing to scroll sideways, in either size and colour."""
    looks = [(SIZE, "light"), (TABLET, "dark")]
    looks += [(SIZE, "dark"), (TABLET, "light")] if PICTURES else []
    for size, colours in looks:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=colours)
        found = Axe().run(page).response["violations"]
        assert not found, (name, size, colours, found)
        assert page.evaluate("document.body.scrollWidth <= innerWidth"), name
        if PICTURES:
            path = Path(PICTURES) / f"{name}-{size['width']}-{colours}.png"
            page.screenshot(path=path, full_page=True)
    page.set_viewport_size(SIZE)


def fetch(address, data=None, cookie=None):
    body = urllib.parse.urlencode(data).encode() if data is not None else None
    request = urllib.request.Request(address, data=body)
    if cookie:
        request.add_header("Cookie", cookie)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.status, answer.url, answer.read().decode()


def test_nobody_gets_in_without_the_token(server):
    _, url, _ = fetch(f"{server.root}/caselens/marking/changes/{UNIT}?names=1")
    assert "/login" in url


def test_a_form_from_elsewhere_is_refused(server, page):
    cookies = page.context.cookies()
    kept = [one for one in cookies if one["name"] != "_xsrf"]
    header = "; ".join(f"{one['name']}={one['value']}" for one in kept)
    with pytest.raises(urllib.error.HTTPError) as refused:
        fetch(f"{server.root}/caselens/marking/name", {"name": "Mallory"}, header)
    assert refused.value.code == 403


def test_calibrating_shows_no_agreed_level_before_the_round_is_whole(server, page):
    name_oneself(page, server, "Dr Calm")
    looked_at(page, "overview")
    page.get_by_role("link", name="Calibrate").click()
    looked_at(page, "calibrate")
    for number in range(1, 7):
        expect(heading(page)).to_have_text(f"Calibration: text {number} of 6")
        assert "agreed is" not in page.content()
        choose(page, number % 4)
        if number == 3:
            page.goto(f"{server.root}/caselens/marking/calibration/formulation/results")
            expect(page.get_by_text("rate 6 texts first")).to_be_visible()
            page.get_by_role("link", name="Rate a text").click()

    expect(heading(page)).to_have_text("Calibration: how you agree")
    expect(page.get_by_role("row")).to_have_count(6)
    last = page.get_by_role("row").last
    expect(last.get_by_role("cell").first).to_have_text(re.compile(r"^-?\d\.\d\d$"))
    expect(page.get_by_text("you gave").first).to_be_visible()
    expect(page.get_by_text("provisional").first).to_be_visible()
    looked_at(page, "results")


def test_a_rubric_has_its_comments_on_a_page_of_its_own(server, page):
    page.goto(f"{server.root}/caselens/marking/")
    page.get_by_role("link", name="A formulation through two lenses").click()
    expect(page.get_by_role("heading", name="Comments you may use")).to_have_count(4)
    looked_at(page, "rubric")


def test_a_criterion_left_open_is_asked_for_and_nothing_is_stored(server, page):
    name_oneself(page, server, "Dr Hasty")
    page.get_by_role("link", name="Calibrate").click()
    page.get_by_role("radio").nth(1).check()
    page.locator("form[method=post]").last.evaluate("form => form.submit()")
    expect(page.get_by_role("alert")).to_contain_text("Choose a level for each")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    expect(heading(page)).to_have_text("Calibration: text 1 of 6")


def test_a_mark_in_formgrader_is_logged_under_the_chosen_name(server, page):
    name_oneself(page, server, "Dr First")
    page.get_by_role("link", name="Mark the first that waits").click()
    page.wait_for_url(re.compile("/formgrader/submissions/"))
    # Formgrader shows a number in the place of the name.
    assert page.get_by_text(re.compile(r"^\s*Submission #\d+\s*$")).is_visible()
    assert not named(page)
    page.wait_for_load_state("networkidle")
    for points in ("2", "3"):
        cell = page.locator("input.score#c003-write-1-grounded")
        cell.fill(points)
        with page.expect_response(re.compile("/formgrader/api/grade/")):
            cell.press("Tab")

    page.goto(f"{server.root}/caselens/marking/")
    page.get_by_role("link", name="Who marked what when").click()
    rows = page.get_by_role("row").filter(has_text="c003-write-1-grounded")
    expect(rows).to_have_count(2)
    for row, seen in zip(rows.all(), (("2", "3"), ("nothing", "2")), strict=True):
        cells = [one.inner_text() for one in row.get_by_role("cell").all()]
        assert (cells[1], *cells[5:7]) == ("Dr First", *seen)
        assert cells[7].startswith("formulation@")
    looked_at(page, "changes")
    assert not named(page)
    page.get_by_role("link", name="Show the trainees' names").click()
    assert named(page)


def test_formgraders_list_is_in_the_order_of_random_ids_without_names(server, page):
    page.goto(f"{server.root}/formgrader/gradebook/{UNIT}/{UNIT}")
    links = page.locator("td.name a.name-hidden")
    expect(links.first).to_be_visible()
    ids = [one.get_attribute("href").split("/")[-1] for one in links.all()]
    assert len(ids) == len(NAMES) + 1
    assert ids == sorted(ids)
    expect(page.locator("td.name a.name-shown").first).to_be_hidden()


def mark_everybody(page, server):
    """Give every text points as formgrader's page does, by its own requests."""
    api = f"{server.root}/formgrader/api"
    (token,) = [one for one in page.context.cookies() if one["name"] == "_xsrf"]
    listed = page.request.get(f"{api}/submitted_notebooks/{UNIT}/{UNIT}").json()
    for number, one in enumerate(listed):
        asked = {"submission_id": one["id"]}
        for grade in page.request.get(f"{api}/grades", params=asked).json():
            if grade["needs_manual_grade"]:
                data = grade | {"manual_score": str(number % 4)}
                answer = page.request.put(
                    f"{api}/grade/{grade['id']}",
                    data=data,
                    headers={"X-XSRFToken": token["value"]},
                )
                assert answer.ok


def test_a_sample_is_marked_a_second_time_and_compared(server, page):
    name_oneself(page, server, "Dr First")
    mark_everybody(page, server)
    page.goto(f"{server.root}/caselens/marking/second/{UNIT}")
    expect(page.get_by_text("was marked by you, Dr First")).to_be_visible()
    name_oneself(page, server, "Dr Second")
    page.get_by_role("link", name="Mark a sample a second time").click()
    page.get_by_text("Size of the sample").click()
    page.get_by_label("How many trainees").fill("6")
    page.get_by_role("button", name="Draw the sample").click()
    expect(heading(page)).to_have_text("Second marking: text 1 of 12")
    expect(page.locator(".text")).to_contain_text(NASTY)
    assert page.locator(".text *").count() == 0
    assert "document.title" not in page.title()
    looked_at(page, "second")
    for number in range(1, 13):
        expect(heading(page)).to_have_text(f"Second marking: text {number} of 12")
        choose(page, number % 4)

    page.get_by_role("link", name="See how the marks agree").click()
    expect(
        page.get_by_text("6 texts were marked twice. Second: Dr Second.")
    ).to_have_count(2)
    expect(page.get_by_role("row", name=re.compile("^Total")).first).to_contain_text(
        "95% interval"
    )
    looked_at(page, "agreement")
