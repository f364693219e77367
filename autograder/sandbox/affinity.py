"""One processor core for a grader and its workers: a call is then a context switch, several times as fast."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from collections.abc import Iterator
from typing import ClassVar

_PLACES = 8  # graders on one core, beyond which they are left to the scheduler


def cores() -> set[int]:
    """Cores that the calling thread may run on; none where the system does not say."""
    return os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()


class Core:
    """A claim on a core of this machine, held by a socket name that vanishes with its process.

    Sandboxes of one process share one claim, so that it does not matter in which order they are closed.
    """

    _holders: ClassVar[list[Core]] = []
    _claim: ClassVar[socket.socket | None] = None
    _before: ClassVar[set[int]] = set()

    def take(self) -> None:
        """Pin the calling thread, and what it starts from now on, to the core with the fewest graders on it."""
        if self in Core._holders or sys.platform != "linux":
            return
        Core._holders.append(self)
        if len(Core._holders) == 1:
            Core._before = os.sched_getaffinity(0)
            Core._claim = _claim(Core._before)

    def leave(self) -> None:
        """Run anywhere again, unless another sandbox of this process holds the core."""
        if self in Core._holders:
            Core._holders.remove(self)
            if not Core._holders:
                Core.release()

    @staticmethod
    @contextlib.contextmanager
    def spare() -> Iterator[int | None]:
        """A core on which no grader runs, claimed meanwhile; None where there is none, or no core was taken."""
        with contextlib.ExitStack() as stack:
            for core in sorted(Core._before) if Core._claim else ():
                claim = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
                try:
                    claim.bind(_name(core, 0))
                except OSError:
                    continue
                yield core
                return
            yield None

    @staticmethod
    def release() -> None:
        """Give the core back, even if sandboxes still hold it: a forked process takes one of its own."""
        Core._holders.clear()
        if Core._claim:
            os.sched_setaffinity(0, Core._before)
            Core._claim.close()
            Core._claim = None


def _name(core: int, place: int) -> str:
    return f"\0autograder-core-{core}-{place}"


def _claim(cores: set[int]) -> socket.socket | None:
    for place in range(_PLACES):
        for core in sorted(cores):
            claim = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            try:
                claim.bind(_name(core, place))
                os.sched_setaffinity(0, {core})
            except OSError:
                claim.close()
                continue
            return claim
    return None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=Core.release)
