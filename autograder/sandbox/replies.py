"""Validate a worker's reply before using it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.model.calls import Answer, Call
from autograder.model.errors import Fault, StudentFault
from autograder.wire.faults import student_fault
from autograder.wire.types import WireError, set_generator_state

if TYPE_CHECKING:
    from autograder.sandbox.worker.handle import RemoteWorker

_REPORTED = frozenset(
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
"""Faults that a living worker may report of a call. The grader decides the others."""
_REPORTED_OF_IMPORT = _REPORTED | {Fault.TIMED_OUT}
"""While it imports a module, it also keeps the time of each statement."""
_NAMES = 20


def read_answer(
    worker: RemoteWorker,
    fields: list[Any],
    number: int,
    call: Call,
    generators: list[np.random.Generator],
    seconds: float = 0.0,
) -> Answer:
    """The answer to ``call``, which was sent as call ``number``; advances ``generators``.

    Raises:
        StudentFault: the reply reports a fault, or is none.

    """
    match fields:
        case ["answer", int(of), value, tuple() | None as after, list(states)] if (
            of == number and len(states) == len(generators) and (after is not None) == call.want_arguments
        ):
            if generators:
                _advance(worker, call, generators, states)
            return Answer(call, value, after, tuple(generators), seconds=seconds)
        case ["fault", int(of), *_] if of == number:
            fault = read_fault(worker, fields, _REPORTED)
            if fault.fault is Fault.MISSING:  # in the grader's words: the worker's would be shown even where hidden
                fault = StudentFault(Fault.MISSING, f"{call.function} is not defined")
            raise fault
        case _:
            raise worker.violation("an answer to something else")


def _advance(worker: RemoteWorker, call: Call, generators: list[np.random.Generator], states: list[Any]) -> None:
    given = [v for v in (*call.args, *call.kwargs.values()) if type(v) is np.random.Generator]
    # Drawing never changes the increment. With another one, drawing may never end.
    increments = [_increment(generator) for generator in given]
    try:
        for generator, state in zip(generators, states, strict=True):
            set_generator_state(generator, state)
    except WireError as error:
        raise worker.violation(str(error)) from error
    if [_increment(generator) for generator in generators] != increments:
        raise worker.violation("a generator in a state that no draw leads to")


def _increment(generator: np.random.Generator) -> object:
    state = generator.bit_generator.state
    return state["state"]["inc"] if state["bit_generator"] == "PCG64" else None


def read_fault(
    worker: RemoteWorker, fields: list[Any], reported: frozenset[Fault] = _REPORTED_OF_IMPORT
) -> StudentFault:
    """The fault that the worker reports, one of ``reported``, or a protocol violation.

    Raises:
        InfrastructureError: the machine has less memory for it than a submission may use.

    """
    match fields:
        case ["fault", int(), str(word), str(message), str(where), list(names)] if (
            word in reported and len(names) <= _NAMES and all(type(name) is str for name in names)
        ):
            if word == Fault.OUT_OF_MEMORY:
                worker.blame_the_machine()
            return student_fault(word, message, where, names, worker.limits.memory)
        case _:
            return worker.violation("a fault of the wrong form")
