"""Values and calls as Python text that a student can paste into a prompt and run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checks.functions import Call
from autograder.model.result import ShownCall
from autograder.model.values import Opaque

MOST_NUMBERS = 60
"""More numbers than this in one value are shortened: a counterexample fits on a screen."""


def show(value: Any) -> str:
    """``value`` as Python source; exact for floats, shortened with ``...`` where it is long."""
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, np.generic):
        return show(value.item())
    if isinstance(value, np.random.Generator):
        return "np.random.default_rng(...)"
    if isinstance(value, float) and not np.isfinite(value):
        return "np.nan" if np.isnan(value) else ("np.inf" if value > 0 else "-np.inf")
    if isinstance(value, tuple):
        inner = ", ".join(show(v) for v in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, list):
        return f"[{', '.join(show(v) for v in value)}]"
    if isinstance(value, Opaque):
        return f"<{value.type_name}>"
    if isinstance(value, (Callable, type)):  # type: ignore[arg-type]
        return getattr(value, "__name__", "a function")
    try:
        return repr(value)
    except Exception:  # noqa: BLE001  (a student's __repr__ may do anything)
        return f"<{type(value).__name__}>"


def _array(value: np.ndarray[Any, Any]) -> str:
    if value.size > MOST_NUMBERS:
        return f"<array of shape {value.shape}: {_nested(value.ravel()[:4].tolist())[:-1]}, ...]>"
    if value.size == 0:
        return f"np.empty({value.shape}, dtype=np.{value.dtype})"
    if value.ndim == 0:
        return f"np.array({show(value.item())})"
    inner = _nested(value.tolist())
    # Integers and floats are what these literals already mean; other dtypes must be said.
    plain = value.dtype in (np.float64, np.int64, np.bool_)
    return f"np.array({inner})" if plain else f"np.array({inner}, dtype=np.{value.dtype})"


def _nested(items: Any) -> str:
    return f"[{', '.join(_nested(i) for i in items)}]" if isinstance(items, list) else show(items)


def show_call(call: Call) -> ShownCall:
    """One logged call as ``name(arguments)`` with what came back."""
    parts = [show(a) for a in call.args] + [f"{k}={show(v)}" for k, v in call.kwargs.items()]
    text = f"{call.function}({', '.join(parts)})"
    if call.fault is not None:
        what = call.fault.message or call.fault.fault.value
        return ShownCall(text, raised=f"{what} ({call.fault.where})" if call.fault.where else what)
    return ShownCall(text, returned=show(call.value))


def numbers_in(value: Any) -> int:
    """How many numbers a value holds: the size by which counterexamples are compared."""
    if isinstance(value, np.ndarray):
        return int(value.size)
    if isinstance(value, (list, tuple)):
        return sum(numbers_in(v) for v in value)
    if isinstance(value, dict):
        return sum(numbers_in(v) for v in value.values())
    return 1
