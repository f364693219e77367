"""One mistake is charged once: a question that fails through an earlier wrong function is judged again.

The student's module calls its own globals, so a right function is put into the worker's module in the place of
the wrong one. It is a handle that calls back to this process: the reference never enters the worker. Only
*earlier* functions of the contract are replaced, never the one that is judged: nothing can be earned by
leaving a function wrong and calling it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.checks.functions import LocalCaller
from autograder.checks.judging import judge
from autograder.checks.question import Question
from autograder.grade.assignment import Assignment
from autograder.model.calls import Answer, Call
from autograder.model.errors import LOST, Fault, StudentFault
from autograder.model.result import Diagnosis, PropertyResult, QuestionResult, Verdict
from autograder.model.values import numbers_in
from autograder.sandbox import trusted
from autograder.sandbox.budget import Budget
from autograder.sandbox.session import Session

MOST_NUMBERS = 300_000
"""A stand-in computes on at most so many numbers: this bounds what a worker can request."""
LARGEST_COUNT = 10_000
"""Likewise for an integer argument, such as a number of steps."""


class StandIn:
    """A right function that the worker may call in place of the student's wrong one.

    It runs in a process that can be killed: its arguments come from the student's code.
    """

    def __init__(self, function: Callable[..., Any], seconds: float) -> None:
        self._function = function
        self._seconds = seconds
        self.called = False

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Answer from the reference, within limits.

        Raises:
            StudentFault: there is no answer to what the student's code passed on, so the case stays failed.

        """
        self.called = True
        values = [*args, *kwargs.values()]
        if numbers_in(values) > MOST_NUMBERS or _largest_count(values) > LARGEST_COUNT:
            raise StudentFault(Fault.RAISED, "too much to compute")
        return trusted.call(self._function, args, kwargs, self._seconds)


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


def _largest_count(values: Sequence[Any]) -> int:
    return max((abs(int(v)) for v in values if isinstance(v, (int, np.integer))), default=0)


def rejudge(
    assignment: Assignment,
    results: Sequence[QuestionResult],
    open_session: Callable[[], Session],
    budget: Budget,
) -> list[QuestionResult]:
    """Judge failed properties again, with right functions for the earlier questions that failed.

    Args:
        assignment: its contract gives the order.
        results: of every question, in that order.
        open_session: opens a fresh session on the same submission.
        budget: what is left to the submission.

    """
    wrong: list[str] = []
    judged = []
    for question, result in zip(assignment.questions, results, strict=True):
        if result.score == result.points:
            judged.append(result)
            continue
        judged.append(_again(assignment, question, result, wrong, open_session, budget) if wrong else result)
        wrong.append(question.name)
    return judged


def _again(
    assignment: Assignment,
    question: Question,
    result: QuestionResult,
    wrong: Sequence[str],
    open_session: Callable[[], Session],
    budget: Budget,
) -> QuestionResult:
    right = vars(assignment.reference)
    limits = assignment.contract.limits
    stand_ins = {name: StandIn(right[name], limits.call_seconds) for name in wrong}
    budget.begin("question")
    try:
        with open_session() as session:
            names = assignment.namespace(session, session.functions())
            for name, stand_in in stand_ins.items():
                session.replace(name, stand_in)
            names |= {name: ReferenceCaller(right[name], limits.call_seconds) for name in wrong}
            properties = _judge_failed(question, result, names, budget)
    except StudentFault:
        return result
    won = [
        p
        for p, new, old in zip(question.properties, properties, result.properties, strict=True)
        if new.score > old.score
    ]
    used = {name for p in won for name in p.functions} | {name for name, s in stand_ins.items() if s.called}
    given = tuple(name for name in wrong if name in used)
    if not (won and given):
        return result
    diagnoses = tuple(filter(None, (_still_shown(named, properties) for named in result.diagnoses)))
    return replace(result, properties=properties, given=given, diagnoses=diagnoses)


def _still_shown(diagnosis: Diagnosis, properties: Sequence[PropertyResult]) -> Diagnosis | None:
    """The diagnosis with those of its checks that still fail; none once nothing is left that it explains."""
    wrong = {p.name for p in properties if p.verdict is not Verdict.PASSED}
    if not wrong or not diagnosis.checks:
        return diagnosis if wrong else None
    checks = tuple(name for name in diagnosis.checks if name in wrong)
    return replace(diagnosis, checks=checks) if checks else None


def _judge_failed(
    question: Question,
    result: QuestionResult,
    names: Mapping[str, Any],
    budget: Budget,
) -> tuple[PropertyResult, ...]:
    judged = []
    for p, before in zip(question.properties, result.properties, strict=True):
        if before.verdict is not Verdict.FAILED:
            judged.append(before)
            continue
        budget.begin("property")
        after = judge(p, names).result
        judged.append(after if after.verdict is Verdict.PASSED else before)
        if after.reason in LOST:
            # It hangs or dies with right functions too; each further try would cost a whole deadline.
            judged += result.properties[len(judged) :]
            break
    return tuple(judged)
