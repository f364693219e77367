"""Format values as Python source that students can paste and run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from autograder.model.values import Opaque

MOST_NUMBERS = 60
"""Arrays with more elements than this are shortened, so that a counterexample fits on a screen."""

SHORTEST_RUN = 4
"""A value repeated less often than this is written out."""
LONGEST = 300
"""Longest expression for a long array in a returned value, in characters."""
LONGEST_TEXT = 2000
"""Longest text of any value: whatever a student returns, its text is bounded."""
LONGEST_CALL = 12_000
"""Longest call in a result."""
LONGEST_ARGUMENT = 1200
"""Longest expression for a long array in a call, which students paste."""


def show(value: Any, longest: int = LONGEST) -> str:
    """``value`` as Python source. Floats are exact, and arrays of few numbers are written in full.

    A longer array becomes an expression of at most ``longest`` characters or, where none is found, its shape and first
    numbers.
    """
    if isinstance(value, np.ndarray):
        return _array(value, longest)
    if isinstance(value, np.generic):
        return show(value.item())
    if isinstance(value, np.random.Generator):
        return _generator(value)
    if isinstance(value, float) and not np.isfinite(value):
        return "np.nan" if np.isnan(value) else ("np.inf" if value > 0 else "-np.inf")
    if isinstance(value, tuple):
        inner = _joined(value, longest)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, list):
        return f"[{_joined(value, longest)}]"
    if isinstance(value, dict):
        return f"{{{_joined(value.items(), longest, _pair)}}}"
    if isinstance(value, (str, bytes)) and len(value) > LONGEST_TEXT:
        return f"{value[:LONGEST_TEXT]!r}..."
    if isinstance(value, Opaque):
        return f"<{cut(value.type_name)}>"
    if isinstance(value, (Callable, type)):  # type: ignore[arg-type]
        # A property may say how the function that it hands in is written in a line.
        return str(getattr(value, "as_python", None) or getattr(value, "__name__", "a function"))
    try:
        return cut(repr(value))
    except Exception:  # noqa: BLE001  (a student's __repr__ may do anything)
        return f"<{type(value).__name__}>"


def cut(text: str, longest: int = LONGEST_TEXT) -> str:
    """``text``, with an end that says so where it is longer than allowed."""
    return text if len(text) <= longest else f"{text[: longest - 4]} ..."


def _joined(items: Iterable[Any], longest: int, form: Callable[[Any, int], str] = show) -> str:
    """The items' texts with commas between, as many as fit into LONGEST_TEXT."""
    parts: list[str] = []
    length = 0
    for item in items:
        if length > max(LONGEST_TEXT, longest):
            parts.append("...")
            break
        parts.append(form(item, longest))
        length += len(parts[-1]) + 2
    return ", ".join(parts)


def _pair(item: tuple[Any, Any], longest: int) -> str:
    return f"{show(item[0], longest)}: {show(item[1], longest)}"


def _array(value: np.ndarray[Any, Any], longest: int) -> str:
    if value.size > MOST_NUMBERS:
        return _short_expression(value, longest) or (
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
    """Whether nothing was drawn yet from a generator that ``np.random.default_rng`` created."""
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
    """Steps of PCG64 from one state to another (O'Neill 2014, section 4.3.1), or None if there are too many."""
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


# --- long arrays as short expressions


def _short_expression(value: np.ndarray[Any, Any], longest: int) -> str | None:
    """An expression of at most ``longest`` characters that builds this array, or None.

    Tries an even grid (exact up to the last digit), a repeated block, a diagonal, a string of digits, and rows with
    runs such as ``[0.5] * 2000``.
    """
    if value.ndim not in {1, 2} or value.dtype not in (np.float64, np.int64) or not value.size:
        return None
    if np.signbit(value[value == 0]).any():
        # -0.0 equals 0.0, and would be taken for it below.
        return None
    found = [made for way in (_grid, _tiled, _diagonal, _digits) if (made := way(value))]
    found += [made] if (made := _runs(value, longest)) else []
    short = min(found, key=len, default="")
    return short if short and len(short) <= longest else None


def _grid(value: np.ndarray[Any, Any]) -> str | None:
    flat = value.ravel()
    if 1 not in (*value.shape, value.ndim):
        return None
    shape = "" if value.ndim == 1 else f".reshape{value.shape}"
    if np.array_equal(flat, np.arange(flat.size)) and value.dtype == np.int64:
        return f"np.arange({flat.size}){shape}"
    if value.dtype == np.float64 and np.isfinite(flat).all():
        low, high = float(flat[0]), float(flat[-1])
        if np.allclose(np.linspace(low, high, flat.size), flat, rtol=1e-15, atol=1e-15 * max(abs(low), abs(high))):
            return f"np.linspace({show(low)}, {show(high)}, {flat.size}){shape}"
    return None


def _tiled(value: np.ndarray[Any, Any]) -> str | None:
    n = len(value)
    for period in range(1, min(n // 2, 12) + 1):
        if n % period == 0 and np.array_equal(np.concatenate([value[:period]] * (n // period)), value):
            block = show(value[:period].tolist())
            return f"np.array({block} * {n // period})"
    return None


def _diagonal(value: np.ndarray[Any, Any]) -> str | None:
    square = value.ndim == 2 and value.shape[0] == value.shape[1]
    if not square or not np.array_equal(np.diag(np.diag(value)), value):
        return None
    return f"np.diag({_row(np.diag(value))})"


def _digits(value: np.ndarray[Any, Any]) -> str | None:
    if value.ndim != 1 or value.dtype != np.int64 or value.min() < 0 or value.max() > 9:
        return None
    return f'np.array([int(c) for c in "{"".join(map(str, value.tolist()))}"])'


def _runs(value: np.ndarray[Any, Any], longest: int) -> str | None:
    """The rows' runs; None as soon as they are too long, as in most of the long arrays."""
    rows: list[str] = []
    for row in value if value.ndim > 1 else [value]:
        if np.count_nonzero(row[1:] != row[:-1]) > longest or sum(map(len, rows)) > longest:
            return None
        rows.append(_row(row))
    return f"np.array([{', '.join(rows)}])" if value.ndim > 1 else f"np.array({rows[0]})"


def _row(row: np.ndarray[Any, Any]) -> str:
    changes = np.flatnonzero(row[1:] != row[:-1]) + 1
    starts = [0, *changes.tolist()]
    ends = [*starts[1:], len(row)]
    parts: list[str] = []
    plain: list[str] = []
    for start, end in zip(starts, ends, strict=True):
        if end - start < SHORTEST_RUN:
            plain += [show(row[start].item())] * (end - start)
            continue
        if plain:
            parts.append(f"[{', '.join(plain)}]")
            plain = []
        parts.append(f"[{show(row[start].item())}] * {end - start}")
    if plain:
        parts.append(f"[{', '.join(plain)}]")
    return " + ".join(parts)
