"""Grade submissions in a pool: in parallel, in any order, none lost."""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Protocol

from autograder.batch.grading_process import GradingProcesses
from autograder.model.errors import InfrastructureError
from autograder.model.result import SubmissionResult
from autograder.model.submission import AnySubmission
from autograder.sandbox.layers.linux import end_with

Task = Callable[[AnySubmission], SubmissionResult]
GiveUp = Callable[[AnySubmission, str], SubmissionResult]


class Pool(Protocol):
    """Where submissions are graded."""

    @property
    def task(self) -> Task:
        """Grades one submission; picklable."""

    @property
    def in_flight(self) -> int:
        """How many submissions are held in memory at most."""

    @property
    def lost(self) -> tuple[type[Exception], ...]:
        """The exception of a future whose submission killed every worker it was sent to."""

    def prepare(self) -> None:
        """Load what grading needs: called when there is something to grade, before it is sent."""

    def start(self) -> Executor:
        """Start an executor; called again after one broke."""

    def close(self) -> None:
        """Release the resources of the pool."""


@dataclass(frozen=True)
class LocalPool:
    """Processes on this machine, forked from this one, with everything it has loaded.

    Attributes:
        task: grades one submission.
        jobs: how many processes; they are forked when the first submission is sent.
        load: loads what they share.

    """

    task: Task
    jobs: int
    load: Callable[[], object] = lambda: None
    lost: tuple[type[Exception], ...] = ()

    @property
    def in_flight(self) -> int:
        """Two for each process, so that none waits for the next one."""
        return 2 * self.jobs

    def prepare(self) -> None:
        """Load what the processes share."""
        self.load()

    def start(self) -> Executor:
        """The processes; they end when this one does."""
        return ProcessPoolExecutor(
            self.jobs, mp_context=get_context("fork"), initializer=_begin, initargs=(os.getpid(),)
        )

    def close(self) -> None:
        """Nothing is held between executors."""


def _begin(parent: int) -> None:
    """Let a process of the pool end with ``parent``, and without a traceback when Ctrl-C in a terminal ends all."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    end_with(parent)


class PipePool:
    """Grading processes connected by pipes: for machines without shared semaphores.

    Args:
        processes: grade; as many as are needed at once.
        jobs: how many at once.

    """

    lost: tuple[type[Exception], ...] = ()

    def __init__(self, processes: GradingProcesses, jobs: int) -> None:
        self.processes = processes
        self.task: Task = processes.grade
        self.jobs = jobs
        self.in_flight = 2 * jobs

    def prepare(self) -> None:
        """Each process loads what it needs."""

    def start(self) -> Executor:
        """Start threads, one per grading process."""
        return ThreadPoolExecutor(self.jobs)

    def close(self) -> None:
        """End the processes."""
        self.processes.close()


def run(
    pool: Pool, submissions: Iterable[AnySubmission], give_up: GiveUp
) -> Iterator[tuple[AnySubmission, SubmissionResult]]:
    """Grade submissions as they are read; yield results as they come.

    A local pool whose process was killed is broken as a whole: it is started again and what was in flight is
    graded again, one at a time, so that a submission that kills its grader harms no other.

    Args:
        pool: where they are graded.
        submissions: read lazily, no more than the pool holds at a time.
        give_up: makes the result of a submission that cannot be graded.

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
            with pool.start() as executor:
                while True:
                    queue = iter(suspects[:1]) if alone else itertools.islice(source, pool.in_flight - len(pending))
                    for one in queue:
                        # A pool that broke meanwhile refuses what was taken from the source already.
                        refused = [one]
                        pending[executor.submit(pool.task, one)] = one
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
                        except pool.lost:
                            result = give_up(one, "the workers died on this submission")
                        if alone:
                            suspects.remove(one)
                        yield one, result
        except BrokenExecutor:
            if alone:
                yield suspects[0], give_up(suspects.pop(0), "the grading process died twice on this submission")
            else:
                suspects = [*pending.values(), *refused]
