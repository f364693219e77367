"""The budget of a submission over all its workers and sessions: time and memory."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from autograder.model.errors import Fault, StudentFault
from autograder.model.limits import Limits
from autograder.wire.convert import size_in_words

SLACK = 1.2
_HEADER_COST = 64
_BODY_COST = 8  # a boolean becomes a float where it is compared


class Budget:
    """Seconds left to the property, the question and the submission; bytes left for answers kept in the grader.

    Attributes:
        limits: what the account started with.
        answers: bytes left for answers.
        crashed: whether a worker crashed.
        failed_retries: properties that timed out on their second try, too.

    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.answers = limits.answers
        self.crashed = False
        self.failed_retries = 0
        self._slack = 1.0
        self._left = {"submission": limits.submission_seconds}

    @property
    def seconds(self) -> float:
        """Seconds left to the submission."""
        return self._left["submission"]

    def begin(self, scope: str) -> None:
        """Start a new ``property`` or ``question``, with all of its time."""
        self._left[scope] = self._allowed(scope)

    def next_call(self) -> float:
        """CPU seconds that the next call may use.

        Raises:
            StudentFault: nothing is left.

        """
        scope, left = min(self._left.items(), key=lambda item: item[1])
        if left <= 0:
            raise self._used_up(scope)
        return min(self.limits.call_seconds * self._slack, left)

    @contextlib.contextmanager
    def second_try(self) -> Iterator[None]:
        """Inside the block a property is tried again, with a little more time that is not charged.

        Two measurements of the same computation differ by some percent: who is that near to a deadline must not
        depend on them.
        """
        before = dict(self._left)
        self._slack = SLACK
        self._left["property"] = self._allowed("property") * SLACK
        self._left["question"] = max(self._left.get("question", 0.0), self._left["property"])
        try:
            yield
        finally:
            self._slack = 1.0
            self._left = before

    def spend(self, computing: float, elapsed: float = 0.0) -> None:
        """Charge a call.

        Args:
            computing: CPU seconds, taken from every scope.
            elapsed: seconds it took in all; time spent waiting is taken from the submission.

        """
        for scope in self._left:
            self._left[scope] -= computing
        self._left["submission"] -= max(0.0, elapsed - computing)

    def keep(self, header: int, body: int) -> None:
        """Charge the memory of an answer of so many bytes, before it is read.

        Raises:
            StudentFault: there is not as much left.

        """
        self.answers -= header * _HEADER_COST + body * _BODY_COST
        if self.answers < 0:
            raise self._too_much()

    def check(self) -> None:
        """Check that the submission has time and memory left.

        Raises:
            StudentFault: one of them is used up.

        """
        if self.seconds <= 0:
            raise self._used_up("submission")
        if self.answers < 0:
            raise self._too_much()

    def _allowed(self, scope: str) -> float:
        seconds: float = getattr(self.limits, f"{scope}_seconds")
        return seconds

    def _used_up(self, scope: str) -> StudentFault:
        return StudentFault(Fault.TIMED_OUT, f"used the whole {scope} limit of {self._allowed(scope):g} s")

    def _too_much(self) -> StudentFault:
        return StudentFault(
            Fault.OUT_OF_MEMORY,
            f"returned more than {size_in_words(self.limits.answers)} of values in all its calls",
        )
