"""Call a student's property with proxies of implementations, which run in a process that can be killed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from autograder.checks.implementations import MOST_SHOWN, Implementation, implementations_in
from autograder.checks.question import Question
from autograder.model.calls import Answer, Call
from autograder.model.errors import Fault, StudentFault
from autograder.sandbox import relay, trusted
from autograder.sandbox.budget import Budget
from autograder.sandbox.session import Session
from autograder.sandbox.trusted import TrustedProcess

MOST_CALLS = 10_000
"""Calls that one call of a student's property may make."""
MOST_NOTED = 64 << 10
"""Bytes of a call and its reply beyond which it is not kept to be shown, nor are those before it."""


class PropertyCaller:
    """Calls a student's property in the worker. Each call meets a fresh one, so that a property cannot count calls.

    Args:
        session: the submission's.
        process: where implementations run.

    """

    def __init__(self, session: Session, process: TrustedProcess = trusted.shared) -> None:
        self._session = session
        self.process = process
        self._prefetched: dict[tuple[object, ...], tuple[Answer, tuple[Answer, ...]]] = {}

    def prefetch(self, question: Question, budget: Budget, *, hidden: bool, salt: bytes) -> None:
        """Call a property with each of its implementations, public or hidden, in an order that nobody can know.

        A worker can find out how many there were before it: process ids count them. Without an order, that says nothing
        of the implementation that it gets.

        Args:
            question: whose properties hand the implementations in.
            budget: of the question.
            hidden: which of them.
            salt: decides on the order.

        """
        every = [i for p in question.properties if p.hidden == hidden for i in implementations_in(p)]
        tuples = {_key(question.name, several, hidden=hidden): several for several in every}
        order = sorted(tuples.values(), key=lambda several: sha256(salt + several[0].says.encode()).digest())
        for several in order:
            budget.begin("property")
            seen: deque[Answer] = deque(maxlen=MOST_SHOWN)
            call = Call(question.name, tuple(i.watched(seen) for i in several), hidden=hidden)
            answer = self._call(call)
            self._prefetched[_key(question.name, several, hidden=hidden)] = answer, tuple(seen)

    def call(self, call: Call) -> Answer:
        """Call it with proxies in the place of implementations, unless its call with these was prefetched."""
        known = self._prefetched.pop(_key(call.function, call.args, hidden=call.hidden), None)
        if known is None:
            return self._call(call)
        answer, seen = known
        for implementation in call.args[:1]:
            if implementation.seen is not None:  # which all of them share
                implementation.seen.extend(seen)
        return replace(answer, call=call)

    def _call(self, call: Call) -> Answer:
        self._session.renew(hidden=call.hidden)
        calls = _BoundedCalls(self.process, self._session.limits.call_seconds)
        args = tuple(_Proxy(a, calls) if isinstance(a, Implementation) else a for a in call.args)
        answer = replace(self._session.call(replace(call, args=args)), call=call)
        if answer.fault:
            calls.note()
        return answer


def register(process: TrustedProcess, questions: Iterable[Question]) -> None:
    """Have ``process`` hold the implementations of all ``questions``."""
    properties = [p for q in questions if q.signature.is_property for p in q.properties]
    process.register(i.remote for p in properties for several in implementations_in(p) for i in several)


def _key(function: str, args: Sequence[object], *, hidden: bool) -> tuple[object, ...]:
    return (function, hidden, *(id(a.function) for a in args if isinstance(a, Implementation)))


class _BoundedCalls:
    """Calls of implementations, within the bounds of one call of a property.

    Args:
        process: where they run.
        seconds: CPU seconds that calls of them may take in all.

    """

    most = MOST_CALLS

    def __init__(self, process: TrustedProcess, seconds: float) -> None:
        self._process = process
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
        reply, used = self._process.relay(implementation.remote, first, frame, self._left)
        self._left -= used
        if len(frame) + len(reply) > MOST_NOTED:
            self._last.clear()
        else:
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


class _Proxy(relay.RelayedFunction):
    """Stands for an implementation during one call of a property."""

    def __init__(self, implementation: Implementation, calls: _BoundedCalls) -> None:
        self._implementation = implementation
        self._calls = calls
        self._first = True

    def __call__(self, frame: bytes) -> bytes:
        """The reply; see :meth:`_BoundedCalls.call`."""
        first, self._first = self._first, False
        return self._calls.call(self._implementation, first, frame)
