"""Judge a property: run its recorded cases, decide the verdict, keep the smallest counterexample."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.checks.expectations import observer
from autograder.checks.functions import Function, as_caller
from autograder.checks.prefetch import PrefetchedAnswers
from autograder.model.calls import Answer
from autograder.model.errors import LOST, AuthoringError, Fault, InfrastructureError, Mismatch, StudentFault
from autograder.model.result import Counterexample, PropertyResult, Verdict
from autograder.model.values import numbers_in
from autograder.wording.literals import cut, show
from autograder.wording.transcript import transcript

if TYPE_CHECKING:
    from autograder.checks.cases import Draws
    from autograder.checks.property import prop

WRONG = "wrong answer"
MOST_TIMEOUTS = 2
"""Checks that time out after which the rest of a question is not tried: each costs a whole deadline."""
REFERENCE = "reference"
"""Name of the reference module in a namespace, and of the parameter through which a hidden property gets it."""


@dataclass(slots=True)
class Judgement:
    """A verdict with the answers that led to it, those of failing cases apart, for the diagnosis."""

    result: PropertyResult
    answers: list[Answer] = field(default_factory=list)
    failing_answers: list[Answer] = field(default_factory=list)


def judge(p: prop, namespace: Mapping[str, Any], prefetched: Sequence[PrefetchedAnswers] = ()) -> Judgement:
    """Run every recorded case of ``p`` against the functions in ``namespace``.

    The property ends where the student's process is lost, the function is missing or not written, or the check itself
    fails. A wrong answer does not end it, because the diagnosis uses the answers of the other cases.

    Args:
        p: the property.
        namespace: question name -> function or caller; ``reference`` where the property needs it.
        prefetched: for each case, the answers that were prefetched.

    """
    with silenced():
        return _judge(p, namespace, prefetched or [PrefetchedAnswers()] * len(p.cases))


def _judge(p: prop, namespace: Mapping[str, Any], prefetched: Sequence[PrefetchedAnswers]) -> Judgement:
    judgement = Judgement(result_of(p, Verdict.PASSED, cases=len(p.cases)))
    failing = 0
    for (draws, values), answers in zip(p.cases, prefetched, strict=True):
        log: list[Answer] = []
        trouble = _run_case(p, namespace, values, log, answers)
        judgement.answers.extend(log)
        if trouble is None:
            continue
        if isinstance(trouble, AuthoringError):
            trouble = _blame(p, trouble, namespace, values)
        if isinstance(trouble, AuthoringError):
            judgement.result = result_of(p, Verdict.NOT_JUDGED, reason=str(trouble), cases=len(p.cases))
            return judgement
        failing += 1
        judgement.failing_answers.extend(log)
        if failing == 1:
            judgement.result = failed(p, draws, log, trouble)
        if isinstance(trouble, StudentFault) and trouble.fault in LOST | {Fault.NOT_WRITTEN, Fault.MISSING}:
            break
    if failing:
        judgement.result = replace(judgement.result, failing=failing)
    return judgement


def run_case(
    p: prop,
    namespace: Mapping[str, Any],
    values: Mapping[str, Any],
    log: list[Answer],
    prefetched: PrefetchedAnswers | None = None,
) -> Mismatch | StudentFault | AuthoringError | None:
    """Run the body of ``p`` on one case; returns what is wrong, or None.

    Args:
        p: the property.
        namespace: as for :func:`judge`.
        values: drawn argument -> value.
        log: gets the answers to the calls that the body makes.
        prefetched: answers to use instead of calls.

    Raises:
        InfrastructureError: the grader failed.

    """
    with silenced():
        return _run_case(p, namespace, values, log, prefetched)


def _run_case(
    p: prop,
    namespace: Mapping[str, Any],
    values: Mapping[str, Any],
    log: list[Answer],
    prefetched: PrefetchedAnswers | None,
) -> Mismatch | StudentFault | AuthoringError | None:
    arguments = dict(values)
    for name in p.functions:
        signature = p.contract.signature(name)
        if signature is None:
            return AuthoringError(f"{p.path.name}: {p.id} uses {name}, which is not in the contract")
        arguments[name] = Function(signature, as_caller(namespace.get(name)), log, prefetched, hidden=p.hidden)
    if REFERENCE in p.parameters:
        if REFERENCE not in namespace:
            return AuthoringError(f"{p.path.name}: {p.id} uses the reference, and there is none here")
        arguments[REFERENCE] = namespace[REFERENCE]
    if (watching := observer.get()) is not None:
        watching.begin_case(p)
    try:
        returned: object = p.body(**arguments)
        if returned is not None:
            found = type(returned).__name__
            return AuthoringError(f"the check {p.id} returns {found}; state what must hold with expect")
    except (Mismatch, StudentFault, AuthoringError) as trouble:
        return trouble
    except InfrastructureError:
        raise
    except Exception as error:  # noqa: BLE001  (an exception of the body is the check's own error, never a verdict)
        failure = AuthoringError(f"the check {p.id} itself failed: {type(error).__name__}: {error}")
        failure.__cause__ = error
        return failure
    return None


def _blame(
    p: prop, error: AuthoringError, namespace: Mapping[str, Any], values: Mapping[str, Any]
) -> AuthoringError | Mismatch:
    """Blame the student for an error of the body only if the reference passes this case."""
    if REFERENCE not in namespace:
        return error
    reference = namespace[REFERENCE]
    if run_case(p, {**vars(reference), REFERENCE: reference}, values, []) is not None:
        return error
    return Mismatch(f"the check could not use the returned values ({error})", refused=True)


def holds(p: prop, namespace: Mapping[str, Any]) -> bool:
    """Whether ``p`` passes, found out as quickly as may be: the first case that fails decides.

    Args:
        p: the property.
        namespace: as for :func:`judge`.

    """
    return all(run_case(p, namespace, values, []) is None for _, values in p.cases)


def failed(p: prop, draws: Draws, log: list[Answer], trouble: Mismatch | StudentFault) -> PropertyResult:
    """The result for a case of ``p`` that failed with ``trouble`` after the calls in ``log``."""
    reason = trouble.fault.value if isinstance(trouble, StudentFault) else WRONG
    seen = trouble if isinstance(trouble, Mismatch) else Mismatch(trouble.message or trouble.fault.value)
    example = Counterexample(
        case=dict(draws),
        calls=transcript(log),
        problem=cut(seen.problem),
        expected="" if seen.expected is None else cut(show(seen.expected)),
        got="" if seen.got is None else cut(show(seen.got)),
        difference=cut(seen.difference),
        what=seen.what,
        size=sum(numbers_in(a.call.args) for a in log[-1:]),
        made=len(log),
    )
    more: dict[str, Any] = {"reason": reason, "counterexample": example, "refused": seen.refused}
    return result_of(p, Verdict.FAILED, cases=len(p.cases), **more)


def result_of(p: prop, verdict: Verdict, **more: Any) -> PropertyResult:
    """A result for ``p``; ``more`` are further fields of :class:`PropertyResult`."""
    return PropertyResult(
        name=p.id,
        title=p.title,
        points=p.points,
        hidden=p.hidden,
        verdict=verdict,
        hint=p.hint,
        free=p.free,
        required=p.required,
        **more,
    )


@contextlib.contextmanager
def silenced() -> Iterator[None]:
    """Suppress warnings about what a wrong answer does to a computation."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
