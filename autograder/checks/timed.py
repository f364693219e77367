"""A student's functions in this process, with the time limits of grading."""

from __future__ import annotations

import contextlib
import linecache
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from autograder.checks.deadline import deadline, students_line
from autograder.checks.functions import LocalCaller
from autograder.model.calls import Answer, Call
from autograder.model.errors import StudentFault
from autograder.model.limits import Limits


class DebuggerQuit(BaseException):
    """The student has left the debugger."""


class Clock:
    """The time left to a property, which bounds each call."""

    def __init__(self, limits: Limits, where: Callable[[BaseException], str], *, runs: bool = True) -> None:
        self._limits = limits
        self._where = where
        self._runs = runs
        self.begin()

    def begin(self) -> None:
        """Start a new property."""
        self._left = self._limits.property_seconds
        self.error: BaseException | None = None
        """The exception of the last call that raised one."""

    @contextlib.contextmanager
    def call(self) -> Iterator[None]:
        """One call of the student's code."""
        if not self._runs:
            yield
            return
        seconds = max(min(self._limits.call_seconds, self._left), 0.001)
        started = time.process_time()
        try:
            with deadline(seconds, seconds * self._limits.wall_factor, self._where):
                yield
        finally:
            self._left -= time.process_time() - started


class TimedCaller:
    """A student's function, called in this process under the clock."""

    def __init__(self, function: Callable[..., Any], clock: Clock) -> None:
        self.function = function
        self._caller = LocalCaller(function)
        self._clock = clock

    def call(self, call: Call) -> Answer:
        """Call it; taking too long is a fault of the student's."""
        try:
            with self._clock.call():
                answer = self._caller.call(call)
                if answer.fault:
                    self._clock.error = answer.fault.__cause__
        except StudentFault as fault:
            answer = Answer(call, fault=fault)
        if answer.fault and answer.fault.type_names[:1] in {("BdbQuit",), ("Exit",)}:
            raise DebuggerQuit
        return answer


def timed(functions: Mapping[str, Any], limits: Limits) -> dict[str, TimedCaller]:
    """Callers for the functions of a namespace, with the time of one property."""
    found = {name: f for name, f in functions.items() if callable(f)}
    files = {code.co_filename for f in found.values() if (code := getattr(f, "__code__", None))}

    def where(error: BaseException) -> str:
        found = students_line(error, files.__contains__)
        return f"line {found[1]}: {linecache.getline(*found).strip()}" if found else ""

    clock = Clock(limits, where)
    return {name: TimedCaller(f, clock) for name, f in found.items()}
