"""The grader of a process: created once, used for every submission sent to that process."""

from __future__ import annotations

import gc
import traceback
from pathlib import Path

from autograder.grade import Assignment, Grader
from autograder.grade.prefetch import PrefetchPlan
from autograder.model.errors import AutograderError
from autograder.model.result import SubmissionResult
from autograder.model.submission import AnySubmission
from autograder.sandbox.sandbox import Sandbox

_graders: dict[tuple[str, bool], Grader] = {}


def prepare(assignment: Assignment, sandbox: Sandbox, *, alone: bool = False) -> Grader:
    """The grader of this process and of those that are forked from it.

    Args:
        assignment: what was to be done.
        sandbox: where submissions are graded.
        alone: whether no other process grades on this machine.

    """
    key = (str(assignment.folder), sandbox.unsafe)
    if key not in _graders:
        _graders[key] = Grader(assignment, sandbox, PrefetchPlan(assignment).complete(), alone=alone)
        gc.collect()
        gc.freeze()  # what lives as long as this process: the collector would look through it again and again
    return _graders[key]


def grade_here(folder: str, submission: AnySubmission, *, unsafe: bool = False) -> SubmissionResult:
    """Grade one submission in this process."""
    grader = _graders.get((folder, unsafe)) or prepare(Assignment(Path(folder)), Sandbox(unsafe=unsafe))
    try:
        return grader.grade(submission)
    except AutograderError:
        raise
    except Exception as error:  # noqa: BLE001  (a bug of ours must cost this submission at most, and be seen)
        where = traceback.extract_tb(error.__traceback__)[-1]
        why = f"internal error: {type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
        return grader.not_graded(submission, why)
