"""What became of a submission as a whole: a kind to decide by, and the words that people read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of status. The value is stored in files, beside the words."""

    GRADED = "graded"
    """The code ran and every question was judged."""
    FAILED = "failed"
    """The file could not be read or the code not imported: every question fails, which is the student's doing."""
    NOT_GRADED = "not graded"
    """The grader could not do its work: no score, which is not a zero."""
    NOT_FINISHED = "not finished"
    """Grading was ended from outside: the questions that it reached are judged."""
    NO_SUBMISSION = "no submission"
    """A student of the roster who handed in nothing: no score."""
    FOR_A_PERSON = "for a person"
    """Something that only a person can judge was handed in, such as a PDF file: no score."""


_WITHOUT_SCORE = frozenset({Kind.NOT_GRADED, Kind.NO_SUBMISSION, Kind.FOR_A_PERSON})


@dataclass(frozen=True, slots=True)
class Status:
    """The status of a submission.

    Attributes:
        kind: what to decide by.
        detail: more about the kind: the fault (``"import error"``), or why there is no score.

    """

    kind: Kind
    detail: str = ""

    @property
    def words(self) -> str:
        """As shown in ``grades.csv`` and on the pages."""
        if self.kind in {Kind.NOT_GRADED, Kind.FOR_A_PERSON} and self.detail:
            return f"{self.kind}: {self.detail}"
        return self.detail or self.kind.value

    def __str__(self) -> str:
        return self.words

    @property
    def judged(self) -> bool:
        """Whether there is a score."""
        return self.kind not in _WITHOUT_SCORE

    @property
    def graded(self) -> bool:
        """Whether the code ran and every question was judged."""
        return self.kind is Kind.GRADED


GRADED = Status(Kind.GRADED)
NO_SUBMISSION = Status(Kind.NO_SUBMISSION)


def failed(words: str) -> Status:
    """The status of a submission that fails as a whole: ``"import error"``, ``"unreadable"``."""
    return Status(Kind.FAILED, words)


def not_graded(why: str) -> Status:
    """The status of a submission that we failed to grade.

    >>> str(not_graded("disk full"))
    'not graded: disk full'
    """
    return Status(Kind.NOT_GRADED, why)


def for_a_person(what: str) -> Status:
    """The status of what only a person can judge.

    >>> str(for_a_person("a link"))
    'for a person: a link'
    """
    return Status(Kind.FOR_A_PERSON, what)
