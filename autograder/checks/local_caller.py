"""A student's function called in this process: what comes back is what the sandbox would have handed over."""

from __future__ import annotations

import inspect
import linecache
import opcode
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from autograder.checks.deadline import AlarmError, students_line
from autograder.model.calls import Answer, Call
from autograder.model.errors import AutograderError, Fault, Mismatch, StudentFault
from autograder.model.limits import Limits
from autograder.model.values import copied
from autograder.source.left_out import place
from autograder.wire.codec import Codec
from autograder.wire.convert import opaque, to_plain
from autograder.wire.faults import describe, student_fault
from autograder.wire.types import Caps, WireError

Where = Callable[[BaseException], str]
_RAISE = opcode.opmap["RAISE_VARARGS"]
_LONGEST_LINE = 200


class DebuggerQuit(BaseException):
    """The student has left the debugger."""


class LocalCaller:
    """Calls one function in this process, as on a student's own machine.

    What it returns, and what it raises, becomes what a confined process would hand over.

    Args:
        function: the student's.
        limits: bound what it may return.
        where: finds the student's line in a traceback; by default, in the file of the function.

    """

    def __init__(self, function: Callable[..., Any], limits: Limits | None = None, where: Where | None = None) -> None:
        self.function = function
        self._limits = limits or Limits()
        self._where = where or _line_in_file_of(function)

    def call(self, call: Call) -> Answer:
        """Call it on copies; a generator or a callable is passed as it is, because its use matters."""
        given = tuple(_private(a) for a in call.args)
        named = {k: _private(v) for k, v in call.kwargs.items()}
        try:
            value = self.function(*given, **named)
        except (Mismatch, AutograderError):  # of a function among the arguments
            raise
        except StudentFault as fault:
            return Answer(call, fault=fault)
        except BaseException as error:  # noqa: BLE001  (a student's function may raise anything)
            return Answer(call, fault=self._fault(error))
        try:
            value, after = _handed_over(self._limits, value, given if call.want_arguments else None)
        except WireError as error:
            return Answer(call, fault=StudentFault(Fault.UNSUPPORTED, f"{call.function} returned {error}"))
        except BaseException as error:  # noqa: BLE001  (no memory for the answer, or a student's class that exits)
            return Answer(call, fault=self._fault(error))
        drawn = tuple(copied(v) for v in (*given, *named.values()) if hasattr(v, "bit_generator"))
        return Answer(call, value, after, drawn)

    def _fault(self, error: BaseException) -> StudentFault:
        raise_unless_students(error)
        fault = student_fault(*describe(error, self._where), self._limits.memory)
        fault.__cause__ = error  # for a debugger
        return fault


def raise_unless_students(error: BaseException) -> None:
    """Raise ``error`` again where it is none of the student's code: time is up, or somebody wants to stop."""
    if isinstance(error, (AlarmError, DebuggerQuit)):
        raise error
    if type(error).__name__ in {"BdbQuit", "Exit"} and type(error).__module__ in {"bdb", "_pytest.outcomes"}:
        raise DebuggerQuit from error
    if isinstance(error, KeyboardInterrupt) and not _is_raised_by_a_statement(error):
        raise error


def _is_raised_by_a_statement(error: BaseException) -> bool:
    """Whether ``raise`` raised it. Ctrl-C comes between any two instructions."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    return at is not None and at.tb_frame.f_code.co_code[at.tb_lasti] == _RAISE


def _handed_over(limits: Limits, value: object, after: tuple[Any, ...] | None) -> tuple[Any, Any]:
    """The returned value and the arguments as the grader gets them from a confined process."""
    codec = _codec(Caps.of(limits))
    value, after = codec.unpack(codec.pack([value, after]))
    return value, after


@lru_cache(maxsize=8)
def _codec(caps: Caps) -> Codec:
    return Codec(caps, to_plain, opaque)


def _private(value: Any) -> Any:
    if hasattr(value, "bit_generator") or callable(value):
        return value
    return copied(value)


def line_text(file: str, number: int, name: str = "") -> str:
    """A line of the student's as grading words it: ``"line 3: x = 1"``, or ``"helper.py, line 3: x = 1"``.

    Args:
        file: as tracebacks name it.
        number: counted from 1.
        name: of the file, where it is not the answer itself.

    """
    lines = linecache.getlines(file)
    text = lines[number - 1].strip()[:_LONGEST_LINE] if 0 < number <= len(lines) else ""
    at = f"{name and name + ', '}{place(lines, number)}"
    return f"{at}: {text}" if text else at


def _line_in_file_of(function: Callable[..., Any]) -> Where:
    def where(error: BaseException) -> str:
        code = getattr(inspect.unwrap(function), "__code__", None)
        found = students_line(error, lambda file: code is not None and file == code.co_filename)
        return line_text(*found) if found else ""

    return where
