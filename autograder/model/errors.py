"""Every error the package raises, in one tree.

Exception
├── AutograderError                 something a person can fix; carries the exit code
│   ├── UsageError                  exit 2: an unknown assignment, a missing path, ...
│   ├── AuthoringError              exit 1: a mistake in an assignment's files (course staff's)
│   └── InfrastructureError         exit 1: ours; a submission that meets it is "not graded"
├── IntakeError                     something handed in that cannot be read as a submission
├── Mismatch                        a property does not hold: the student's answer is wrong
└── StudentFault                    the student's code did not give an answer at all
"""

from __future__ import annotations

from enum import StrEnum


class AutograderError(Exception):
    """Something went wrong that is not the student's doing; ``exit_code`` is the command's."""

    exit_code = 1


class UsageError(AutograderError):
    """The command was called wrongly: names what was expected and what was found."""

    exit_code = 2


class AuthoringError(AutograderError):
    """An assignment's own files are wrong: names the file and the line where it can."""


class InfrastructureError(AutograderError):
    """The grader could not do its work; never reported as the student's mistake."""


class IntakeError(Exception):
    """A handed-in file or folder is not a submission that can be read.

    ``status`` is shown in the grades table. ``for_a_person``: it may be an answer in a form that no
    program can judge, so somebody should look at it.
    """

    def __init__(self, message: str, status: str = "unreadable", *, for_a_person: bool = False) -> None:
        super().__init__(message)
        self.status = status
        self.for_a_person = for_a_person


class Mismatch(Exception):  # noqa: N818  (it is a verdict, not a malfunction)
    """The student's function did not return what it should.

    Args:
        problem: one sentence, in the student's terms.
        got: the value that was compared, and ``expected`` what it was compared with, where there are two.
        difference: where they differ and by how much, or empty.
        what: what ``got`` is, where that is not simply what was returned.
        refused: whether the answer was no value of the right kind and shape, so that nothing was compared.

    """

    def __init__(
        self,
        problem: str,
        *,
        got: object = None,
        expected: object = None,
        difference: str = "",
        what: str = "",
        refused: bool = False,
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.got = got
        self.expected = expected
        self.difference = difference
        self.what = what
        self.refused = refused


class Fault(StrEnum):
    """Why the student's code gave no answer. The value is the word shown to people."""

    NOT_WRITTEN = "not written yet"
    MISSING = "not defined"
    RAISED = "raised an exception"
    UNSUPPORTED = "unsupported value"
    IMPORT_ERROR = "import error"
    TIMED_OUT = "timed out"
    OUT_OF_MEMORY = "out of memory"
    CRASHED = "crashed"
    EXITED = "exited"
    PROTOCOL = "protocol violation"


LOST = frozenset(
    {Fault.TIMED_OUT, Fault.OUT_OF_MEMORY, Fault.CRASHED, Fault.EXITED, Fault.PROTOCOL},
)
"""Faults after which the worker is gone and a fresh one is needed."""


class StudentFault(Exception):  # noqa: N818  (it is a verdict, not a malfunction)
    """The student's code gave no answer.

    Args:
        fault: which kind.
        message: what to tell the student, one sentence or a few lines.
        where: the student's own line, ``"line 12: return 1 / 0"``, or empty.
        type_names: for ``Fault.RAISED``, the names of the exception's class and its bases, the
            class first (``("LinAlgError", "ValueError", "Exception")``).

    """

    def __init__(
        self,
        fault: Fault,
        message: str = "",
        where: str = "",
        type_names: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message or fault.value)
        self.fault = fault
        self.message = message
        self.where = where
        self.type_names = type_names
