"""Grade candidate answers as submissions: same sandbox and grader, plus the margins of ``expect``."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.audit.margins import Margins, Property, margins
from autograder.batch import LocalPool, run
from autograder.checks.judging import WRONG
from autograder.checks.question import Question
from autograder.grade import Assignment, Grader
from autograder.grade.prefetch import PrefetchPlan
from autograder.model.contract import Contract
from autograder.model.errors import LOST, InfrastructureError
from autograder.model.result import PropertyResult, SubmissionResult
from autograder.model.status import not_graded
from autograder.model.submission import Submission, Unreadable
from autograder.sandbox.sandbox import Sandbox

QUICK = functools.partial(replace, call_seconds=0.5, property_seconds=1.0, question_seconds=2.0)
"""Short CPU limits for candidates that may be wrong: many mutants never end, and right ones need a tenth of this.

Whatever these limits end is graded again with the assignment's own, so that a slow machine finds the same."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer to grade.

    Attributes:
        id: unique among the candidates of one run.
        source: text of the module.
        questions: names of the questions to grade; all when empty.
        quick: whether the short limits apply.

    """

    id: str
    source: str
    questions: tuple[str, ...] = ()
    quick: bool = False


@dataclass(frozen=True, slots=True)
class CandidateResult:
    """Verdicts on a candidate.

    Attributes:
        id: of the candidate.
        status: ``graded``, or why not.
        failed: failed property -> number of failing cases.
        scores: question -> points.
        lost: questions that lost points for any reason.
        margins: property -> largest ``|actual - expected|`` in tolerances.
        reasons: failed property -> message.
        undecided: properties whose verdict another machine may not share: a margin near the tolerance, or a candidate
            that was ended by a limit.

    """

    id: str
    status: str
    failed: Mapping[Property, int]
    scores: Mapping[str, float]
    lost: frozenset[str]
    margins: Mapping[Property, float]
    reasons: Mapping[Property, str]
    undecided: frozenset[Property] = frozenset()


@dataclass(frozen=True)
class _SelectedQuestions(Assignment):
    """An assignment reduced to some questions. The candidate still defines the functions of the others."""

    whole: Assignment
    names: tuple[str, ...]

    @property
    def contract(self) -> Contract:
        return self.whole.contract

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(q for q in self.whole.questions if not self.names or q.name in self.names)

    @property
    def reference(self) -> Any:
        return self.whole.reference

    @property
    def misconceptions(self) -> Mapping[str, Any]:
        return {}


def grade_all(folder: Path, candidates: Sequence[Candidate], jobs: int = 1) -> Iterator[CandidateResult]:
    """Grade candidates as submissions, in any order.

    Args:
        folder: the master copy.
        candidates: ids must differ.
        jobs: number of processes.

    Raises:
        InfrastructureError: a candidate could not be graded.

    """
    if str(folder) not in _loaded:
        whole = Assignment(folder)
        _loaded[str(folder)] = whole, PrefetchPlan(whole).complete()
    by_id = {a.id: a for a in candidates}
    task = functools.partial(_grade_here, str(folder), {a.id: (a.questions, a.quick) for a in candidates})
    submissions = (Submission(a.id, a.source) for a in by_id.values())
    for _, result in run(LocalPool(task, jobs), submissions, _give_up):
        if not result.judged:
            raise InfrastructureError(f"{folder.name}: {result.id} could not be graded: {result.status}")
        yield _outcome(result)


_loaded: dict[str, tuple[Assignment, PrefetchPlan]] = {}
"""Filled before processes are forked, so that they share it."""
_sandboxes: list[Sandbox] = []


def _grade_here(
    folder: str, wanted: Mapping[str, tuple[tuple[str, ...], bool]], submission: Submission | Unreadable
) -> SubmissionResult:
    if not _sandboxes:
        _sandboxes.append(Sandbox())
    whole, plan = _loaded[folder]
    names, quick = wanted[submission.id]
    grader = Grader(_SelectedQuestions(whole.folder, whole, names), _sandboxes[0], plan, alone=False)
    limits = grader.limits
    for tried in (QUICK(limits), limits) if quick else (limits,):
        grader.limits = tried
        with margins() as measured:
            result = grader.grade(submission)
        if not _lost(result):
            break
    return replace(result, extra={"margins": measured})


def _lost(result: SubmissionResult) -> bool:
    return any(p.reason in LOST for q in result.questions for p in q.properties)


def _give_up(submission: Submission | Unreadable, why: str) -> SubmissionResult:
    return SubmissionResult(submission.id, "", not_graded(why), ())


def _outcome(result: SubmissionResult) -> CandidateResult:
    failed = {(q.name, p.name): p for q in result.questions for p in q.properties if _failed_on_a_case(p)}
    measured: Margins = result.extra["margins"]  # type: ignore[assignment]
    wrong = {key for key, p in failed.items() if p.reason != WRONG}
    undecided = measured.near - wrong
    if _lost(result):
        undecided |= {(q.name, p.name) for q in result.questions for p in q.properties}
    return CandidateResult(
        result.id,
        result.status.words,
        {key: p.failing for key, p in failed.items()},
        {q.name: q.score for q in result.questions},
        frozenset(q.name for q in result.questions if q.score < q.points),
        measured.largest,
        {key: _why(p) for key, p in failed.items()},
        frozenset(undecided),
    )


def _failed_on_a_case(p: PropertyResult) -> bool:
    return bool(p.failing)


def _why(p: PropertyResult) -> str:
    example = p.counterexample
    return f"{p.reason}: {example.problem} {example.difference}".strip() if example else p.reason
