"""Grading on a Dask cluster, whose workers need this package and nothing else.

The assignment travels once to each worker, also to those that join later; submissions travel with their tasks. A
worker grades in processes of its own, one for each of its threads.
"""

from __future__ import annotations

import contextlib
import functools
import uuid
import warnings
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from distributed import Client, KilledWorker, WorkerPlugin, get_worker

from autograder.batch.grading_process import AssignmentArchive, GradingProcesses, pack
from autograder.model.errors import UsageError
from autograder.model.result import SubmissionResult
from autograder.model.submission import AnySubmission

_SECONDS = 20
_SECONDS_FOR_WORKERS = 60
"""Started with the scheduler, they come a while later: each imports from a disk that all share."""
_AT_LEAST = 32
"""Submissions in flight, so that workers that join later find work."""


class AssignmentPlugin(WorkerPlugin):
    """An assignment on a worker."""

    def __init__(self, packed: AssignmentArchive) -> None:
        self.packed = packed
        # Two commands that grade the same assignment must not take each other's away.
        self.name = f"autograder-{packed.name}-{uuid.uuid4().hex}"

    def setup(self, worker: Any) -> None:  # noqa: ARG002  (Dask's signature)
        """Get ready on a worker."""
        self.processes = GradingProcesses(self.packed)

    def teardown(self, worker: Any) -> None:  # noqa: ARG002  (Dask's signature)
        """Leave nothing behind."""
        self.processes.close()


def grade_on_worker(name: str, submission: AnySubmission) -> SubmissionResult:
    """Grade one submission where this runs."""
    plugin: Any = get_worker().plugins[name]
    result: SubmissionResult = plugin.processes.grade(submission)
    return result


class Cluster:
    """A pool: a running cluster, found by the address of its scheduler, that has been given an assignment.

    Raises:
        UsageError: there is no cluster, it has no workers, or they cannot load this package.

    """

    lost = (KilledWorker,)

    def __init__(self, address: str, folder: Path, *, unsafe: bool) -> None:
        connect: Any = Client
        try:
            self._client: Any = connect(address, timeout=_SECONDS, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise UsageError(f"{address}: expected the address of a Dask scheduler; nobody answers ({error})") from None
        self._plugin = AssignmentPlugin(pack(folder, unsafe=unsafe))
        try:
            self._client.wait_for_workers(1, timeout=_SECONDS_FOR_WORKERS)
            self._client.register_plugin(self._plugin)
        except Exception as error:
            self._client.close()
            what = f"{type(error).__name__}: {error}"
            raise UsageError(f"{address}: expected workers that have this package installed; {what}") from error
        self.task: Callable[[AnySubmission], SubmissionResult] = functools.partial(grade_on_worker, self._plugin.name)
        self.in_flight = max(_AT_LEAST, 3 * sum(self._client.nthreads().values()))

    def prepare(self) -> None:
        """Workers load what they need."""

    def start(self) -> Executor:
        """An executor on the cluster."""
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def close(self) -> None:
        """Leave the cluster as it was."""
        with contextlib.suppress(Exception), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._client.unregister_worker_plugin(self._plugin.name)
        self._client.close()
