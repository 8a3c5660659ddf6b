"""Spreading work over processes with joblib, here or on a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from joblib import Parallel, delayed, parallel_config

Item = TypeVar("Item")
Result = TypeVar("Result")
WAIT = 10  # seconds for a scheduler, and for its first worker


class SchedulerError(Exception):
    """The Dask scheduler cannot be used; the text says what to do."""


@contextmanager
def workers(jobs: int = 1, scheduler: str | None = None) -> Iterator[None]:
    """Choose where `spread` sends its work: this process, this machine, a cluster.

    `scheduler` is the address of a Dask scheduler. Raises SchedulerError.
    """
    if scheduler is not None:
        with _cluster(scheduler):
            yield
    elif jobs == 1:
        with parallel_config(backend="sequential"):
            yield
    else:
        with parallel_config(backend="loky", n_jobs=jobs):
            yield


def spread(work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """Yield `work(item)` for every item, as each is done, in any order.

    Both have to be importable or plain data, because they travel to other
    processes. A worker that dies has its items done again by another one.
    """
    parallel = Parallel(return_as="generator_unordered")
    yield from parallel(delayed(work)(item) for item in items)


@contextmanager
def _cluster(scheduler: str) -> Iterator[None]:
    from distributed import Client  # noqa: PLC0415 (only who has a cluster needs it)

    try:
        client = Client(scheduler, timeout=WAIT, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise SchedulerError(
            f"No Dask scheduler answers at {scheduler} ({error}). Start one with "
            "`dask scheduler`, or leave --scheduler out to work on this machine."
        ) from None
    with client:
        if not client.ncores():
            raise SchedulerError(
                f"The Dask scheduler at {scheduler} has no workers. Start one with "
                f"`dask worker {scheduler}`."
            )
        with parallel_config(backend="dask", client=client):
            yield
