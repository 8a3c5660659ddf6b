import pytest

from caselens.opening.lab import assemble
from tests.browser.bench import Bench
from tests.browser.looks import no_code_in_sight
from tests.browser.places import (
    CLONE,
    COURSE_PRACTICE,
    Place,
    free_port,
    module_of,
    own_environment,
    running,
)

SAFETY = "c001-safety"


@pytest.fixture
def notebook7(tmp_path):
    """The real Notebook 7, which finds the extension as if it were installed."""
    work = tmp_path / "work"
    work.mkdir()
    shared = tmp_path / "shared"
    assemble(shared / "labextensions", CLONE)
    command = ["notebook", "--no-browser", "--allow-root"]
    command += [f"--ServerApp.root_dir={work}", "--ServerApp.ip=127.0.0.1"]
    command += [f"--ServerApp.port={free_port()}", "--ServerApp.port_retries=0"]
    env = own_environment(tmp_path, JUPYTER_PATH=str(shared))
    with running(command, work, env) as server:
        yield server
        server.quiet()


def test_notebook_7_lists_the_units_and_opens_one_ready_to_work(page, notebook7):
    page.goto(notebook7.address)
    start = page.locator("#caselens-start")
    module = module_of(start, COURSE_PRACTICE)
    begin = module.get_by_role("button", name="Begin: A full case: Hilary")
    begin.click()
    bench = Bench(page, Place(notebook7, "", COURSE_PRACTICE)).ready()
    assert "/notebooks/" in page.url
    no_code_in_sight(page)
    for stage in (2, 3):
        bench.open_stage(stage)
    bench.go(SAFETY)
    bench.choose("Risk to self", "Active")
    bench.mark("Risk to self", ["s31"])
    bench.saved()
    bench.stored(SAFETY, {"parts": {"self": {"choice": "active", "evidence": ["s31"]}}})
