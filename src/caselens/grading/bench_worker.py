"""A way of marking, from outside: a process that is told what to do, and watched."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import IO, Any

import psutil  # type: ignore[import-untyped]

from caselens.grading.bench_class import Desk
from caselens.opening.server import last_words

EVERY = 0.2
SECONDS_TO_STOP = 20.0


class BenchError(Exception):
    """A figure cannot be taken; the text says why."""


class Worker:
    """One way at work: what it took, and the most memory that it had.

    `kernels` is the most that the processes had together which it started.
    """

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self._process, self._log = process, log
        self.peak, self.kernels, self.started = 0, 0, 0.0

    def ask(self, do: str, names: Sequence[str] = ()) -> float:
        """Return the seconds that a job took. Raises BenchError."""
        said, heard = self._process.stdin, self._process.stdout
        assert said is not None and heard is not None
        said.write(json.dumps({"do": do, "names": list(names)}) + "\n")
        said.flush()
        answer = self.heard(heard)
        self.peak = max(self.peak, answer["peak"])
        return float(answer["seconds"])

    def heard(self, stream: IO[str]) -> dict[str, Any]:
        """Return the next answer. Raises BenchError."""
        line = stream.readline()
        if not line:
            raise BenchError(f"A way of marking stopped.{last_words(self._log, 20)}")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise BenchError(answer["error"])
        return answer

    def watch(self, over: Event) -> None:
        """Look now and then at the memory of what the process has started."""
        while not over.wait(EVERY):
            try:
                found = psutil.Process(self._process.pid).children(recursive=True)
                held = sum(one.memory_info().rss for one in found)
            except psutil.Error:
                continue
            self.kernels = max(self.kernels, held)


def working(
    way: str, desk: Desk, after: Path | None = None
) -> AbstractContextManager[Worker]:
    """Start a way of marking on a class, and stop it at the end.

    The floor writes what lies in the course `after`. Raises BenchError.
    """
    words = [way, str(desk.root), desk.unit_id, str(after or desk.root)]
    command = [sys.executable, "-m", "caselens.grading.bench_child", *words]
    return serving(command, desk.root)


@contextmanager
def serving(command: Sequence[str], root: Path) -> Iterator[Worker]:
    """Start a process that does jobs in the folder `root`. Raises BenchError."""
    log = root.with_name(f"{root.name}.log")
    began, over = time.perf_counter(), Event()
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own command, no shell
            command,
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=out,
            text=True,
        )
    worker = Worker(process, log)
    try:
        assert process.stdout is not None
        worker.heard(process.stdout)
        worker.started = time.perf_counter() - began
        Thread(target=worker.watch, args=(over,), daemon=True).start()
        yield worker
    finally:
        over.set()
        _stop(process)


def _stop(process: subprocess.Popen[str]) -> None:
    """End the process as it ends by itself: when nothing more is to be done."""
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
