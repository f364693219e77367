"""Calls that a property makes whatever the student's code answers: they can be asked all at once.

Most of what a property calls follows from its recorded case alone. Such calls are found by running the body twice,
on the reference's answers and on the same a little changed: what is called with the same bits both times does
not hang on an answer. While a case is judged, an answer that was asked for beforehand stands in for a call of exactly
these bits and for no other, so that a wrong guess costs time and changes nothing.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks.functions import LocalCaller
from autograder.checks.judging import REFERENCE, run_case
from autograder.checks.prefetch import Foreseen
from autograder.checks.property import prop
from autograder.checks.returns import expected_shapes
from autograder.model.contract import Signature
from autograder.model.values import numbers_in

MOST_NUMBERS = 20_000
"""A call on more than these is made when it comes: such are few, and packed they would be kept while we grade."""
MOST_NUMBERS_IN_ALL = 200_000
_SLIGHTLY = 1 - 1e-12
"""Changes every number that is not 0, by less than any property's tolerance."""


@dataclass(frozen=True, slots=True)
class _Recorder:
    """The reference's function as a caller that writes down how it is called."""

    signature: Signature
    caller: LocalCaller
    calls: list[Foreseen]
    changed: bool

    def call_student(
        self,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        *,
        want_arguments: bool,
        hidden: bool,
    ) -> tuple[Any, tuple[Any, ...] | None]:
        shapes = expected_shapes(self.signature, args, kwargs)
        self.calls.append(Foreseen(self.signature.name, _kept(args), _kept(dict(kwargs)), want_arguments, shapes))
        value, after = self.caller.call_student(args, kwargs, want_arguments=want_arguments, hidden=hidden)
        if self.changed:
            value = _changed(value)
            for given in args:
                if isinstance(given, np.random.Generator):
                    given.random()  # another right answer may draw another number of times
        return value, after


def foresee(p: prop, reference: Mapping[str, Any]) -> tuple[tuple[Foreseen, ...], ...]:
    """The calls of every case of ``p`` that hang on no answer, in their order.

    Args:
        p: a property.
        reference: right functions by name; and the reference module where the property needs it.

    """
    left = MOST_NUMBERS_IN_ALL
    found = []
    for _, values in p.cases:
        kept: list[Foreseen] = []
        for call in _in_both(_calls(p, reference, values, changed=False), _calls(p, reference, values, changed=True)):
            size = numbers_in(call.args) + numbers_in(call.kwargs)
            if size <= min(MOST_NUMBERS, left) and not any(map(callable, (*call.args, *call.kwargs.values()))):
                left -= size
                kept.append(call)
        found.append(tuple(kept))
    return tuple(found)


def _calls(p: prop, reference: Mapping[str, Any], values: Mapping[str, Any], *, changed: bool) -> list[Foreseen]:
    calls: list[Foreseen] = []
    names: dict[str, Any] = {
        s.name: _Recorder(s, LocalCaller(reference[s.name]), calls, changed)
        for s in map(p.contract.signature, p.functions)
        if s is not None and s.name in reference
    }
    if REFERENCE in reference:
        names[REFERENCE] = reference[REFERENCE]
    # How it ends does not matter: the calls up to there will be made.
    run_case(p, names, values, [])
    return calls


def _in_both(calls: Sequence[Foreseen], others: Sequence[Foreseen]) -> Iterator[Foreseen]:
    at = 0
    for call in calls:
        for i in range(at, len(others)):
            if others[i].equals(call.function, call.args, call.kwargs, call.want_arguments):
                at = i + 1
                yield call
                break


def _kept(value: Any) -> Any:
    """A copy that no later change reaches; drawn arrays are read-only and stay the same objects."""
    if isinstance(value, np.ndarray) and not value.flags.writeable:
        return value
    if isinstance(value, (tuple, list)):
        return type(value)(map(_kept, value))
    if isinstance(value, dict):
        return {key: _kept(item) for key, item in value.items()}
    return value if callable(value) else copy.deepcopy(value)


def _changed(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return type(value)(map(_changed, value))
    if isinstance(value, (float, np.floating)) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
        return value * _SLIGHTLY
    return value
