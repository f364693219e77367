"""Severity of mistakes: one slip should not fail properties that are about something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.audit.candidates import CandidateResult
from autograder.checks.question import Question

MUCH = 0.6
"""Who makes one mistake should rarely lose more than this part of the question."""


@dataclass(frozen=True, slots=True)
class Severe:
    """A misconception that loses many points of its question.

    Attributes:
        id: question and name of the misconception.
        lost: points.
        points: of the question.
        passed: properties that it passes. Where they are few, is each of the others about this mistake?

    """

    id: str
    lost: float
    points: float
    passed: tuple[str, ...]


def severe(misconceptions: Sequence[CandidateResult], questions: Sequence[Question]) -> Iterator[Severe]:
    """Misconceptions that lose more than ``MUCH`` of their question, in the order given."""
    for j in misconceptions:
        for q in questions:
            points, score = q.signature.points, j.scores.get(q.name)
            if score is not None and points - score > MUCH * points:
                passed = tuple(p.id for p in q.properties if (q.name, p.id) not in j.failed)
                yield Severe(j.id, points - score, points, passed)
