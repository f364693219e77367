"""Grades submissions, one after the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import Any, NamedTuple

from autograder.checks.diagnosis import diagnose_by_check
from autograder.checks.implementations import HIDDEN
from autograder.checks.judging import MOST_TIMEOUTS, WRONG, Judgement, judge, result_of
from autograder.checks.missing import explain_missing
from autograder.checks.mistakes import diagnose_by_fingerprint
from autograder.checks.outcomes import Outcomes
from autograder.checks.property import prop
from autograder.checks.question import Question
from autograder.grade.assignment import Assignment
from autograder.grade.memo import MOST, Memo
from autograder.grade.parallel import threads
from autograder.grade.prefetch import Prefetcher, PrefetchPlan, unimplemented
from autograder.grade.property_caller import MOST_FAILED_RETRIES, PropertyCaller, most_calls, register
from autograder.grade.rejudge import Rejudge, still_shown
from autograder.model.errors import Fault, InfrastructureError, StudentFault
from autograder.model.result import NOT_REACHED, Diagnosis, PropertyResult, QuestionResult, SubmissionResult, Verdict
from autograder.model.status import GRADED, Status, failed, not_graded
from autograder.model.submission import Submission, Unreadable
from autograder.sandbox import trusted
from autograder.sandbox.sandbox import Budget, Sandbox
from autograder.sandbox.session import Session

_PROCESSES = (trusted.shared, trusted.second)
"""Where implementations run, one for each thread."""


class Grader:
    """Grades submissions to one assignment, one after the other, in one sandbox.

    Args:
        assignment: what was to be done.
        sandbox: where students' code runs.
        plan: what to prefetch; by default, planned when first needed.
        remembered: how many verdicts on answers are kept for submissions that give the same ones; 0 for none, and for
            nothing else of an earlier submission.
        alone: whether no other grader works on this machine, so that questions may be judged on two cores.

    """

    def __init__(
        self,
        assignment: Assignment,
        sandbox: Sandbox,
        plan: PrefetchPlan | None = None,
        *,
        remembered: int = MOST,
        alone: bool = True,
    ) -> None:
        self.assignment = assignment
        self.sandbox = sandbox
        self.limits = assignment.contract.limits
        self._plan = plan or PrefetchPlan(assignment)
        self.verdicts: Memo[_Verdict] = Memo(remembered)
        self._diagnoses: Memo[tuple[Diagnosis, ...]] = Memo(remembered)
        self._stand_in_replies: Memo[bytes] = Memo(remembered)
        self._alone = alone
        self._outcomes: dict[str, Outcomes] = {}
        self._kept_calls = self._plan.calls if remembered else set()
        if remembered:
            sandbox.preload(self._plan.batches, self.limits)

    def grade(
        self,
        submission: Submission | Unreadable,
        progress: Callable[[QuestionResult], None] = lambda _: None,
    ) -> SubmissionResult:
        """Grade one submission; after an infrastructure fault or a crash, grade it once more before reporting it.

        Args:
            submission: what was handed in.
            progress: called with each question when its public properties are judged, and again when all are.

        """
        if isinstance(submission, Unreadable):
            if not submission.status.judged:
                return self._without_score(submission, submission.status)
            questions = tuple(self._all_failed(q, submission.status.words) for q in self.assignment.questions)
            return self._result(submission, submission.status, questions, message=submission.message)
        try:
            result, crashed = self._grade(submission, progress)
            # Perhaps the worker was ended from outside; code that ends it by itself does so again.
            return self._grade(submission, lambda _: None)[0] if crashed else result
        except InfrastructureError:
            try:
                return self._grade(submission, progress)[0]
            except InfrastructureError as error:
                return self.not_graded(submission, str(error))

    def not_graded(self, submission: Submission | Unreadable, why: str) -> SubmissionResult:
        """The result of a submission that the grader failed to grade."""
        return self._without_score(submission, not_graded(why))

    def _without_score(self, submission: Submission | Unreadable, status: Status) -> SubmissionResult:
        questions = tuple(self._not_judged(q, status.detail) for q in self.assignment.questions)
        return self._result(submission, status, questions)

    def _grade(
        self, submission: Submission, progress: Callable[[QuestionResult], None]
    ) -> tuple[SubmissionResult, bool]:
        """The result, and whether the worker crashed on the way."""
        started = time.monotonic()
        budget = Budget(self.limits)
        with self._open(submission, budget) as session:
            try:
                names = self.assignment.namespace(session, session.functions())
            except StudentFault as fault:
                questions = tuple(self._all_failed(q, fault.fault.value) for q in self.assignment.questions)
                message = "\n".join(part for part in (fault.message, fault.where) if part)
                status = failed(fault.fault.value)
                result = self._result(
                    submission, status, questions, message=message, output=session.output, started=started
                )
                return result, fault.fault is Fault.CRASHED
            prefetcher = self._prefetcher(session, budget)
            trials = [
                self._property_run(q, submission, session)
                if q.signature.is_property and q.name in names
                else _QuestionRun(q, names, budget, prefetcher, self.verdicts)
                for q in self.assignment.questions
            ]
            results: dict[str, QuestionResult] = {}

            def judged_all(trial: _QuestionRun) -> None:
                results[trial.question.name] = found = self._result_of(trial)
                progress(found)

            # Hidden ones last: no worker that has seen a hidden input lives beside one whose output is shown.
            self._judge(trials, session, lambda trial: progress(trial.unfinished()), hidden=False)
            self._judge(trials, session, judged_all, hidden=True)
            judged = [results[trial.question.name] for trial in trials]
            printed = (session.output, *(t.session.output for t in trials if isinstance(t, _PropertyRun)))
            output, left_out = "".join(printed)[: self.limits.output], session.left_out
            budget.crashed |= any(trial.budget.crashed for trial in trials)
        if self.assignment.contract.rejudge and self.assignment.has_reference:
            judged = Rejudge(
                self.assignment,
                lambda: self._open(submission, budget),
                budget,
                lambda session: self._judge_in(session, budget),
                self._stand_in_replies,
            ).judge(judged)
        # Last, since most of what fails through another function does not once that is right.
        judged = [self._with_diagnoses(trial, result) for trial, result in zip(trials, judged, strict=True)]
        judged = [explain_missing(question, left_out) for question in judged]
        result = self._result(submission, GRADED, tuple(judged), output=output, started=started)
        result = replace(result, notes=(*result.notes, *left_out))
        return result, budget.crashed

    def _property_run(self, q: Question, submission: Submission, session: Session) -> _PropertyRun:
        """A question whose answer is a property: each of its calls has all of its time, in whatever order they come."""
        seconds = self.limits.call_seconds * most_calls(q)
        limits = replace(self.limits, property_seconds=seconds, question_seconds=seconds, submission_seconds=seconds)
        budget = Budget(limits)
        prefetcher = Prefetcher(self._plan, session, budget)
        return _PropertyRun(q, session.branch(budget), budget, prefetcher, self._salt(q, submission))

    def _salt(self, q: Question, submission: Submission) -> bytes:
        """Decides on the order of the implementations, which says nothing.

        It depends on all that was handed in, or a helper module could try places in an order that stays; and on the
        hidden implementations, so that no student can compute it.
        """
        hidden = self.assignment.folder / HIDDEN / f"{q.name}.py"
        found = sha256(hidden.read_bytes() if hidden.is_file() else b"")
        for text in (submission.source, *(part for pair in sorted(submission.helpers.items()) for part in pair)):
            found.update(sha256(text.encode("utf-8", "surrogatepass")).digest())
        return found.digest()

    def _judge(
        self, trials: Sequence[_QuestionRun], session: Session, ended: Callable[[_QuestionRun], None], *, hidden: bool
    ) -> None:
        """Judge the public or the hidden properties of all questions; those that share nothing, on two cores."""
        together = [trial for trial in trials if isinstance(trial, _PropertyRun)]
        for trial in trials:
            if trial not in together:
                trial.judge(hidden=hidden)
                ended(trial)
        if not together:
            return
        for kept in (False, True):
            session.renew(hidden=kept)
        lock = threading.Lock()

        def judge_in(trial: _PropertyRun, thread: int) -> None:
            trial.caller.process = _PROCESSES[thread]
            trial.caller.process.move_here()
            trial.judge(hidden=hidden)
            with lock:
                ended(trial)

        with threads(alone=self._alone) as found:
            for process in _PROCESSES[: found.count]:
                register(process, self.assignment.questions)
                process.start()
            found.run([partial(judge_in, trial) for trial in together])

    def _prefetcher(self, session: Session, budget: Budget) -> Prefetcher:
        return Prefetcher(self._plan, session, budget, lambda p, digest: (p, digest) in self.verdicts)

    def _judge_in(self, session: Session, budget: Budget) -> Callable[[prop, Mapping[str, Any]], PropertyResult]:
        """What judges a property in another session on the same submission."""
        prefetcher = self._prefetcher(session, budget)
        return lambda p, names: _judge_answers(p, names, prefetcher, self.verdicts).result

    def _open(self, submission: Submission, budget: Budget) -> Session:
        return self.sandbox.open(submission, self.assignment.contract.name, self.limits, budget)

    def _result_of(self, trial: _QuestionRun) -> QuestionResult:
        results = tuple(j.result for j in trial.judged())
        for result in results:
            if result.verdict is Verdict.NOT_JUDGED:
                raise InfrastructureError(f"{trial.question.name}: {result.reason}")
        return QuestionResult(trial.question.name, results, seconds=trial.seconds)

    def _with_diagnoses(self, trial: _QuestionRun, result: QuestionResult) -> QuestionResult:
        """The result with the mistakes that all answers show, as far as checks still fail by them."""
        if all(p.verdict is Verdict.PASSED for p in result.properties):
            return result
        found = self._diagnose(trial.question, trial.judged())
        if result.given:
            found = tuple(filter(None, (still_shown(d, result.properties) for d in found)))
        return replace(result, diagnoses=found)

    def _diagnose(self, q: Question, judged: Sequence[_LazyJudgement]) -> tuple[Diagnosis, ...]:
        if q.signature.is_property or all(j.result.reason not in {WRONG, Fault.RAISED} for j in judged):
            return ()  # a property's mistake is what it accepts, which its checks say
        keys = (q.name, *(j.key for j in judged))
        known = self._diagnoses.get(keys) if None not in keys else None
        if known is not None:
            return known
        answers = [j.judgement() for j in judged]
        if self.assignment.has_reference:
            found = diagnose_by_check(
                q.signature,
                self.assignment.misconceptions.get(q.name, ()),
                answers,
                self._outcomes.setdefault(q.name, Outcomes(q.signature, self._kept_calls)),
            )
        else:
            found = diagnose_by_fingerprint(q, answers)
        if None not in keys:
            self._diagnoses.put(keys, found)
        return found

    def _all_failed(self, q: Question, reason: str) -> QuestionResult:
        return QuestionResult(q.name, tuple(_failed(p, reason) for p in q.properties))

    def _not_judged(self, q: Question, reason: str) -> QuestionResult:
        properties = tuple(replace(_failed(p, reason), verdict=Verdict.NOT_JUDGED) for p in q.properties)
        return QuestionResult(q.name, properties)

    def _result(
        self,
        submission: Submission | Unreadable,
        status: Status,
        questions: tuple[QuestionResult, ...],
        *,
        message: str = "",
        output: str = "",
        started: float | None = None,
    ) -> SubmissionResult:
        return SubmissionResult(
            id=submission.id,
            assignment=self.assignment.contract.name,
            status=status,
            questions=questions,
            message=message,
            output=output,
            origin=submission.origin,
            notes=submission.notes if isinstance(submission, Submission) else (),
            seconds=0.0 if started is None else time.monotonic() - started,
        )


class _Verdict(NamedTuple):
    """What is remembered of a judgement."""

    result: PropertyResult
    unimplemented: str


@dataclass(frozen=True)
class _LazyJudgement:
    """A verdict, and the judgement behind it, which is made again where only the verdict was remembered.

    Attributes:
        result: the verdict.
        judgement: the judgement.
        key: of the check and all answers it got; None where some were not prefetched.

    """

    result: PropertyResult
    judgement: Callable[[], Judgement]
    key: tuple[prop, bytes] | None = None

    @classmethod
    def of(cls, judgement: Judgement, key: tuple[prop, bytes] | None = None) -> _LazyJudgement:
        return cls(judgement.result, lambda: judgement, key)


class _QuestionRun:
    """A question while it is judged: its public properties first, its hidden ones when those of all are done."""

    def __init__(
        self,
        question: Question,
        names: Mapping[str, Any],
        budget: Budget,
        prefetcher: Prefetcher,
        verdicts: Memo[_Verdict],
    ) -> None:
        self.question = question
        self.budget = budget
        self.seconds = 0.0
        self._names = names
        self._prefetcher = prefetcher
        self._verdicts = verdicts
        self._judged: dict[str, _LazyJudgement] = {}
        self._timeouts = 0

    def judge(self, *, hidden: bool) -> None:
        """Judge the public or the hidden properties."""
        started = time.monotonic()
        self.budget.begin("question")
        self._prefetch(hidden=hidden)
        for p in self.question.properties:
            if p.hidden != hidden:
                continue
            if not self._is_tried(p):
                self._judged[p.id] = _LazyJudgement.of(Judgement(_failed(p, Fault.TIMED_OUT)))
                continue
            judged = self._judged[p.id] = _judge_property(p, self._names, self.budget, self._prefetcher, self._verdicts)
            self._timeouts += judged.result.reason == Fault.TIMED_OUT
        self.seconds += time.monotonic() - started

    def _prefetch(self, *, hidden: bool) -> None:
        """Nothing is called before a property is judged."""

    def _is_tried(self, _: prop) -> bool:
        return self._timeouts < MOST_TIMEOUTS

    def unfinished(self) -> QuestionResult:
        """What is judged so far; the rest is not reached."""
        rest = {p.id: result_of(p, Verdict.NOT_JUDGED, reason=NOT_REACHED) for p in self.question.properties}
        results = tuple(self._judged[i].result if i in self._judged else r for i, r in rest.items())
        return QuestionResult(self.question.name, results, seconds=self.seconds)

    def judged(self) -> list[_LazyJudgement]:
        """One per property, in their order."""
        return [self._judged[p.id] for p in self.question.properties]


class _PropertyRun(_QuestionRun):
    """A question whose answer is a property, in a session of its own.

    Args:
        question: which.
        session: its own.
        budget: likewise.
        prefetcher: likewise.
        salt: decides on the order of the implementations.

    """

    def __init__(
        self, question: Question, session: Session, budget: Budget, prefetcher: Prefetcher, salt: bytes
    ) -> None:
        self.session = session
        self.caller = PropertyCaller(session)
        self._salt = salt
        super().__init__(question, {question.name: self.caller}, budget, prefetcher, Memo(0))

    def judge(self, *, hidden: bool) -> None:
        """As any other."""
        super().judge(hidden=hidden)
        self.session.close()

    def _prefetch(self, *, hidden: bool) -> None:
        self.caller.prefetch(self.question, self.budget, hidden=hidden, salt=self._salt)

    def _is_tried(self, p: prop) -> bool:
        return self.caller.tried(p)


def _judge_property(
    p: prop, names: Mapping[str, Any], budget: Budget, prefetcher: Prefetcher, verdicts: Memo[_Verdict]
) -> _LazyJudgement:
    """Judge a property, and once more with a little more time where it timed out."""
    budget.begin("property")
    judged = _judge_answers(p, names, prefetcher, verdicts)
    if judged.result.reason != Fault.TIMED_OUT or budget.failed_retries >= MOST_FAILED_RETRIES:
        return judged
    with budget.second_try():
        again = judge(p, names)
    if again.result.reason != Fault.TIMED_OUT:
        return _LazyJudgement.of(again)
    budget.failed_retries += 1
    return judged


def _judge_answers(
    p: prop, names: Mapping[str, Any], prefetcher: Prefetcher, verdicts: Memo[_Verdict]
) -> _LazyJudgement:
    """Judge a property, or remember how the same answers were judged."""
    prefetched = prefetcher.prefetch(p, names)
    key = (p, prefetched.digest) if prefetched else None
    known = verdicts.get(key) if key else None
    if prefetched and known:
        judged = _LazyJudgement(known.result, lambda: judge(p, names, prefetched.answers()), key)
        name = known.unimplemented
    else:
        answers = prefetched.answers() if prefetched else []
        judgement = judge(p, names, answers)
        name = unimplemented(judgement)
        only_these = sum(a.taken for a in answers) == len(judgement.answers)
        if key and only_these and judgement.result.verdict is not Verdict.NOT_JUDGED:
            verdicts.put(key, _Verdict(judgement.result, name))
        else:
            key = None
        judged = _LazyJudgement.of(judgement, key)
    if name:
        prefetcher.learn(name)
    return judged


def _failed(p: prop, reason: str) -> PropertyResult:
    return result_of(p, Verdict.FAILED, reason=reason)
