"""One mistake is charged once: a question that fails through an earlier wrong function is judged again.

The student's module calls its own globals, so a right function is put into the worker's module in the place of
the wrong one. It is a handle that calls back to this process: the reference never enters the worker. Only
*earlier* functions of the contract are replaced, never the one that is judged: nothing can be earned by
leaving a function wrong and calling it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from typing import Any

import numpy as np

from autograder.checks.judging import judge
from autograder.checks.local_caller import LocalCaller
from autograder.checks.property import prop
from autograder.checks.question import Question
from autograder.grade.assignment import Assignment
from autograder.grade.memo import Memo
from autograder.model.calls import Answer, Call
from autograder.model.errors import LOST, Fault, StudentFault
from autograder.model.result import Diagnosis, PropertyResult, QuestionResult, Verdict
from autograder.sandbox import trusted
from autograder.sandbox.budget import Budget
from autograder.sandbox.relay import RelayedFunction, raw_arguments
from autograder.sandbox.session import Session

Judge = Callable[[prop, Mapping[str, Any]], PropertyResult]
"""Judges a property with the functions in a namespace."""
LARGEST_KNOWN = 2_000
"""Bytes of a reply beyond which it is not kept for other submissions."""


class StandIn(RelayedFunction):
    """A right function that the worker may call in place of the student's wrong one.

    It runs in a process that can be killed: its arguments come from the student's code.

    Args:
        function: of the reference.
        seconds: CPU seconds that one call may take.
        known: replies to earlier calls, of other submissions, too: most call it with the same.

    """

    def __init__(self, function: Callable[..., Any], seconds: float, known: Memo[bytes]) -> None:
        self._function = function
        self._seconds = seconds
        self._known = known
        self.called = False

    def __call__(self, frame: bytes) -> bytes:
        """The reply; StudentFault where the call took too long, so that the case stays failed."""
        self.called = True
        key = self._function, sha256(raw_arguments(frame)).digest()
        reply = self._known.get(key)
        if reply is None:
            reply, _ = trusted.shared.relay(_with_generators(self._function), False, frame, self._seconds)
            if len(reply) <= LARGEST_KNOWN:
                self._known.put(key, reply)
        return reply


@cache
def _with_generators(function: Callable[..., Any]) -> Callable[..., Any]:
    """``function`` as the process that runs it wants it: it gives the generators, too, as they are afterwards."""

    def answer(_first: bool, *args: Any, **kwargs: Any) -> tuple[Any, list[np.random.Generator]]:
        value = function(*args, **kwargs)
        return value, [v for v in (*args, *kwargs.values()) if isinstance(v, np.random.Generator)]

    return answer


class ReferenceCaller:
    """A right function that a property calls in place of a wrong one; its arguments may be the student's values."""

    def __init__(self, function: Callable[..., Any], seconds: float) -> None:
        self._function = function
        self._seconds = seconds

    def call(self, call: Call) -> Answer:
        """Call it in a process that can be killed, unless a function or a generator is among the arguments."""
        given = (*call.args, *call.kwargs.values())
        here = LocalCaller(self._function)
        if call.want_arguments or any(callable(v) or isinstance(v, np.random.Generator) for v in given):
            return here.call(call)
        try:
            return Answer(call, trusted.call(self._function, call.args, call.kwargs, self._seconds))
        except StudentFault as fault:
            # It ended in time there: here it does, too, and says what it raised.
            return here.call(call) if fault.fault is Fault.RAISED else Answer(call, fault=fault)


class Rejudge:
    """Judges failed properties again, with right functions for the earlier questions that failed.

    Args:
        assignment: its contract gives the order.
        open_session: opens a fresh session on the same submission.
        budget: what is left to the submission.
        judge_in: what judges a property in such a session where it calls no wrong function itself.
        known: replies of right functions to earlier calls.

    """

    def __init__(
        self,
        assignment: Assignment,
        open_session: Callable[[], Session],
        budget: Budget,
        judge_in: Callable[[Session], Judge],
        known: Memo[bytes],
    ) -> None:
        self._assignment = assignment
        self._open_session = open_session
        self._budget = budget
        self._judge_in = judge_in
        self._known = known
        self._session: Session | None = None
        self._judge_here: Judge
        self._names: dict[str, Any] = {}
        self._stand_ins: dict[str, StandIn] = {}

    def judge(self, results: Sequence[QuestionResult]) -> list[QuestionResult]:
        """The results of all questions, in their order, and better where an earlier function was the fault."""
        wrong: list[str] = []
        judged = []
        try:
            for question, result in zip(self._assignment.questions, results, strict=True):
                if result.score == result.points:
                    judged.append(result)
                    continue
                judged.append(self._again(question, result, wrong) if wrong else result)
                wrong.append(question.name)
        finally:
            self._close()
        return judged

    def _open(self) -> Session:
        self._session = session = self._open_session()
        self._names = dict(self._assignment.namespace(session, session.functions()))
        self._judge_here = self._judge_in(session)
        self._stand_ins = {}
        return session

    def _close(self) -> None:
        if self._session:
            self._session.close()
        self._session = None

    def _again(self, question: Question, result: QuestionResult, wrong: Sequence[str]) -> QuestionResult:
        self._budget.begin("question")
        try:
            session = self._session or self._open()
            for name in wrong:
                if name not in self._stand_ins:
                    self._put_in_place(name, session)
            for stand_in in self._stand_ins.values():
                stand_in.called = False
            properties = self._judge_failed(question, result)
        except StudentFault:
            self._close()
            return result
        won = [
            p
            for p, new, old in zip(question.properties, properties, result.properties, strict=True)
            if new.score > old.score
        ]
        used = {name for p in won for name in p.functions} | {n for n, s in self._stand_ins.items() if s.called}
        given = tuple(name for name in wrong if name in used)
        if not (won and given):
            return result
        return replace(result, properties=properties, given=given)

    def _put_in_place(self, name: str, session: Session) -> None:
        right, seconds = vars(self._assignment.reference)[name], self._assignment.contract.limits.call_seconds
        self._stand_ins[name] = StandIn(right, seconds, self._known)
        self._names[name] = ReferenceCaller(right, seconds)
        session.replace(name, self._stand_ins[name])

    def _judge_failed(self, question: Question, result: QuestionResult) -> tuple[PropertyResult, ...]:
        judged = []
        for p, before in zip(question.properties, result.properties, strict=True):
            if before.verdict is not Verdict.FAILED:
                judged.append(before)
                continue
            self._budget.begin("property")
            calls_wrong_ones = not self._stand_ins.keys().isdisjoint(p.functions)
            after = judge(p, self._names).result if calls_wrong_ones else self._judge_here(p, self._names)
            judged.append(after if after.verdict is Verdict.PASSED else before)
            if after.reason in LOST:
                # It hangs or dies with right functions too; each further try would cost a whole deadline.
                judged += result.properties[len(judged) :]
                self._close()  # the next question gets as many workers as this one
                break
        return tuple(judged)


def still_shown(diagnosis: Diagnosis, properties: Sequence[PropertyResult]) -> Diagnosis | None:
    """The diagnosis with those of its checks that still fail; none once nothing is left that it explains."""
    wrong = {p.name for p in properties if p.verdict is not Verdict.PASSED}
    if not wrong or not diagnosis.checks:
        return diagnosis if wrong else None
    checks = tuple(name for name in diagnosis.checks if name in wrong)
    return replace(diagnosis, checks=checks) if checks else None
