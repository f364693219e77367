"""Grade one submission: a worker for its code, the questions one by one, the diagnosis.

The student's functions are called through the sandbox; properties, the reference and the scores stay in this
process.
"""

from __future__ import annotations

import time
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.checks import diagnosis, question
from autograder.checks.diagnosis import Misconception
from autograder.checks.property import REFERENCE, WRONG, Judgement
from autograder.checks.question import Question
from autograder.model.assignment import Contract
from autograder.model.errors import LOST, AuthoringError, Fault, InfrastructureError, StudentFault
from autograder.model.limits import Limits
from autograder.model.result import PropertyResult, QuestionResult, SubmissionResult, Verdict
from autograder.model.submission import Submission, Unreadable
from autograder.sandbox.proxy import Sandbox
from autograder.sandbox.session import Session

GRADED = "graded"
MOST_LOSSES = 2
"""Lost workers after which the rest of a question is not tried: each costs a whole deadline."""


@dataclass(frozen=True)
class Assignment:
    """A master copy, ready to grade with: contract, questions, reference and misconceptions."""

    folder: Path

    @cached_property
    def _loaded(self) -> tuple[Contract, tuple[Question, ...]]:
        return question.load_all(self.folder / "tests")

    @property
    def contract(self) -> Contract:
        """Its contract."""
        return replace(self._loaded[0], name=self.folder.name)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Its questions, in the contract's order."""
        return self._loaded[1]

    @cached_property
    def reference(self) -> types.ModuleType:
        """The reference answers, as a module that no import can reach."""
        path = self.folder / f"{self.folder.name}.py"
        module = types.ModuleType(f"reference_of_{self.folder.name}")
        try:
            exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)  # noqa: S102  (course staff's own file)
        except FileNotFoundError:
            raise AuthoringError(f"{path}: not found; the reference answers stand there") from None
        except Exception as error:
            raise AuthoringError(f"{path}: cannot be loaded: {type(error).__name__}: {error}") from error
        return module

    @cached_property
    def misconceptions(self) -> Mapping[str, tuple[Misconception, ...]]:
        """Known wrong answers by question; students' copies have none."""
        if not (self.folder / "misconceptions").is_dir():
            return {}
        return diagnosis.load(self.folder / "misconceptions", vars(self.reference))


