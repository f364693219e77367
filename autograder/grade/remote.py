"""Calling a student's functions in the worker, within a budget of CPU time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.checks.judging import REFERENCE
from autograder.grade.assignment import Assignment
from autograder.model.errors import LOST, Fault, StudentFault
from autograder.model.limits import Limits
from autograder.sandbox.session import Session


class Budget:
    """CPU seconds that are left to the call, the property, the question and the submission.

    Attributes:
        crashed: whether a call ended in a crash of the worker.

    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._left = {"submission": limits.submission_seconds}
        self.crashed = False

    def begin(self, what: str) -> None:
        """A new ``property`` or ``question`` begins."""
        seconds = self.limits.property_seconds if what == "property" else self.limits.question_seconds
        self._left[what] = seconds

    def next_call(self) -> float:
        """Seconds the next call may use.

        Raises:
            StudentFault: nothing is left.

        """
        scope, left = min(self._left.items(), key=lambda item: item[1])
        if left <= 0:
            allowed = getattr(self.limits, f"{scope}_seconds")
            raise StudentFault(Fault.TIMED_OUT, f"the {scope} as a whole used more than {allowed:g} s")
        return min(self.limits.call_seconds, left)

    def spend(self, seconds: float) -> None:
        """Take what a call used from every scope."""
        for scope in self._left:
            self._left[scope] -= seconds


class RemoteFunction:
    """A student's function in the worker, as a property's caller."""

    def __init__(self, session: Session, name: str, budget: Budget) -> None:
        self._session = session
        self._name = name
        self._budget = budget

    def call_student(
        self,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        *,
        want_arguments: bool,
        hidden: bool,
    ) -> tuple[Any, tuple[Any, ...] | None]:
        """Call it within what is left of the budget."""
        seconds = self._budget.next_call()
        try:
            answer = self._session.call(
                self._name,
                args,
                dict(kwargs),
                want_arguments=want_arguments,
                seconds=seconds,
                hidden=hidden,
            )
        except StudentFault as fault:
            if fault.fault in LOST:
                self._budget.spend(seconds)
            self._budget.crashed |= fault.fault is Fault.CRASHED
            raise
        self._budget.spend(answer.seconds)
        return answer.value, answer.arguments


def namespace(assignment: Assignment, session: Session, budget: Budget) -> dict[str, Any]:
    """What properties are judged against: remote functions by name, and the reference."""
    defined = session.functions()
    names = [q.name for q in assignment.contract.questions]
    functions = {name: RemoteFunction(session, name, budget) for name in names if name in defined}
    if any(REFERENCE in p.parameters for q in assignment.questions for p in q.properties):
        return {**functions, REFERENCE: assignment.reference}
    return functions
