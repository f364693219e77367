"""Predicates on all answers to a question, for mistakes whose answers differ from student to student."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograder.checks.returns import is_changed
from autograder.model.calls import Answer, Call
from autograder.model.values import alike, identical


def not_from_rng(answers: Sequence[Answer]) -> bool:
    """Whether two calls with the same arguments, the state of the generator included, differ in their answers."""
    first: dict[str, list[Answer]] = {}
    for answer in answers:
        states = _states(_arguments(answer.call))
        if not states or answer.fault is not None:
            continue
        known = first.setdefault(states[0], [])
        if any(same_arguments(answer.call, other.call) and not alike(answer.value, other.value) for other in known):
            return True
        known.append(answer)
    return False


def changes_an_argument(answer: Answer) -> bool:
    """Whether the call changed an array or list among its arguments, where these were asked for."""
    return answer.arguments is not None and any(map(is_changed, answer.call.args, answer.arguments))


def rng_is_not_used(answers: Sequence[Answer]) -> bool:
    """Whether no call advanced the generator among its arguments."""
    drawn = [a for a in answers if a.fault is None and _states(_arguments(a.call))]
    return bool(drawn) and all(_states(_arguments(a.call)) == _states(a.generators) for a in drawn)


def _states(values: Sequence[Any]) -> list[str]:
    return [str(value.bit_generator.state) for value in values if hasattr(value, "bit_generator")]


def _arguments(call: Call) -> list[Any]:
    return [*call.args, *call.kwargs.values()]


def same_arguments(one: Call, other: Call, *, but_for_generators: bool = False) -> bool:
    """Whether two calls have the same arguments, the state of generators included or left out."""
    mine, others = _arguments(one), _arguments(other)
    return len(mine) == len(others) and all(_same(a, b, but_for_generators) for a, b in zip(mine, others, strict=True))


def _same(one: Any, other: Any, but_for_generators: bool) -> bool:
    """Whether two arguments are the same; functions are only if they are one, since two may do different things."""
    if but_for_generators and hasattr(one, "bit_generator") and hasattr(other, "bit_generator"):
        return True
    if hasattr(one, "bit_generator") or not callable(one):
        return identical(one, other)
    return one is other
