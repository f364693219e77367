"""Prefetch the calls a property will make: all of them in one batch, before it is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from autograder.checks.judging import REFERENCE, Judgement
from autograder.checks.prefetch import PlannedCall, PrefetchedAnswers, plan
from autograder.checks.property import prop
from autograder.grade.assignment import Assignment
from autograder.model.errors import Fault, StudentFault
from autograder.sandbox.batches import Batch, Replies
from autograder.sandbox.budget import Budget
from autograder.sandbox.session import Session
from autograder.wire.types import WireError

MOST_SECONDS = 1.0
"""CPU seconds for one batch. A slower submission is called one by one, with a deadline for each call."""

Case = tuple[PlannedCall, ...]


class PrefetchPlan:
    """The calls that each property of an assignment makes whatever the answers are, found once for all submissions.

    A property is planned when it is first judged, or all are by :meth:`complete`. Even a single submission is judged by
    the plan: the order of the calls, which an answer may depend on, is the same in a class of any size.
    """

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        self._found: dict[prop, tuple[tuple[Case, ...], Batch] | None] = {}
        self.calls: set[int] = set()
        """The identities of all planned calls, which live as long as the plan."""

    def complete(self) -> PrefetchPlan:
        """Plan every property now, so that processes forked from this one share the plan."""
        for q in self._assignment.questions:
            for p in q.properties:
                if p not in self._found:  # planned again, calls whose identities are kept would be others
                    self._found[p] = self._plan(p)
        return self

    @property
    def batches(self) -> list[Batch]:
        """Those planned so far."""
        return [found[1] for found in self._found.values() if found]

    def of(self, p: prop) -> tuple[tuple[Case, ...], Batch] | None:
        """The planned calls of every case of ``p``, and the same packed; None where a batch gains nothing."""
        if p not in self._found:
            self._found[p] = self._plan(p)
        return self._found[p]

    def _plan(self, p: prop) -> tuple[tuple[Case, ...], Batch] | None:
        if not self._assignment.has_reference or any(q.is_property for q in self._assignment.contract.questions):
            return None
        reference = self._assignment.reference
        cases = plan(p, {**vars(reference), REFERENCE: reference})
        calls = [planned.call for case in cases for planned in case]
        try:
            batch = Batch.of(calls, self._assignment.contract.limits)
        except WireError:
            return None
        if len(calls) <= 1:
            return None
        self.calls.update(map(id, calls))
        return cases, batch


class PrefetchedReplies:
    """The replies to the planned calls of one property."""

    def __init__(self, cases: Sequence[Case], replies: Replies) -> None:
        self._cases = cases
        self._replies = replies

    @property
    def digest(self) -> bytes:
        """The same for the same replies only."""
        return self._replies.digest

    def answers(self) -> list[PrefetchedAnswers]:
        """The answers of each case, none of them used yet."""
        rest = iter(self._replies.answers)
        return [PrefetchedAnswers(case, [next(rest) for _ in case]) for case in self._cases]


class Prefetcher:
    """Prefetches from one submission.

    Args:
        plan: what to prefetch.
        session: the submission's.
        budget: what is left to it.
        known: whether a property was judged on replies with this digest before, which are not decoded then.

    """

    def __init__(
        self,
        plan: PrefetchPlan,
        session: Session,
        budget: Budget,
        known: Callable[[prop, bytes], bool] = lambda *_: False,
    ) -> None:
        self._known = known
        self._plan = plan
        self._session = session
        self._budget = budget
        self._unimplemented: set[str] = set()

    def prefetch(self, p: prop, names: Mapping[str, Any]) -> PrefetchedReplies | None:
        """The replies to the planned calls of ``p``, or None.

        Args:
            p: the property about to be judged.
            names: the submission's functions.

        """
        if self._unimplemented & set(p.functions) or not names.keys() >= set(p.functions):
            return None
        found = self._plan.of(p)
        if found is None:
            return None
        cases, batch = found
        try:
            seconds = min(self._budget.next_call(), MOST_SECONDS)
        except StudentFault:
            return None  # the first call will say so
        replies = self._session.call_all(batch, seconds=seconds, known=lambda digest: self._known(p, digest))
        return PrefetchedReplies(cases, replies) if replies else None

    def learn(self, unimplemented: str) -> None:
        """Stop prefetching a function that is not implemented."""
        self._unimplemented.add(unimplemented)


def unimplemented(judgement: Judgement) -> str:
    """The function that ended ``judgement`` by not being implemented; empty where none did."""
    for answer in judgement.answers[-1:]:
        if answer.fault and answer.fault.fault is Fault.NOT_WRITTEN:
            return answer.call.function
    return ""
