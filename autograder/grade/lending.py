"""Lend implementations to a student's property: it gets handles, and they run in a process that can be killed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace

from autograder.checks.implementations import MOST_SHOWN, Implementation, lent_in
from autograder.checks.question import Question
from autograder.model.calls import Answer, Call
from autograder.model.errors import Fault, StudentFault
from autograder.sandbox import relay, trusted
from autograder.sandbox.session import Session

MOST_CALLS = 10_000
"""Calls that one call of a student's property may make."""


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
        lent = _Lent(self._session.limits.call_seconds)
        args = tuple(_Handle(a, lent) if isinstance(a, Implementation) else a for a in call.args)
        answer = replace(self._session.call(replace(call, args=args)), call=call)
        if answer.fault:
            lent.note()
        return answer


class _Lent:
    """The implementations lent for one call of a property.

    Args:
        seconds: CPU seconds that calls of them may take in all.

    """

    most = MOST_CALLS

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._left = seconds
        self._calls = 0
        self._last: deque[tuple[Implementation, bytes, bytes]] = deque(maxlen=MOST_SHOWN)

    def call(self, implementation: Implementation, first: bool, frame: bytes) -> bytes:
        """The reply to a call within bounds, kept undecoded while it is among the last ones.

        Raises:
            StudentFault: the call is beyond the bounds, or took too long.
            WireError: the frame is no call.

        """
        self._calls += 1
        if self._calls > self.most:
            raise StudentFault(Fault.TIMED_OUT, f"called implementations more than {self.most:,} times")
        if self._left <= 0:
            raise StudentFault(Fault.TIMED_OUT, f"its calls of implementations took more than {self._seconds:g} s")
        reply, used = trusted.relay(implementation.apart, first, frame, self._left)
        self._left -= used
        self._last.append((implementation, frame, reply))
        return reply

    def note(self) -> None:
        """Note the last calls in the order in which they were made."""
        for implementation, frame, reply in self._last:
            if implementation.seen is None:
                continue
            args, kwargs, fields = relay.read(frame, reply)
            made = Call(implementation.__name__, args, kwargs)
            match fields:
                case ["failed", message, kind]:
                    fault = StudentFault(Fault.RAISED, f"{kind}: {message}", type_names=(kind,))
                    implementation.seen.append(Answer(made, fault=fault))
                case _:
                    implementation.seen.append(Answer(made, fields[1]))


class _Handle(relay.Relayed):
    """An implementation, for one call of a property."""

    def __init__(self, implementation: Implementation, lent: _Lent) -> None:
        self._implementation = implementation
        self._lent = lent
        self._first = True

    def __call__(self, frame: bytes) -> bytes:
        """The reply; see :meth:`_Lent.call`."""
        first, self._first = self._first, False
        return self._lent.call(self._implementation, first, frame)
