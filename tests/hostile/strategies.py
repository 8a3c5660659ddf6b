"""Arbitrary JSON, good JSON with any node replaced, and a clock and a scale."""

from __future__ import annotations

import gc
import json
import time
import tracemalloc
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

SECONDS = 2.0
BASE_BYTES = 6_000_000
NAMES = st.sampled_from(
    (
        *("parts", "choice", "evidence", "marked", "text", "order", "arrows", "links"),
        *("self", "s1", "s2", "a1", "q1", "unit", "format", "tasks", "cases", "value"),
        *("cells", "metadata", "nbgrader", "grade_id", "source", "__class__"),
    )
)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=8)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**4000, -(10**4000), 2**63, -1, 0])
    | st.floats()
    | ANY_TEXT
    | NAMES
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(NAMES | ANY_TEXT, inner, max_size=4)
    ),
    max_leaves=12,
)


def places(data: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the place of every node of JSON data, the root first."""
    yield place
    inner = data.items() if isinstance(data, dict) else ()
    inner = enumerate(data) if isinstance(data, list) else inner
    for step, one in inner:
        yield from places(one, (*place, step))


def replaced(data: Any, place: tuple[Any, ...], value: Any) -> Any:
    """Return a copy of JSON data with another value at one place."""
    if not place:
        return value
    copy = deepcopy(data)
    at = copy
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = value
    return copy


def mutated(good: Any) -> st.SearchStrategy[Any]:
    """Return good data in which one or two nodes are any other JSON value."""
    found = list(places(good))

    @st.composite
    def changed(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Any:
        data = replaced(good, draw(st.sampled_from(found)), draw(VALUES))
        if draw(st.booleans()):
            data = replaced(
                data, draw(st.sampled_from(list(places(data)))), draw(VALUES)
            )
        return data

    return changed()


def cut(good: bytes) -> st.SearchStrategy[bytes]:
    """Return good bytes with a stretch of them gone, or put in the place of others."""
    ends = st.integers(0, len(good))
    return st.builds(
        lambda one, two, more: good[: min(one, two)] + more + good[max(one, two) :],
        ends,
        ends,
        st.binary(max_size=6),
    )


def as_bytes(data: Any) -> bytes:
    """Return JSON as a careless writer leaves it: NaN and half characters and all."""
    return json.dumps(data).encode()


def bounded(
    read: Callable[[bytes], object],
    make: Callable[[int], bytes],
    size: int,
    *,
    factor: int,
    seconds: float = SECONDS,
) -> None:
    """Read an input of `size`, and see that it took no longer than it may.

    Memory is measured on a smaller one, because measuring is slow.
    """
    whole, part = make(size), make(size // 8)
    taken = min(_time(read, whole) for _ in range(2))
    assert taken < seconds, f"{taken:.1f} s"
    tracemalloc.start()
    try:
        read(part)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < BASE_BYTES + factor * len(part), f"{peak / len(part):.0f} times"


def _time(read: Callable[[bytes], object], raw: bytes) -> float:
    # What other tests left behind is not what this one is measured by.
    gc.collect()
    gc.freeze()
    try:
        began = time.process_time()
        read(raw)
        return time.process_time() - began
    finally:
        gc.unfreeze()


def again(line: bytes, start: bytes = b"", end: bytes = b"") -> Callable[[int], bytes]:
    """Return what makes an input of a size: a line again and again."""
    return lambda size: start + line * (size // len(line)) + end