class Budget:
    """CPU seconds that are left to the call, the property, the question and the submission."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._left = {"submission": limits.submission_seconds}

    def begin(self, what: str) -> None:
        """A new ``property`` or ``question`` begins."""
        seconds = self.limits.property_seconds if what == "property" else self.limits.question_seconds
        self._left[what] = seconds

    def next_call(self) -> float:
        """Seconds the next call may use.

        Raises:
            StudentFault: nothing is left.

        """
        scope, left = min(self._left.items(), key=lambda item: item[1])
        if left <= 0:
            allowed = getattr(self.limits, f"{scope}_seconds")
            raise StudentFault(Fault.TIMED_OUT, f"the {scope} as a whole used more than {allowed:g} s")
        return min(self.limits.call_seconds, left)

    def spend(self, seconds: float) -> None:
        """Take what a call used from every scope."""
        for scope in self._left:
            self._left[scope] -= seconds


class RemoteFunction:
    """A student's function in the worker, as a property's caller."""

    def __init__(self, session: Session, name: str, budget: Budget) -> None:
        self._session = session
        self._name = name
        self._budget = budget

    def call_student(
        self,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        *,
        want_arguments: bool,
        hidden: bool,
    ) -> tuple[Any, tuple[Any, ...] | None]:
        """Call it within what is left of the budget."""
        seconds = self._budget.next_call()
        try:
            answer = self._session.call(
                self._name,
                args,
                dict(kwargs),
                want_arguments=want_arguments,
                seconds=seconds,
                hidden=hidden,
            )
        except StudentFault as fault:
            if fault.fault in LOST:
                self._budget.spend(seconds)
            raise
        self._budget.spend(answer.seconds)
        return answer.value, answer.arguments


def namespace(assignment: Assignment, session: Session, budget: Budget) -> dict[str, Any]:
    """What properties are judged against: remote functions by name, and the reference."""
    defined = session.functions()
    functions = {q.name: RemoteFunction(session, q.name, budget) for q in assignment.questions if q.name in defined}
    if any(REFERENCE in p.parameters for q in assignment.questions for p in q.properties):
        return {**functions, REFERENCE: assignment.reference}
    return functions


class Grader:
    """Grades submissions to one assignment, one after the other, in one sandbox."""

    def __init__(self, assignment: Assignment, sandbox: Sandbox) -> None:
        self.assignment = assignment
        self.sandbox = sandbox
        self.limits = assignment.contract.limits

    def grade(
        self,
        submission: Submission | Unreadable,
        progress: Callable[[QuestionResult], None] = lambda _: None,
    ) -> SubmissionResult:
        """Grade one submission; an infrastructure fault is tried once more, then reported as ours.

        Args:
            submission: what was handed in.
            progress: told of each question as it is judged.

        """
        if isinstance(submission, Unreadable):
            questions = tuple(self._all_failed(q, submission.status) for q in self.assignment.questions)
            return self._result(submission, submission.status, questions, message=submission.message)
        try:
            return self._grade(submission, progress)
        except InfrastructureError:
            try:
                return self._grade(submission, progress)
            except InfrastructureError as error:
                return self.not_graded(submission, str(error))

    def not_graded(self, submission: Submission | Unreadable, why: str) -> SubmissionResult:
        """The result of a submission that we failed to grade."""
        questions = tuple(self._not_judged(q, why) for q in self.assignment.questions)
        return self._result(submission, f"not graded: {why}", questions)

    def _grade(self, submission: Submission, progress: Callable[[QuestionResult], None]) -> SubmissionResult:
        started = time.monotonic()
        with self.sandbox.open(submission, self.assignment.contract.name, self.limits) as session:
            budget = Budget(self.limits)
            try:
                names = namespace(self.assignment, session, budget)
            except StudentFault as fault:
                questions = tuple(self._all_failed(q, fault.fault.value) for q in self.assignment.questions)
                message = "\n".join(part for part in (fault.message, fault.where) if part)
                return self._result(
                    submission, fault.fault.value, questions, message=message, output=session.output, started=started
                )
            judged = []
            for q in self.assignment.questions:
                result = self._judge(q, names, budget)
                progress(result)
                judged.append(result)
            return self._result(submission, GRADED, tuple(judged), output=session.output, started=started)

    def _judge(self, q: Question, names: Mapping[str, Any], budget: Budget) -> QuestionResult:
        started = time.monotonic()
        budget.begin("question")
        judgements: list[Judgement] = []
        losses: list[PropertyResult] = []
        for p in q.properties:
            if len(losses) >= MOST_LOSSES:
                judgements.append(Judgement(_failed(p, losses[-1].reason)))
                continue
            budget.begin("property")
            judgement = p.judge(names)
            judgements.append(judgement)
            if judgement.result.reason in LOST:
                losses.append(judgement.result)
        results = tuple(j.result for j in judgements)
        for result in results:
            if result.verdict is Verdict.NOT_JUDGED:
                raise InfrastructureError(f"{q.name}: {result.reason}")
        return QuestionResult(
            q.name,
            results,
            diagnosis=self._diagnose(q, judgements),
            seconds=time.monotonic() - started,
        )

    def _diagnose(self, q: Question, judgements: Sequence[Judgement]) -> Any:
        if all(j.result.reason not in {WRONG, Fault.RAISED} for j in judgements):
            return None
        return diagnosis.diagnose(
            q.signature,
            self.assignment.misconceptions.get(q.name, ()),
            [c for j in judgements for c in j.calls],
            [c for j in judgements for c in j.failing_calls],
        )

    def _all_failed(self, q: Question, reason: str) -> QuestionResult:
        return QuestionResult(q.name, tuple(_failed(p, reason) for p in q.properties))

    def _not_judged(self, q: Question, reason: str) -> QuestionResult:
        properties = tuple(replace(_failed(p, reason), verdict=Verdict.NOT_JUDGED) for p in q.properties)
        return QuestionResult(q.name, properties)

    def _result(
        self,
        submission: Submission | Unreadable,
        status: str,
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


def _failed(p: Any, reason: str) -> PropertyResult:
    return PropertyResult(
        name=p.id,
        title=p.title,
        points=p.points,
        hidden=p.hidden,
        verdict=Verdict.FAILED,
        reason=reason,
        hint=p.hint,
        cases=0,
    )
