"""Submissions to results over an executor: in parallel, in any order, none lost."""

from __future__ import annotations

import itertools
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from pathlib import Path

from autograder.grade import Assignment, Grader
from autograder.grade.prefetch import Foresight
from autograder.model.errors import AutograderError, InfrastructureError
from autograder.model.result import SubmissionResult
from autograder.model.submission import AnySubmission
from autograder.sandbox.sandbox import Sandbox

_graders: dict[tuple[str, bool], Grader] = {}


def get_ready(assignment: Assignment, *, unsafe: bool = False) -> Grader:
    """The grader of this process and of those that are forked from it."""
    key = (str(assignment.folder), unsafe)
    if key not in _graders:
        _graders[key] = Grader(assignment, Sandbox(unsafe=unsafe), Foresight(assignment).look())
    return _graders[key]


def grade_here(folder: str, submission: AnySubmission, *, unsafe: bool = False) -> SubmissionResult:
    """Grade one submission in this process, which keeps its assignment and sandbox for the next one."""
    grader = _graders.get((folder, unsafe)) or get_ready(Assignment(Path(folder)), unsafe=unsafe)
    try:
        return grader.grade(submission)
    except AutograderError:
        raise
    except Exception as error:  # noqa: BLE001  (a bug of ours must cost this submission at most, and be seen)
        where = traceback.extract_tb(error.__traceback__)[-1]
        why = f"internal error: {type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
        return grader.not_graded(submission, why)


def run(
    submissions: Iterable[AnySubmission],
    task: Callable[[AnySubmission], SubmissionResult],
    start: Callable[[], Executor],
    *,
    in_flight: int,
    give_up: Callable[[AnySubmission, str], SubmissionResult],
    lost: tuple[type[Exception], ...] = (),
) -> Iterator[tuple[AnySubmission, SubmissionResult]]:
    """Grade ``submissions`` as they are read, at most ``in_flight`` at a time; yield results as they come.

    A pool whose process was killed is broken as a whole: it is started again and what was in flight is
    graded again, one at a time, so that a submission that kills its grader harms no other.

    Args:
        submissions: read lazily.
        task: picklable; grades one.
        start: makes an executor.
        in_flight: bound on what is held in memory.
        give_up: makes the result of a submission that cannot be graded.
        lost: what a future raises whose submission killed every worker that it came to.

    Raises:
        InfrastructureError: the executor dropped what it had been given.

    """
    source = iter(submissions)
    suspects: list[AnySubmission] = []
    exhausted = False
    while suspects or not exhausted:
        pending: dict[Future[SubmissionResult], AnySubmission] = {}
        refused: list[AnySubmission] = []
        alone = bool(suspects)
        try:
            with start() as executor:
                while True:
                    queue = iter(suspects[:1]) if alone else itertools.islice(source, in_flight - len(pending))
                    for one in queue:
                        # A pool that broke meanwhile refuses what was taken from the source already.
                        refused = [one]
                        pending[executor.submit(task, one)] = one
                        refused = []
                    if not pending:
                        exhausted = exhausted or not alone
                        break
                    for future in wait(pending, return_when=FIRST_COMPLETED).done:
                        one = pending.pop(future)
                        try:
                            result = future.result()
                        except BrokenExecutor:
                            pending[future] = one
                            raise
                        except CancelledError:
                            raise InfrastructureError("the cluster is gone; what was finished is kept") from None
                        except lost:
                            result = give_up(one, "the workers died on this submission")
                        if alone:
                            suspects.remove(one)
                        yield one, result
        except BrokenExecutor:
            if alone:
                yield suspects[0], give_up(suspects.pop(0), "the grading process died twice on this submission")
            else:
                suspects = [*pending.values(), *refused]
