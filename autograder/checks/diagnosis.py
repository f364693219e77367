"""Name the mistake behind a student's wrong answers: a misconception that gives the same answers, or shows in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from itertools import chain, combinations
from typing import Any

from autograder.checks.behaviour import changes_an_argument, same_arguments
from autograder.checks.judging import Judgement, silenced
from autograder.checks.misconceptions import Misconception
from autograder.checks.outcomes import Outcomes, is_answer, is_large
from autograder.checks.relations import CHANGES_AN_ARGUMENT, find_relation
from autograder.model.calls import Answer
from autograder.model.contract import Signature
from autograder.model.result import Diagnosis

FEWEST_CHECKS = 3
"""Fewest failing checks that a mistake must explain to be named with the checks that it explains."""
MOST_REPEATS = 50
"""Most calls in a row, different only in the state of a generator, that are compared with a mistake."""
FEWEST_OF_TWO = 2
"""Fewest failing checks that each of two mistakes must explain for both to be named."""


@silenced()
def diagnose(
    signature: Signature,
    misconceptions: Sequence[Misconception],
    answers: Sequence[Answer],
    failing: Sequence[Answer],
    outcomes: Outcomes | None = None,
) -> Diagnosis | None:
    """The one misconception that gives the student's answer in every logged call, or None.

    It must explain all calls, right ones included. Where failing cases call other functions of the student,
    too, some answer of this one must differ from the reference's, or the fault may lie there. When several
    explain the calls, their answers are the same here and the first in the file is named. Where none does, one
    that gives the same answers but for those that rounding decides is named, or one recognised by its behaviour.

    Args:
        signature: of the question.
        misconceptions: the question's.
        answers: every answer that the question's properties got.
        failing: those of failing cases.
        outcomes: of misconceptions, from earlier submissions.

    """
    outcomes = outcomes or Outcomes(signature)
    ours = [a for a in answers if a.call.function == signature.name]
    shown = [a for a in failing if a.call.function == signature.name]
    if not shown:
        return None
    # Running a misconception calls the functions among the arguments, which may keep a record of their calls.
    behaving: Iterable[Misconception] = filter(partial(_behaves, answers=ours), misconceptions)
    first = ours[0].call
    if any(map(callable, (*first.args, *first.kwargs.values()))):
        behaving = list(behaving)
    alone = len(shown) == len(failing)
    for candidate in chain(_candidates(misconceptions, outcomes, _in_front(shown, ours)), behaving):
        if alone or not all(outcomes.explains(candidate.right, answer) for answer in shown):
            return _named(candidate)
    return None


@silenced()
def diagnose_by_check(
    signature: Signature,
    misconceptions: Sequence[Misconception],
    judged: Sequence[Judgement],
    outcomes: Outcomes | None = None,
) -> tuple[Diagnosis, ...]:
    """The misconception that :func:`diagnose` finds over all checks or, where there is none, in failing checks.

    One that gives all of the student's answers in at least ``FEWEST_CHECKS`` failing checks is named with them, unless
    a failing check contradicts it: one in which the student's answers are wrong in another way. A student with two
    mistakes has answers that no single one explains. Two are named if each explains ``FEWEST_OF_TWO`` failing checks
    and both together all of them, call by call.

    A check counts as explained only if a value of the student's in it differs from the reference's: one that fails
    through another function only is neither explained nor contradicts, and the same exception says too little to
    explain a check, but another exception contradicts.

    Where no misconception is named, what all answers have to do with the right ones is, if they have
    (:mod:`autograder.checks.relations`).

    Args:
        signature: of the question.
        misconceptions: the question's; of several that explain the same checks the first is named.
        judged: the question's checks.
        outcomes: of misconceptions, from earlier submissions.

    """
    outcomes = outcomes or Outcomes(signature)
    whole = diagnose(
        signature,
        misconceptions,
        [a for j in judged for a in j.answers],
        [a for j in judged for a in j.failing_answers],
        outcomes,
    )
    if whole is not None:
        return (whole,)
    if not misconceptions:
        return ()
    if by_check := _by_check(signature, misconceptions, judged, outcomes):
        return by_check
    failing = [a for j in judged for a in j.failing_answers]
    if failing and all(a.call.function == signature.name and changes_an_argument(a) for a in failing):
        return (CHANGES_AN_ARGUMENT,)
    relation = find_relation(signature, misconceptions[0].right, [a for j in judged for a in j.answers], outcomes)
    return () if relation is None else (relation,)


def _by_check(
    signature: Signature, misconceptions: Sequence[Misconception], judged: Sequence[Judgement], outcomes: Outcomes
) -> tuple[Diagnosis, ...]:
    checks = _wrong_checks(signature.name, misconceptions[0].right, judged, outcomes)
    counted = {name for name, check in checks.items() if check.counts}
    if len(counted) < FEWEST_CHECKS:
        return ()
    found = {m.name: {n: _explains_all(m, outcomes, c.answers) for n, c in checks.items()} for m in misconceptions}
    for least in (_Explanation.ALL, _Explanation.BUT_ROUNDING):
        for m in misconceptions:
            if all(how >= least for how in found[m.name].values()):
                return (_named(m, checks, checks),)
    explained = {m.name: {n for n, how in found[m.name].items() if how is _Explanation.ALL} for m in misconceptions}
    several = [m for m in misconceptions if len(explained[m.name] & counted) >= FEWEST_OF_TWO]
    for one, other in combinations(several, 2):
        mine, others = explained[one.name], explained[other.name]
        if mine <= others or others <= mine:
            continue
        mixed = [checks[name].answers for name in checks if name not in mine | others]
        if all(_explain_together(one, other, outcomes, answers) for answers in mixed):
            return _named(one, checks, mine), _named(other, checks, others)
    return ()


class _Explanation(IntEnum):
    """Whether a misconception gives the student's answers; where rounding decides, its own may differ by machine."""

    NO = 0
    BUT_ROUNDING = 1
    ALL = 2


