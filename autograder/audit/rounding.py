"""Find verdicts that rounding decides: a wrong answer's values change entirely when its arguments change by one ulp.

Such are logarithms of the determinant of a singular matrix, or an iteration that diverges. They differ between
machines, so the audit draws no conclusion from them. Whole numbers stay as they are: ties, probabilities of 0 or 1
and rows of zeros are decided by definition, not by rounding.
"""

from __future__ import annotations

import multiprocessing
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.audit.candidates import Candidate
from autograder.audit.margins import Property
from autograder.audit.time_limit import end_after
from autograder.checks.judging import REFERENCE, run_case
from autograder.grade import Assignment
from autograder.model.calls import Answer, Call
from autograder.model.values import copied, numbers_in

SECONDS = 20
"""CPU seconds that looking at a candidate may take."""
RTOL = ATOL = 1e-6
"""Values that agree within this do not depend on rounding; one ulp of an argument changes a right answer by 1e-10."""
MOST_NUMBERS = 500
"""Larger calls are left out: a wrong answer that depends on rounding does so on small ones, too."""

Calls = Mapping[Property, Sequence[Call]]


def recorded_calls(assignment: Assignment) -> dict[Property, list[Call]]:
    """Calls of its question's function that each property makes with the reference."""
    right = {**vars(assignment.reference), REFERENCE: assignment.reference}
    calls: dict[Property, list[Call]] = {}
    for q in assignment.questions:
        for p in q.properties:
            log: list[Answer] = []
            for _, values in p.cases:
                run_case(p, right, values, log)
            calls[q.name, p.id] = [c for c in (a.call for a in log) if c.function == q.name and _is_small(c)]
    return calls


def _is_small(call: Call) -> bool:
    """Whether it draws no random numbers and is quickly made."""
    values = [*call.args, *call.kwargs.values()]
    random = any(isinstance(v, np.random.Generator) for v in values)
    return not random and numbers_in(values) <= MOST_NUMBERS


def decided_by_rounding(candidates: Sequence[Candidate], calls: Calls) -> dict[str, frozenset[Property]]:
    """Candidate's id -> properties in which rounding decides what it returns.

    A candidate that does not end within ``SECONDS`` has all of its properties listed. Candidates run in processes of
    their own.

    Args:
        candidates: their ``questions`` are the ones to look at.
        calls: as :func:`recorded_calls` returns them.

    """
    found: dict[str, frozenset[Property]] = {}
    context = multiprocessing.get_context("fork")
    while len(found) < len(candidates):
        rest = candidates[len(found) :]
        ours, theirs = context.Pipe(duplex=False)
        child = context.Process(target=_in_child, args=(theirs, rest, calls))
        child.start()
        theirs.close()
        for candidate in rest:
            try:
                found[candidate.id] = ours.recv()
            except EOFError:
                found[candidate.id] = frozenset(p for p in calls if p[0] in candidate.questions)
                break
        child.join()
    return found


def _in_child(answer: Any, candidates: Sequence[Candidate], calls: Calls) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    for candidate in candidates:
        end_after(SECONDS)
        answer.send(frozenset(_unstable(candidate, calls)))


def _unstable(candidate: Candidate, calls: Calls) -> Iterator[Property]:
    names: dict[str, Any] = {"__name__": "candidate"}
    try:
        exec(compile(candidate.source, candidate.id, "exec"), names)  # noqa: S102  (the staff's own, but for a slip)
    except Exception:  # noqa: BLE001  (it never answers, on any machine)
        return
    for key, made in calls.items():
        if key[0] in candidate.questions and any(_depends_on_rounding(names[key[0]], call) for call in made):
            yield key


def _depends_on_rounding(function: Any, call: Call) -> bool:
    plain = _answer(function, call.args, call.kwargs)
    if _is_whole(plain):
        return False
    rng = np.random.RandomState(0)
    return not _close(plain, _answer(function, _perturbed(call.args, rng), _perturbed(dict(call.kwargs), rng)))


def _is_whole(value: Any) -> bool:
    """Whether it is labels or a count: a tie that is broken by an ulp is no matter of rounding."""
    return isinstance(value, (int, np.integer)) or (isinstance(value, np.ndarray) and value.dtype.kind in "biu")


def _answer(function: Any, args: Any, kwargs: Any) -> Any:
    try:
        return function(*copied(args), **copied(dict(kwargs)))
    except Exception as error:  # noqa: BLE001  (raising may be the mistake)
        return type(error).__name__


def _perturbed(value: Any, rng: np.random.RandomState) -> Any:
    """The value with an ulp added to or taken from every number that is not whole."""
    if isinstance(value, (list, tuple)):
        return type(value)(_perturbed(v, rng) for v in value)
    if isinstance(value, dict):
        return {k: _perturbed(v, rng) for k, v in value.items()}
    if isinstance(value, (float, np.floating)) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
        array = np.asarray(value)
        moved = np.nextafter(array, np.where(rng.uniform(size=array.shape) < 0.5, -np.inf, np.inf))
        changed = np.where(array == np.round(array), array, moved)
        return changed if isinstance(value, np.ndarray) else float(changed)
    return value


def _close(one: Any, other: Any) -> bool:
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(_close, one, other))
    if one is None or isinstance(one, str):
        return type(one) is type(other) and bool(one == other)
    try:
        a, b = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    except (TypeError, ValueError):
        return type(one) is type(other)
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=RTOL, atol=ATOL, equal_nan=True))
