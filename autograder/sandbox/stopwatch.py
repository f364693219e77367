"""Measure how much of its deadline a call has used.

A deadline counts the CPU time of the worker, and of the grader on the worker's behalf (reading what it
sent, running the functions it calls back), so that a busy machine does not change a grade. Time that
passes while the worker neither runs nor waits for its turn to run is bounded too, more generously.
"""

from __future__ import annotations

import sys
import time

from autograder.source.scheduling import queued_seconds

LOOK_SECONDS = 0.05
_LINUX = sys.platform == "linux"


def cpu_seconds(pid: int) -> float:
    """CPU time that process ``pid``, all its threads, has used; where that cannot be asked, the wall clock."""
    if not _LINUX:
        return time.monotonic()
    try:
        return time.clock_gettime((~pid << 3) | 2)  # CPUCLOCK_SCHED of a process: clock_getcpuclockid(3)
    except OSError:
        return 0.0  # gone; the end of its connection will tell


class Stopwatch:
    """Measures one call from its creation on.

    Args:
        pid: the worker's process id.
        seconds: CPU seconds the call may take.
        idle_seconds: wall-clock seconds it may pass waiting.

    """

    def __init__(self, pid: int, seconds: float, idle_seconds: float) -> None:
        self._pid = pid
        self._seconds = seconds
        self._idle_seconds = idle_seconds
        self._cpu = cpu_seconds(pid)
        self._own = time.thread_time()
        self._next_look = 0.0
        self._since: float | None = None
        self._seen = 0.0
        self._mine = 0.0
        self._idle = 0.0
        self._excluded = 0.0

    def used(self) -> float:
        """CPU seconds used so far; of a worker that is gone, what was seen last."""
        self._seen = max(cpu_seconds(self._pid) - self._cpu, self._seen)
        self._mine = time.thread_time() - self._own
        return self._seen + self._mine

    def computed(self) -> float:
        """CPU seconds at the last look."""
        return self._seen + self._mine

    def spent(self) -> float:
        """What the call took out of the submission's time: computing, or waiting if that was more."""
        return max(self.computed(), self._idle)

    def exclude(self, seconds: float) -> None:
        """Do not count so many seconds as waiting: the worker waited for us."""
        self._excluded += seconds

    def overrun(self) -> str:
        """Why the call has to end, or nothing. Poll it while there is no answer; it measures every 50 ms."""
        now = time.monotonic()
        if now < self._next_look:
            return ""
        self._next_look = now + LOOK_SECONDS
        waited = now - queued_seconds(self._pid) - self._excluded
        if self._since is None:
            self._since = waited
        self._idle = waited - self._since
        if self.used() > self._seconds:
            return self.too_long()
        return f"did not answer within {self._idle_seconds:g} s" if self._idle > self._idle_seconds else ""

    def too_long(self) -> str:
        """The words for a call whose CPU time ran out."""
        return f"used more than {self._seconds:.3g} s of computing time"
