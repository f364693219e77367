"""Name the mistake behind a student's wrong answers: a misconception that gives the same answers, or shows in them."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
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
FEWEST_CHECKS = 3
"""So many failing checks a single mistake must explain to be named by checks."""
FEWEST_OF_TWO = 2
"""So many failing checks each of two mistakes must explain to be named beside the other."""


def diagnose(
    signature: Signature,
    misconceptions: Sequence[Misconception],
    answers: Sequence[Answer],
    failing: Sequence[Answer],
) -> Diagnosis | None:
    """The one misconception that gives the student's answer in every logged call, or None.

    It must explain all calls, right ones included. Where failing cases call other functions of the student,
    too, some answer of this one must differ from the reference's, or the fault may lie there. When several
    explain the calls, their answers are the same here and the first in the file is named. One that is
    recognised by its behaviour is named where none gives the same answers.

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
    # Running a misconception calls the functions among the arguments, which may keep a record of their calls.
    behaving = [m for m in misconceptions if _behaves(m, ours)]
    alone = len(shown) == len(failing)
    for candidate in (*(m for m in misconceptions if _explains_all(m, signature, ours)), *behaving):
        if alone or not all(_explains(candidate.right, signature, answer) for answer in shown):
            return _named(candidate)
    return None


def diagnose_by_check(
    signature: Signature, misconceptions: Sequence[Misconception], judged: Sequence[Judgement]
) -> tuple[Diagnosis, ...]:
    """The misconception that :func:`diagnose` finds over all checks or, where there is none, in failing checks.

    One that gives all of the student's answers in at least ``FEWEST_CHECKS`` failing checks is named with them, unless
    a failing check contradicts it: one in which the student's answers are wrong in another way. A student with two
    mistakes has answers that no single one explains. Two are named if each explains ``FEWEST_OF_TWO`` failing checks
    and both together all of them, call by call.

    A check counts as explained only if a value of the student's in it differs from the reference's: one that fails
    through another function only is neither explained nor contradicts, and the same exception says too little to
    explain a check, but another exception contradicts.

    Args:
        signature: of the question.
        misconceptions: the question's; of several that explain the same checks the first is named.
        judged: the question's checks.

    """
    whole = diagnose(
        signature,
        misconceptions,
        [a for j in judged for a in j.answers],
        [a for j in judged for a in j.failing_answers],
    )
    if whole is not None:
        return (whole,)
    if not misconceptions:
        return ()
    checks = _wrong_checks(signature, misconceptions[0].right, judged)
    counted = {name for name, check in checks.items() if check.counts}
    if len(counted) < FEWEST_CHECKS:
        return ()
    explained = {
        m.name: {n for n, c in checks.items() if _explains_all(m, signature, c.answers)} for m in misconceptions
    }
    for m in misconceptions:
        if len(explained[m.name] & counted) >= FEWEST_CHECKS and explained[m.name] == set(checks):
            return (_named(m, checks, explained[m.name]),)
    several = [m for m in misconceptions if len(explained[m.name] & counted) >= FEWEST_OF_TWO]
    for one, other in combinations(several, 2):
        mine, others = explained[one.name], explained[other.name]
        if mine <= others or others <= mine:
            continue
        mixed = [checks[name].answers for name in checks if name not in mine | others]
        if all(_explain_together(one, other, signature, answers) for answers in mixed):
            return _named(one, checks, mine), _named(other, checks, others)
    return ()


@dataclass(frozen=True, slots=True)
class _WrongCheck:
    """The answers of a failing check with wrong ones among them; ``counts`` if one of these is a value."""

    answers: tuple[Answer, ...]
    counts: bool


def _wrong_checks(
    signature: Signature, right: Callable[..., Any], judged: Sequence[Judgement]
) -> dict[str, _WrongCheck]:
    found = {}
    for j in judged:
        failing = [a for a in j.failing_answers if a.call.function == signature.name and _is_answer(a)]
        wrong = [a for a in failing if not _explains(right, signature, a)]
        if wrong:
            ours = tuple(a for a in j.answers if a.call.function == signature.name)
            found[j.result.name] = _WrongCheck(ours, any(a.fault is None for a in wrong))
    return found


def _is_answer(answer: Answer) -> bool:
    """Whether the call came to an end: it gave a value or an exception."""
    return answer.fault is None or bool(answer.fault.type_names)


def _named(m: Misconception, checks: Iterable[str] = (), explained: Collection[str] = ()) -> Diagnosis:
    return Diagnosis(m.name, m.says, m.hint, tuple(name for name in checks if name in explained))


def _behaves(candidate: Misconception, answers: Sequence[Answer]) -> bool:
    if candidate.behaviour is None or not all(map(_is_answer, answers)):
        return False
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return bool(candidate.behaviour(answers))
    except Exception:  # noqa: BLE001  (the student's values may be of any kind)
        return False


def _explains_all(candidate: Misconception, signature: Signature, answers: Sequence[Answer]) -> bool:
    return any(all(_explains(variant, signature, answer) for answer in answers) for variant in candidate.variants)


def _explain_together(
    one: Misconception, other: Misconception, signature: Signature, answers: Sequence[Answer]
) -> bool:
    """Whether each answer is explained by one of two misconceptions."""
    return any(
        all(_explains(mine, signature, a) or _explains(others, signature, a) for a in answers)
        for mine in one.variants
        for others in other.variants
    )


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
