import os
import re
import subprocess
import sys
import time

import psutil
from playwright.sync_api import expect

from tests.browser.bench import Bench
from tests.browser.places import CHANGED, Place, module_of


def test_the_seconds_that_a_trainee_waits_are_printed(
    page, course, empty_course, capsys
):
    page.goto(course.address)
    start = page.locator("#caselens-start")
    expect(start.locator("h2").first).to_be_visible()
    bench = Bench(page, Place(course, "", CHANGED))
    module = module_of(start, CHANGED)
    begun = press(module.get_by_role("button", name="Begin: The same case"), bench)

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
    again = module_of(start, CHANGED).get_by_role(
        "button", name="Continue: The same case"
    )
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


def test_the_figures_of_the_page_are_printed_and_nothing_is_left(tmp_path_factory):
    # Chromium keeps a socket here, whose path may not be long.
    home = tmp_path_factory.mktemp("b")
    done = subprocess.run(
        [sys.executable, "-m", "caselens", "bench", "page", "--rounds", "1"],
        env={**os.environ, "TMPDIR": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = re.findall(r"^  (\S+(?: \S+)*) {2,}(-?[\d.]+)", done.stdout, re.MULTILINE)
    figures = {words: float(number) for words, number in rows}
    assert len(figures) == 10
    assert figures.pop("widget models") == 1
    more = figures.pop("the unit takes longer by")
    opened, empty = figures["the unit, median"], figures["an empty widget, median"]
    assert abs(opened - empty - more) < 0.02
    assert all(figure > 0 for figure in figures.values())
    for what in ("to the painted answer", "to Saved"):
        assert figures[f"{what}, median"] <= figures[f"{what}, slowest"]
    assert list(home.iterdir()) == []
    left = [one.info["cmdline"] or () for one in psutil.process_iter(["cmdline"])]
    assert not any(str(home) in word for words in left for word in words)
