"""What all subpackages say of calls: a call of a student's function, its answer, and what makes calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from autograder.model.errors import StudentFault


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a student's function.

    Attributes:
        function: its name.
        args: positional arguments. The student's function gets copies; functions among them are called back.
        kwargs: keyword arguments, likewise.
        want_arguments: whether the answer shall contain the positional arguments as they are after the call.
        hidden: whether it belongs to a hidden property.

    """

    function: str
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    want_arguments: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a call.

    Attributes:
        call: the call.
        value: what the function returned, unless there is a ``fault``.
        arguments: the positional arguments after the call, where the call wants them.
        generators: random generators among all arguments, in the state to which the call advanced them.
        fault: why the function returned nothing, or None.
        seconds: CPU seconds it took, where they were measured.

    """

    call: Call
    value: Any = None
    arguments: tuple[Any, ...] | None = None
    generators: tuple[np.random.Generator, ...] = ()
    fault: StudentFault | None = None
    seconds: float = 0.0


class Caller(Protocol):
    """Calls a student's function, in this process or in the sandbox."""

    def call(self, call: Call) -> Answer:
        """Make ``call``. Whatever the student's code does is in the answer.

        A generator among the arguments is left in the state to which the call advanced it.

        Raises:
            InfrastructureError: the grader failed.

        """
