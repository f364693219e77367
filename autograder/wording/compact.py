"""Long arrays as short expressions that make them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Show = Callable[[Any], str]
SHORTEST_RUN = 4
"""A value that is repeated less often is written out."""


def long_array(value: np.ndarray[Any, Any], show: Show, longest: int) -> str | None:
    """An expression of at most ``longest`` characters that makes this array; None where there is none so short.

    Tried are an even grid (right to the last place but one), a block that is repeated, a diagonal, digits, and rows in
    which runs are written as ``[0.5] * 2000``.
    """
    if value.ndim not in {1, 2} or value.dtype not in (np.float64, np.int64) or not value.size:
        return None
    if np.signbit(value[value == 0]).any():
        # -0.0 equals 0.0, and would be taken for it below.
        return None
    found = [made for way in (_grid, _tiled, _diagonal, _digits, _runs) if (made := way(value, show))]
    short = min(found, key=len, default="")
    return short if short and len(short) <= longest else None


def _grid(value: np.ndarray[Any, Any], show: Show) -> str | None:
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


def _tiled(value: np.ndarray[Any, Any], show: Show) -> str | None:
    n = len(value)
    for period in range(1, min(n // 2, 12) + 1):
        if n % period == 0 and np.array_equal(np.concatenate([value[:period]] * (n // period)), value):
            block = show(value[:period].tolist())
            return f"np.array({block} * {n // period})"
    return None


def _diagonal(value: np.ndarray[Any, Any], show: Show) -> str | None:
    square = value.ndim == 2 and value.shape[0] == value.shape[1]
    if not square or not np.array_equal(np.diag(np.diag(value)), value):
        return None
    return f"np.diag({_row(np.diag(value), show)})"


def _digits(value: np.ndarray[Any, Any], _show: Show) -> str | None:
    if value.ndim != 1 or value.dtype != np.int64 or value.min() < 0 or value.max() > 9:
        return None
    return f'np.array([int(c) for c in "{"".join(map(str, value.tolist()))}"])'


def _runs(value: np.ndarray[Any, Any], show: Show) -> str:
    if value.ndim == 1:
        return f"np.array({_row(value, show)})"
    return f"np.array([{', '.join(_row(row, show) for row in value)}])"


def _row(row: np.ndarray[Any, Any], show: Show) -> str:
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
