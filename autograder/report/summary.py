"""Statistics of a class, added up from one result at a time."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from autograder.model.errors import Fault
from autograder.model.result import PropertyResult, QuestionResult, SubmissionResult, Verdict
from autograder.model.status import Status
from autograder.wording.statements import Statement, statements

FEWEST = 5
"""Submissions below which a correlation says nothing."""


@dataclass(slots=True)
class SubmissionSummary:
    """What the class page says of one submission."""

    id: str
    status: Status
    score: float
    seconds: float
    scores: tuple[float, ...]
    message: str = ""


@dataclass(slots=True)
class PropertyCount:
    """Counts of a property over the submissions that ran."""

    question: str
    title: str
    points: float
    hidden: bool
    passed: int = 0
    judged: int = 0

    @property
    def rate(self) -> float:
        """Proportion of submissions that pass."""
        return self.passed / self.judged if self.judged else 0.0


@dataclass(slots=True)
class MisconceptionCount:
    """A misconception: the students who hold it, and an example of one of them."""

    question: str
    name: str
    says: str
    hint: str
    by: list[str] = field(default_factory=list)
    example: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """Counts of a question over the submissions that ran."""

    name: str
    points: float
    mean: float
    full: int
    unwritten: int
    discrimination: float | None
    """Correlation of the question's score with the score in all others, in [-1, 1]; the point-biserial one where
    the question is worth all or nothing. None where nothing varies or too few were graded."""


@dataclass
class Summary:
    """A class, added up."""

    assignment: str = ""
    students: list[SubmissionSummary] = field(default_factory=list)
    points: dict[str, float] = field(default_factory=dict)
    properties: dict[tuple[str, str], PropertyCount] = field(default_factory=dict)
    misconceptions: dict[tuple[str, str], MisconceptionCount] = field(default_factory=dict)
    unwritten: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, results: Iterable[SubmissionResult]) -> Summary:
        """The class that these results make up."""
        summary = cls()
        for result in results:
            summary.add(result)
        return summary

    def add(self, result: SubmissionResult) -> None:
        """Count one more result."""
        self.assignment = result.assignment
        for q in result.questions:
            self.points[q.name] = q.points
        scores = {q.name: q.score for q in result.questions}
        self.students.append(
            SubmissionSummary(
                id=result.id,
                status=result.status,
                score=result.score,
                seconds=result.seconds,
                scores=tuple(scores.get(name, 0.0) for name in self.points),
                message=result.message.partition("\n")[0],
            ),
        )
        if result.status.graded:
            for q in result.questions:
                self._count(result.id, q)

    def _count(self, identity: str, q: QuestionResult) -> None:
        for p in q.properties:
            known = self.properties.setdefault((q.name, p.name), PropertyCount(q.name, p.title, p.points, p.hidden))
            known.judged += p.verdict is not Verdict.NOT_JUDGED
            known.passed += p.verdict is Verdict.PASSED
        self.unwritten[q.name] = self.unwritten.get(q.name, 0) + all(
            p.reason == Fault.NOT_WRITTEN for p in q.properties
        )
        for d in q.diagnoses:
            held = self.misconceptions.setdefault((q.name, d.name), MisconceptionCount(q.name, d.name, d.says, d.hint))
            held.by.append(identity)
            if not held.example:
                held.example = _shown([p for p in q.properties if not d.checks or p.name in d.checks])

    @property
    def total(self) -> float:
        """Points of the assignment."""
        return sum(self.points.values())

    @property
    def graded(self) -> list[SubmissionSummary]:
        """Those whose code ran."""
        return [s for s in self.students if s.status.graded]

    @property
    def scores(self) -> list[float]:
        """Scores of all that were judged, those that did not run among them."""
        return [s.score for s in self.students if s.status.judged]

    @property
    def not_run(self) -> list[SubmissionSummary]:
        """Submissions that did not run or were not graded; faults of the grader first."""
        return sorted(
            (s for s in self.students if not s.status.graded),
            key=lambda s: (s.status.judged, s.status.words, s.id),
        )

    def held(self) -> list[MisconceptionCount]:
        """Misconceptions, the most frequent first."""
        return sorted(self.misconceptions.values(), key=lambda h: (-len(h.by), h.question, h.name))

    def slowest(self, count: int) -> list[SubmissionSummary]:
        """Those that took longest."""
        return sorted(self.students, key=lambda s: -s.seconds)[:count]

    def questions(self) -> list[QuestionCount]:
        """Every question, in the assignment's order."""
        ran = self.graded
        counts = []
        for i, (name, points) in enumerate(self.points.items()):
            own = [s.scores[i] if i < len(s.scores) else 0.0 for s in ran]
            rest = [s.score - mine for s, mine in zip(ran, own, strict=True)]
            counts.append(
                QuestionCount(
                    name=name,
                    points=points,
                    mean=statistics.fmean(own) if own else 0.0,
                    full=sum(math.isclose(mine, points) for mine in own),
                    unwritten=self.unwritten.get(name, 0),
                    discrimination=correlation(own, rest),
                ),
            )
        return counts


def correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Pearson's correlation; None where it is not defined or the sample is too small to say anything."""
    if len(one) < FEWEST or max(one) - min(one) < 1e-9 or max(other) - min(other) < 1e-9:
        return None
    return statistics.correlation(one, other)


def _shown(properties: Sequence[PropertyResult]) -> tuple[Statement, ...]:
    failed = [p for p in properties if p.verdict is Verdict.FAILED and not p.hidden and p.counterexample]
    if not failed:
        return ()
    smallest = min(failed, key=lambda p: p.counterexample.size if p.counterexample else 0)
    return tuple(line for line in statements(smallest) if line.label not in {"hint", "remark"})
