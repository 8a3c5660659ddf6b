import re
import subprocess
import sys
import time

import pytest
from playwright.sync_api import expect

from caselens.answers import ANSWERS_FILE
from caselens.opening.lab import assemble
from caselens.widgets.script import script
from tests.browser.bench import Bench
from tests.browser.conftest import SIZE
from tests.browser.places import (
    CLONE,
    COURSE_PRACTICE,
    Place,
    Server,
    free_port,
    own_environment,
    patiently,
)
from tests.browser.words import say

CASE, ASK = "c001", "c001-ask"
OWN = re.compile(r"(https?|wss?)://127\.0\.0\.1[:/]|blob:|data:|about:")
SPACES = {"http://www.w3.org/2000/svg"}


@pytest.fixture
def served(tmp_path):
    """A unit's page as Voila serves it: no JupyterLab around, and no start page."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    laid = Place(Server(tmp_path, address), "alone", COURSE_PRACTICE).lay_out()
    # With the extension as if it were installed: it has nothing to open here.
    shared = tmp_path / "shared"
    assemble(shared / "labextensions", CLONE)
    command = [sys.executable, "-m", "voila", str(laid.notebook), "--no-browser"]
    command += ["--port", str(port), "--Voila.ip=127.0.0.1"]
    log = tmp_path / "voila.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=laid.folder,
            env=own_environment(tmp_path, JUPYTER_PATH=str(shared)),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    said = lambda: log.read_text("utf-8", "replace")  # noqa: E731
    try:
        running = lambda: f":{port}" in said() or process.poll() is not None  # noqa: E731
        assert patiently(running, 90, time.sleep), said()
        assert process.poll() is None, said()
        yield laid, address
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Strangers:
    """Requests to other hosts, each with the scripts that asked for it."""

    def __init__(self, page):
        self.asked = []
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._keep)
        session.send("Network.enable")

    def _keep(self, event):
        url = event["request"]["url"]
        if not OWN.match(url):
            self.asked.append((url, str(event.get("initiator"))))


@pytest.fixture
def alone(served, chromium):
    """The page in a browser of its own, whose requests are heard from the start."""
    laid, address = served
    context = chromium.new_context(viewport=SIZE, locale="en-GB")
    page = context.new_page()
    strangers = Strangers(page)
    page.goto(address)
    yield Bench(page, laid), strangers
    context.close()


def test_a_unit_in_voila_is_worked_saved_and_explained(alone):
    bench, strangers = alone
    laid, page = bench.place, bench.page
    expect(bench.heading).to_have_text(say("note.title"), timeout=90_000)
    before = len(strangers.asked)
    bench.ready().go(ASK)
    groups = laid.view[ASK]["groups"]
    question = groups[0]["choices"][2]
    bench.root.get_by_role("radio", name=question["label"], exact=True).check()
    reply = bench.root.get_by_role("group", name=groups[1]["title"])
    account = reply.get_by_role("group").first
    account.locator("[data-choice='more']").click()
    own = "What do you do when they hush?"
    bench.root.get_by_label(laid.view[ASK]["own"]).fill(own)
    bench.saved()
    assert laid.answers_path == laid.notebook.parent / ANSWERS_FILE
    value = laid.value(ASK)
    first = groups[1]["parts"][0]["id"]
    assert value["parts"]["next"]["choice"] == question["id"]
    assert value["parts"][first]["choice"] == "more"
    assert value["own"] == own

    bench.press(say("go.commit"))
    bench.press(say("ask.commit"))
    expect(bench.root.locator(".cl-feedback")).to_be_visible()
    expect(bench.root.locator(".cl-card .cl-verdict").first).to_be_visible()
    assert laid.answers()["tasks"][ASK]["committed"]
    bench.go(f"read-{CASE}-2")
    assert laid.unit.cases[0].stages[1].sentences[0].text in bench.case.inner_text()

    # There is no way from here to the start page, and the page says so and stays.
    address = page.url
    for step, name in (("finish", "finish.home"), ("finish", "finish.next")):
        bench.go(step)
        bench.press(say(name))
        problem = bench.root.locator(".cl-problem")
        expect(problem).to_have_text(re.compile(re.escape(say("go.elsewhere"))))
        problem.get_by_role("button", name=say("problem.dismiss")).click()
        expect(problem).to_have_count(0)
    assert page.url == address

    # Voila keeps a page no longer than its tab; the answers are beside the page.
    page.reload()
    expect(bench.heading).to_be_visible(timeout=90_000)
    bench.go(ASK)
    expect(bench.root.locator(".cl-feedback")).to_be_visible()

    # Voila's own template may ask elsewhere while it loads; our script never does.
    assert [one for one in strangers.asked if "blob:" in one[1]] == []
    assert {url for url, _ in strangers.asked} == {
        url for url, _ in strangers.asked[:before]
    }
    assert set(re.findall(r"(?:https?|wss?)://[^\s\"'`)]+", script())) <= SPACES


def test_the_note_before_the_case_says_that_another_case_opens_elsewhere(alone):
    bench, _ = alone
    expect(bench.heading).to_have_text(say("note.title"), timeout=90_000)
    bench.press(say("note.alternative"))
    problem = bench.root.locator(".cl-problem")
    expect(problem).to_contain_text(say("go.elsewhere"))
    expect(bench.heading).to_have_text(say("note.title"))
