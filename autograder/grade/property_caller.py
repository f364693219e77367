"""Call a student's property with proxies of implementations, which run in a process that can be killed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from autograder.checks.implementations import MOST_SHOWN, Implementation, implementations_in, is_assertion
from autograder.checks.property import prop
from autograder.checks.question import Question
from autograder.model.calls import Answer, Call
from autograder.model.errors import LOST, Fault, Mismatch, StudentFault
from autograder.sandbox import relay, trusted
from autograder.sandbox.budget import Budget
from autograder.sandbox.session import Session
from autograder.sandbox.trusted import TrustedProcess

MOST_CALLS = 10_000
"""Calls that one call of a student's property may make."""
MOST_NOTED = 64 << 10
"""Bytes of a call and its reply beyond which it is not kept to be shown, nor are those before it."""
CAUGHT_AGAIN, ACCEPTED_AGAIN = 3, 1
"""How often a property is called again with an implementation that it caught, and with one that it accepted."""
CHANCE = (
    "raises AssertionError in one run and not in the next, for the same implementation{}: its verdict depends on "
    "chance, such as the time, a process id or os.urandom"
)
MOST_FAILED_RETRIES = 1
"""Properties that time out again with more time, after which no other of the submission is tried again."""

_Key = tuple[object, ...]


class PropertyCaller:
    """Calls a student's property in the worker. Each call meets a fresh one, so that a property cannot count calls.

    Args:
        session: the submission's.
        process: where implementations run.

    """

    def __init__(self, session: Session, process: TrustedProcess = trusted.shared) -> None:
        self._session = session
        self.process = process
        self._prefetched: dict[_Key, tuple[Answer, tuple[Answer, ...]]] = {}
        self._required: set[_Key] = set()
        self._chance = ""
        self.endless: StudentFault | None = None
        """How the call with a right implementation timed out: nothing counts, and no other call is made."""
        self._endless_with: _Key = ()

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
        groups: dict[_Key, tuple[Implementation, ...]] = {}
        for p in (p for p in question.properties if p.hidden == hidden):
            found = {_key(question.name, several, hidden=hidden): several for several in implementations_in(p)}
            groups.update(found)
            if p.required:
                self._required.update(found)
        groups = {key: groups[key] for key in sorted(groups, key=lambda key: _place(salt, groups[key]))}
        for key, several in groups.items():
            if self.endless:
                return
            seen: deque[Answer] = deque(maxlen=MOST_SHOWN)
            answer = self._call_with(question.name, several, budget, seen, hidden=hidden)
            self._prefetched[key] = answer, tuple(seen)
            if _timed_out(answer) and key in self._required:
                self.endless, self._endless_with = answer.fault, key
                return
        self._look_for_chance(question.name, groups, budget, hidden=hidden, salt=salt)

    def _look_for_chance(
        self,
        function: str,
        groups: Mapping[_Key, tuple[Implementation, ...]],
        budget: Budget,
        *,
        hidden: bool,
        salt: bytes,
    ) -> None:
        """Call a property again with an implementation that it caught and with one that it accepted.

        What it draws is the same in each call; the time, process ids and the system's randomness are not. A coin would
        catch some of the wrong ones, and spare the right ones often enough.
        """
        right = [key for key in groups if key in self._required]
        caught = [key for key in groups if key not in self._required and self._raised(key)]
        if not caught or not right or any(map(self._raised, right)):
            return
        again = [(groups[caught[0]], True)] * CAUGHT_AGAIN + [(groups[right[0]], False)] * ACCEPTED_AGAIN
        for number in sorted(range(len(again)), key=lambda number: sha256(salt + bytes([number])).digest()):
            several, raised = again[number]
            answer = self._call_with(function, several, budget, deque(maxlen=MOST_SHOWN), hidden=hidden)
            if answer.fault and answer.fault.fault in LOST:
                return
            if is_assertion(answer.fault) != raised:
                self._chance = CHANCE.format("" if hidden else f", one that {several[0].says}")
                return

    def _raised(self, key: _Key) -> bool:
        answer, _ = self._prefetched[key]
        return is_assertion(answer.fault)

    def _call_with(
        self, function: str, several: tuple[Implementation, ...], budget: Budget, seen: deque[Answer], *, hidden: bool
    ) -> Answer:
        """Call a property; once more, with a little more time, where it timed out."""

        def answer() -> Answer:
            seen.clear()
            return self._call(Call(function, tuple(i.watched(seen) for i in several), hidden=hidden))

        budget.begin("property")
        first = answer()
        if not _timed_out(first) or budget.failed_retries >= MOST_FAILED_RETRIES:
            return first
        with budget.second_try():
            second = answer()
        if not _timed_out(second):
            return second
        budget.failed_retries += 1
        return first

    def tried(self, p: prop) -> bool:
        """Whether what judges ``p`` was called, or ended all calls."""
        keys = {_key(p.functions[0], several, hidden=p.hidden) for several in implementations_in(p)}
        return not self.endless or self._endless_with in keys or self._prefetched.keys() >= keys

    def call(self, call: Call) -> Answer:
        """Call it with proxies in the place of implementations, unless its call with these was prefetched."""
        key = _key(call.function, call.args, hidden=call.hidden)
        if self._chance and key in self._required:
            raise Mismatch(self._chance)
        known = self._prefetched.pop(key, None)
        if known is None:
            return Answer(call, fault=self.endless) if self.endless else self._call(call)
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


def most_calls(question: Question) -> int:
    """How often a student's property is called at most."""
    implementations = sum(len(implementations_in(p)) for p in question.properties)
    stages = len({p.hidden for p in question.properties})
    return implementations + stages * (CAUGHT_AGAIN + ACCEPTED_AGAIN)


def register(process: TrustedProcess, questions: Iterable[Question]) -> None:
    """Have ``process`` hold the implementations of all ``questions``."""
    properties = [p for q in questions if q.signature.is_property for p in q.properties]
    process.register(i.remote for p in properties for several in implementations_in(p) for i in several)


def _timed_out(answer: Answer) -> bool:
    return answer.fault is not None and answer.fault.fault is Fault.TIMED_OUT


def _place(salt: bytes, several: tuple[Implementation, ...]) -> bytes:
    return sha256(salt + several[0].says.encode()).digest()


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
