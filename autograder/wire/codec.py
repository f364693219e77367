"""Messages between grader and worker as bytes: length-prefixed frames of MessagePack, arrays out of band.

A frame is ``<header length: u32><body length: u32><header><body>``, little-endian. The header is a
MessagePack list; the body is the raw bytes of its arrays, one after the other in the order in
which the header mentions them, so that no offset has to be trusted. Plain values are
encoded as themselves in the header; everything else is a map of exactly one key, its tag:

==== ========================================= =====================================
tag  payload                                   value
==== ========================================= =====================================
a    ``[dtype code, shape]``                   ``numpy.ndarray``
s    ``[dtype code, bytes]``                   NumPy scalar
t    list                                      ``tuple``
d    map with string keys                      ``dict``
i    hexadecimal text                          ``int`` beyond 64 bits
g    ``[state, inc, has_uint32, uinteger]``    ``numpy.random.Generator`` over PCG64
f    number                                    a function of the grader, to be called back
o    ``[class name, start of its repr]``       a value that cannot cross
==== ========================================= =====================================

The reader treats every byte as hostile: a frame decodes to values within the caps, or raises WireError.
The worker imports this module too: standard library, NumPy and msgpack only.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, ClassVar

import msgpack
import numpy as np

from autograder.wire.types import (
    CODES,
    DTYPES,
    HEADER_BYTES,
    INT_BITS,
    PLAIN,
    PREFIX,
    TEXT,
    Caps,
    Handle,
    UnsupportedValue,
    WireError,
    generator_state,
    set_generator_state,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LEAVES = PLAIN | {int}
_LONG = 16
"""Values of a list from which on it pays to look at their types first: a call for each would take most of the time."""
_SHORT_LIST, _LIST = 0x90, 0xDC
"""How MessagePack begins a list of up to 15 values, and of up to 65,535."""


class Codec:
    """Encodes lists of values as frames, and decodes them.

    Args:
        caps: bounds on what is written and accepted.
        to_wire: turns a value of any other type into one that crosses, or raises WireError.
        from_wire: makes the value for a received Handle or UnsupportedValue, or raises WireError.

    """

    def __init__(
        self,
        caps: Caps,
        to_wire: Callable[[object], object],
        from_wire: Callable[[Handle | UnsupportedValue], object],
    ) -> None:
        self._caps = caps
        self._to_wire = to_wire
        self._from_wire = from_wire
        packer = msgpack.Packer(strict_types=True, autoreset=True)
        self._packb = packer.pack
        self._array_header = packer.pack_array_header

    # --- writing ---

    def pack(self, fields: Sequence[object]) -> bytes:
        """One frame holding ``fields``; WireError when they exceed the caps."""
        header, body = self.part(fields)
        return b"".join((PREFIX.pack(len(header), len(body)), header, body))

    def part(self, fields: Sequence[object]) -> tuple[bytes, bytes]:
        """Header and body of a frame holding ``fields``; WireError when they exceed the caps."""
        body: list[bytes] = []
        try:
            header: bytes = self._packb(self._encode_all(fields, body, 0))
        except UnicodeEncodeError as error:
            raise WireError("a text with lone surrogates") from error
        data = b"".join(body)
        if len(header) > HEADER_BYTES or len(header) + len(data) > self._caps.frame:
            raise WireError(f"{len(header) + len(data):,} bytes, more than can be handed over")
        return header, data

    def join(self, parts: Sequence[tuple[bytes, bytes]]) -> bytes:
        """One frame holding a list for each of ``parts``."""
        header = b"".join((self._array_header(len(parts)), *(p[0] for p in parts)))
        body = [p[1] for p in parts]
        return b"".join((PREFIX.pack(len(header), sum(map(len, body))), header, *body))

    def _encode_all(self, values: Sequence[object], body: list[bytes], depth: int) -> list[object]:
        if len(values) > _LONG and _are_plain(values, PLAIN):
            return list(values)
        return [value if type(value) in PLAIN else self._encode(value, body, depth) for value in values]

    def _encode(self, value: Any, body: list[bytes], depth: int) -> object:
        kind = type(value)
        if kind in PLAIN:
            return value
        if kind is np.ndarray:
            return self._encode_array(value, body, depth)
        if kind is int:
            return value if -(1 << 63) <= value < 1 << 64 else _encode_long(value)
        if kind is str:
            if len(value) > TEXT:
                raise WireError(f"a text of {len(value):,} characters")
            return value
        if kind is Handle:
            return {"f": value.number}
        if kind is UnsupportedValue:
            return {"o": [value.type_name, value.preview]}
        if kind is np.random.Generator:
            return {"g": generator_state(value)}
        if depth >= self._caps.depth:
            raise WireError(f"nested more than {self._caps.depth} deep")
        if kind is tuple:
            return {"t": self._encode_all(value, body, depth + 1)}
        if kind is list:
            return self._encode_all(value, body, depth + 1)
        if kind is dict and all(type(key) is str for key in value):
            return {"d": {key: self._encode(item, body, depth + 1) for key, item in value.items()}}
        if isinstance(value, np.generic) and (code := DTYPES.get(value.dtype)):
            return {"s": [code, value.tobytes()]}
        return self._encode(self._to_wire(value), body, depth + 1)

    def _encode_array(self, value: np.ndarray[Any, Any], body: list[bytes], depth: int) -> object:
        code = DTYPES.get(value.dtype)
        if code is None:
            if depth >= self._caps.depth:
                raise WireError(f"nested more than {self._caps.depth} deep")
            return self._encode(self._to_wire(value), body, depth + 1)
        if value.size > self._caps.elements or value.ndim > self._caps.dimensions:
            raise WireError(f"an array of {value.size:,} numbers in {value.ndim} dimensions")
        body.append(value.tobytes())
        return {"a": [code, list(value.shape)]}

    # --- reading ---

    def measure(self, prefix: bytes | bytearray) -> tuple[int, int]:
        """Bytes of the header and of the body that follow the first ``PREFIX.size``; WireError when too many."""
        header, body = PREFIX.unpack_from(prefix)
        if header > HEADER_BYTES or header + body > self._caps.frame:
            raise WireError(f"a frame of {header + body:,} bytes")
        return header, body

    def unpack(self, frame: bytes | bytearray) -> list[Any]:
        """Decode one whole frame; WireError when it is invalid."""
        length, size = PREFIX.unpack_from(frame)
        start = PREFIX.size + length
        if start + size != len(frame):
            raise WireError("a frame whose lengths do not add up")
        try:
            header = msgpack.unpackb(
                memoryview(frame)[PREFIX.size : start], strict_map_key=True, max_ext_len=0, timestamp=0
            )
        except Exception as error:  # msgpack raises many kinds of ValueError, and RecursionError
            raise WireError(f"not MessagePack: {type(error).__name__}") from error
        if type(header) is not list:
            raise WireError("a header that is no list")
        decoder = _Decoder(self._caps, self._from_wire, frame, start)
        fields = decoder.decode_all(header, 0)
        if decoder.at != len(frame):
            raise WireError("bytes that belong to no array")
        return fields


def stated_length(frame: bytes) -> int:
    """How many fields the list that is the header of ``frame`` says to have, at most 65,535; 0 where it is none."""
    head = frame[PREFIX.size : PREFIX.size + 3]
    if head and head[0] & 0xF0 == _SHORT_LIST:
        return head[0] & 0x0F
    if len(head) == 3 and head[0] == _LIST:
        return int.from_bytes(head[1:], "big")
    return 0


def _are_plain(values: Sequence[Any], leaves: frozenset[object]) -> bool:
    """Whether they all are short texts, or all of types that cross as they are."""
    kinds = set(map(type, values))
    return kinds <= leaves or (kinds == {str} and max(map(len, values)) <= TEXT)


def _encode_long(value: int) -> object:
    if value.bit_length() > INT_BITS:
        raise WireError(f"an integer of {value.bit_length():,} bits")
    return {"i": f"{value:x}"}


class _Decoder:
    """Decodes one header, taking its arrays from the body in turn.

    Args:
        caps: bounds on what is accepted.
        from_wire: makes the value for a Handle or UnsupportedValue, or raises WireError.
        frame: the whole frame.
        at: offset of the next array in it.

    """

    def __init__(
        self,
        caps: Caps,
        from_wire: Callable[[Handle | UnsupportedValue], object],
        frame: bytes | bytearray,
        at: int,
    ) -> None:
        self.at = at
        self._caps = caps
        self._from_wire = from_wire
        self._frame = frame

    def decode_all(self, nodes: list[Any], depth: int) -> list[Any]:
        """Decode ``nodes`` of the header; WireError when one is invalid."""
        if len(nodes) > _LONG and _are_plain(nodes, _LEAVES):
            return nodes
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
        return self._from_wire(Handle(payload))

    def _unsupported(self, payload: Any, depth: int) -> Any:  # noqa: ARG002
        type_name, preview = _pair(payload)
        if type(type_name) is not str or type(preview) is not str or len(type_name) + len(preview) > TEXT:
            raise WireError("an unsupported value without a name")
        return self._from_wire(UnsupportedValue(type_name, preview))

    _tags: ClassVar[dict[str, Callable[[_Decoder, Any, int], Any]]] = {
        "a": _array,
        "s": _scalar,
        "t": _tuple,
        "d": _dict,
        "i": _long,
        "g": _generator,
        "f": _handle,
        "o": _unsupported,
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
