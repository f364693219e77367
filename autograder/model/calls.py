"""The call vocabulary: one call of a student's function, what came of it, and what makes calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from autograder.model.errors import StudentFault


class Caller(Protocol):
    """Calls one function of a student, wherever it lives."""

    def call_student(
        self,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        *,
        want_arguments: bool,
        hidden: bool,
    ) -> tuple[Any, tuple[Any, ...] | None]:
        """The returned value and, where wanted, the positional arguments as they are after the call.

        Raises:
            StudentFault: the student's code gave no answer.

        """


@dataclass(slots=True)
class Call:
    """One logged call: what went in and what came of it."""

    function: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    value: Any = None
    fault: StudentFault | None = None
    answered: bool = False
    after: tuple[Any, ...] | None = None
