"""Lend implementations to a student's property: it gets handles, and they run in a process that can be killed."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.checks.implementations import Implementation, is_generator, lent_in
from autograder.checks.question import Question
from autograder.model.calls import Answer, Call
from autograder.model.errors import Fault, StudentFault
from autograder.model.values import numbers_in
from autograder.sandbox import trusted
from autograder.sandbox.session import LentError, Session

MOST_CALLS = 10_000
"""Calls that one call of a student's property may make."""
MOST_NUMBERS = 1_000_000
"""Numbers among the arguments of one of them, and the largest integer."""


class Lender:
    """Calls a student's property in the worker. Each call meets a fresh one, so that a property cannot count calls.

    Args:
        session: the submission's.
        questions: of the assignment.

    """

    def __init__(self, session: Session, questions: Iterable[Question]) -> None:
        self._session = session
        trusted.know(i.apart for q in questions if q.signature.is_property for p in q.properties for i in lent_in(p))

    def call(self, call: Call) -> Answer:
        """Call it with handles in the place of implementations."""
        self._session.renew(hidden=call.hidden)
        calls = _Count()
        seconds = self._session.limits.call_seconds
        args = tuple(_Lent(a, calls, seconds) if isinstance(a, Implementation) else a for a in call.args)
        return replace(self._session.call(replace(call, args=args)), call=call)


class _Count:
    left = MOST_CALLS


class _Lent:
    """An implementation, for one call of a property."""

    keeps_nothing = True

    def __init__(self, implementation: Implementation, calls: _Count, seconds: float) -> None:
        self._implementation = implementation
        self._calls = calls
        self._first = True
        self._seconds = seconds

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Answer within bounds.

        Raises:
            LentError: the implementation raised.
            StudentFault: the call is beyond the bounds, or took too long.

        """
        self._calls.left -= 1
        if self._calls.left < 0:
            raise StudentFault(Fault.TIMED_OUT, f"called implementations more than {MOST_CALLS:,} times")
        return self._implementation.noted(self._apart, args, kwargs, copied=_unshared)

    def _apart(self, *args: Any, **kwargs: Any) -> Any:
        values = [*args, *kwargs.values()]
        if numbers_in(values) > MOST_NUMBERS or any(map(_is_large, values)):
            raise LentError("ValueError", f"more than {MOST_NUMBERS:,} numbers: too much to compute")
        try:
            first, self._first = self._first, False
            value, advanced = trusted.call(self._implementation.apart, (first, *args), kwargs, self._seconds)
        except StudentFault as fault:
            if fault.fault is not Fault.RAISED:
                raise
            kind, _, message = fault.message.partition(": ")
            raise LentError(kind, message) from None
        for mine, theirs in zip(filter(is_generator, values), advanced, strict=True):
            mine.bit_generator.state = theirs.bit_generator.state
        return value


def _unshared(value: Any) -> Any:
    """What came from the worker is ours alone; a generator is put forward by the call."""
    return copy.deepcopy(value) if is_generator(value) else value


def _is_large(value: Any) -> bool:
    return isinstance(value, (int, np.integer)) and abs(int(value)) > MOST_NUMBERS
