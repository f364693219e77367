"""Format the calls of a case as lines that students paste in order to reproduce the failure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from autograder.model.calls import Answer
from autograder.model.result import ShownCall
from autograder.wording.literals import LONGEST_ARGUMENT, LONGEST_CALL, cut, show, was_just_made

MOST_CALLS = 3
"""How many of the last calls are shown."""
MOST_WITH_RNG = 6
"""How many are shown where an earlier call created the generator that the last ones use."""


def transcript(log: Sequence[Answer]) -> tuple[ShownCall, ...]:
    """The last calls of ``log``, the offending one last.

    A generator that several calls draw from gets a name in the first of them.
    """
    shown = log[_first(log) :]
    lacking = _lacking(shown)
    goes_on = {_seed(g) for answer in shown for g in _generators(answer) if not was_just_made(g)}
    names = {seed: "rng" if i == 0 else f"rng_{i + 1}" for i, seed in enumerate(sorted(goes_on - lacking))}
    return tuple(_shown(answer, names) for answer in shown)


def _first(log: Sequence[Answer]) -> int:
    """Index of the first call to show. Calls that share a generator start with the one that created it."""
    first = max(0, len(log) - MOST_CALLS)
    for earlier in range(first - 1, max(0, len(log) - MOST_WITH_RNG) - 1, -1):
        made = {_seed(g) for g in _generators(log[earlier]) if was_just_made(g)}
        if made & _lacking(log[first:]):
            first = earlier
    return first


def _lacking(answers: Sequence[Answer]) -> set[str]:
    """Seeds of generators that a call before ``answers`` advanced."""
    made: set[str] = set()
    lacking: set[str] = set()
    for answer in answers:
        for g in _generators(answer):
            if was_just_made(g):
                made.add(_seed(g))
            elif _seed(g) not in made:
                lacking.add(_seed(g))
    return lacking


def _shown(answer: Answer, names: dict[str, str]) -> ShownCall:
    parts = [_argument(a, names) for a in answer.call.args]
    # Behind a name, an assignment needs parentheses.
    parts += [
        f"{k}=({a})" if " := " in (a := _argument(v, names)) else f"{k}={a}" for k, v in answer.call.kwargs.items()
    ]
    text = cut(f"{answer.call.function}({', '.join(parts)})", LONGEST_CALL)
    if answer.fault is not None:
        what = answer.fault.message or answer.fault.fault.value
        return ShownCall(text, raised=f"{cut(what)} ({cut(answer.fault.where)})" if answer.fault.where else cut(what))
    return ShownCall(text, returned=cut(show(answer.value)))


def _argument(value: object, names: dict[str, str]) -> str:
    name = names.get(_seed(value)) if isinstance(value, np.random.Generator) else None
    if name is None:
        return show(value, LONGEST_ARGUMENT)
    return f"{name} := {show(value)}" if was_just_made(value) else name


def _generators(answer: Answer) -> Iterator[np.random.Generator]:
    for value in (*answer.call.args, *answer.call.kwargs.values()):
        if isinstance(value, np.random.Generator):
            yield value


def _seed(generator: object) -> str:
    return repr(getattr(generator.bit_generator.seed_seq, "entropy", None))  # type: ignore[attr-defined]
