"""Send many calls in one frame: a frame costs more than most calls do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.model.calls import Answer, Call
from autograder.model.errors import LOST, StudentFault
from autograder.sandbox.relay import is_callback
from autograder.sandbox.replies import read_answer
from autograder.wire.codec import Codec
from autograder.wire.convert import Callbacks
from autograder.wire.types import Caps, WireError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from autograder.model.limits import Limits
    from autograder.sandbox.stopwatch import Stopwatch
    from autograder.sandbox.worker.handle import RemoteWorker

_CALLS_IN_A_FRAME = 64


@dataclass(frozen=True, slots=True)
class Batch:
    """Calls packed once, to be sent for any number of submissions. All are hidden, or none is."""

    frames: tuple[tuple[bytes, tuple[Call, ...]], ...]
    hidden: bool
    """Whether these are a hidden property's calls."""

    @classmethod
    def of(cls, calls: Sequence[Call], limits: Limits) -> Batch:
        """Pack ``calls``.

        Raises:
            WireError: one cannot cross. A function cannot: it is callable during its own call only.

        """
        caps = Caps.of(limits)
        callbacks = Callbacks()
        codec = Codec(caps, callbacks.to_wire, callbacks.from_wire)
        frames = []
        for at in range(0, len(calls), _CALLS_IN_A_FRAME):
            some = tuple(calls[at : at + _CALLS_IN_A_FRAME])
            frames.append((codec.pack(_flat(some)), some))
        if callbacks.functions:
            raise WireError("a function, which can be called back during a call of its own only")
        return cls(tuple(frames), any(call.hidden for call in calls))


def _flat(calls: Sequence[Call]) -> list[object]:
    """Calls as lists that hold no lists: nesting is most of the cost of reading them."""
    return [
        "calls",
        [c.function for c in calls],
        [c.want_arguments for c in calls],
        [len(c.args) + len(c.kwargs) for c in calls],
        [key for c in calls for key in (*(None for _ in c.args), *c.kwargs)],
        [value for c in calls for value in (*c.args, *c.kwargs.values())],
    ]


class Replies:
    """What a worker replied to a batch, as bytes; decoded when first asked for."""

    def __init__(self, worker: RemoteWorker, batch: Batch, frames: list[list[bytes]]) -> None:
        self._worker = worker
        self._batch = batch
        self._frames = frames

    @cached_property
    def digest(self) -> bytes:
        """The same for the same bytes only."""
        state = hashlib.blake2b(digest_size=32)
        for several in self._frames:
            state.update(len(several).to_bytes(8, "little"))
            for frame in several:
                state.update(len(frame).to_bytes(8, "little"))
                state.update(frame)
        return state.digest()

    @cached_property
    def answers(self) -> list[Answer]:
        """The answers, in the order of the calls.

        Raises:
            StudentFault: the bytes are no answers; the worker was ended.

        """
        found: list[Answer] = []
        for (_, calls), frames in zip(self._batch.frames, self._frames, strict=True):
            messages = [message for frame in frames for message in self._worker.messages(frame)]
            if len(messages) != len(calls):
                raise self._worker.violation("a different number of answers than calls")
            found += (_answer(self._worker, m, n, c) for n, (m, c) in enumerate(zip(messages, calls, strict=True)))
        return found


def exchange(worker: RemoteWorker, watch: Stopwatch, batch: Batch, call_back: Callable[[bytes], None]) -> Replies:
    """Send ``batch`` to ``worker`` and receive the replies.

    Args:
        worker: makes the calls.
        watch: measures them.
        batch: the calls.
        call_back: answers a frame of the worker's that calls one of our functions.

    Raises:
        StudentFault: the worker was lost, and nobody can say in which call.

    """
    received = []
    for frame, calls in batch.frames:
        worker.send_batch(watch, frame)
        frames: list[bytes] = []
        count = 0
        while count < len(calls):
            data = worker.receive_frame(watch)
            if is_callback(data):
                call_back(data)
                continue
            frames.append(data)
            count += worker.count(data)
        received.append(frames)
    return Replies(worker, batch, received)


def _answer(worker: RemoteWorker, message: list[Any], number: int, call: Call) -> Answer:
    given = (*call.args, *call.kwargs.values())
    # The batch serves other submissions, too: its own generators stay as they are.
    generators = [_blank_generator() for value in given if type(value) is np.random.Generator]
    try:
        return read_answer(worker, message, number, call, generators)
    except StudentFault as fault:
        if fault.fault in LOST:
            raise
        return Answer(call, fault=fault)


def _blank_generator() -> np.random.Generator:
    """A generator whose state is about to be set."""
    return np.random.Generator(np.random.PCG64(0))
