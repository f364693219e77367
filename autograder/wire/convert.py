"""Which values cross the wire, as what, and how those that do not are shown.

The worker imports this module too: standard library and NumPy only.
"""

from __future__ import annotations

import dataclasses
import decimal
import numbers
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.model.values import Opaque
from autograder.wire.types import DTYPES, Handle, UnsupportedValue, WireError

if TYPE_CHECKING:
    from collections.abc import Callable

PREVIEW = 200
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


# --- what a student's function returned (runs in the worker) ---


def to_plain(value: Any) -> object:
    """``value`` as an array, number, text or container of them; else an UnsupportedValue that names its class.

    Converts what ``numpy.asarray`` makes an array of numbers (pandas objects, ``numpy.matrix``, masked arrays, ranges,
    ``array.array``, other sequences), what ``float`` takes (fractions, decimals), subclasses of the plain types, and
    dataclasses (to the tuple of their fields).
    """
    try:
        return _convert(value)
    except Exception:  # noqa: BLE001  (a hostile __array__, __float__, __iter__ ...)
        return _unsupported(value)


def _convert(value: Any) -> object:
    if isinstance(value, np.ndarray | np.generic):
        return _standard_array(np.asarray(value), value)
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
        return _standard_array(np.asarray(value), value)
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, complex):
        return np.complex128(value)
    if hasattr(type(value), "__float__"):
        return float(value)
    array = np.asarray(value)
    return _standard_array(array, value) if array.ndim else _unsupported(value)


def _standard_array(array: np.ndarray[Any, Any], value: Any) -> object:
    """The array with a dtype that crosses: native byte order, at most double precision, objects as numbers."""
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
    return _unsupported(value)


def _unsupported(value: Any) -> UnsupportedValue:
    try:
        preview = repr(value)[:PREVIEW]
    except BaseException:  # noqa: BLE001  (a hostile __repr__ may raise anything)
        preview = ""
    return UnsupportedValue(_encodable(type(value).__name__), _encodable(preview))


def _encodable(text: str) -> str:
    return text[:PREVIEW].encode("utf-8", "replace").decode("utf-8")


def refuse(value: Handle | UnsupportedValue) -> object:
    """Refuse a value that is no data, where only data can be.

    Raises:
        WireError: always.

    """
    raise WireError(f"a {type(value).__name__}")


# --- the grader's own values, and what it shows ---


def opaque(value: Handle | UnsupportedValue) -> Opaque:
    """An Opaque for an unsupported value.

    Raises:
        WireError: it is a handle.

    """
    if isinstance(value, UnsupportedValue):
        return Opaque(sanitize(value.type_name), sanitize(value.preview))
    raise WireError("a handle")


class Callbacks:
    """The grader's functions that student code may call back, each by its number.

    Attributes:
        functions: those that can be called now.
        next: the number that the next one gets.

    """

    def __init__(self) -> None:
        self.functions: dict[int, Callable[..., Any]] = {}
        self.next = 1
        self._permanent: set[int] = set()

    def to_wire(self, value: object) -> object:
        """A Handle for a function; an array or plain value for anything that converts to one.

        Raises:
            WireError: the value cannot cross.

        """
        if callable(value):
            self.functions[self.next] = value
            self.next += 1
            return Handle(self.next - 1)
        plain = to_plain(value)
        if isinstance(plain, UnsupportedValue):
            raise WireError(f"a {plain.type_name}")
        return plain

    def from_wire(self, value: Handle | UnsupportedValue) -> object:
        """An Opaque for an unsupported value; WireError for a handle, which workers do not send."""
        return opaque(value)

    def add_permanent(self, function: Callable[..., Any]) -> Handle:
        """A Handle that stays valid until the end of the session."""
        handle = self.to_wire(function)
        assert isinstance(handle, Handle)
        self._permanent.add(handle.number)
        return handle

    def restart(self) -> None:
        """Number from 1 again, as far as no permanent handle is in the way."""
        self.next = 1 + max(self.functions, default=0)

    def drop_from(self, first: int) -> None:
        """Invalidate the handles numbered ``first`` and above, except permanent ones."""
        if first != self.next:
            self.functions = {
                number: function
                for number, function in self.functions.items()
                if number < first or number in self._permanent
            }


def sanitize(text: str) -> str:
    """A student's text with control characters replaced: none reaches a terminal or reverses the reading order."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def size_in_words(size: int) -> str:
    """A number of bytes as people say it: ``"1 GiB"``, ``"96 MiB"``."""
    return f"{size >> 30:,} GiB" if size % (1 << 30) == 0 else f"{size >> 20:,} MiB"
