"""A student's functions in this process, with the time limits of grading."""

from __future__ import annotations

import builtins
import contextlib
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from autograder.checks.deadline import deadline, in_debugger, students_line
from autograder.checks.local_caller import LocalCaller, Where, line_text
from autograder.model.calls import Answer, Call
from autograder.model.errors import StudentFault
from autograder.model.limits import Limits
from autograder.source.module_state import ModuleState
from autograder.source.recursion import BELOW_A_CALL
from autograder.source.settings import Settings


class Clock:
    """The time left to a property, which bounds each call.

    Args:
        limits: on the student's code.
        where: finds the student's line in a traceback.
        state: what the student's module finds again at each call.
        runs: whether calls have deadlines.

    """

    def __init__(self, limits: Limits, where: Where, state: ModuleState, *, runs: bool = True) -> None:
        self.limits = limits
        self.state = state
        self.where = where
        self._runs = runs
        self.begin()

    def begin(self) -> None:
        """Start a new property."""
        self._left = self.limits.property_seconds
        self.error: BaseException | None = None
        """The exception of the last call that raised one."""

    @contextlib.contextmanager
    def call(self) -> Iterator[None]:
        """One call of the student's code."""
        with self.state.resume(), self._timed():
            yield

    @contextlib.contextmanager
    def _timed(self) -> Iterator[None]:
        if not self._runs:
            yield
            return
        seconds = max(min(self.limits.call_seconds, self._left), 0.001)
        started = time.process_time()
        try:
            with deadline(seconds, seconds * self.limits.wall_factor, self.where):
                yield
        finally:
            self._left -= time.process_time() - started


class TimedCaller:
    """A student's function, called in this process under the clock."""

    def __init__(self, function: Callable[..., Any], clock: Clock) -> None:
        self.function = function
        self._caller = LocalCaller(function, clock.limits, clock.where)
        self._clock = clock

    def call(self, call: Call) -> Answer:
        """Call it; taking too long is a fault of the student's."""
        try:
            with self._clock.call(), no_input(), self._clock.state.recursion.counted_from_here(BELOW_A_CALL):
                answer = self._caller.call(call)
                if answer.fault:
                    self._clock.error = answer.fault.__cause__
        except StudentFault as fault:
            answer = Answer(call, fault=fault)
        return answer


@contextlib.contextmanager
def no_input() -> Iterator[None]:
    """Let ``input`` read nothing, as in grading; a debugger still reads what is typed."""
    asked = builtins.input

    def at_end(*prompt: Any) -> str:
        if in_debugger(sys._getframe(1)):  # noqa: SLF001  (the documented way to a frame)
            return asked(*prompt)
        raise EOFError("EOF when reading a line")

    builtins.input = at_end
    try:
        yield
    finally:
        builtins.input = asked


def timed(functions: Mapping[str, Any], limits: Limits, where: Where | None = None) -> dict[str, TimedCaller]:
    """Callers for the functions of a namespace, with the time of one property.

    Args:
        functions: name -> whatever the namespace holds.
        limits: on the student's code.
        where: finds the student's line in a traceback; by default, in the files of the functions.

    """
    found = {name: f for name, f in functions.items() if callable(f)}
    files = files_of(found)

    def line(error: BaseException) -> str:
        passed = students_line(error, files.__contains__)
        return line_text(*passed) if passed else ""

    state = ModuleState(settings=Settings.of_this_process(), stream=None)
    clock = Clock(limits, where or line, state)
    return {name: TimedCaller(f, clock) for name, f in found.items()}


def files_of(functions: Mapping[str, Any]) -> frozenset[str]:
    """The files that define functions of a namespace, as tracebacks name them."""
    return frozenset(code.co_filename for f in functions.values() if (code := getattr(f, "__code__", None)))
