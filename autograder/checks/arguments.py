"""Check the arguments of an implementation against the contract, so that right and wrong ones refuse the same calls.

A student's property is to find what is wrong with an answer, not how it fails on arguments that are none. In the
contract of a property, ``takes`` says what its implementations take::

    takes = { X = "(n, d)", y = "(n,) < K", n_classes = "K", variance_floor = "number >= 0", rng = "rng", z = "any" }

``(n, d)`` are real numbers of that shape, ``(n,) < K`` whole numbers from 0 to K-1, ``K`` is a whole number,
``number`` a real one, ``any`` real numbers of any shape. They arrive as float64 and int64, and so does what comes back.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import numpy as np

from autograder.model.errors import AuthoringError

_TAKES = re.compile(
    r"(?P<what>\((?P<shape>[\w, ]*)\)|[A-Za-z]\w*)(?: (?P<relation><|>|>=) (?P<bound>\d+|[A-Za-z]\w*))?"
)
_WORDS = {"any", "number", "rng"}
_Sizes = dict[str, int]


def is_understood(text: str, takes: Mapping[str, str]) -> bool:
    """Whether ``text``, one of ``takes``, says what an argument is; a bound is 0, another number, or one of them."""
    found = _TAKES.fullmatch(text)
    if found is None or (found["relation"] or "<") != "<":
        return found is not None and found["bound"] == "0"
    return found["bound"] is None or found["bound"].isdecimal() or found["bound"] in takes.values()


def check_arguments(function: Callable[..., Any], takes: Mapping[str, str]) -> Callable[..., Any]:
    """The same function, which raises on arguments that are not as ``takes`` says.

    It raises TypeError for what is no number (no generator), and ValueError for another shape or value.

    Args:
        function: an implementation.
        takes: argument -> what it is; of all functions of the question.

    Raises:
        AuthoringError: it takes another argument.

    """
    signature = inspect.signature(getattr(function, "pyfunc", function))
    if unknown := signature.parameters.keys() - takes.keys():
        raise AuthoringError(
            f"{function.__name__} takes {', '.join(sorted(unknown))}; the contract's takes has no such name"
        )

    @wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(*args, **kwargs)
        sizes: _Sizes = {}
        # Whole numbers first: they bind the letters that the others refer to.
        for name in sorted(bound.arguments, key=lambda name: not _is_size(takes[name])):
            bound.arguments[name] = _convert(name, takes[name], bound.arguments[name], sizes)
        return _plain(function(*bound.args, **bound.kwargs))

    vars(wrapper)["__signature__"] = signature
    return wrapper


def _is_size(text: str) -> bool:
    return text.isidentifier() and text not in _WORDS


def _convert(name: str, text: str, value: Any, sizes: _Sizes) -> Any:
    found = _TAKES.fullmatch(text)
    assert found is not None  # the contract was read
    if text == "rng":
        if not isinstance(value, np.random.Generator):
            raise TypeError(f"{name}: expected a numpy.random.Generator; found {_words(value)}")
        return value
    array = _real(name, value)
    if found["shape"] is not None:
        _bind(name, text, array.shape, [part.strip() for part in found["shape"].split(",") if part.strip()], sizes)
    elif text != "any" and array.shape:
        raise ValueError(f"{name}: expected a number; found shape {array.shape}")
    if found["relation"]:
        _compare(name, array, found["relation"], found["bound"], sizes)
    if _is_size(text) or found["relation"] == "<":
        array = _whole(name, array)
    if _is_size(text):
        sizes[text] = int(array)
        return sizes[text]
    return array if array.shape else array[()]


def _real(name: str, value: Any) -> np.ndarray[Any, Any]:
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        array = np.empty(0, dtype=object)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{name}: expected real numbers; found {_words(value)}")
    return array.astype(np.float64)


def _bind(name: str, text: str, shape: tuple[int, ...], symbols: list[str], sizes: _Sizes) -> None:
    fits = len(shape) == len(symbols)
    for symbol, size in zip(symbols, shape, strict=False):
        fits = fits and sizes.setdefault(symbol, size) == size
    if not fits:
        known = ", ".join(f"{symbol} = {sizes[symbol]}" for symbol in symbols if symbol in sizes)
        shown = text.partition(")")[0] + ")"
        raise ValueError(f"{name}: expected shape {shown}{known and f', where {known}'}; found shape {shape}")


def _compare(name: str, array: np.ndarray[Any, Any], relation: str, bound: str, sizes: _Sizes) -> None:
    if relation == "<":
        least, most = 0, sizes[bound] if bound in sizes else int(bound)
        if not np.all((array >= least) & (array < most)):
            raise ValueError(f"{name}: expected whole numbers from 0 to {most - 1}")
    elif np.any(array < 0) or (relation == ">" and np.any(array == 0)):
        raise ValueError(f"{name}: expected {'positive numbers' if relation == '>' else 'no negative numbers'}")


def _whole(name: str, array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    if not np.all(np.isfinite(array)) or np.any(array != np.rint(array)):
        raise ValueError(f"{name}: expected whole numbers")
    return array.astype(np.int64)


def _words(value: Any) -> str:
    return f"an array of {value.dtype}" if isinstance(value, np.ndarray) else f"a value of type {type(value).__name__}"


def _plain(value: Any) -> Any:
    """float64 or int64: how a value is stored says nothing of how it was computed."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        return value
    array = array.astype(np.float64 if array.dtype.kind == "f" else np.int64)
    return array if array.shape else array[()]
