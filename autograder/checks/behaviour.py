"""What answers show of a mistake that gives no two students the same ones: predicates on all answers to a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograder.model.calls import Answer, Call
from autograder.model.values import alike, identical


def not_from_rng(answers: Sequence[Answer]) -> bool:
    """Whether two calls with the same arguments, the state of the generator included, differ in their answers."""
    first: dict[str, list[Answer]] = {}
    for answer in answers:
        states = [str(a.bit_generator.state) for a in _arguments(answer.call) if hasattr(a, "bit_generator")]
        if not states or answer.fault is not None:
            continue
        known = first.setdefault(states[0], [])
        if any(_same_call(answer.call, other.call) and not alike(answer.value, other.value) for other in known):
            return True
        known.append(answer)
    return False


def _arguments(call: Call) -> list[Any]:
    return [*call.args, *call.kwargs.values()]


def _same_call(one: Call, other: Call) -> bool:
    mine, others = ([a for a in _arguments(call) if not _is_function(a)] for call in (one, other))
    return len(mine) == len(others) and all(map(identical, mine, others))


def _is_function(value: Any) -> bool:
    return callable(value) and not hasattr(value, "bit_generator")
