"""Bounds on what this process computes at the word of a student's code."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MOST_MEMORY = 1 << 30


@contextmanager
def bounded_memory() -> Iterator[None]:
    """Beyond 1 GiB more than now there is a MemoryError, where otherwise this process would be ended.

    The number that makes a computation large may stand anywhere, such as a label in an array.
    """
    if sys.platform != "linux":
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    mapped = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    most = min([mapped + MOST_MEMORY, *(limit for limit in before if limit != resource.RLIM_INFINITY)])
    resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
