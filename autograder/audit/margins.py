"""Margins: the distances that ``expect`` measures, in units of the tolerance that it allows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from autograder.checks.expectations import observer
from autograder.checks.property import prop

Property = tuple[str, str]
"""Question and name of a property."""
NEAR = 1e3
"""A margin between 1 / NEAR and NEAR is near the tolerance, if what is compared agrees to ``ROUNDING``."""
ROUNDING = 1e-6


class Margins:
    """Observes ``expect`` and keeps the largest margin of each property.

    Attributes:
        largest: property -> largest ``|actual - expected|`` in tolerances. Above 1 the property failed; infinite
            where shapes, infinities or nan decided. Properties without ``expect`` are missing.
        near: properties whose largest margin is near the tolerance and a matter of rounding.

    """

    def __init__(self) -> None:
        self.largest: dict[Property, float] = {}
        self.near: set[Property] = set()
        self._current: Property = ("", "")

    def begin_case(self, p: prop) -> None:
        """Attribute what follows to ``p``."""
        self._current = (p.path.stem, p.id)

    def compared(self, actual: Any, expected: Any, atol: float, rtol: float) -> None:
        """Keep the margin if it is the largest so far."""
        margin, difference = _margin(actual, expected, atol, rtol)
        if margin < self.largest.setdefault(self._current, 0.0):
            return
        self.largest[self._current] = margin
        if 1 / NEAR < margin < NEAR and difference < ROUNDING:
            self.near.add(self._current)
        else:
            self.near.discard(self._current)


@contextmanager
def margins() -> Iterator[Margins]:
    """Measure the margin of every property that is judged inside the block."""
    measured = Margins()
    token = observer.set(measured)
    try:
        yield measured
    finally:
        observer.reset(token)


def _margin(actual: Any, expected: Any, atol: float, rtol: float) -> tuple[float, float]:
    """The largest difference in tolerances, and relative to ``1 + |expected|``."""
    if actual is None or expected is None:
        return (0.0, 0.0) if actual is expected else (np.inf, np.inf)
    a, e = np.asarray(actual, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    if a.shape != e.shape:
        return np.inf, np.inf
    with np.errstate(all="ignore"):
        off = np.where(a == e, 0.0, np.abs(a - e))
        return _largest(off / (atol + rtol * np.abs(e))), _largest(off / (1 + np.abs(e)))


def _largest(values: Any) -> float:
    return float(np.nan_to_num(values, nan=np.inf, posinf=np.inf).max(initial=0.0))
