"""Points for nothing: what trivial answers earn."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.checks import trivial
from autograder.checks.judging import REFERENCE, judge
from autograder.grade import Assignment
from autograder.model.result import settled

MOST_POINTS = 1.0
"""More than this is an error: whoever computes nothing earns nothing."""


def trivial_scores(assignment: Assignment) -> dict[str, float]:
    """Points of a submission that answers every question with the same trivial answer, by its name."""
    contract = assignment.contract
    scores = {}
    for name, make in trivial.TRIVIAL.items():
        names = {**trivial.namespace(contract, make), REFERENCE: assignment.reference}
        results = [settled(tuple(judge(p, names).result for p in q.properties)) for q in assignment.questions]
        scores[name] = sum(p.score for properties in results for p in properties)
    return scores


def problems(scores: Mapping[str, float]) -> list[str]:
    """Messages about trivial answers that are paid."""
    return [
        f"trivial answer {name!r} earns {score:g} points: make a property that it passes stricter, or record the cases "
        f"again with `autograder build`, which finds out what is free"
        for name, score in scores.items()
        if score > MOST_POINTS
    ]
