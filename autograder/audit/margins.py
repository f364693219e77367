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


class Margins:
    """Observes ``expect`` and keeps the largest margin of each property.

    Attributes:
        largest: property -> largest ``|actual - expected|`` in tolerances. Above 1 the property failed; infinite
            where shapes, infinities or nan decided. Properties without ``expect`` are missing.

    """

    def __init__(self) -> None:
        self.largest: dict[Property, float] = {}
        self._current: Property = ("", "")

    def begin_case(self, p: prop) -> None:
        """Attribute what follows to ``p``."""
        self._current = (p.path.stem, p.id)

    def compared(self, actual: Any, expected: Any, atol: float, rtol: float) -> None:
        """Keep the margin if it is the largest so far."""
        margin = _margin(actual, expected, atol, rtol)
        self.largest[self._current] = max(self.largest.get(self._current, 0.0), margin)


@contextmanager
def margins() -> Iterator[dict[Property, float]]:
    """Measure the margin of every property that is judged meanwhile."""
    measured = Margins()
    token = observer.set(measured)
    try:
        yield measured.largest
    finally:
        observer.reset(token)


def _margin(actual: Any, expected: Any, atol: float, rtol: float) -> float:
    if actual is None or expected is None:
        return 0.0 if actual is expected else np.inf
    a, e = np.asarray(actual, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    if a.shape != e.shape:
        return np.inf
    with np.errstate(all="ignore"):
        off = np.where(a == e, 0.0, np.abs(a - e) / (atol + rtol * np.abs(e)))
    return float(np.nan_to_num(off, nan=np.inf, posinf=np.inf).max(initial=0.0))
