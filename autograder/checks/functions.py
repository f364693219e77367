"""The student's functions as a property sees them: every call is logged and held to the contract.

A property may run beside the student's code (on the student's machine) or far from it (through the
sandbox); a :class:`Caller` hides which.
"""

from __future__ import annotations

import copy
import inspect
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from autograder.checks.prefetch import Ahead
from autograder.checks.returns import Shape, expected_shapes, normalise, real_array
from autograder.model.calls import Call, Caller
from autograder.model.contract import Signature
from autograder.model.errors import AutograderError, Fault, InfrastructureError, Mismatch, StudentFault


class LocalCaller:
    """Calls a function in this process, as on a student's own machine."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function

    def call_student(
        self,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        *,
        want_arguments: bool,
        hidden: bool,  # noqa: ARG002  (there is nothing to hide from oneself)
    ) -> tuple[Any, tuple[Any, ...] | None]:
        """Call it on copies; a generator or a callable is passed as it is, so that its use shows."""
        given = tuple(_private(a) for a in args)
        try:
            value = self.function(*given, **{k: _private(v) for k, v in kwargs.items()})
        except NotImplementedError:
            raise StudentFault(Fault.NOT_WRITTEN) from None
        except (Mismatch, StudentFault):
            raise
        except SystemExit as error:
            raise StudentFault(Fault.EXITED, f"called exit({error.code!r})") from None
        except Exception as error:
            raise _raised(error, self.function) from error
        return value, given if want_arguments else None


def _private(value: Any) -> Any:
    if hasattr(value, "bit_generator") or callable(value):
        return value
    return copy.deepcopy(value)


def _raised(error: Exception, function: Callable[..., Any]) -> StudentFault:
    try:
        message = str(error)
    except Exception:  # noqa: BLE001  (a student's __str__ may do anything)
        message = "(its message could not be read)"
    names = tuple(t.__name__ for t in type(error).__mro__ if t is not object)
    where = ""
    code = getattr(inspect.unwrap(function), "__code__", None)
    for frame in traceback.extract_tb(error.__traceback__):
        if code is not None and frame.filename == code.co_filename:
            where = f"line {frame.lineno}: {frame.line}" if frame.line else f"line {frame.lineno}"
    return StudentFault(Fault.RAISED, f"{names[0]}: {message}", where, names)


class Function:
    """A student's function inside one property: call it like any function.

    What it returns is already what the contract states (float64 arrays, floats, tuples of them), so
    bodies compute with it freely; a result of another type or shape ends the case as a mismatch.
    """

    def __init__(
        self, signature: Signature, caller: Caller | None, log: list[Call], ahead: Ahead | None = None, *, hidden: bool
    ) -> None:
        self.signature = signature
        self.__name__ = signature.name
        self._caller = caller
        self._log = log
        self._ahead = ahead
        self._hidden = hidden

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the student's function and hold the result to the contract."""
        return self._call(args, kwargs, want_arguments=False).value

    def with_arguments_after(self, *args: Any) -> Call:
        """Call it and learn what its arguments look like afterwards (``Call.after``)."""
        return self._call(args, {}, want_arguments=True)

    def _call(self, args: tuple[Any, ...], kwargs: Mapping[str, Any], *, want_arguments: bool) -> Call:
        call = Call(self.signature.name, args, kwargs)
        self._log.append(call)
        try:
            value, call.after, shapes = self._answer(call, args, kwargs, want_arguments=want_arguments)
        except StudentFault as fault:
            call.fault = fault
            raise
        except (AutograderError, Mismatch):
            raise
        except Exception as error:
            # Between the property and the student's code there is only ours.
            raise InfrastructureError(f"calling {call.function}: {type(error).__name__}: {error}") from error
        call.answered = True
        call.value = value
        try:
            call.value = normalise(self.signature, shapes or expected_shapes(self.signature, args, kwargs), value)
        except Mismatch:
            # Whoever asks for the arguments judges them, whatever the shape of the answer; but there must be one.
            if not want_arguments or not _are_numbers(value):
                raise
        return call

    def _answer(
        self, call: Call, args: tuple[Any, ...], kwargs: Mapping[str, Any], *, want_arguments: bool
    ) -> tuple[Any, tuple[Any, ...] | None, tuple[Shape, ...]]:
        """The value, the arguments after the call where wanted, and the shapes expected, where they are known."""
        # The log keeps generators as they were before the student drew from them.
        asked = self._ahead and self._ahead.take(call.function, args, kwargs, want_arguments=want_arguments)
        if asked:
            call.args = asked.call.args
            if asked.fault:
                raise asked.fault
            return asked.value, asked.after, asked.call.shapes
        if any(hasattr(a, "bit_generator") for a in args):
            call.args = tuple(copy.deepcopy(a) if hasattr(a, "bit_generator") else a for a in args)
        if self._caller is None:
            raise StudentFault(Fault.MISSING, f"{self.signature.name} is not defined")
        value, after = self._caller.call_student(args, kwargs, want_arguments=want_arguments, hidden=self._hidden)
        return value, after, ()


def _are_numbers(value: Any) -> bool:
    several = isinstance(value, (tuple, list)) and bool(value)
    return real_array(value) is not None or (several and all(real_array(item) is not None for item in value))


def as_caller(thing: Any) -> Caller | None:
    """A caller for whatever a namespace holds under a question's name."""
    if hasattr(thing, "call_student"):
        caller: Caller = thing
        return caller
    if callable(thing):
        return LocalCaller(thing)
    return None
