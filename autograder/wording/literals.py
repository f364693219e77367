"""Values and calls as Python text that a student can paste into a prompt and run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.model.values import Opaque
from autograder.wording.compact import long_array

MOST_NUMBERS = 60
"""More numbers than this in one value are shortened: a counterexample fits on a screen."""

LONGEST = 300
"""Characters of an expression that makes a long array, in an answer ..."""
LONGEST_ARGUMENT = 1200
"""... and in a call, which is to be pasted."""


def show(value: Any, longest: int = LONGEST) -> str:
    """``value`` as Python source; exact for floats, shortened where an array takes more than ``longest`` characters."""
    if isinstance(value, np.ndarray):
        return _array(value, longest)
    if isinstance(value, np.generic):
        return show(value.item())
    if isinstance(value, np.random.Generator):
        return _generator(value)
    if isinstance(value, float) and not np.isfinite(value):
        return "np.nan" if np.isnan(value) else ("np.inf" if value > 0 else "-np.inf")
    if isinstance(value, tuple):
        inner = ", ".join(show(v, longest) for v in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, list):
        return f"[{', '.join(show(v, longest) for v in value)}]"
    if isinstance(value, Opaque):
        return f"<{value.type_name}>"
    if isinstance(value, (Callable, type)):  # type: ignore[arg-type]
        # A property may say how the function that it hands in is written in a line.
        return str(getattr(value, "as_python", None) or getattr(value, "__name__", "a function"))
    try:
        return repr(value)
    except Exception:  # noqa: BLE001  (a student's __repr__ may do anything)
        return f"<{type(value).__name__}>"


def _array(value: np.ndarray[Any, Any], longest: int) -> str:
    if value.size > MOST_NUMBERS:
        return long_array(value, show, longest) or (
            f"<array of shape {value.shape}: {_nested(value.ravel()[:4].tolist())[:-1]}, ...]>"
        )
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


def was_just_made(value: Any) -> bool:
    """Whether a generator is as ``np.random.default_rng`` of its seed made it: nothing was drawn from it yet."""
    entropy = getattr(value.bit_generator.seed_seq, "entropy", None)
    seeds = entropy if isinstance(entropy, (list, tuple)) else [entropy]
    return all(isinstance(seed, int) for seed in seeds) and bool(
        np.random.default_rng(entropy).bit_generator.state == value.bit_generator.state,
    )


def _generator(value: np.random.Generator) -> str:
    entropy = getattr(value.bit_generator.seed_seq, "entropy", None)
    if was_just_made(value):
        return f"np.random.default_rng({entropy})"
    before, now = np.random.PCG64(entropy).state, value.bit_generator.state
    if before["bit_generator"] == now["bit_generator"] and not now["has_uint32"]:
        steps = _steps(before["state"]["state"], now["state"]["state"], before["state"]["inc"])
        if steps is not None:
            return f"np.random.Generator(np.random.PCG64({entropy}).advance({steps}))"
    return "np.random.default_rng(...)"


def _steps(start: int, end: int, increment: int) -> int | None:
    """How many steps of PCG64 lead from one state to another (O'Neill 2014, section 4.3.1); None if too many."""
    size = 1 << 128
    multiplier, steps = 0x2360ED051FC65DA44385DF649FCCF645, 0
    for bit in (1 << i for i in range(64)):
        if start == end:
            return steps
        if (start ^ end) & bit:
            start = (start * multiplier + increment) % size
            steps |= bit
        increment = (multiplier + 1) * increment % size
        multiplier = multiplier * multiplier % size
    return None


def numbers_in(value: Any) -> int:
    """How many numbers a value holds: the size by which counterexamples are compared."""
    if isinstance(value, np.ndarray):
        return int(value.size)
    if isinstance(value, (list, tuple)):
        return sum(numbers_in(v) for v in value)
    if isinstance(value, dict):
        return sum(numbers_in(v) for v in value.values())
    return 1
