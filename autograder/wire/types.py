"""The vocabulary of the wire: which types, numbers and states cross, and how large they may be.

The worker imports this module too: standard library and NumPy only.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from autograder.model.limits import Limits

PREFIX = struct.Struct("<II")
HEADER_BYTES = 2 << 20  # a header's list of empty lists costs its reader about 60 bytes a byte
INT_BITS = 4096
TEXT = 64 * 1024
DTYPES = {
    np.dtype(code): code
    for code in ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"]
}
CODES = {code: dtype for dtype, code in DTYPES.items()}
PLAIN = frozenset({bool, float, type(None)})


class WireError(Exception):
    """Bytes that are not a valid message, or a value that is too large or of a type that cannot cross."""


class Handle(NamedTuple):
    """A function of the other side, which can be called by its ``number``."""

    number: int


class UnsupportedValue(NamedTuple):
    """A value that cannot cross: the name of its class and the start of its ``repr``."""

    type_name: str
    preview: str


class Caps(NamedTuple):
    """The largest message that is written or accepted.

    Attributes:
        frame: bytes.
        elements: of one array.
        dimensions: of one array.
        depth: levels of containers within containers.

    """

    frame: int = 64 << 20
    elements: int = 8_000_000
    dimensions: int = 16
    depth: int = 12

    @classmethod
    def of(cls, limits: Limits) -> Caps:
        """The caps that a submission's limits give."""
        return cls(limits.frame, limits.array_elements, limits.dimensions, limits.depth)


def generator_state(rng: np.random.Generator) -> list[object]:
    """The state of a PCG64 generator as ``[state, inc, has_uint32, uinteger]``; WireError for others."""
    state: Any = rng.bit_generator.state
    if state["bit_generator"] != "PCG64":
        raise WireError(f"a random generator over {state['bit_generator']}; numpy.random.default_rng gives PCG64")
    inner = state["state"]
    return [f"{inner['state']:x}", f"{inner['inc']:x}", state["has_uint32"], state["uinteger"]]


def set_generator_state(rng: np.random.Generator, payload: Any) -> None:
    """Set the state of ``rng`` to one that :func:`generator_state` returned; WireError when it is invalid."""
    if type(payload) is not list or len(payload) != 4:
        raise WireError("a generator state of the wrong form")
    high, low, has, word = payload
    if any(type(part) is not str or len(part) > 32 for part in (high, low)):
        raise WireError("a generator state beyond 128 bits")
    if type(has) is not int or has not in (0, 1) or type(word) is not int or not 0 <= word < 1 << 32:
        raise WireError("a generator state of the wrong form")
    try:
        inner = {"state": abs(int(high, 16)), "inc": abs(int(low, 16))}
    except ValueError as error:
        raise WireError("a generator state that is no number") from error
    rng.bit_generator.state = {"bit_generator": "PCG64", "state": inner, "has_uint32": has, "uinteger": word}
