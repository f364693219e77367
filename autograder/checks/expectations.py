"""The vocabulary of expectations: every property states what must hold with these functions.

Every failure reads the same: called with, returned, expected. None of these functions takes a
message; a property's hint says what to think about, the numbers say the rest.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from autograder.checks.functions import Function
from autograder.checks.returns import is_changed
from autograder.model.calls import Answer
from autograder.model.errors import AuthoringError, Fault, InfrastructureError, Mismatch, StudentFault

if TYPE_CHECKING:
    from autograder.checks.property import prop


class Observer(Protocol):
    """Observes what ``expect`` compares, while it is set as :data:`observer`."""

    def begin_case(self, p: prop) -> None:
        """A case of ``p`` is about to run."""

    def compared(self, actual: Any, expected: Any, atol: float, rtol: float) -> None:
        """``expect`` is about to compare these."""


observer: ContextVar[Observer | None] = ContextVar("observer", default=None)
"""The current observer; None while grading."""

DIFFERS = "does not equal the expected value"
INFINITE = "Did an exponential overflow, or a long product underflow to 0?"
COARSE = 1e-3
"""An absolute tolerance from here on is part of the statement, as for a frequency, and is shown."""


def expect(actual: Any, expected: Any, *, atol: float = 1e-9, rtol: float = 1e-9, what: str = "") -> None:
    """``actual`` equals ``expected`` within ``atol + rtol * |expected|``, elementwise.

    Shapes must be equal; infinities must be the same infinity; nan never equals anything. None equals None
    only, where the contract admits it as an answer. No right answer is nan: where ``expected`` holds one, it comes
    from another answer of the student's, and is said to be the fault.

    Args:
        actual: number or array computed from the student's answers.
        expected: number or array of the same shape.
        atol: absolute tolerance.
        rtol: tolerance relative to ``expected``.
        what: a name of ``actual``, where that is not simply what the last call returned.

    Raises:
        Mismatch: they differ.
        AuthoringError: one of them is no number and no array, such as a tuple of arrays of different shapes.

    """
    if not (atol >= 0 and rtol >= 0):
        raise AuthoringError(f"expected tolerances of 0 or more; found atol={atol}, rtol={rtol}")
    if (watching := observer.get()) is not None:
        watching.compared(actual, expected, atol, rtol)
    if actual is None or expected is None:
        if actual is not expected:
            problem = "expected None" if expected is None else DIFFERS
            raise Mismatch(problem, got=actual, expected=expected, what=what)
        return
    try:
        a, e = np.asarray(actual, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    except (ValueError, TypeError) as error:
        found = ", ".join(sorted({type(value).__name__ for value in (actual, expected)}))
        raise AuthoringError(
            f"expect compares a number or an array; found {found}; compare the parts of a tuple one by one"
        ) from error
    if a.shape != e.shape:
        raise Mismatch(f"has shape {a.shape}; expected shape {e.shape}", got=actual, expected=expected, what=what)
    if (a == e).all():
        return  # nan is not among them
    if np.isnan(e).any():
        raise Mismatch("one of your answers contains nan", got=expected)
    with np.errstate(all="ignore"):
        off = np.abs(a - e)
        close = (a == e) | (np.isfinite(off) & (off <= atol + rtol * np.abs(e)))
    if not close.all():
        problem = DIFFERS if atol < COARSE else f"{DIFFERS}, ±{atol:g}"
        if np.isnan(a).any():
            problem = "contains nan"
        elif (np.isinf(a) & np.isfinite(e)).any():
            problem = f"{DIFFERS}: infinite where a finite number is expected. {INFINITE}"
        difference = "" if _is_plain(actual, expected) else _difference(a, e, close)
        raise Mismatch(problem, got=actual, expected=expected, difference=difference, what=what)


def expect_between(actual: Any, low: Any, high: Any, *, what: str = "") -> None:
    """Every value of ``actual``, called ``what``, lies in [low, high], numbers or arrays of its shape; nan does not."""
    a = np.asarray(actual, dtype=np.float64)
    inside = (a >= _bound(low, a)) & (a <= _bound(high, a))
    if not inside.all():
        where = _first(~inside)
        value = float(a[where]) if a.shape else float(a)
        bounds = f"[{_short(low, where)}, {_short(high, where)}]"
        raise Mismatch(f"has the value {value!r}{_at(where)}, outside {bounds}", got=actual, what=what)


def expect_at_most(actual: Any, bound: Any, *, slack: float = 0.0) -> None:
    """Every value of ``actual`` is at most ``bound + slack``, a number or an array of its shape; nan is not."""
    a = np.asarray(actual, dtype=np.float64)
    b = np.broadcast_to(_bound(bound, a), a.shape)
    below = a <= b + slack
    if not below.all():
        where = _first(~below)
        problem = f"has the value {float(a[where])!r}{_at(where)}; expected at most {float(b[where])!r}"
        raise Mismatch(problem, got=actual)


def expect_different(actual: Any, other: Any) -> None:
    """``actual`` and ``other``, of one shape and without nan, are not the same values: two random draws, say."""
    a, o = np.asarray(actual, dtype=np.float64), np.asarray(other, dtype=np.float64)
    if a.shape != o.shape:
        raise Mismatch(f"has shape {a.shape}; expected shape {o.shape}", got=actual, expected=other)
    if np.isnan(a).any() or np.isnan(o).any():
        raise Mismatch("contains nan", got=actual if np.isnan(a).any() else other)
    if np.array_equal(a, o):
        raise Mismatch("is the same result twice; expected two different ones", got=actual)


def expect_raises(kind: type[Exception], function: Function, *args: Any) -> None:
    """Calling ``function`` on ``args`` raises ``kind`` or a subclass of it."""
    try:
        value = function(*args)
    except StudentFault as fault:
        if fault.fault is Fault.RAISED and kind.__name__ in fault.type_names:
            return
        raise
    raise Mismatch(f"returned a value; expected it to raise {kind.__name__}", got=value)


def expect_inputs_unchanged(function: Function, *args: Any) -> None:
    """Calling ``function`` on ``args`` leaves every array and list among them as it was."""
    answer: Answer = function.with_arguments_after(*args)
    names = list(function.signature.arguments)
    if answer.arguments is None or len(answer.arguments) != len(args):
        raise InfrastructureError(f"the arguments of {function.signature.name} did not come back from the call")
    for i, (before, after) in enumerate(zip(args, answer.arguments, strict=True)):
        if is_changed(before, after):
            name = names[i] if i < len(names) else f"number {i + 1}"
            raise Mismatch(f"changed its argument {name}", got=after, expected=before)


def _bound(bound: Any, a: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    # Broadcasting would compare values that do not belong together.
    b = np.asarray(bound, dtype=np.float64)
    if b.shape not in {(), a.shape}:
        raise Mismatch(f"has shape {a.shape}; expected shape {b.shape}", got=a)
    return b


def _first(mask: np.ndarray[Any, Any]) -> tuple[int, ...]:
    return tuple(int(i) for i in np.argwhere(mask)[0]) if mask.shape else ()


def _at(where: tuple[int, ...]) -> str:
    return f" at [{', '.join(map(str, where))}]" if where else ""


def _short(bound: Any, where: tuple[int, ...]) -> str:
    b = np.asarray(bound, dtype=np.float64)
    return repr(float(b[where] if b.shape else b)).removesuffix(".0")


def _is_plain(actual: Any, expected: Any) -> bool:
    """Whether the two values side by side say it all: single ones, and integers."""
    a, e = np.asarray(actual), np.asarray(expected)
    return a.size == 1 or (a.dtype.kind in "biu" and e.dtype.kind in "biu")


def _difference(a: np.ndarray[Any, Any], e: np.ndarray[Any, Any], close: np.ndarray[Any, Any]) -> str:
    with np.errstate(all="ignore"):
        off = np.where(close, -1.0, np.nan_to_num(np.abs(a - e), nan=np.inf, posinf=np.inf))
    where = tuple(int(i) for i in np.unravel_index(int(np.argmax(off)), off.shape)) if off.shape else ()
    got, wanted, by = float(a[where]), float(e[where]), float(off[where])
    size = "" if np.isnan(got) else ", infinitely far off" if np.isinf(by) else f", off by {by:.3g}"
    if np.isfinite(by) and wanted:
        size += f" (relative {by / abs(wanted):.2g})"
    many = f"{(~close).sum()} of {a.size} values differ"
    return f"largest difference{_at(where)}: {got!r} instead of {wanted!r}{size}; {many}"
