"""Prefetched calls: those of a property that do not depend on any answer, and when their answers apply.

Most of what a property calls follows from its recorded case alone. Such calls are found by running the body twice, on
the reference's answers and on the same slightly changed: a call with the same bits both times depends on no answer. A
call that goes on with a generator is planned as if the earlier ones drew as the reference does, which many do.
While a case is judged, a prefetched answer replaces a call of exactly these bits and no other, so that a wrong guess
costs time and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.checks.behaviour import same_arguments
from autograder.checks.returns import Shape, expected_shapes
from autograder.model.calls import Answer, Call, Caller
from autograder.model.values import copied, identical, numbers_in

if TYPE_CHECKING:
    from autograder.checks.property import prop

MOST_NUMBERS = 20_000
"""Larger calls are not prefetched: they are rare, and their packed bytes would stay in memory."""
MOST_NUMBERS_IN_ALL = 200_000
MOST_GUESSES = 2
"""Most guessed calls of a case. A submission that draws differently from the reference makes each of them in vain."""
_MANY = 1009
"""Draws that bring a generator to a state that it is in at no other call."""
_SLIGHTLY = 1 - 1e-12
"""A factor that changes every number but 0 by less than any property's tolerance."""


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """A call that a case makes whatever the answers are, with the shapes that it must return.

    ``guessed``: it does so if earlier calls draw from the generator as the reference does.
    """

    call: Call
    shapes: tuple[Shape, ...] = ()
    guessed: bool = False


class PrefetchedAnswers:
    """The prefetched answers of one case, used in order.

    Args:
        planned: the case's planned calls.
        answers: the answer to each.

    """

    def __init__(self, planned: Sequence[PlannedCall] = (), answers: Sequence[Answer] = ()) -> None:
        self._planned = planned
        self._answers = answers
        self._next = 0
        self.taken = 0
        """How many were used."""

    def take(self, call: Call) -> tuple[Answer, tuple[Shape, ...]] | None:
        """The answer to ``call`` and its expected shapes, if it is among the next planned; generators are advanced."""
        at = self._next
        while at < len(self._planned) and not same_call(self._planned[at].call, call):
            if not self._planned[at].guessed:
                return None
            at += 1
        if at == len(self._planned):
            return None
        planned, answer = self._planned[at], self._answers[at]
        self._next = at + 1
        self.taken += 1
        if answer.generators:
            given = [v for v in (*call.args, *call.kwargs.values()) if isinstance(v, np.random.Generator)]
            for generator, advanced in zip(given, answer.generators, strict=True):
                generator.bit_generator.state = advanced.bit_generator.state
        return answer, planned.shapes


def same_call(one: Call, other: Call) -> bool:
    """Whether two calls are the same to the last bit of their arguments."""
    return (
        one.function == other.function
        and one.want_arguments == other.want_arguments
        and identical(one.args, other.args)
        and identical(dict(one.kwargs), dict(other.kwargs))
    )


def plan(p: prop, reference: Mapping[str, Any]) -> tuple[tuple[PlannedCall, ...], ...]:
    """For each case of ``p``, its calls that depend on no answer, in order.

    Args:
        p: a property.
        reference: right functions by name; and the reference module where the property needs it.

    """
    left = MOST_NUMBERS_IN_ALL
    found = []
    for _, values in p.cases:
        kept: list[PlannedCall] = []
        made, others = (_calls(p, reference, values, changed=changed) for changed in (False, True))
        for planned in _in_both(made, others):
            given = (*planned.call.args, *planned.call.kwargs.values())
            size = sum(map(numbers_in, given))
            if size <= min(MOST_NUMBERS, left) and not any(map(callable, given)):
                left -= size
                kept.append(planned)
        found.append(tuple(kept))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Recorder:
    """Calls the reference's functions and records the calls."""

    p: prop
    callers: Mapping[str, Caller]
    calls: list[PlannedCall]
    changed: bool

    def call(self, call: Call) -> Answer:
        signature = self.p.contract.signature(call.function)
        assert signature is not None
        shapes = expected_shapes(signature, call.args, call.kwargs)
        kept = replace(call, args=_kept(call.args), kwargs=_kept(dict(call.kwargs)))
        self.calls.append(PlannedCall(kept, shapes))
        answer = self.callers[call.function].call(call)
        if not self.changed or answer.fault:
            return answer
        for given in call.args:
            if isinstance(given, np.random.Generator):
                given.random(_MANY)  # another right answer may draw another number of times
        return replace(answer, value=_changed(answer.value))


def _calls(p: prop, reference: Mapping[str, Any], values: Mapping[str, Any], *, changed: bool) -> list[PlannedCall]:
    from autograder.checks.judging import REFERENCE, run_case
    from autograder.checks.local_caller import LocalCaller

    calls: list[PlannedCall] = []
    recorder = _Recorder(p, {n: LocalCaller(reference[n]) for n in p.functions if n in reference}, calls, changed)
    names: dict[str, Any] = dict.fromkeys(recorder.callers, recorder)
    if REFERENCE in reference:
        names[REFERENCE] = reference[REFERENCE]
    # How it ends does not matter: the calls up to there will be made.
    run_case(p, names, values, [])
    return calls


def _in_both(calls: Sequence[PlannedCall], others: Sequence[PlannedCall]) -> Iterator[PlannedCall]:
    at, guesses = 0, 0
    for planned in calls:
        for i in range(at, len(others)):
            guessed = not same_call(others[i].call, planned.call)
            if guessed and (guesses == MOST_GUESSES or not _goes_on_alike(others[i].call, planned.call)):
                continue
            at = i + 1
            guesses += guessed
            yield replace(planned, guessed=guessed)
            break


def _goes_on_alike(one: Call, other: Call) -> bool:
    """Whether two calls of one function differ in the states of generators only."""
    return one.function == other.function and same_arguments(one, other, but_for_generators=True)


def _kept(value: Any) -> Any:
    """A copy that no later change reaches; drawn arrays are read-only and stay the same objects."""
    if isinstance(value, np.ndarray) and not value.flags.writeable:
        return value
    if isinstance(value, (tuple, list)):
        return type(value)(map(_kept, value))
    if isinstance(value, dict):
        return {key: _kept(item) for key, item in value.items()}
    return value if callable(value) else copied(value)


def _changed(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return type(value)(map(_changed, value))
    if isinstance(value, (float, np.floating)) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
        return value * _SLIGHTLY
    return value
