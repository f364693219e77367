"""Name the mistake behind a student's wrong answers: a misconception that gives the same answers."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.checks.judging import Judgement
from autograder.checks.misconceptions import Misconception
from autograder.checks.returns import expected_shapes, normalise
from autograder.model.calls import Answer, Call
from autograder.model.contract import Signature
from autograder.model.errors import Mismatch
from autograder.model.result import Diagnosis
from autograder.model.values import alike, numbers_in

MOST_NUMBERS = 1_000_000
LARGEST = 10_000_000
"""Calls on more numbers, or on larger integers, are not compared with misconceptions."""
FEWEST_CHECKS = 2
"""So many failing checks a mistake must explain to be named where others of the question are not explained."""


def diagnose(
    signature: Signature,
    misconceptions: Sequence[Misconception],
    answers: Sequence[Answer],
    failing: Sequence[Answer],
) -> Diagnosis | None:
    """The one misconception that gives the student's answer in every logged call, or None.

    It must explain all calls, right ones included. Where failing cases call other functions of the student,
    too, some answer of this one must differ from the reference's, or the fault may lie there. When several
    explain the calls, these calls cannot distinguish them, and the first in the file is named.

    Args:
        signature: of the question.
        misconceptions: the question's.
        answers: every answer that the question's properties got.
        failing: those of failing cases.

    """
    ours = [a for a in answers if a.call.function == signature.name]
    shown = [a for a in failing if a.call.function == signature.name]
    if not shown:
        return None
    alone = len(shown) == len(failing)
    for candidate in misconceptions:
        if not _explains_all(candidate, signature, ours):
            continue
        if alone or not all(_explains(candidate.right, signature, answer) for answer in shown):
            return Diagnosis(candidate.name, candidate.says, candidate.hint)
    return None


def diagnose_by_check(
    signature: Signature, misconceptions: Sequence[Misconception], judged: Sequence[Judgement]
) -> Diagnosis | None:
    """The misconception that :func:`diagnose` finds over all checks or, where there is none, in most failing ones.

    No single misconception explains an answer with two mistakes. A mistake is then named by the failing
    checks in which it gives all of the student's answers, if there are at least ``FEWEST_CHECKS`` and in each a value
    of the student's differs from the reference's: a check that fails through another function only is none of them,
    and the same exception says too little.

    Args:
        signature: of the question.
        misconceptions: the question's; of several that explain as many checks the first is named.
        judged: the question's checks.

    """
    whole = diagnose(
        signature,
        misconceptions,
        [a for j in judged for a in j.answers],
        [a for j in judged for a in j.failing_answers],
    )
    if whole is not None or not misconceptions:
        return whole
    right = misconceptions[0].right
    ours = {
        j.result.name: [a for a in j.answers if a.call.function == signature.name]
        for j in judged
        if any(
            a.call.function == signature.name and a.fault is None and not _explains(right, signature, a)
            for a in j.failing_answers
        )
    }
    if len(ours) < FEWEST_CHECKS:
        return None
    explained = [
        tuple(name for name, calls in ours.items() if _explains_all(m, signature, calls)) for m in misconceptions
    ]
    checks = max(explained, key=len)
    if len(checks) < FEWEST_CHECKS:
        return None
    best = misconceptions[explained.index(checks)]
    return Diagnosis(best.name, best.says, best.hint, checks)


def _explains_all(candidate: Misconception, signature: Signature, answers: Sequence[Answer]) -> bool:
    return any(all(_explains(variant, signature, answer) for answer in answers) for variant in candidate.variants)


def _explains(function: Callable[..., Any], signature: Signature, answer: Answer) -> bool:
    if (answer.fault is not None and not answer.fault.type_names) or _is_large(answer.call):
        return False
    args, kwargs = copy.deepcopy(answer.call.args), copy.deepcopy(dict(answer.call.kwargs))
    for value in [*args, *kwargs.values()]:
        if isinstance(value, np.ndarray):
            value.flags.writeable = True
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = function(*args, **kwargs)
    except Exception as error:  # noqa: BLE001  (it is wrong on purpose; raising may be how)
        return answer.fault is not None and type(error).__name__ == answer.fault.type_names[0]
    if answer.fault is not None:
        return False
    try:
        value = normalise(signature, expected_shapes(signature, answer.call.args, answer.call.kwargs), value)
    except Mismatch:
        # A wrong shape: the student's must be the same wrong thing.
        return alike(value, answer.value)
    return alike(value, answer.value) and (answer.arguments is None or _left_alike(args, answer.arguments))


def _is_large(call: Call) -> bool:
    """Whether a misconception might run for long on ``call``, whose arguments may be a student's values."""
    for value in (*call.args, *call.kwargs.values()):
        if numbers_in(value) > MOST_NUMBERS:
            return True
        for item in value if isinstance(value, (list, tuple)) else [value]:
            array = np.asarray(item) if isinstance(item, (int, np.integer, np.ndarray)) else None
            if array is not None and array.dtype.kind in "iuO" and array.size and bool(np.max(np.abs(array)) > LARGEST):
                return True
    return False


def _left_alike(ours: Any, theirs: Any) -> bool:
    """Whether two calls did the same to their arguments: changing them may be the mistake."""
    if isinstance(ours, (list, tuple)):
        return isinstance(theirs, (list, tuple)) and len(ours) == len(theirs) and all(map(_left_alike, ours, theirs))
    return not isinstance(ours, np.ndarray) or alike(ours, theirs)
