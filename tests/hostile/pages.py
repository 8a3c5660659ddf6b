"""Hostile pages: what is written into the submitted notebook."""

import json

from tests.hostile.payloads import MARKUP, NASTY, cells
from tests.hostile.scene import Corpus, Data, Scene

PAGES = Corpus()
CHANGED = "The submitted page was changed"
NO_PAGE = "The submitted page is not a readable notebook"
HTML = {"text/html": "".join(MARKUP), "application/javascript": "window.__canary=90"}
WIDGETS = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"


def code(source: str, **more: object) -> Data:
    cell = {"cell_type": "code", "source": source, "metadata": {}, "outputs": []}
    return cell | {"execution_count": None} | more


def every_code_cell(data: Data, sources: list[str]) -> None:
    found = [one for one in data["cells"] if one["cell_type"] == "code"]
    for number, cell in enumerate(found):
        cell["source"] = sources[number % len(sources)]


@PAGES.add(told=CHANGED)
def code_in_every_cell(scene: Scene) -> None:
    def how(data: Data) -> None:
        every_code_cell(data, cells(scene.canary)[:1])
        for cell in data["cells"]:
            cell["cell_type"] = "code"
            cell |= {"outputs": [], "execution_count": None}
            cell["source"] = cells(scene.canary)[0]

    scene.notebook(how)


@PAGES.add(told=CHANGED)
def magics_forks_and_input(scene: Scene) -> None:
    def how(data: Data) -> None:
        every_code_cell(data, cells(scene.canary))
        data["cells"] += [code(one) for one in cells(scene.canary)]

    scene.notebook(how)
    scene.put(f"{scene.canary.name}.py", cells(scene.canary)[0])


@PAGES.add(told=CHANGED)
def our_package_monkeypatched(scene: Scene) -> None:
    patch = next(one for one in cells(scene.canary) if "caselens.tasks" in one)
    scene.notebook(lambda data: data["cells"].insert(0, code(patch)))


@PAGES.add(told=CHANGED)
def a_hundred_thousand_cells(scene: Scene) -> None:
    more = [{"cell_type": "code", "source": "1"}] * 100_000
    scene.notebook(lambda data: data["cells"].extend(more))


@PAGES.add(refused="larger than")
def a_page_of_twenty_megabytes(scene: Scene) -> None:
    scene.page.write_bytes(b'{"cells": [' + b"{}," * 6_666_666 + b"{}]}")


@PAGES.add(told=NO_PAGE)
def a_page_of_brackets(scene: Scene) -> None:
    scene.page.write_bytes(b'{"cells": ' + b"[" * 3_000_000)


@PAGES.add(told=NO_PAGE)
def a_page_that_is_a_number(scene: Scene) -> None:
    scene.page.write_bytes(b"9" * 100_000)


@PAGES.add(told=NO_PAGE)
def a_page_in_utf16(scene: Scene) -> None:
    scene.page.write_bytes(b"\xff\xfe\x00" + scene.page.read_bytes())


@PAGES.add(told=CHANGED)
def a_page_of_half_characters(scene: Scene) -> None:
    for_one = code("\ud83d\x00\u202e")
    scene.notebook(lambda data: data["cells"].append(for_one))


@PAGES.add(flagged=False)
def outputs_in_every_cell(scene: Scene) -> None:
    scene.notebook(_fill_outputs)


def _fill_outputs(data: Data) -> None:
    for cell in data["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                {"output_type": "display_data", "metadata": {}, "data": HTML},
                {"output_type": "stream", "name": "stdout", "text": MARKUP[0] * 999},
                {
                    "output_type": "execute_result",
                    "execution_count": 1,
                    "metadata": {"isolated": False},
                    "data": {"text/plain": "100000.0", "text/latex": r"\href{x}{y}"},
                },
                {"output_type": "display_data", "metadata": {}, "data": {VIEW: {}}},
            ]


@PAGES.add(flagged=False)
def outputs_of_five_megabytes(scene: Scene) -> None:
    huge = {"output_type": "stream", "name": "stdout", "text": "x" * 5_000_000}
    scene.notebook(lambda data: data["cells"][2]["outputs"].append(huge))


@PAGES.add(told="was edited")
def markup_in_markdown_and_attachments(scene: Scene) -> None:
    def how(data: Data) -> None:
        for cell in data["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = NASTY
                cell["attachments"] = {"x.svg": {"image/svg+xml": MARKUP[2]}}
        data["cells"].append({"cell_type": "raw", "source": NASTY, "metadata": {}})

    scene.notebook(how)


@PAGES.add(flagged=False)
def markup_in_metadata(scene: Scene) -> None:
    def how(data: Data) -> None:
        data["metadata"] |= {
            "title": NASTY,
            "widgets": {WIDGETS: {"state": {"x": {"model_name": MARKUP[0]}}}},
            "kernelspec": {
                "name": f"../../{scene.canary}",
                "display_name": MARKUP[1],
                "argv": ["touch", str(scene.canary)],
            },
            "caselens_notes": [MARKUP[0]],
        }
        for cell in data["cells"]:
            cell["metadata"] |= {"tags": [NASTY], "name": MARKUP[0], "scrolled": NASTY}
            cell["id"] = MARKUP[1]

    scene.notebook(how)


@PAGES.add(flagged=False)
def a_thousand_points_a_cell(scene: Scene) -> None:
    def how(data: Data) -> None:
        for cell in data["cells"]:
            if "nbgrader" in cell["metadata"]:
                cell["metadata"]["nbgrader"] |= {"points": 1000, "locked": False}

    scene.notebook(how)


@PAGES.add(told="was deleted")
def grade_ids_exchanged(scene: Scene) -> None:
    def how(data: Data) -> None:
        for cell in data["cells"]:
            if "nbgrader" in cell["metadata"]:
                cell["metadata"]["nbgrader"]["grade_id"] = "c003-goals"
                cell["metadata"]["nbgrader"]["schema_version"] = 99

    scene.notebook(how)


@PAGES.add(told="was deleted")
def metadata_that_is_a_list(scene: Scene) -> None:
    def how(data: Data) -> None:
        data["metadata"] = [1]
        for cell in data["cells"]:
            cell["metadata"] = ["nbgrader"]

    scene.notebook(how)


@PAGES.add(told="was edited")
def cells_of_unknown_type(scene: Scene) -> None:
    def how(data: Data) -> None:
        data["nbformat"] = 99
        for cell in data["cells"]:
            cell["cell_type"] = {"__class__": "os.system"}
            cell["source"] = {"x": 1}

    scene.notebook(how)


@PAGES.add(told=NO_PAGE)
def a_page_with_two_bodies(scene: Scene) -> None:
    good = scene.page.read_text("utf-8").rstrip()[:-1]
    scene.page.write_text(good + f', "cells": {json.dumps(MARKUP[0])}}}', "utf-8")


@PAGES.add(flagged=False)
def more_pages_beside_it(scene: Scene) -> None:
    page = json.dumps({"cells": [code(one) for one in cells(scene.canary)]})
    for name in ("other.ipynb", f"{MARKUP[1]}.ipynb", "$(touch x).ipynb"):
        scene.put(name, page)
    (scene.folder / "folder.ipynb").mkdir()
