"""The one vocabulary in which properties state what must hold.

Every failure is the same sentence: called with, returned, expected. None of these functions takes a
message; a property's hint says what to think about, the numbers say the rest.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.checks.contract import real_array
from autograder.checks.functions import Call, Function
from autograder.model.errors import Fault, Mismatch, StudentFault


def expect(actual: Any, expected: Any, *, atol: float = 1e-9, rtol: float = 1e-9) -> None:
    """``actual`` equals ``expected`` within ``atol + rtol * |expected|``, elementwise.

    Shapes must be equal; infinities must be the same infinity; nan never equals anything. None equals None
    only, where the contract admits it as an answer.

    Args:
        actual: number or array computed from the student's answers.
        expected: number or array of the same shape.
        atol: absolute tolerance.
        rtol: tolerance relative to ``expected``.

    Raises:
        Mismatch: they differ.

    """
    if actual is None or expected is None:
        if actual is not expected:
            raise Mismatch(f"is {actual}; expected {expected}", got=actual, expected=expected)
        return
    a, e = np.asarray(actual, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    if a.shape != e.shape:
        raise Mismatch(f"has shape {a.shape}; expected shape {e.shape}", got=actual, expected=expected)
    with np.errstate(all="ignore"):
        off = np.abs(a - e)
        close = (a == e) | (np.isfinite(e) & (off <= atol + rtol * np.abs(e)))
    if not close.all():
        problem = "contains nan" if np.isnan(a[~close]).any() else "differs from what it must equal"
        raise Mismatch(problem, got=actual, expected=expected, difference=_difference(a, e, close))


def expect_between(actual: Any, low: Any, high: Any) -> None:
    """Every value of ``actual`` lies in [low, high]; nan does not."""
    a = np.asarray(actual, dtype=np.float64)
    inside = (a >= low) & (a <= high)
    if not inside.all():
        where = _first(~inside)
        value = float(a[where]) if a.shape else float(a)
        bounds = f"[{_short(low, where)}, {_short(high, where)}]"
        raise Mismatch(f"has the value {value!r}{_at(where)}, outside {bounds}", got=actual)


def expect_at_most(actual: Any, bound: Any, *, slack: float = 0.0) -> None:
    """Every value of ``actual`` is at most ``bound + slack``; nan is not."""
    a, b = np.broadcast_arrays(np.asarray(actual, dtype=np.float64), np.asarray(bound, dtype=np.float64))
    below = a <= b + slack
    if not below.all():
        where = _first(~below)
        problem = f"has the value {float(a[where])!r}{_at(where)}; expected at most {float(b[where])!r}"
        raise Mismatch(problem, got=actual)


def expect_different(actual: Any, other: Any) -> None:
    """``actual`` and ``other`` are not the same values: two random draws, say."""
    if np.array_equal(np.asarray(actual), np.asarray(other)):
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
    call: Call = function.with_arguments_after(*args)
    names = list(function.signature.arguments)
    for i, (before, after) in enumerate(zip(args, call.after or (), strict=False)):
        if not isinstance(before, (np.ndarray, list)):
            continue
        if not _same(before, after):
            name = names[i] if i < len(names) else f"number {i + 1}"
            raise Mismatch(f"changed its argument {name}", got=after, expected=before)


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, list):
        return (
            isinstance(after, (list, tuple))
            and len(before) == len(after)
            and all(_same(b, a) for b, a in zip(before, after, strict=True))
        )
    a = real_array(after)
    b = np.asarray(before)
    return a is not None and a.shape == b.shape and bool(np.array_equal(a, b, equal_nan=b.dtype.kind == "f"))


def _first(mask: np.ndarray[Any, Any]) -> tuple[int, ...]:
    return tuple(int(i) for i in np.argwhere(mask)[0]) if mask.shape else ()


def _at(where: tuple[int, ...]) -> str:
    return f" at [{', '.join(map(str, where))}]" if where else ""


def _short(bound: Any, where: tuple[int, ...]) -> str:
    b = np.asarray(bound, dtype=np.float64)
    return f"{float(b[where] if b.shape else b):g}"


def _difference(a: np.ndarray[Any, Any], e: np.ndarray[Any, Any], close: np.ndarray[Any, Any]) -> str:
    with np.errstate(all="ignore"):
        off = np.where(close, -1.0, np.nan_to_num(np.abs(a - e), nan=np.inf, posinf=np.inf))
    where = tuple(int(i) for i in np.unravel_index(int(np.argmax(off)), off.shape)) if off.shape else ()
    got, wanted, by = float(a[where]), float(e[where]), float(off[where])
    size = f"off by {by:.3g}" if np.isfinite(by) else "infinitely far off"
    if np.isfinite(by) and wanted:
        size += f" (relative {by / abs(wanted):.2g})"
    count = int((~close).sum())
    many = f"; {count} of {a.size} values differ" if a.size > 1 else ""
    return f"largest difference{_at(where)}: {got!r} instead of {wanted!r}, {size}{many}"
