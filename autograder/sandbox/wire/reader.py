"""Reads what a frame holds: every byte is taken for hostile.

The worker imports this module too: standard library and NumPy only.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from autograder.sandbox.wire.types import (
    CODES,
    INT_BITS,
    PLAIN,
    TEXT,
    Caps,
    Handle,
    Stranger,
    WireError,
    set_generator_state,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LEAVES = PLAIN | {int}


class Reader:
    """Decodes one header, taking its arrays from the body in turn.

    Args:
        caps: bounds on what is believed.
        received: makes what stands for a Handle or Stranger, or raises WireError.
        frame: the whole frame.
        at: where in it the next array begins.

    """

    def __init__(
        self,
        caps: Caps,
        received: Callable[[Handle | Stranger], object],
        frame: bytes | bytearray,
        at: int,
    ) -> None:
        self.at = at
        self._caps = caps
        self._received = received
        self._frame = frame

    def decode_all(self, nodes: list[Any], depth: int) -> list[Any]:
        """The values that ``nodes`` of the header stand for; WireError when one stands for none."""
        return [node if type(node) in _LEAVES else self._decode(node, depth) for node in nodes]

    def _decode(self, node: Any, depth: int) -> Any:
        kind = type(node)
        if kind in _LEAVES:
            return node
        if kind is str:
            if len(node) > TEXT:
                raise WireError("a text beyond the cap")
            return node
        if depth > self._caps.depth + 1:
            raise WireError("nested too deep")
        if kind is list:
            return self.decode_all(node, depth + 1)
        if kind is not dict or len(node) != 1:
            raise WireError(f"a bare {kind.__name__}")
        ((tag, payload),) = node.items()
        decode = self._tags.get(tag)
        if decode is None:
            raise WireError("an unknown tag")
        return decode(self, payload, depth)

    def _array(self, payload: Any, depth: int) -> Any:  # noqa: ARG002  (all tags decode alike)
        code, shape = _pair(payload)
        dtype = _dtype(code)
        if type(shape) is not list or len(shape) > self._caps.dimensions:
            raise WireError("a shape that is no short list")
        for length in shape:
            if type(length) is not int or not 0 <= length <= self._caps.elements:
                raise WireError("a dimension that is no small number")
        count = math.prod(shape)
        end = self.at + count * dtype.itemsize
        if count > self._caps.elements or end > len(self._frame):
            raise WireError("an array longer than its bytes")
        found = _numbers(self._frame, dtype, self.at, shape)
        self.at = end
        return found

    def _scalar(self, payload: Any, depth: int) -> Any:  # noqa: ARG002
        code, data = _pair(payload)
        dtype = _dtype(code)
        if type(data) is not bytes or len(data) != dtype.itemsize:
            raise WireError("a scalar of the wrong length")
        return _numbers(data, dtype, 0, [1])[0]

    def _tuple(self, payload: Any, depth: int) -> Any:
        if type(payload) is not list:
            raise WireError("a tuple that is no list")
        return tuple(self.decode_all(payload, depth + 1))

    def _dict(self, payload: Any, depth: int) -> Any:
        if type(payload) is not dict or not all(type(key) is str for key in payload):
            raise WireError("a dict whose keys are no text")
        return {key: self._decode(item, depth + 1) for key, item in payload.items()}

    def _long(self, payload: Any, depth: int) -> Any:  # noqa: ARG002
        if type(payload) is not str or len(payload) > INT_BITS // 4 + 3:
            raise WireError("an integer beyond the cap")
        try:
            return int(payload, 16)
        except ValueError as error:
            raise WireError("an integer that is none") from error

    def _generator(self, payload: Any, depth: int) -> Any:  # noqa: ARG002
        rng = np.random.Generator(np.random.PCG64(0))
        set_generator_state(rng, payload)
        return rng

    def _handle(self, payload: Any, depth: int) -> Any:  # noqa: ARG002
        if type(payload) is not int:
            raise WireError("a handle that is no number")
        return self._received(Handle(payload))

    def _stranger(self, payload: Any, depth: int) -> Any:  # noqa: ARG002
        type_name, preview = _pair(payload)
        if type(type_name) is not str or type(preview) is not str or len(type_name) + len(preview) > TEXT:
            raise WireError("a stranger without a name")
        return self._received(Stranger(type_name, preview))

    _tags: ClassVar[dict[str, Callable[[Reader, Any, int], Any]]] = {
        "a": _array,
        "s": _scalar,
        "t": _tuple,
        "d": _dict,
        "i": _long,
        "g": _generator,
        "f": _handle,
        "o": _stranger,
    }


def _numbers(data: bytes | bytearray, dtype: np.dtype[Any], at: int, shape: Sequence[int]) -> np.ndarray[Any, Any]:
    """A fresh, writable, aligned copy; every byte of a bool is read as 0 or not 0."""
    if dtype.char == "?":
        found: np.ndarray[Any, Any] = np.empty(shape, np.bool_)
        np.not_equal(np.ndarray(shape, np.uint8, data, at), 0, out=found)
    else:
        found = np.ndarray(shape, dtype, data, at).copy()
    return found


def _pair(payload: Any) -> tuple[Any, Any]:
    if type(payload) is not list or len(payload) != 2:
        raise WireError("a pair that is none")
    return payload[0], payload[1]


def _dtype(code: Any) -> np.dtype[Any]:
    dtype = CODES.get(code) if type(code) is str else None
    if dtype is None:
        raise WireError("an unknown dtype")
    return dtype
