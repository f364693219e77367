"""Many calls asked in one go: each frame that crosses costs more than most calls do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from autograder.model.errors import LOST, StudentFault
from autograder.sandbox.replies import Answer, understood
from autograder.sandbox.wire.codec import Codec
from autograder.sandbox.wire.convert import Callbacks
from autograder.sandbox.wire.types import Caps, WireError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from autograder.model.limits import Limits
    from autograder.sandbox.stopwatch import Stopwatch
    from autograder.sandbox.worker.handle import RemoteWorker

_CALLS_IN_A_FRAME = 64


class Request(NamedTuple):
    """One call, as :meth:`Session.call` takes it; no functions among its arguments."""

    function: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    want_arguments: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """Calls packed once, to be asked of any number of submissions."""

    frames: tuple[tuple[bytes, tuple[Request, ...]], ...]

    @classmethod
    def of(cls, requests: Sequence[Request], limits: Limits) -> Batch:
        """Pack ``requests``; WireError where one cannot cross."""
        caps = Caps.of(limits)
        callbacks = Callbacks()
        codec = Codec(caps, callbacks.to_wire, callbacks.from_wire)
        frames = []
        for at in range(0, len(requests), _CALLS_IN_A_FRAME):
            some = tuple(requests[at : at + _CALLS_IN_A_FRAME])
            frames.append((codec.pack(_flat(some)), some))
        if callbacks.functions:
            raise WireError("a function, which can be called back during a call of its own only")
        return cls(tuple(frames))


def _flat(requests: Sequence[Request]) -> list[object]:
    """Requests as lists that hold no lists: nesting is most of what reading them takes."""
    return [
        "calls",
        [r.function for r in requests],
        [r.want_arguments for r in requests],
        [len(r.args) + len(r.kwargs) for r in requests],
        [key for r in requests for key in (*(None for _ in r.args), *r.kwargs)],
        [value for r in requests for value in (*r.args, *r.kwargs.values())],
    ]


class Answered(NamedTuple):
    """What came of one call of a batch.

    Attributes:
        answer: what the function gave, or why it gave nothing.
        generators: those among the arguments, in the state to which the call brought them, if it gave an answer.

    """

    answer: Answer | StudentFault
    generators: tuple[np.random.Generator, ...]


def ask(worker: RemoteWorker, watch: Stopwatch, batch: Batch) -> list[Answered]:
    """Have ``worker`` answer ``batch``.

    Raises:
        StudentFault: the worker was lost on the way, and nobody can say in which call.

    """
    found: list[Answered] = []
    for frame, requests in batch.frames:
        worker.write(watch, frame)
        messages: list[list[Any]] = []
        while len(messages) < len(requests):
            messages += worker.receive_all(watch)
        if len(messages) > len(requests):
            raise worker.violation("more answers than calls")
        found += (_understood(worker, m, n, r) for n, (m, r) in enumerate(zip(messages, requests, strict=True)))
    return found


def _understood(worker: RemoteWorker, message: list[Any], number: int, request: Request) -> Answered:
    given = (*request.args, *request.kwargs.values())
    generators = [_blank() for value in given if type(value) is np.random.Generator]
    try:
        answer = understood(worker, message, number, generators, 0.0, want_arguments=request.want_arguments)
    except StudentFault as fault:
        if fault.fault in LOST:
            raise
        return Answered(fault, ())
    return Answered(answer, tuple(generators))


def _blank() -> np.random.Generator:
    """A generator whose state is about to be set."""
    return np.random.Generator(np.random.PCG64(0))
