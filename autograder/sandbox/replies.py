"""Reads a worker's answer to a call: nothing in it is believed that does not look as it should."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from autograder.model.errors import Fault, StudentFault
from autograder.sandbox.wire.convert import sanitize, size_in_words
from autograder.sandbox.wire.types import WireError, set_generator_state

if TYPE_CHECKING:
    import numpy as np

    from autograder.sandbox.worker.handle import RemoteWorker

_TOLD = frozenset(
    {
        Fault.NOT_WRITTEN,
        Fault.MISSING,
        Fault.RAISED,
        Fault.UNSUPPORTED,
        Fault.IMPORT_ERROR,
        Fault.OUT_OF_MEMORY,
        Fault.EXITED,
    }
)
"""What a living worker may say of itself; the rest is found out by the grader."""
_MESSAGE = 2000
_NAMES = 20


class Answer(NamedTuple):
    """What a student's function gave.

    Attributes:
        value: what it returned.
        arguments: the positional arguments as they are after the call, if asked for.
        seconds: CPU time it took.

    """

    value: Any
    arguments: tuple[Any, ...] | None
    seconds: float


def understood(
    worker: RemoteWorker,
    fields: list[Any],
    number: int,
    rngs: list[np.random.Generator],
    used: float,
    *,
    want_arguments: bool,
) -> Answer:
    """The answer to call ``number``, with ``rngs`` brought to the state to which it advanced them.

    Raises:
        StudentFault: it is a fault, or no answer at all.

    """
    match fields:
        case ["answer", int(of), value, tuple() | None as after, list(states)] if (
            of == number and len(states) == len(rngs) and (after is not None) == want_arguments
        ):
            if rngs:
                _advance(worker, rngs, states)
            return Answer(value, after, used)
        case ["fault", int(of), *_] if of == number:
            raise told(worker, fields)
        case _:
            raise worker.violation("an answer to something else")


def _advance(worker: RemoteWorker, rngs: list[np.random.Generator], states: list[Any]) -> None:
    try:
        for rng, state in zip(rngs, states, strict=True):
            set_generator_state(rng, state)
    except WireError as error:
        raise worker.violation(str(error)) from error


def told(worker: RemoteWorker, fields: list[Any]) -> StudentFault:
    """What the worker says went wrong, as far as it may say so."""
    match fields:
        case ["fault", int(), str(word), str(message), str(where), list(names)] if (
            word in _TOLD and len(names) <= _NAMES and all(type(name) is str for name in names)
        ):
            if word == Fault.OUT_OF_MEMORY:
                message = f"used more than {size_in_words(worker.limits.memory)} of memory ({message})"
            return StudentFault(Fault(word), sanitize(message[:_MESSAGE]), sanitize(where[:_MESSAGE]), tuple(names))
        case _:
            return worker.violation("a fault of the wrong form")
