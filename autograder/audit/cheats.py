"""Points for nothing: what trivial answers earn, and what a lookup table of the published cases earns.

Both are graded question by question, with right functions in the place of the others as well, as the grader does. So no
submission that mixes such answers earns more than the sum.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from autograder.audit.lookup_table import FALLBACKS, LookupTable
from autograder.checks import trivial
from autograder.checks.judging import REFERENCE, holds, result_of
from autograder.checks.property import prop
from autograder.checks.question import Question
from autograder.grade import Assignment
from autograder.model.result import Verdict, decide_points

MOST_FOR_NOTHING = 1.0
"""Most points of 100 for a submission that computes nothing."""
MOST_FROM_LOOKUP_TABLE = 13.0
"""Most points of 100 for a submission that looks the published cases up, and computes nothing."""


@dataclass(frozen=True, slots=True)
class CheatScore:
    """The most that answers of one kind earn in a question.

    Attributes:
        question: the question.
        points: it is worth.
        answer: the best one.
        earned: its points.
        passed: properties that it passes and is paid for.

    """

    question: str
    points: float
    answer: str
    earned: float
    passed: tuple[str, ...] = ()


def from_trivial_answers(assignment: Assignment) -> list[CheatScore]:
    """The best trivial answer to each question."""
    ways = {
        name: lambda p, make=make: trivial.passes(p, assignment.reference, make)
        for name, make in trivial.TRIVIAL.items()
    }
    return [_best(q, ways) for q in assignment.questions]


def from_lookup_table(assignment: Assignment) -> list[CheatScore]:
    """The best lookup table of the published cases for each question."""
    table = LookupTable(assignment)
    right = {**vars(assignment.reference), REFERENCE: assignment.reference}
    found = []
    for q in assignment.questions:
        ways = {}
        for name, fallback in FALLBACKS.items():
            whole = {**right, **table.namespace(fallback)}
            one = {**right, q.name: whole[q.name]}
            ways[name] = lambda p, whole=whole, one=one: holds(p, whole) or holds(p, one)
        found.append(_best(q, ways))
    return found


def _best(q: Question, ways: Mapping[str, Callable[[prop], bool]]) -> CheatScore:
    return max((_graded(q, name, passes) for name, passes in ways.items()), key=lambda u: u.earned)


def _graded(q: Question, name: str, passes: Callable[[prop], bool]) -> CheatScore:
    deciding = {p.id: passes(p) for p in q.properties if not p.free}
    if deciding and not any(deciding.values()):
        return CheatScore(q.name, q.signature.points, name, 0.0)
    verdicts = {
        p.id: Verdict.PASSED if (deciding[p.id] if p.id in deciding else passes(p)) else Verdict.FAILED
        for p in q.properties
    }
    results = decide_points(tuple(result_of(p, verdicts[p.id]) for p in q.properties))
    paid = tuple(r.name for r in results if r.earned)
    return CheatScore(q.name, q.signature.points, name, sum(r.score for r in results), paid)


def points_of_100(found: Sequence[CheatScore]) -> float:
    """Points of 100 of a submission that gives the best such answer to every question."""
    return 100 * sum(u.earned for u in found) / (sum(u.points for u in found) or 1)


def problems(nothing: Sequence[CheatScore], learnt: Sequence[CheatScore]) -> list[str]:
    """Messages about answers that earn too much."""
    kinds = (
        ("trivial answers earn", nothing, MOST_FOR_NOTHING),
        ("a table of the published cases earns", learnt, MOST_FROM_LOOKUP_TABLE),
    )
    return [
        f"{kind} {points_of_100(found):.3g} of 100 points, expected at most {most:g} ({_listed(found)}): make these "
        f"properties stricter, or record the cases again with `autograder build`, which finds out what is free"
        for kind, found, most in kinds
        if points_of_100(found) > most
    ]


def _listed(found: Sequence[CheatScore]) -> str:
    return "; ".join(f"{u.question}, by {u.answer}: {', '.join(u.passed)}" for u in found if u.earned)
