import json
import re

from playwright.sync_api import expect

from tests.browser.bench import until
from tests.browser.places import GRADED, PRACTICE

SAFETY = 'task("c003-safety")'


def code_cells(notebook):
    return [one for one in notebook["cells"] if one["cell_type"] == "code"]


def edit(place, change):
    notebook = json.loads(place.notebook.read_text("utf-8"))
    change(notebook)
    place.notebook.write_text(json.dumps(notebook), encoding="utf-8")


def shown_as_usual(page, place):
    """The notebook stands there with its code; its kernel idles, and nothing ran."""
    panel = page.locator(".jp-NotebookPanel:visible")
    expect(panel.locator(".jp-NotebookPanel-toolbar")).to_be_visible()
    expect(page.locator(".caselens-workbench")).to_have_count(0)

    def idle():
        kernels = [one["kernel"] for one in place.server.sessions()]
        states = [one["execution_state"] for one in kernels]
        return states and all(state == "idle" for state in states)

    until(page, idle, "an idle kernel")
    prompts = panel.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()
    assert prompts
    assert not [text for text in prompts if re.search(r"[\d*]", text)]
    return panel


def test_a_page_with_foreign_code_opens_as_usual_and_runs_nothing(place, page):
    laid = place(PRACTICE)
    canary = laid.folder / "canary"
    foreign = f"import os; os.system({f'touch {canary}'!r})"

    def add(notebook):
        first = json.loads(json.dumps(code_cells(notebook)[0]))
        first["source"], first["metadata"] = foreign, {}
        first["id"] = "foreign"
        notebook["cells"].append(first)

    edit(laid, add)
    page.goto(laid.address)
    number = len(json.loads(laid.notebook.read_text("utf-8"))["cells"])
    line = page.locator(".caselens-line")
    expect(line).to_contain_text("a code cell that is not part of the course")
    expect(line).to_contain_text(f"(cell {number}), so nothing was run")
    panel = shown_as_usual(page, laid)
    assert not canary.exists()

    # Whoever runs it by hand may: so the canary does sing.
    panel.locator(".jp-CodeCell").last.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    until(page, canary.exists, "the canary, when the cell is run by hand")
    line.get_by_role("button", name="Dismiss").click()
    expect(line).to_have_count(0)


def test_a_page_with_an_edited_task_cell_runs_nothing_and_says_why(place, page):
    laid = place(GRADED)
    canary = laid.folder / "canary"

    def change(notebook):
        cells = code_cells(notebook)
        (found,) = [one for one in cells if "".join(one["source"]) == SAFETY]
        found["source"] = f"{SAFETY}; open({str(canary)!r}, 'w')"

    edit(laid, change)
    page.goto(laid.address)
    expect(page.locator(".caselens-line")).to_contain_text("so nothing was run")
    shown_as_usual(page, laid)
    assert not canary.exists()


def test_a_program_beside_the_page_keeps_it_from_running(place, page):
    laid = place(PRACTICE)
    canary = laid.folder / "canary"
    (laid.folder / "caselens.py").write_text(f"open({str(canary)!r}, 'w')\n")
    page.goto(laid.address)
    line = page.locator(".caselens-line")
    expect(line).to_contain_text("Beside this page lies caselens.py")
    expect(page.locator(".caselens-workbench")).to_have_count(0)
    assert not canary.exists()
