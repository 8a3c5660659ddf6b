import os

import pytest
from playwright.sync_api import expect

from tests.browser.bench import until
from tests.browser.places import PRACTICE
from tests.browser.prepared import committing, tell

ASK, SAFETY, GOALS = "c001-ask", "c001-safety", "c001-goals"
OWN = "c001-write-1"


@pytest.fixture
def third(place):
    """The unit with its first two parts committed, so that the third is open."""
    return tell(place(PRACTICE), committing("c001", 2))


def test_what_is_typed_while_the_kernel_dies_is_kept_and_saved(opened, third, page):
    bench = opened(third)
    bench.go(OWN)
    box = bench.root.get_by_label("Your text")
    box.click()
    page.keyboard.type("She hears the hush ")
    bench.saved()
    kernel = bench.place.kernel_process()
    page.keyboard.type("and is ")
    kernel.kill()
    page.keyboard.type("gone before it ends.")
    text = "She hears the hush and is gone before it ends."
    expect(box).to_have_value(text)

    line = page.locator(".caselens-line")
    expect(line).to_contain_text("lost its connection. What you wrote is safe.")
    expect(bench.save).to_contain_text("Not saved yet: your text is kept")
    expect(box).to_have_value(text)
    assert bench.place.value(OWN) != {"text": text}

    line.get_by_role("button", name="Reconnect").click()
    until(page, lambda: bench.place.value(OWN) == {"text": text}, "the text, saved")
    expect(line).to_have_count(0)
    bench.ready().saved()
    bench.go(OWN)
    expect(bench.root.get_by_label("Your text")).to_have_value(text)


def test_a_tab_that_is_closed_at_once_loses_nothing(opened, third, page):
    bench = opened(third)
    bench.go(OWN)
    bench.root.get_by_label("Your text").click()
    page.keyboard.type("Every word of it.")
    other = page.context.new_page()
    page.close(run_before_unload=False)
    found = opened(bench.place, other)
    found.go(OWN)
    expect(found.root.get_by_label("Your text")).to_have_value("Every word of it.")
    found.stored(OWN, {"text": "Every word of it."})


def test_two_tabs_on_one_unit_keep_each_others_answers(opened, third, page):
    one = opened(third)
    other = opened(one.place, page.context.new_page())
    one.go(SAFETY)
    one.choose("Risk to self", "Active")
    one.saved()
    other.go(GOALS)
    other.choose("Past trauma", "The client asks for it")
    other.saved()
    one.choose("Risk to others", "Asked and denied")
    one.saved()
    tasks = one.place.answers()["tasks"]
    chosen = {
        name: part["choice"] for name, part in tasks[SAFETY]["value"]["parts"].items()
    }
    assert (chosen["self"], chosen["others"]) == ("active", "denied")
    assert tasks[GOALS]["value"]["parts"]["trauma"]["choice"] == "asked"

    # The same task in both: the later answer stands, the earlier is remembered.
    other.go(SAFETY)
    other.choose("Medical risk", "Asked and denied")
    other.saved()
    until(page, lambda: choice_of(one.place, "medical") == "denied", "the later answer")
    answer = one.place.answers()["tasks"][SAFETY]
    held = [answer["value"], *(old["value"] for old in answer["history"])]
    assert any(
        value["parts"].get("self", {}).get("choice") == "active" for value in held
    )


def choice_of(place, part, task=SAFETY):
    value = place.value(task) or {"parts": {}}
    return (value["parts"].get(part) or {}).get("choice")


def ask(bench, question):
    """Choose one of the questions of the unit's first task."""
    bench.go(ASK)
    (group, *_) = bench.place.view[ASK]["groups"]
    labels = {one["id"]: one["label"] for one in group["choices"]}
    bench.choose(group["parts"][0]["text"], labels[question])


def test_damaged_answers_are_told_and_kept_and_the_unit_opens(opened, place, page):
    laid = place(PRACTICE)
    laid.give({OWN: {"text": "An earlier text."}})
    damaged = laid.answers_path.read_bytes()[:90]
    laid.answers_path.write_bytes(damaged)
    bench = opened(laid)
    notice = bench.root.locator(".cl-notice")
    expect(notice).to_contain_text("The file with your answers could not be read")
    (kept,) = laid.folder.glob("answers.damaged-*.json")
    assert kept.read_bytes() == damaged
    expect(notice).to_contain_text(kept.name)
    notice.get_by_role("button", name="Dismiss").click()
    expect(notice).to_have_count(0)
    ask(bench, "q2")
    bench.saved()
    assert choice_of(laid, "next", ASK) == "q2"
    assert kept.read_bytes() == damaged


def test_a_folder_that_takes_no_answers_is_told_and_nothing_is_lost(
    opened, place, page
):
    laid = place(PRACTICE)
    # What stands where the lock must go stops every save, for root as well.
    obstacle = laid.folder / ".answers.lock"
    obstacle.mkdir()
    bench = opened(laid)
    ask(bench, "q2")
    problem = bench.root.locator(".cl-problem")
    expect(problem).to_contain_text(f"Your answers cannot be saved in {laid.folder}")
    expect(bench.save).to_contain_text("Not saved yet")
    assert laid.value(ASK) is None
    obstacle.rmdir()
    bench.begin()
    bench.saved()
    assert choice_of(laid, "next", ASK) == "q2"


if os.geteuid() != 0:  # root may write anywhere, whatever the modes say

    @pytest.fixture
    def read_only(third):
        third.give({OWN: {"text": "An earlier text."}})
        third.folder.chmod(0o555)
        yield third
        third.folder.chmod(0o755)

    def test_a_read_only_folder_opens_to_be_read_and_says_so(opened, read_only, page):
        bench = opened(read_only)
        expect(bench.root.locator(".cl-notice")).to_contain_text("cannot be saved")
        bench.go(OWN)
        box = bench.root.get_by_label("Your text")
        expect(box).to_have_value("An earlier text.")
