"""What may run on opening, and how far a unit has come: the page's own modules."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

STATIC = Path(__file__).parents[2] / "src/caselens/labextension/static"
IMPORT = "from caselens import task, workbench"
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(NODE is None, reason="needs node")


def call(module: str, function: str, *arguments: Any) -> Any:
    url = json.dumps((STATIC / module).as_uri())
    script = (
        f"const m = await import({url});"
        f"const said = m.{function}(...{json.dumps(arguments)});"
        "process.stdout.write(JSON.stringify(said));"
    )
    command = [str(NODE), "--input-type=module", "-e", script]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return json.loads(done.stdout)


def form(*sources: str) -> Any:
    cells = [{"type": "code", "source": source} for source in sources]
    return call("form.js", "formOf", [*cells, {"type": "markdown", "source": "x"}])


def test_course_pages_are_known_by_form() -> None:
    assert form(IMPORT, "workbench()\n", 'task("c001-goals")', "")["kind"] == "unit"
    assert form(IMPORT, 'task("c001-goals")')["kind"] == "lesson"


@pytest.mark.parametrize(
    "source",
    [
        "print(1)",
        "workbench(); print(1)",
        'task("c001-goals")\n!touch x',
        'task("C001")',
        'task("a" + "b")',
        "task('c001-goals')",
        "# workbench()\nprint(1)",
        "from caselens import *",
    ],
)
def test_one_other_line_and_nothing_runs(source: str) -> None:
    found = form(IMPORT, "workbench()", source)
    assert (found["kind"], found["cell"]) == ("other", 3)


def test_page_without_a_call_is_no_course_page() -> None:
    assert form(IMPORT)["kind"] == "other"


def status(kind: str, answers: Any, begun: bool = True) -> Any:
    return call("status.js", "statusOf", {"kind": kind, "tasks": 2}, begun, answers)


def test_status_counts_what_was_given() -> None:
    empty = {"value": {"parts": {"a": {"choice": None, "evidence": []}}}}
    given = {"value": {"text": "words"}, "committed": True}
    assert status("practice", None, begun=False)["state"] == "new"
    assert status("lesson", None)["text"] == "Begun"
    begun = status("practice", {"tasks": {"a": empty, "b": given}})
    text = "Begun, 1 of 2 answered"
    assert begun == {"state": "begun", "text": text, "answered": 1}
    assert status("practice", {"tasks": {"a": given, "b": given}})["state"] == "done"


def test_handed_in_when_there_is_a_receipt() -> None:
    receipt = {"at": "2030-01-02T12:00:00Z", "answered": 1, "of": 2}
    found = status("graded", {"tasks": {}, "receipt": receipt})
    assert found["state"] == "done"
    assert "1 of 2 answered" in found["text"]


def next_unit(**states: str) -> Any:
    units = [
        {"id": name, "kind": "lesson" if name == "lesson" else "practice"}
        for name in states
    ]
    rows = [{"unit": unit, "spares": []} for unit in units]
    script = (
        f"const m = await import({json.dumps((STATIC / 'status.js').as_uri())});"
        f"const states = new Map({json.dumps([*states.items()])}"
        ".map(([id, state]) => [id, { state }]));"
        f"const modules = {json.dumps([{'rows': rows}])};"
        "process.stdout.write(JSON.stringify(m.nextUnit(modules, states)));"
    )
    command = [str(NODE), "--input-type=module", "-e", script]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    found = json.loads(done.stdout)
    return found and found["id"]


def test_what_was_begun_comes_next() -> None:
    assert next_unit(lesson="new", one="begun", two="new") == "one"
    assert next_unit(lesson="begun", one="done", two="new") == "two"
    assert next_unit(lesson="new", one="new") == "lesson"
    assert next_unit(lesson="begun", one="done") is None


def test_browser_tab_has_the_title_and_never_a_file_name() -> None:
    titles = {"m01_u01": "A full case"}
    name = "A full case \u2013 Caselens"
    assert call("calm.js", "tabName", "a/m01_u01/m01_u01.ipynb", titles) == name
    for path in ("", "notes.txt", "m01_u01.txt", "toString.ipynb"):
        assert call("calm.js", "tabName", path, titles) == "Caselens"
