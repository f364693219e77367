"""How the grader's own values cross to a worker, and what comes back is shown as."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from autograder.model.values import Opaque
from autograder.sandbox.wire.convert import portable
from autograder.sandbox.wire.types import Handle, Stranger, WireError

if TYPE_CHECKING:
    from collections.abc import Callable

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Values:
    """The grader's functions that students' code may call back, by number; and how values cross."""

    def __init__(self) -> None:
        self.functions: dict[int, Callable[..., Any]] = {}
        self._lasting: dict[int, Callable[..., Any]] = {}
        self.next = 1

    def foreign(self, value: object) -> object:
        """A Handle for a function, an array or plain value for what is like one."""
        if callable(value):
            self.functions[self.next] = value
            self.next += 1
            return Handle(self.next - 1)
        crossing = portable(value)
        if isinstance(crossing, Stranger):
            raise WireError(f"a {crossing.type_name}")
        return crossing

    def received(self, value: Handle | Stranger) -> object:
        """What a Stranger is shown as."""
        if isinstance(value, Stranger):
            return Opaque(clean(value.type_name), clean(value.preview))
        raise WireError("a handle")

    def lasting(self, function: Callable[..., Any]) -> Handle:
        """A Handle that outlives the call."""
        handle = self.foreign(function)
        assert isinstance(handle, Handle)
        self._lasting[handle.number] = function
        return handle

    def forget(self, first: int) -> None:
        """Withdraw the functions handed out from number ``first`` on."""
        if first == self.next:
            return
        self.functions = {
            number: function for number, function in self.functions.items() if number < first or number in self._lasting
        }


def clean(text: str) -> str:
    """Student's text without what could steer a terminal or turn the direction of writing."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def in_words(size: int) -> str:
    """A number of bytes as people say it: ``"1 GiB"``, ``"96 MiB"``."""
    return f"{size >> 30:,} GiB" if size % (1 << 30) == 0 else f"{size >> 20:,} MiB"
