"""Values that cross from the student's process, and how they compare."""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Opaque:
    """A returned object that is no number, array or container of them, and so does not cross the wire.

    Attributes:
        type_name: name of its class, as the student's process gave it (untrusted text).
        preview: start of its ``repr``, likewise untrusted.

    """

    type_name: str
    preview: str = ""


_EXACT = frozenset({bool, int, str, bytes})


def numbers_in(value: Any) -> int:
    """How many numbers a value holds, the size by which counterexamples are compared.

    >>> numbers_in({"X": np.zeros((3, 2)), "labels": [0, 1, 1]})
    9
    """
    if isinstance(value, np.ndarray):
        return int(value.size)
    if isinstance(value, (list, tuple)):
        return sum(numbers_in(v) for v in value)
    if isinstance(value, dict):
        return sum(numbers_in(v) for v in value.values())
    return 1


class _NoSeed(np.random.bit_generator.ISeedSequence):
    """The seed of a bit generator whose state is set next: drawing one from the system is most of what a copy costs."""

    def generate_state(self, n_words: int, dtype: Any = np.uint32) -> np.ndarray[Any, Any]:
        return np.zeros(n_words, dtype)


_NO_SEED: Any = _NoSeed()
_IMMUTABLE = frozenset({bool, int, float, complex, str, bytes, type(None)})


def copied(value: Any) -> Any:
    """What ``copy.deepcopy`` gives, in a tenth of its time for what arguments are made of.

    >>> rng = np.random.default_rng(0)
    >>> copied([rng, 1.0])[0].random() == rng.random()
    True
    """
    return _copied(value, {})


def _copied(value: Any, memo: dict[int, Any]) -> Any:
    kind = type(value)
    if kind in _IMMUTABLE:
        return value
    if id(value) in memo:
        return memo[id(value)]
    if kind is np.ndarray and value.dtype.kind != "O":
        made: Any = value.copy("K")
    elif kind is list:
        made = memo[id(value)] = []
        made.extend(_copied(item, memo) for item in value)
    elif kind is tuple:
        made = tuple(_copied(item, memo) for item in value)
    elif kind is dict:
        made = memo[id(value)] = {}
        made.update((_copied(key, memo), _copied(item, memo)) for key, item in value.items())
    elif kind is np.random.Generator:
        made = np.random.Generator(_copied_bits(value.bit_generator))
    else:
        return copy.deepcopy(value, memo)
    memo[id(value)] = made
    return made


def _copied_bits(bits: np.random.BitGenerator) -> np.random.BitGenerator:
    state: Any = bits.__reduce__()[2]
    if type(bits) is not np.random.PCG64 or not isinstance(state, tuple):
        return copy.deepcopy(bits)
    numbers, seed = state
    made: Any = np.random.PCG64(_NO_SEED)
    made.__setstate__((numbers, copy.copy(seed)))  # spawning counts in the seed, which nothing else changes
    return made  # type: ignore[no-any-return]


RELATIVE, ABSOLUTE = 1e-9, 1e-12
"""How far two numbers that agree up to rounding may lie apart."""


def identical(one: Any, other: Any) -> bool:
    """Whether two values have the same types and the same bits.

    >>> identical(0.0, -0.0), identical(float("nan"), float("nan"))
    (False, True)
    """
    kind = type(one)
    if kind is not type(other):
        return False
    if kind is np.ndarray:
        if one is other and not one.flags.writeable:
            return True
        same = one.shape == other.shape and one.dtype == other.dtype and one.dtype.kind != "O"
        return same and bool(one.tobytes() == other.tobytes())
    if kind is tuple or kind is list:
        return len(one) == len(other) and all(map(identical, one, other))
    if kind is float:
        return bool(one.hex() == other.hex())  # 0.0 is not -0.0, and nan is nan
    if kind is dict:
        return list(one) == list(other) and all(map(identical, one.values(), other.values()))
    if kind is np.random.Generator:
        return identical(one.bit_generator.state, other.bit_generator.state)
    if isinstance(one, np.generic):
        return bool(one.dtype == other.dtype and one.tobytes() == other.tobytes())
    return one is None or (kind in _EXACT and bool(one == other))


def alike(one: Any, other: Any) -> bool:
    """Whether two answers agree up to rounding: same shapes, equal numbers, nan where the other has nan.

    Numbers are equal within a relative error of 1e-9 or an absolute one of 1e-12.

    Tuples agree item by item; None and texts agree only with themselves.
    """
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if one is None or other is None or isinstance(one, str) or isinstance(other, str):
        return type(one) is type(other) and bool(one == other)
    if isinstance(one, float) and isinstance(other, float):
        return _near(float(one), float(other))  # of NumPy's, inf - inf would warn
    a, b = _as_numbers(one), _as_numbers(other)
    if a is None or b is None:
        return False
    if a.shape != b.shape or a.dtype != b.dtype:
        return a.shape == b.shape and bool(np.allclose(a, b, rtol=RELATIVE, atol=ABSOLUTE, equal_nan=True))
    if a.size and a.dtype.kind == "f" and not _near(a.item(0), b.item(0)):
        return False  # most different answers differ from the first number on
    if a.tobytes() == b.tobytes():
        return True
    with np.errstate(all="ignore"):
        # What np.allclose computes, in a third of its time: this runs millions of times for a class.
        near = np.isfinite(b) & (np.abs(a - b) <= ABSOLUTE + RELATIVE * np.abs(b))
        return bool((near | (a == b) | ((a != a) & (b != b))).all())  # noqa: PLR0124  (nan)


def _near(one: float, other: float) -> bool:
    """What :func:`alike` says of two numbers."""
    near = abs(one - other) <= ABSOLUTE + RELATIVE * abs(other) and math.isfinite(other)
    return bool(near or one == other or (one != one and other != other))  # noqa: PLR0124  (nan)


def _as_numbers(value: Any) -> np.ndarray[Any, Any] | None:
    """``value`` as float64, or complex128 where it is complex; None where it is no number or does not fit."""
    if type(value) is np.ndarray and value.dtype == np.float64:
        return value
    try:
        array = np.asarray(value)
        return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)
    except (TypeError, ValueError, OverflowError):
        return None
