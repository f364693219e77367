"""Deadlines in this process, in CPU time: for a student's code on the student's machine."""

from __future__ import annotations

import contextlib
import ctypes
import linecache
import math
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType

from autograder.model.errors import Fault, StudentFault
from autograder.source.scheduling import queued_seconds
from autograder.source.slow import slow_line

_AGAIN = 0.5
"""Seconds between alarms, for code that catches the first one."""
_LOOK = 0.05
_COMPUTING = 0.1
"""Share of its time in which code that computes has a core, or waits for one; code that waits has less."""
_LONGEST = 5
"""Code that computes gets so many times the seconds of the wall clock, where CPU seconds are not bounded."""
_DEBUGGERS = frozenset({"bdb", "pdb", "ipdb", "IPython.core.debugger"})


class AlarmError(BaseException):
    """Time is up. Not an Exception, so that ``except Exception`` in a loop does not catch it."""


class _ComputingAlarmError(AlarmError):
    """CPU time is up."""


@contextlib.contextmanager
def deadline(
    seconds: float, idle_seconds: float, where: Callable[[BaseException], str] = lambda _: ""
) -> Iterator[None]:
    """End what runs inside after so much time; not while a debugger has stopped in it.

    Args:
        seconds: CPU seconds; 0 for no bound.
        idle_seconds: seconds of the wall clock, for code that waits; code that computes may share its core with others.
        where: finds the student's line in a traceback.

    Raises:
        StudentFault: it took longer.

    """
    has_signals = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    try:
        with (_signals if has_signals else _watchdog)(seconds, idle_seconds):
            yield
    except AlarmError as alarm:
        words = (
            f"used more than {seconds:.3g} s of computing time"
            if isinstance(alarm, _ComputingAlarmError)
            else f"gave no answer within {idle_seconds:.3g} s"
        )
        raise StudentFault(Fault.TIMED_OUT, words, where(alarm)) from None


def students_line(error: BaseException, is_students: Callable[[str], bool]) -> tuple[str, int] | None:
    """File and line of the student's that ``error`` passed last; where time was up, of the loop that it was in."""
    frames, at = [], error.__traceback__
    while at is not None:
        if is_students(file := at.tb_frame.f_code.co_filename):
            frames.append((file, at.tb_lineno))
        at = at.tb_next
    if frames and isinstance(error, AlarmError):
        return slow_line(frames, linecache.getlines)
    return frames[-1] if frames else None


@contextlib.contextmanager
def _signals(seconds: float, idle_seconds: float) -> Iterator[None]:
    debugged = False
    waits = _waits(seconds, idle_seconds)

    def ring(number: int, frame: FrameType | None) -> None:
        nonlocal debugged
        debugged = debugged or in_debugger(frame)
        if debugged:
            return
        if number != signal.SIGALRM:
            raise _ComputingAlarmError
        if waits():
            raise AlarmError

    alarms = [(signal.SIGALRM, signal.ITIMER_REAL, max(idle_seconds, 0.001))]
    if seconds:
        alarms.append((signal.SIGPROF, signal.ITIMER_PROF, max(seconds, 0.001)))
    before = [signal.signal(number, ring) for number, _, _ in alarms]
    try:
        for _, timer, after in alarms:
            signal.setitimer(timer, after, _AGAIN)
        yield
    finally:
        for (number, timer, _), handler in zip(alarms, before, strict=True):
            signal.setitimer(timer, 0)
            signal.signal(number, handler)


@contextlib.contextmanager
def _watchdog(seconds: float, idle_seconds: float) -> Iterator[None]:
    """The same where there are no signals (Windows, other threads): it cannot interrupt C code."""
    target = threading.get_ident()
    over = threading.Event()
    lock = threading.Lock()
    cpu, wall = time.process_time() + seconds, time.monotonic() + idle_seconds
    waits = _waits(seconds, idle_seconds)

    def watch() -> None:
        while not over.wait(_LOOK):
            computed = bool(seconds) and time.process_time() > cpu
            if computed or (time.monotonic() > wall and waits()):
                alarm = _ComputingAlarmError if computed else AlarmError
                if in_debugger(sys._current_frames().get(target)):  # noqa: SLF001  (the only way to another thread's frame)
                    return
                with lock:
                    if not over.is_set():
                        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(target), ctypes.py_object(alarm))
                over.wait(_AGAIN)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        with lock:
            over.set()
        # An alarm that was set and not yet raised is taken back.
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(target), None)


def _waits(seconds: float, idle_seconds: float) -> Callable[[], bool]:
    """Whether what runs from now on waits; or computes for long, where CPU seconds are not bounded."""
    thread = threading.get_native_id()

    def busy_seconds() -> float:
        return time.process_time() + queued_seconds(f"self/task/{thread}")

    began, busy = time.monotonic(), busy_seconds()
    longest = math.inf if seconds else _LONGEST * idle_seconds

    def waits() -> bool:
        passed = time.monotonic() - began
        return busy_seconds() - busy < _COMPUTING * passed or passed > longest

    return waits


def in_debugger(frame: FrameType | None) -> bool:
    """Whether a debugger runs in ``frame`` or above it."""
    while frame is not None:
        if frame.f_globals.get("__name__") in _DEBUGGERS:
            return True
        frame = frame.f_back
    return False
