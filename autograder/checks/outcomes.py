"""Run known functions on a student's calls, to compare the outcomes."""

from __future__ import annotations

from collections.abc import Callable, Container
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from autograder.checks.returns import expected_shapes, is_changed, normalise
from autograder.model.calls import Answer, Call
from autograder.model.contract import Signature
from autograder.model.errors import Mismatch
from autograder.model.values import alike, copied, numbers_in

MOST_NUMBERS = 1_000_000
LARGEST = 10_000_000
"""Calls on more numbers, or on larger integers, are not compared with misconceptions."""
MOST_OUTCOMES = 20_000
T = TypeVar("T")
ROUNDING = 1e-13
"""Relative change of an argument that stands for another order of the operations."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a call: a value and the arguments as they were left, or the name of an exception."""

    value: Any = None
    arguments: tuple[Any, ...] = ()
    exception: str = ""

    def is_like(self, other: Outcome) -> bool:
        """Whether both outcomes are the same."""
        return self.exception == other.exception and alike(self.value, other.value)

    def gives(self, answer: Answer) -> bool:
        """Whether this is also the student's answer."""
        if self.exception or answer.fault is not None:
            return answer.fault is not None and self.exception == answer.fault.type_names[0]
        if not alike(self.value, answer.value):
            return False
        return answer.arguments is None or all(map(_changed_alike, answer.call.args, self.arguments, answer.arguments))


class Outcomes:
    """Outcomes of functions on the calls of one question; those of planned calls, which all submissions make, are kept.

    The caller suppresses warnings, once for many calls.

    Args:
        signature: of the question.
        planned: the identities of calls that are kept, so that no other call can have them.

    """

    def __init__(self, signature: Signature, planned: Container[int] = ()) -> None:
        self._signature = signature
        self._planned = planned
        self._found: dict[tuple[Callable[..., Any], int], Outcome] = {}
        self._rounding: dict[tuple[Callable[..., Any], int], bool] = {}

    def of(self, function: Callable[..., Any], call: Call) -> Outcome:
        """The outcome of ``function`` on ``call``."""
        return self._kept(self._found, function, call, self._run)

    def is_decided_by_rounding(self, function: Callable[..., Any], call: Call) -> bool:
        """Whether the outcome is another one where the arguments have other last digits."""
        return self._kept(self._rounding, function, call, self._changes)

    def _changes(self, function: Callable[..., Any], call: Call) -> bool:
        return not self._run(function, call, nudged=True).is_like(self.of(function, call))

    def _kept(
        self,
        found: dict[tuple[Callable[..., Any], int], T],
        function: Callable[..., Any],
        call: Call,
        find: Callable[[Callable[..., Any], Call], T],
    ) -> T:
        if id(call) not in self._planned:
            return find(function, call)
        key = function, id(call)
        if key not in found:
            if len(found) >= MOST_OUTCOMES:
                found.clear()
            found[key] = find(function, call)
        return found[key]

    def explains(self, function: Callable[..., Any], answer: Answer) -> bool:
        """Whether ``function`` gives the student's answer."""
        return is_answer(answer) and not is_large(answer.call) and self.of(function, answer.call).gives(answer)

    def _run(self, function: Callable[..., Any], call: Call, *, nudged: bool = False) -> Outcome:
        args, kwargs = copied(list(call.args)), copied(dict(call.kwargs))
        if nudged:
            args, kwargs = list(map(_nudged, args)), {name: _nudged(a) for name, a in kwargs.items()}
        for value in [*args, *kwargs.values()]:
            if isinstance(value, np.ndarray):
                value.flags.writeable = True
        try:
            value = function(*args, **kwargs)
        except Exception as error:  # noqa: BLE001  (it is wrong on purpose; raising may be how)
            return Outcome(exception=type(error).__name__)
        with suppress(Mismatch):  # A wrong shape: the student's must be the same wrong thing.
            value = normalise(self._signature, expected_shapes(self._signature, call.args, call.kwargs), value)
        return Outcome(value, tuple(args))


def is_answer(answer: Answer) -> bool:
    """Whether the call came to an end: it gave a value or an exception."""
    return answer.fault is None or bool(answer.fault.type_names)


def is_large(call: Call) -> bool:
    """Whether a misconception might run for long on ``call``, whose arguments may be a student's values."""
    for value in (*call.args, *call.kwargs.values()):
        if numbers_in(value) > MOST_NUMBERS:
            return True
        for item in value if isinstance(value, (list, tuple)) else [value]:
            array = np.asarray(item) if isinstance(item, (int, np.integer, np.ndarray)) else None
            if array is not None and array.dtype.kind in "iuO" and array.size and bool(np.max(np.abs(array)) > LARGEST):
                return True
    return False


def _nudged(argument: Any) -> Any:
    """The argument with other last digits in its floats, but for whole numbers: formulas have edges at 0 and 1."""
    if isinstance(argument, float) or (isinstance(argument, np.ndarray) and argument.dtype.kind == "f"):
        changes = 1 + ROUNDING * np.cos(np.arange(np.size(argument))).reshape(np.shape(argument))
        changed = np.where(argument == np.round(argument), argument, argument * changes)
        return float(changed) if isinstance(argument, float) else changed
    return argument


def _changed_alike(before: Any, ours: Any, theirs: Any) -> bool:
    """Whether two calls did the same to an argument: changing it, however little, may be the mistake."""
    if isinstance(before, tuple):
        return True  # of tuples, no change counts
    return is_changed(before, ours) == is_changed(before, theirs) and _left_alike(ours, theirs)


def _left_alike(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, (list, tuple)):
        return isinstance(theirs, (list, tuple)) and len(ours) == len(theirs) and all(map(_left_alike, ours, theirs))
    return not isinstance(ours, np.ndarray) or alike(ours, theirs)
