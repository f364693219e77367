"""The student's functions as a property sees them: every call is logged and checked against the contract.

A property may run beside the student's code (on the student's machine) or far from it (through the
sandbox); a :class:`Caller` hides which.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from autograder.checks.local_caller import LocalCaller
from autograder.checks.prefetch import PrefetchedAnswers
from autograder.checks.returns import Shape, expected_shapes, normalise, real_array
from autograder.model.calls import Answer, Call, Caller
from autograder.model.contract import Signature
from autograder.model.errors import AutograderError, Fault, InfrastructureError, Mismatch, StudentFault
from autograder.model.values import copied


class Function:
    """A student's function inside one property: call it like any function.

    Every call is logged. What it returns is already what the contract states (float64 arrays, floats, tuples of
    them), so bodies compute with it freely. A result of another type or shape ends the case as a mismatch.

    Args:
        signature: of the function.
        caller: makes the calls; None where the function is missing.
        log: gets the answer to every call.
        prefetched: answers to use instead of calls.
        hidden: whether the property is hidden.

    """

    def __init__(
        self,
        signature: Signature,
        caller: Caller | None,
        log: list[Answer],
        prefetched: PrefetchedAnswers | None = None,
        *,
        hidden: bool,
    ) -> None:
        self.signature = signature
        self.__name__ = signature.name
        self._caller = caller
        self._log = log
        self._prefetched = prefetched
        self._hidden = hidden

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the student's function and check the result against the contract."""
        if self.signature.is_property:
            return self._state(args)
        return self._call(Call(self.signature.name, args, kwargs, hidden=self._hidden)).value

    def with_arguments_after(self, *args: Any) -> Answer:
        """Call it; the answer contains the arguments as they are afterwards."""
        return self._call(Call(self.signature.name, args, {}, want_arguments=True, hidden=self._hidden))

    def _state(self, implementations: Sequence[Any]) -> Any:
        """Call a student's property. Where it raises, the last calls that it made are logged after its own."""
        from autograder.checks.implementations import MOST_SHOWN

        seen: deque[Answer] = deque(maxlen=MOST_SHOWN)
        args = tuple(i.watched(seen) for i in implementations)
        try:
            return self._call(Call(self.signature.name, args, hidden=self._hidden)).value
        except StudentFault:
            self._log.extend(seen)
            raise

    def _call(self, call: Call) -> Answer:
        at = len(self._log)
        self._log.append(Answer(call))  # calls that this one makes are logged after it
        try:
            answer, shapes = self._answer(call)
        except (AutograderError, Mismatch):
            raise
        except Exception as error:
            # Between the property and the student's code there is only ours.
            raise InfrastructureError(f"calling {call.function}: {type(error).__name__}: {error}") from error
        self._log[at] = answer
        if answer.fault is not None:
            raise answer.fault
        try:
            value = normalise(
                self.signature, shapes or expected_shapes(self.signature, call.args, call.kwargs), answer.value
            )
        except Mismatch:
            # The caller judges the arguments, whatever the shape of the answer; but there must be one.
            if not call.want_arguments or not _are_numbers(answer.value):
                raise
            return answer
        answer = self._log[at] = replace(answer, value=value)
        return answer

    def _answer(self, call: Call) -> tuple[Answer, tuple[Shape, ...]]:
        """The answer as it is logged, and the expected shapes where they are known."""
        if self._prefetched and (taken := self._prefetched.take(call)):
            return taken
        # The log keeps generators as they were before the student drew from them.
        logged = call
        if any(hasattr(a, "bit_generator") for a in call.args):
            args = tuple(copied(a) if hasattr(a, "bit_generator") else a for a in call.args)
            logged = replace(call, args=args)
        if self._caller is None:
            fault = StudentFault(Fault.MISSING, f"{self.signature.name} is not defined")
            return Answer(logged, fault=fault), ()
        answer = self._caller.call(call)
        return answer if logged is call else replace(answer, call=logged), ()


def _are_numbers(value: Any) -> bool:
    several = isinstance(value, (tuple, list)) and bool(value)
    return real_array(value) is not None or (several and all(real_array(item) is not None for item in value))


def as_caller(thing: Any) -> Caller | None:
    """A caller for whatever a namespace holds under a question's name; None where it is no function."""
    if callable(thing):
        return LocalCaller(thing)
    if hasattr(thing, "call"):
        caller: Caller = thing
        return caller
    return None
