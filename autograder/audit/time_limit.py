"""A time limit for a process of the audit, whose verdicts must not depend on how busy the machine is."""

from __future__ import annotations

import signal

ASLEEP = 10
"""A process that does not compute ends after this many times its CPU seconds on the wall clock."""


def end_after(seconds: int) -> None:
    """Kill this process when it has computed for ``seconds`` from now on; an earlier limit no longer holds."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.alarm(ASLEEP * seconds)
