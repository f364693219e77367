"""What crosses between grader and worker: length-prefixed frames of MessagePack, arrays out of band.

A frame is ``<header length: u32><body length: u32><header><body>``, little-endian. The header is a
MessagePack list; the body is the raw bytes of its arrays, one after the other in the order in
which the header mentions them, so that no offset has to be believed. Plain values stand for
themselves in the header; everything else is a map of exactly one key, its tag:

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
o    ``[class name, start of its repr]``       something that does not cross
==== ========================================= =====================================

Whoever reads treats every byte as hostile: a frame gives a value within the caps, or a WireError.
The worker imports this module too: standard library, NumPy and msgpack only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgpack
import numpy as np

from autograder.sandbox.wire.reader import Reader
from autograder.sandbox.wire.types import (
    DTYPES,
    HEADER_BYTES,
    INT_BITS,
    PLAIN,
    PREFIX,
    TEXT,
    Caps,
    Handle,
    Stranger,
    WireError,
    generator_state,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Codec:
    """Turns lists of values into frames and back.

    Args:
        caps: bounds on what is written and believed.
        foreign: turns a value of any other type into one that crosses, or raises WireError.
        received: makes what stands for a received Handle or Stranger, or raises WireError.

    """

    def __init__(
        self,
        caps: Caps,
        foreign: Callable[[object], object],
        received: Callable[[Handle | Stranger], object],
    ) -> None:
        self._caps = caps
        self._foreign = foreign
        self._received = received
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
        # A call more for each number of a long list would be most of the time that it takes.
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
        if kind is Stranger:
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
        return self._encode(self._foreign(value), body, depth + 1)

    def _encode_array(self, value: np.ndarray[Any, Any], body: list[bytes], depth: int) -> object:
        code = DTYPES.get(value.dtype)
        if code is None:
            if depth >= self._caps.depth:
                raise WireError(f"nested more than {self._caps.depth} deep")
            return self._encode(self._foreign(value), body, depth + 1)
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
        """The fields of one whole frame; WireError when it is anything but a proper one."""
        length, size = PREFIX.unpack_from(frame)
        start = PREFIX.size + length
        if start + size != len(frame):
            raise WireError("a frame whose lengths do not add up")
        try:
            header = msgpack.unpackb(
                memoryview(frame)[PREFIX.size : start], strict_map_key=True, max_ext_len=0, timestamp=0
            )
        except Exception as error:  # msgpack raises ValueErrors of many kinds, and RecursionError's kin
            raise WireError(f"not MessagePack: {type(error).__name__}") from error
        if type(header) is not list:
            raise WireError("a header that is no list")
        reader = Reader(self._caps, self._received, frame, start)
        fields = reader.decode_all(header, 0)
        if reader.at != len(frame):
            raise WireError("bytes that belong to no array")
        return fields


def _encode_long(value: int) -> object:
    if value.bit_length() > INT_BITS:
        raise WireError(f"an integer of {value.bit_length():,} bits")
    return {"i": f"{value:x}"}
