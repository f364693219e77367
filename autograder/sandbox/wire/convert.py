"""Turns what a student's function returned into values that cross the wire, inside the worker."""

from __future__ import annotations

import dataclasses
import decimal
import numbers
from typing import Any

import numpy as np

from autograder.sandbox.wire.types import DTYPES, Stranger

PREVIEW = 200


def portable(value: Any) -> object:
    """``value`` as an array, number, text or container of them, else a Stranger that names its class.

    As far as ``numpy.asarray`` would go: pandas objects, ``numpy.matrix``, masked arrays, ranges and
    whatever else has ``__array__``; beyond it, subclasses of the plain types, dataclasses (as the
    tuple of their fields), fractions and decimals.
    """
    try:
        return _convert(value)
    except Exception:  # noqa: BLE001  (a hostile __array__, __float__, __iter__ ...)
        return _stranger(value)


def _convert(value: Any) -> object:
    if isinstance(value, np.ndarray | np.generic):
        return _standard(np.asarray(value), value)
    if isinstance(value, str):
        return str.__str__(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return tuple(getattr(value, field.name) for field in dataclasses.fields(value))
    for plain in (tuple, list):
        if isinstance(value, plain):
            return plain(value)
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {str.__str__(key): item for key, item in value.items()}
    if hasattr(type(value), "__array__"):
        return _standard(np.asarray(value), value)
    if isinstance(value, range):
        return np.asarray(value)
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real | decimal.Decimal):
        return float(value)
    if isinstance(value, complex):
        return np.complex128(value)
    return _stranger(value)


def _standard(array: np.ndarray[Any, Any], value: Any) -> object:
    """An array with a dtype that crosses: native byte order, double at most, numbers out of objects."""
    kind = array.dtype.kind
    if kind in "biufc":
        native = array.dtype.newbyteorder("=")
        if native not in DTYPES:
            native = np.dtype(np.complex128 if kind == "c" else np.float64)
        return array.astype(native)
    if kind == "O" and all(isinstance(item, numbers.Real | decimal.Decimal) for item in array.flat):
        whole = all(isinstance(item, numbers.Integral) for item in array.flat)
        return array.astype(np.int64 if whole else np.float64)
    if kind == "U" and array.ndim == 0:
        return str(array)
    return _stranger(value)


def _stranger(value: Any) -> Stranger:
    try:
        preview = repr(value)[:PREVIEW]
    except BaseException:  # noqa: BLE001  (a hostile __repr__ may raise anything)
        preview = ""
    return Stranger(_clean(type(value).__name__), _clean(preview))


def _clean(text: str) -> str:
    return text[:PREVIEW].encode("utf-8", "replace").decode("utf-8")
