"""Two servers side by side, to measure on: the course's, and one with a stub."""

from __future__ import annotations

import ast
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from jupyter_client.blocking.client import BlockingKernelClient

from caselens.cases import Unit
from caselens.opening import sample
from caselens.opening.child import Server, course

READY = ".caselens-workbench h3.cl-heading"
# ipywidgets gives every widget one of these.
LAYOUT = "LayoutModel"
MODELS = (
    '[one["model_name"] for one in '
    '__import__("ipywidgets").Widget.get_manager_state()["state"].values()]'
)


class Stand(NamedTuple):
    """A server with one page, and what is seen of the page once it is ready."""

    server: Server
    page: Path
    selector: str

    def address(self, room: str) -> str:
        """Return where the page opens, in the workspace `room`."""
        inside = self.page.relative_to(self.server.work).as_posix()
        return self.server.lab(room, f"tree/{inside}")

    def models(self) -> tuple[str, ...]:
        """Return the widget models that the open page's kernel holds: it opens each
        in the page, too. Layouts are left out."""
        kernel = self.server.kernel_of(self.page)["id"]
        runtime = self.server.work.parent / "runtime"
        shown = ask_kernel(runtime / f"kernel-{kernel}.json", MODELS)
        return tuple(one for one in ast.literal_eval(shown) if one != LAYOUT)


def ask_kernel(connection: Path, expression: str) -> str:
    """Return what a running kernel shows for a Python expression."""
    client = BlockingKernelClient(connection_file=str(connection))
    client.load_connection_file()
    client.start_channels()
    try:
        asked = {"it": expression}
        reply = client.execute("", user_expressions=asked, reply=True, timeout=30)
    finally:
        client.stop_channels()
    return str(reply["content"]["user_expressions"]["it"]["data"]["text/plain"])


@contextmanager
def stands(unit: Unit) -> Iterator[tuple[Stand, Stand]]:
    """Start both servers, in temporary folders; yield the unit's, then the empty one.

    Raises `CannotOpen` where one does not start. At the end both are stopped.
    """
    with (
        tempfile.TemporaryDirectory(
            prefix="caselens-bench-", ignore_cleanup_errors=True
        ) as name,
        _started(Path(name, "full")) as full,
        _started(Path(name, "empty"), sample.write_stub(Path(name, "stub"))) as empty,
    ):
        yield (
            Stand(full, sample.write_unit(full.work, unit), READY),
            Stand(empty, sample.write_empty(empty.work, unit), sample.EMPTY_SELECTOR),
        )


@contextmanager
def _started(home: Path, stub: Path | None = None) -> Iterator[Server]:
    kernels = sample.write_kernel(home / "jupyter", stub)
    with course(home, JUPYTER_PATH=str(kernels)) as server:
        yield server
