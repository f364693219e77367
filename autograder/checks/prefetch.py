"""Calls that were asked for before a property made them, and when their answers may stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.model.errors import StudentFault
from autograder.model.values import identical


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A call that will be made whatever the student's code answers.

    Attributes:
        function: a question's name.
        args: positional arguments; generators in the state in which they are handed over.
        kwargs: keyword arguments.
        want_arguments: whether the arguments as they are afterwards are asked for.
        shapes: of the values that it must return.

    """

    function: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    want_arguments: bool
    shapes: tuple[tuple[int, ...], ...] = ()

    def equals(self, function: str, args: tuple[Any, ...], kwargs: Mapping[str, Any], want_arguments: bool) -> bool:
        """Whether that is this call, to the last bit."""
        return (
            self.function == function
            and self.want_arguments == want_arguments
            and identical(self.args, args)
            and identical(self.kwargs, kwargs)
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A foreseen call with what the student's code answered.

    Attributes:
        call: what was asked.
        value: what it returned, unless there is a ``fault``.
        after: the positional arguments after the call, where they were asked for.
        generators: those among all arguments, in the state to which the call brought them.
        fault: why there is no answer, or None.

    """

    call: Foreseen
    value: Any = None
    after: tuple[Any, ...] | None = None
    generators: tuple[np.random.Generator, ...] = ()
    fault: StudentFault | None = None


class Ahead:
    """What was asked for beforehand in one case, to be taken in order."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self._asked = asked
        self._next = 0

    def take(
        self, function: str, args: tuple[Any, ...], kwargs: Mapping[str, Any], *, want_arguments: bool
    ) -> Asked | None:
        """The answer to this call if it is the next that was asked for; generators are brought to their new state."""
        if self._next == len(self._asked):
            return None
        asked = self._asked[self._next]
        if not asked.call.equals(function, args, kwargs, want_arguments):
            return None
        self._next += 1
        if asked.generators:
            given = [v for v in (*args, *kwargs.values()) if isinstance(v, np.random.Generator)]
            for generator, moved in zip(given, asked.generators, strict=True):
                generator.bit_generator.state = moved.bit_generator.state
        return asked
