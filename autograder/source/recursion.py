"""How deep a student's functions may call each other: as deep below a test runner as in a process of their own."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

BELOW_A_CALL, BELOW_A_MODULE = 9, 17
"""Frames of ours in a worker, up to the frame that calls a student's function by way of another, or runs its module."""


class RecursionLimit:
    """The recursion limit of a student's code: Python's, until that code sets another.

    Python counts all frames, also those of pytest and of the checks, of which there are more here than in a worker.
    """

    def __init__(self) -> None:
        self._limit = sys.getrecursionlimit()

    @contextlib.contextmanager
    def counted_from_here(self, below: int) -> Iterator[None]:
        """Let ``below`` of the frames up to the caller's count, for a while; what the student's code sets is kept.

        Args:
            below: how many frames there are in a worker.

        """
        before = sys.getrecursionlimit()
        given = max(self._limit + _depth(sys._getframe(2)) - below, 1)  # noqa: SLF001  (the documented way to a frame)
        sys.setrecursionlimit(given)
        try:
            yield
        finally:
            if (found := sys.getrecursionlimit()) != given:
                self._limit = found
            sys.setrecursionlimit(before)


def _depth(frame: FrameType | None) -> int:
    count = 0
    while frame is not None:
        count += 1
        frame = frame.f_back
    return count
