"""What a submission as a whole may still use, in all its workers and all the sessions on it together."""

from __future__ import annotations

from autograder.model.errors import Fault, StudentFault
from autograder.model.limits import Limits
from autograder.sandbox.wire.convert import size_in_words

_HEADER_COST = 64
_BODY_COST = 8  # a boolean becomes a float where it is compared


class Allowance:
    """Seconds, and memory that answers take up in the grader, where they are kept for the diagnosis.

    Attributes:
        answers: bytes that are left for answers.
        seconds: that are left for calls.

    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.answers = limits.answers
        self.seconds = limits.submission_seconds

    def spend(self, seconds: float) -> None:
        """Take what a call took, computing or waiting."""
        self.seconds -= seconds

    def keep(self, header: int, body: int) -> None:
        """Take the memory of an answer of so many bytes, before it is read.

        Raises:
            StudentFault: there is not as much left.

        """
        self.answers -= header * _HEADER_COST + body * _BODY_COST
        if self.answers < 0:
            raise self._too_much()

    def check(self) -> None:
        """Raise StudentFault when nothing is left."""
        if self.seconds <= 0:
            raise StudentFault(
                Fault.TIMED_OUT, f"used {self._limits.submission_seconds:g} s, all that a submission may"
            )
        if self.answers < 0:
            raise self._too_much()

    def _too_much(self) -> StudentFault:
        return StudentFault(
            Fault.OUT_OF_MEMORY,
            f"returned more than {size_in_words(self._limits.answers)} of values in all its calls",
        )
