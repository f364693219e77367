"""Check returned values against the contract, and convert them to float64 or int64."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from autograder.checks.contract import size_of
from autograder.model.contract import Returns, Signature
from autograder.model.errors import Mismatch
from autograder.model.values import Opaque

Shape = tuple[int, ...]
LARGEST_INTEGER = 10_000_000
"""Properties index and count with returned integers, in the grader's memory."""


def bind(signature: Signature, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments by name, as the call gave them."""
    named = dict(zip(signature.arguments, args, strict=False))
    named.update(kwargs)
    return named


def expected_shapes(signature: Signature, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Shape, ...]:
    """The shape of each value that a call must return."""
    named = bind(signature, args, kwargs)
    sizes = _sizes(signature, named) if any(spec.shape for spec in signature.returns) else {}
    return tuple(_expected_shape(spec, signature, named, sizes) for spec in signature.returns)


def disagreement(signature: Signature, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
    """What in the arguments of a call is not as the contract says, in words; empty where nothing is."""
    named = bind(signature, args, kwargs)
    sizes = _sizes(signature, named)
    for name, binding in signature.arguments.items():
        if name not in named or not isinstance(binding, tuple):
            continue
        shape, wanted = np.shape(named[name]), tuple(sizes.get(symbol) for symbol in binding)
        if shape != wanted:
            text = f"({', '.join(binding)}{',' * (len(binding) == 1)})"
            known = ", ".join(f"{s} = {sizes[s]}" for s in binding if s in sizes)
            return f"{signature.name} was called with {name} of shape {shape}; the contract says {text}, where {known}"
    return ""


def normalise(signature: Signature, shapes: Sequence[Shape], value: Any) -> Any:
    """The returned ``value`` as the contract states it: float64 or int64 arrays, floats, ints, tuples of them.

    Type and shape are settled here, before any value is compared.

    Args:
        signature: of the function that returned it.
        shapes: as :func:`expected_shapes` gives them for the call.
        value: what was returned.

    Raises:
        Mismatch: it is something else; says what, in words.

    """
    if not signature.several:
        return _one(signature.returns[0], shapes[0], value, "")
    wanted = len(signature.returns)
    if isinstance(value, np.ndarray):
        # Values of one shape may come in one array, which unpacks as a tuple does.
        with contextlib.suppress(Mismatch, TypeError, ValueError):
            return _items(signature, shapes, value)  # type: ignore[arg-type]
    if not isinstance(value, (tuple, list)) or len(value) != wanted:
        raise Mismatch(f"returned {describe(value)}; expected a tuple of {wanted} values", refused=True)
    try:
        return _items(signature, shapes, value)
    except Mismatch as trouble:
        if _fits_in_another_order(signature, shapes, value):
            raise Mismatch(f"{trouble.problem} (are the values in another order?)", refused=True) from None
        raise


def _items(signature: Signature, shapes: Sequence[Shape], values: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(
        _one(spec, shape, item, f"item {i} of the result: ")
        for i, (spec, shape, item) in enumerate(zip(signature.returns, shapes, values, strict=True))
    )


def _fits_in_another_order(signature: Signature, shapes: Sequence[Shape], values: Sequence[Any]) -> bool:
    for order in itertools.permutations(values):
        with contextlib.suppress(Mismatch):
            _items(signature, shapes, order)
            return True
    return False


def _one(spec: Returns, shape: Shape, value: Any, prefix: str) -> Any:
    if value is None and (spec.optional or spec.kind == "none"):
        return None
    if spec.kind == "none":
        raise Mismatch(
            f"{prefix}returned {describe(value)}; expected None: raise AssertionError where an implementation is wrong",
            refused=True,
        )
    array = real_array(value)
    if array is None:
        wanted = "a number" if shape == () else f"numbers of shape {shape}"
        raise Mismatch(f"{prefix}returned {describe(value)}; expected {wanted}", refused=True)
    if array.shape != shape:
        wanted = "a single number (shape ())" if shape == () else f"shape {shape}"
        raise Mismatch(f"{prefix}returned shape {array.shape}; expected {wanted}", refused=True)
    if spec.kind == "integer":
        with np.errstate(invalid="ignore"):
            whole = array.astype(np.int64)
        if not np.array_equal(whole, array):
            raise Mismatch(f"{prefix}returned values that are not whole numbers: {describe(value)}", refused=True)
        if array.size and max(abs(int(whole.min())), abs(int(whole.max()))) > LARGEST_INTEGER:
            raise Mismatch(f"{prefix}returned integers beyond {LARGEST_INTEGER:,}", refused=True)
        return whole if shape else int(whole)
    array = array.astype(np.float64)
    return array if shape else float(array)


def real_array(value: Any) -> np.ndarray[Any, Any] | None:
    """``value`` as an array of real numbers, or None where it is something else."""
    if value is None or isinstance(value, (str, bytes, dict, Opaque)):
        return None
    try:
        array = np.asarray(value)
        if array.dtype.kind == "O":
            # NumPy would read "2" as a number here, and None as nan.
            if any(item is None or isinstance(item, (str, bytes)) for item in array.flat):
                return None
            array = array.astype(np.float64)
    except Exception:  # noqa: BLE001  (a student's class may raise anything where it is asked for a number)
        return None
    return array if array.dtype.kind in "biuf" else None


def is_changed(before: Any, after: Any) -> bool:
    """Whether a call left an argument other than it was; of other kinds than arrays and lists, none counts."""
    return isinstance(before, (np.ndarray, list)) and not _unchanged(before, after)


def _unchanged(before: Any, after: Any) -> bool:
    if isinstance(before, list):
        return isinstance(after, (list, tuple)) and len(before) == len(after) and all(map(_unchanged, before, after))
    a = real_array(after)
    b = np.asarray(before)
    return a is not None and a.shape == b.shape and bool(np.array_equal(a, b, equal_nan=b.dtype.kind == "f"))


def describe(value: Any) -> str:
    """A few words for a value that is not what was expected."""
    if value is None:
        return "None (is a `return` missing?)"
    if isinstance(value, Opaque):
        return f"{_a(value.type_name)} object"
    if isinstance(value, np.ndarray):
        if value.dtype.kind in "biuf":
            return f"an array of shape {value.shape}"
        return f"an array of {value.dtype} values"
    if isinstance(value, (list, tuple)):
        if (array := real_array(value)) is not None:
            return f"a {type(value).__name__} of shape {array.shape}"
        return f"a {type(value).__name__} of {len(value)} items"
    return _a(type(value).__name__)


def _a(noun: str) -> str:
    return f"an {noun}" if noun[:1].lower() in {*"aeiou"} else f"a {noun}"


def _sizes(signature: Signature, named: Mapping[str, Any]) -> dict[str, int]:
    """The sizes that the arguments give to the letters of the contract."""
    sizes: dict[str, int] = {}
    for name, binding in signature.arguments.items():
        if name not in named or binding is None:
            continue
        if isinstance(binding, str):
            sizes.setdefault(binding, int(named[name]))
        else:
            for symbol, size in zip(binding, np.shape(named[name]), strict=False):
                sizes.setdefault(symbol, size)
    return sizes


def _expected_shape(spec: Returns, signature: Signature, named: Mapping[str, Any], sizes: Mapping[str, int]) -> Shape:
    if spec.like:
        shapes = [np.shape(named[name]) for name in spec.like if name in named]
        return shapes[0] if len(set(shapes)) == 1 else np.broadcast_shapes(*shapes)
    return tuple(size_of(dimension, sizes, f"contract of {signature.name}") for dimension in spec.shape)
