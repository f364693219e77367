"""What grading found: verdicts and points, from a property up to a submission."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from autograder.model.status import Status


class Verdict(StrEnum):
    """The verdict on a property."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_JUDGED = "not judged"


NOT_REACHED = "not reached"
"""Why a property was not judged when grading was ended before: by a course system's limit, or its container's."""


@dataclass(frozen=True, slots=True)
class ShownCall:
    """One call of a student's function, as text that can be pasted into Python.

    ``call`` is the expression (``"sigmoid(np.array([0.0, 710.0]))"``), ``returned`` what came
    back or, when nothing did, ``raised`` says what happened instead.
    """

    call: str
    returned: str = ""
    raised: str = ""


@dataclass(frozen=True, slots=True)
class Counterexample:
    """The smallest failing case, in the student's terms.

    Attributes:
        case: what was drawn, ``{"data": {"n": 1, "d": 2, "seed": 3}}``.
        calls: the calls of student functions made in this case, the offending one last.
        problem: one sentence on what is wrong ("returned shape (3, 1), expected (3,)").
        expected: the expected value as Python text, or empty.
        got: the value that was compared, as Python text; often the last ``returned``.
        difference: where and by how much ("largest difference at [2]: 1.0 (relative 0.5)").
        what: what ``got`` is ("number of different examples"), where that is not simply what was returned.
        size: how many numbers the shown inputs hold.
        made: how many calls were made; those that are shown are the last.

    """

    case: dict[str, object]
    calls: tuple[ShownCall, ...]
    problem: str
    expected: str = ""
    got: str = ""
    difference: str = ""
    what: str = ""
    size: int = 0
    made: int = 0


@dataclass(frozen=True, slots=True)
class PropertyResult:
    """The verdict on one property of a question.

    ``reason`` is ``""`` when it passed, ``"wrong answer"``, or the words of a
    :class:`~autograder.model.errors.Fault`; for NOT_JUDGED it is why. ``refused`` says that a wrong
    answer was of another kind or shape, so that nothing was compared.
    """

    name: str
    title: str
    points: float
    hidden: bool
    verdict: Verdict
    reason: str = ""
    hint: str = ""
    counterexample: Counterexample | None = None
    cases: int = 0
    failing: int = 0
    refused: bool = False
    free: bool = False
    """Whether some trivial answer passes it, such as a constant."""
    paid: bool = True
    """False where it is free and nothing else of its question shows that something was computed."""
    required: bool = False
    """Whether nothing of its question counts unless it passes."""
    blocked: bool = False
    """Whether a required property of its question failed."""

    @property
    def earned(self) -> bool:
        """Whether its points are earned."""
        return self.verdict is Verdict.PASSED and self.paid and not self.blocked

    @property
    def score(self) -> float:
        """Points earned: all of them or none."""
        return self.points if self.earned else 0.0


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A misconception that explains every answer to a question, or those of the failing ``checks`` that it names."""

    name: str
    says: str
    hint: str
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """The verdicts on one question, with the misconceptions that explain them: none, one, or two with their checks."""

    name: str
    properties: tuple[PropertyResult, ...]
    diagnoses: tuple[Diagnosis, ...] = ()
    given: tuple[str, ...] = ()
    """Functions for which a right one stood in ("right, given sigmoid")."""
    seconds: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "properties", decide_points(self.properties))

    @property
    def points(self) -> float:
        """Points the question is worth."""
        return sum(p.points for p in self.properties)

    @property
    def score(self) -> float:
        """Points earned."""
        return sum(p.score for p in self.properties)


def decide_points(properties: tuple[PropertyResult, ...]) -> tuple[PropertyResult, ...]:
    """The properties of a question with ``paid`` and ``blocked`` decided: a score is earned by computing something.

    A property that a trivial answer passes is paid only if one that no trivial answer passes is passed, too, or if the
    question has none of those. Where a required one fails, all are blocked.
    """
    blocked = any(p.required and p.verdict is Verdict.FAILED for p in properties)
    deciding = [p for p in properties if not p.free]
    computed = not deciding or any(p.verdict is Verdict.PASSED for p in deciding)
    return tuple(
        replace(p, paid=paid, blocked=blocked)
        if (p.paid, p.blocked) != ((paid := computed or not p.free), blocked)
        else p
        for p in properties
    )


@dataclass(frozen=True, slots=True)
class SubmissionResult:
    """Everything grading found out about one submission."""

    id: str
    assignment: str
    status: Status
    questions: tuple[QuestionResult, ...]
    message: str = ""
    output: str = ""
    origin: str = ""
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    extra: dict[str, object] = field(default_factory=dict)

    @property
    def judged(self) -> bool:
        """False when an infrastructure fault kept this submission from being graded."""
        return self.status.judged

    @property
    def score(self) -> float:
        """Points earned."""
        return sum(q.score for q in self.questions)

    @property
    def points(self) -> float:
        """Points the assignment is worth."""
        return sum(q.points for q in self.questions)
