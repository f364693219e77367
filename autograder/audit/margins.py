"""How near a verdict was: the distances that ``expect`` saw, in units of the tolerance that it allowed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from autograder.checks.property import prop
from autograder.checks.question import Question

Property = tuple[str, str]
"""Question and name of a property."""


@contextmanager
def margins(questions: Sequence[Question]) -> Iterator[dict[Property, float]]:
    """Measure, meanwhile, how far each ``expect`` of the properties is from its tolerance.

    It gives, per property, the largest distance in units of what was allowed: above 1 it failed. Infinite where
    shapes, infinities or nan decided. Properties without ``expect`` are not among them.
    """
    measured: dict[Property, float] = {}
    current: list[Property] = []
    undo: list[Callable[[], None]] = []
    for q in questions:
        for p in q.properties:
            names = p.body.__globals__
            if "expect" in names and not hasattr(names["expect"], "measures"):
                true = names["expect"]
                names["expect"] = _measuring(true, measured, current)
                undo.append(functools.partial(names.__setitem__, "expect", true))
            body = p.body
            p.body = _noting(p, body, (q.name, p.id), current)
            undo.append(functools.partial(setattr, p, "body", body))
    try:
        yield measured
    finally:
        for step in reversed(undo):
            step()


def _noting(p: prop, body: Callable[..., None], key: Property, current: list[Property]) -> Callable[..., None]:
    def run(**arguments: Any) -> None:
        current[:] = [key]
        body(**arguments)

    # The property finds its files by its body's code.
    run.__code__ = run.__code__.replace(co_filename=str(p.path))
    return run


def _measuring(
    true: Callable[..., None], measured: dict[Property, float], current: list[Property]
) -> Callable[..., None]:
    def expect(actual: Any, expected: Any, *, atol: float = 1e-9, rtol: float = 1e-9, **more: Any) -> None:
        ratio = _ratio(actual, expected, atol, rtol)
        key = current[0]
        measured[key] = max(measured.get(key, 0.0), ratio)
        true(actual, expected, atol=atol, rtol=rtol, **more)

    expect.measures = True  # type: ignore[attr-defined]
    return expect


def _ratio(actual: Any, expected: Any, atol: float, rtol: float) -> float:
    if actual is None or expected is None:
        return 0.0 if actual is expected else np.inf
    a, e = np.asarray(actual, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    if a.shape != e.shape:
        return np.inf
    with np.errstate(all="ignore"):
        off = np.where(a == e, 0.0, np.abs(a - e) / (atol + rtol * np.abs(e)))
    return float(np.nan_to_num(off, nan=np.inf, posinf=np.inf).max(initial=0.0))
