"""Relay a worker's call of one of the grader's functions, undecoded, to the process that runs it; and its reply.

The grader reads of a frame no more than which function it calls. Values are decoded, and held to the caps, where the
function runs: in a process that can be killed.
"""

from __future__ import annotations

import abc
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.model.values import numbers_in
from autograder.wire.codec import Codec
from autograder.wire.convert import Callbacks, sanitize
from autograder.wire.types import PREFIX, Caps, Handle, UnsupportedValue, WireError, generator_state

MOST_NUMBERS = 1_000_000
"""Numbers among the arguments of a relayed call, and the largest integer."""
MESSAGE = 2000
_NAME = re.compile(r"[\w.<>]+\(\)")
"""How Python names a function that was called with wrong arguments: its name may say which one it is."""
_CALLBACK = b"\x94\xa8callback"
"""How the header of a callback begins: a list of four, and the first of them."""
_VIOLATION = b"\x92\xa9violation"
_NUMBER = PREFIX.size + len(_CALLBACK)
_LARGEST = 0x80
"""MessagePack writes the numbers below as they are."""


class RelayedFunction(abc.ABC):
    """A function of the grader's that takes a worker's call as a frame, and gives the reply as one."""

    @abc.abstractmethod
    def __call__(self, frame: bytes) -> bytes:
        """The reply; WireError where the frame is no call."""


class _UnusableError(Exception):
    """An argument that cannot cross."""


def is_callback(frame: bytes) -> bool:
    """Whether a worker's ``frame`` calls a function of the grader's."""
    return frame[PREFIX.size : _NUMBER] == _CALLBACK


def function_number(frame: bytes) -> int | None:
    """The number of the function that a worker's ``frame`` calls, where that can be read without decoding it."""
    if not is_callback(frame) or len(frame) <= _NUMBER:
        return None
    number = frame[_NUMBER]
    return number if number < _LARGEST else None


def raw_arguments(frame: bytes) -> bytes:
    """What a worker's call passes to a function, undecoded: the same bytes for the same arguments only."""
    return frame[: PREFIX.size] + frame[_NUMBER + 1 :]


def from_wire(value: Handle | UnsupportedValue) -> object:
    """Refuse a value that a function cannot compute with.

    Raises:
        _UnusableError: the student's code passed it.
        WireError: it is a handle, which a worker does not send here.

    """
    if isinstance(value, UnsupportedValue):
        raise _UnusableError(f"called with a {value.type_name}")
    raise WireError("a handle")


def answer(codec: Codec, frame: bytes | bytearray, function: Callable[..., Any]) -> bytes:
    """The reply to a call, as a frame for the worker; a ``violation`` for the grader where it is none.

    Args:
        codec: decodes the call, with :func:`from_wire`.
        frame: from the worker.
        function: gets the arguments; what it returns, and the generators among the arguments as it left them.

    """
    unusable = ""
    try:
        try:
            fields = codec.unpack(frame)
        except _UnusableError as error:
            unusable = str(error)[:MESSAGE]
            fields = _codec().unpack(frame)  # it may be no call besides
    except WireError as error:
        return codec.pack(["violation", str(error)])
    match fields:
        case ["callback", int(), tuple(), dict()] if unusable:
            return codec.pack(["failed", unusable, "TypeError"])
        case ["callback", int(), tuple(args), dict(kwargs)]:
            try:
                return codec.pack(_result(function, args, kwargs))
            except WireError as error:
                return codec.pack(["failed", f"returned {error}", "ValueError"])
        case _:
            return codec.pack(["violation", "a callback of the wrong form"])


def _result(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Any]:
    values = [*args, *kwargs.values()]
    if numbers_in(values) > MOST_NUMBERS or any(map(_is_large, values)):
        return ["failed", f"more than {MOST_NUMBERS:,} numbers: too much to compute", "ValueError"]
    try:
        value, generators = function(*args, **kwargs)
        return ["result", value, [generator_state(g) for g in generators]]
    except BaseException as error:  # noqa: BLE001  (the student's code may expect it)
        return ["failed", _NAME.sub("the function", str(error)[:MESSAGE]), type(error).__name__]


def _is_large(value: Any) -> bool:
    return isinstance(value, (int, np.integer)) and abs(int(value)) > MOST_NUMBERS


def violation(reply: bytes | bytearray) -> str:
    """What was wrong with the call, where the reply to it says so."""
    if not reply.startswith(_VIOLATION, PREFIX.size):
        return ""
    return str(_codec().unpack(reply)[1])


def read(frame: bytes | bytearray, reply: bytes | bytearray) -> tuple[tuple[Any, ...], dict[str, Any], list[Any]]:
    """Arguments and keyword arguments of a call, and the fields of its reply, to show them."""
    codec = _codec()
    _, _, args, kwargs = codec.unpack(frame)
    kind, *fields = codec.unpack(reply)
    if kind == "failed":  # its message may repeat what it was called with
        fields[0] = sanitize(fields[0])
    return args, {sanitize(key): value for key, value in kwargs.items()}, [kind, *fields]


def _codec() -> Codec:
    callbacks = Callbacks()
    return Codec(Caps(), callbacks.to_wire, callbacks.from_wire)
