"""The instructor's own tool: formgrader, on a class with a hostile submission."""

import json
import re
import shutil

import pytest
from playwright.sync_api import expect

from caselens.answers.record import text
from caselens.cases import find_key, read_unit
from caselens.grading.demo import lay_out
from caselens.learners import work_unit
from tests.browser.places import (
    CLONE,
    COURSE_GRADED,
    free_port,
    own_environment,
    running,
)

pytestmark = pytest.mark.nbgrader
NASTY = '<img src=x onerror="document.title=1"><script>document.title=2</script> $x^2$'


@pytest.fixture(scope="module")
def formgrader(tmp_path_factory):
    home = tmp_path_factory.mktemp("formgrader")
    root = home / "class"
    lay_out(CLONE, root, COURSE_GRADED)
    shutil.copy(CLONE / "nbgrader_config.py", root)
    folder = root / "submitted" / "ada" / COURSE_GRADED
    shutil.copytree(root / "exercises" / COURSE_GRADED, folder)
    record = work_unit(read_unit(folder), find_key, 1.0, 3)
    record.tasks["c003-write-1"].value = {"text": NASTY}
    (folder / "answers.json").write_text(text(record), encoding="utf-8")
    page = json.loads((folder / f"{COURSE_GRADED}.ipynb").read_text("utf-8"))
    page["cells"][0]["source"] = NASTY
    (folder / f"{COURSE_GRADED}.ipynb").write_text(json.dumps(page))
    command = ["jupyterlab", "--no-browser", "--allow-root", f"--port={free_port()}"]
    with running(command, root, own_environment(home)) as server:
        yield server


def press(page, column, row=1):
    """Press the button that a row of formgrader's table has below a heading."""
    page.locator(f"table tbody tr:nth-child({row}) {column} a").first.click()


@pytest.fixture
def desk(chromium):
    """A page for the instructor; nbgrader's own pages ask a CDN for MathJax."""
    context = chromium.new_context()
    context.route(re.compile(r"^https://"), lambda route: route.abort())
    yield context.new_page()
    context.close()


def test_formgraders_buttons_release_and_mark_with_the_courses_steps(formgrader, desk):
    page = desk

    page.goto(f"{formgrader.root}/formgrader?token={formgrader.token}")
    press(page, "td.assign")
    page.get_by_text("Successfully created").first.wait_for()
    page.goto(f"{formgrader.root}/formgrader/manage_submissions/{COURSE_GRADED}")
    press(page, "td.autograde")
    page.get_by_text("Successfully autograded").first.wait_for()

    page.goto(f"{formgrader.root}/formgrader/gradebook/{COURSE_GRADED}/{COURSE_GRADED}")
    page.locator("a[href*='/formgrader/submissions/']").first.click()
    shown = page.get_by_role("main")
    shown.wait_for()
    points = page.locator("input.score#c003-goals")
    expect(points).to_have_attribute("placeholder", "8")
    answer = shown.locator("pre.caselens-answer").first
    assert answer.inner_text().strip() == NASTY
    assert shown.locator("img").count() == 0
    assert page.title() not in {"1", "2"}
    assert shown.get_by_text("Grounded in the case").first.is_visible()
    assert shown.get_by_text(re.compile("right")).first.is_visible()