@dataclass(frozen=True, slots=True)
class _WrongCheck:
    """The answers of a failing check with wrong ones among them; ``counts`` if one of these is a value."""

    answers: tuple[Answer, ...]
    counts: bool


def _wrong_checks(
    name: str, right: Callable[..., Any], judged: Sequence[Judgement], outcomes: Outcomes
) -> dict[str, _WrongCheck]:
    found = {}
    for j in judged:
        failing = [a for a in j.failing_answers if a.call.function == name and is_answer(a)]
        wrong = [a for a in failing if not outcomes.explains(right, a)]
        if wrong:
            ours = _in_front(wrong, [a for a in j.answers if a.call.function == name])
            found[j.result.name] = _WrongCheck(tuple(ours), any(a.fault is None for a in wrong))
    return found


def _in_front(some: Sequence[Answer], answers: Sequence[Answer]) -> list[Answer]:
    """The answers, some of them first: wrong ones contradict most misconceptions at once."""
    first = {id(answer) for answer in some}
    rest = [a for a in answers if id(a) not in first]
    return [*_spread(_without_repeats(some)), *_spread(_without_repeats(rest))]


def _without_repeats(answers: Sequence[Answer]) -> list[Answer]:
    """The answers, but of those in a row whose calls differ in the state of a generator only, few.

    A check of frequencies calls hundreds of times. A mistake that explains the first draws explains the others.
    """
    kept: list[Answer] = []
    repeats = 0
    for answer in answers:
        random = any(hasattr(v, "bit_generator") for v in (*answer.call.args, *answer.call.kwargs.values()))
        repeated = random and kept and same_arguments(kept[-1].call, answer.call, but_for_generators=True)
        repeats = repeats + 1 if repeated else 0
        if repeats < MOST_REPEATS:
            kept.append(answer)
    return kept


def _spread(answers: Sequence[Answer]) -> list[Answer]:
    """The answers, such that the first few are of many checks: in those of one check a mistake may not show."""
    bits = len(answers).bit_length()
    return [answers[i] for i in sorted(range(len(answers)), key=lambda i: f"{i:0{bits}b}"[::-1])]


def _named(m: Misconception, checks: Iterable[str] = (), explained: Collection[str] = ()) -> Diagnosis:
    return Diagnosis(m.name, m.says, m.hint, tuple(name for name in checks if name in explained))


def _behaves(candidate: Misconception, answers: Sequence[Answer]) -> bool:
    if candidate.behaviour is None or not all(map(is_answer, answers)):
        return False
    try:
        return bool(candidate.behaviour(answers))
    except Exception:  # noqa: BLE001  (the student's values may be of any kind)
        return False


def _candidates(
    misconceptions: Sequence[Misconception], outcomes: Outcomes, answers: Sequence[Answer]
) -> Iterator[Misconception]:
    """Those that give all of the answers, and then those that give all but what rounding decides."""
    but_rounding = []
    for m in misconceptions:
        how = _explains_all(m, outcomes, answers)
        if how is _Explanation.ALL:
            yield m
        elif how is _Explanation.BUT_ROUNDING:
            but_rounding.append(m)
    yield from but_rounding


def _explains_all(candidate: Misconception, outcomes: Outcomes, answers: Sequence[Answer]) -> _Explanation:
    best = _Explanation.NO
    for variant in candidate.variants:
        best = max(best, _explained(variant, candidate.right, outcomes, answers))
        if best is _Explanation.ALL:
            break
    return best


def _explained(
    function: Callable[..., Any], right: Callable[..., Any], outcomes: Outcomes, answers: Sequence[Answer]
) -> _Explanation:
    """Whether a function gives all of the answers, or all but those that rounding decides, a wrong one among them."""
    same = []
    for answer in answers:
        if not is_answer(answer) or is_large(answer.call):
            return _Explanation.NO
        if outcomes.of(function, answer.call).gives(answer):
            same.append(answer)
        elif not outcomes.is_decided_by_rounding(function, answer.call):
            return _Explanation.NO
    if len(same) == len(answers):
        return _Explanation.ALL
    return _Explanation.NO if all(outcomes.explains(right, a) for a in same) else _Explanation.BUT_ROUNDING


def _explain_together(one: Misconception, other: Misconception, outcomes: Outcomes, answers: Sequence[Answer]) -> bool:
    """Whether each answer is explained by one of two misconceptions."""
    return any(
        all(outcomes.explains(mine, a) or outcomes.explains(others, a) for a in answers)
        for mine in one.variants
        for others in other.variants
    )
