import time

from playwright.sync_api import expect

from tests.browser.bench import Bench
from tests.browser.places import CHANGED, Place


def test_the_seconds_that_a_trainee_waits_are_printed(
    page, course, empty_course, capsys
):
    page.goto(course.address)
    start = page.locator("#caselens-start")
    expect(start.locator("h3").first).to_be_visible()
    bench = Bench(page, Place(course, "", CHANGED))
    begun = press(start.get_by_role("button", name="Begin: The same case").first, bench)

    bench.go(bench.tasks[0])
    radio = bench.root.get_by_role("radio").first
    expect(radio).to_be_visible()
    before = time.perf_counter()
    radio.check()
    bench.saved()
    saved = time.perf_counter() - before
    assert bench.place.value(bench.tasks[0])

    bench.home()
    page.reload()
    again = start.get_by_role("button", name="Continue: The same case").first
    continued = press(again, bench)
    with capsys.disabled():
        print()
        for what, seconds in (
            ("seconds from Begin to a page ready to work", begun),
            ("seconds from Continue to a page ready to work", continued),
            ("seconds from a choice to Saved", saved),
        ):
            print(f"caselens figure: {what}: {seconds:.2f}")


def press(button, bench):
    expect(button).to_be_enabled()
    before = time.perf_counter()
    button.click()
    bench.ready()
    return time.perf_counter() - before
