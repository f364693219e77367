"""Asks what a property will call all at once, before it is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.checks.foreseeing import foresee
from autograder.checks.judging import REFERENCE, Judgement
from autograder.checks.prefetch import Asked, Foreseen
from autograder.checks.property import prop
from autograder.grade.assignment import Assignment
from autograder.grade.remote import Budget
from autograder.model.errors import Fault, StudentFault
from autograder.sandbox.batches import Answered, Batch, Request
from autograder.sandbox.session import Session
from autograder.sandbox.wire.types import WireError

MOST_SECONDS = 2.0
"""CPU seconds for the calls of a property together; who takes longer is asked one by one, with a deadline for each."""

Case = tuple[Foreseen, ...]


class Foresight:
    """What the properties of an assignment call whatever the answers are; found once, for all submissions."""

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        self._found: dict[prop, tuple[tuple[Case, ...], Batch] | None] = {}

    def look(self) -> Foresight:
        """Find all there is, so that processes forked from this one share it."""
        for q in self._assignment.questions:
            for p in q.properties:
                self.of(p)
        return self

    def of(self, p: prop) -> tuple[tuple[Case, ...], Batch] | None:
        """The calls of every case of ``p``, and the same packed; None where there is nothing to gain."""
        if p not in self._found:
            reference = self._assignment.reference
            cases = foresee(p, {**vars(reference), REFERENCE: reference})
            requests = [Request(c.function, c.args, c.kwargs, c.want_arguments) for case in cases for c in case]
            try:
                batch = Batch.of(requests, self._assignment.contract.limits)
            except WireError:
                batch = None
            self._found[p] = (cases, batch) if batch and len(requests) > 1 else None
        return self._found[p]


class Asker:
    """Asks one submission.

    Args:
        foresight: what there is to ask.
        session: the submission's.
        budget: what is left to it.

    """

    def __init__(self, foresight: Foresight, session: Session, budget: Budget) -> None:
        self._foresight = foresight
        self._session = session
        self._budget = budget
        self._silent: set[str] = set()

    def ask(self, p: prop, names: Mapping[str, Any]) -> Sequence[Sequence[Asked]]:
        """What is answered beforehand in each case of ``p``, or nothing.

        Args:
            p: the property about to be judged.
            names: the submission's functions.

        """
        if self._silent & set(p.functions) or not names.keys() >= set(p.functions):
            return ()
        foreseen = self._foresight.of(p)
        if foreseen is None:
            return ()
        cases, batch = foreseen
        try:
            seconds = min(self._budget.next_call(), MOST_SECONDS)
        except StudentFault:
            return ()  # the first call will say so
        answered, used = self._session.call_all(batch, seconds=seconds, hidden=p.hidden)
        self._budget.spend(used)
        rest = iter(answered)
        return [[_asked(call, next(rest)) for call in case] for case in cases] if answered else ()

    def learn(self, judgement: Judgement) -> None:
        """Not to ask much of a function that is not written."""
        for call in judgement.calls[-1:]:
            if call.fault and call.fault.fault is Fault.NOT_WRITTEN:
                self._silent.add(call.function)


def _asked(call: Foreseen, answered: Answered) -> Asked:
    answer = answered.answer
    if isinstance(answer, StudentFault):
        return Asked(call, fault=answer)
    return Asked(call, answer.value, answer.arguments, answered.generators)
