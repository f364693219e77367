"""The grader's side: a sandbox per grading process, a session per submission."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Self

from autograder.model.errors import InfrastructureError
from autograder.sandbox.affinity import Core
from autograder.sandbox.budget import Budget
from autograder.sandbox.layers import Finding, missing_requirements
from autograder.sandbox.session import Session
from autograder.sandbox.worker.launcher import ZygoteProcess
from autograder.wire.types import Caps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from autograder.model.limits import Limits
    from autograder.model.submission import Submission
    from autograder.sandbox.batches import Batch

__all__ = ["Budget", "Sandbox", "Session"]


class Sandbox:
    """Runs student code confined. One per grading process; starts on first use, restarts what died.

    The calling thread and the workers are pinned to one core from the first session on, while it is open: a call
    then takes a quarter of the time. The sandboxes of a machine spread over its cores.

    Args:
        unsafe: no confinement, only another process; for machines where there is none to be had.
        without: names of layers to leave out, to try what the others hold.

    """

    def __init__(self, *, unsafe: bool = False, without: frozenset[str] = frozenset()) -> None:
        self.unsafe = unsafe
        self._without = without
        self._zygote: ZygoteProcess | None = None
        self._lock = threading.Lock()
        self._core = Core()
        self._owner = os.getpid()
        self._batches: dict[Caps, dict[bytes, None]] = {}

    def start(self) -> None:
        """Start what the first session needs, without waiting for it."""
        with self._lock:
            self._zygote = self._zygote or self._new_zygote()

    def offer(self) -> None:
        """Let the first process forked from this one that opens a session have what is started.

        The others start their own; this process can only close it from now on.
        """
        with self._lock:
            self._ready_zygote().offer()

    @property
    def layers(self) -> tuple[Finding, ...]:
        """What holds on this machine; InfrastructureError when that is not enough to grade."""
        with self._lock:
            return self._ready_zygote().layers

    def open(self, submission: Submission, module_name: str, limits: Limits, budget: Budget | None = None) -> Session:
        """A session for one submission, whose answer is module ``module_name``.

        Args:
            submission: what was handed in.
            module_name: the module that is the answer.
            limits: bounds on it.
            budget: what other sessions on it left over; by default, all that the limits give.

        """
        return Session(self._running, submission, module_name, limits, budget or Budget(limits))

    def preload(self, batches: Iterable[Batch], limits: Limits) -> None:
        """Have the calls of public properties decoded once for all workers that start from now on.

        Those of hidden ones are not: a worker of public ones would have them, too.
        """
        caps = Caps.of(limits)
        frames = dict.fromkeys(frame for batch in batches if not batch.hidden for frame, _ in batch.frames)
        with self._lock:
            self._batches.setdefault(caps, {}).update(frames)

    def close(self) -> None:
        """End everything that was started; the sandbox can be used again."""
        with self._lock:
            if self._owner != os.getpid():
                return
            if self._zygote:
                self._zygote.close()
            self._zygote = None
            self._core.leave()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _running(self) -> ZygoteProcess:
        with self._lock:
            if self._owner != os.getpid():
                self._core = Core()
            self._core.take()
            return self._ready_zygote()

    def _ready_zygote(self) -> ZygoteProcess:
        if self._owner != os.getpid():
            # Forked with its parent's sandbox, which stays the parent's unless it is offered.
            self._owner = os.getpid()
            self._zygote = self._zygote if self._zygote and self._zygote.take() else None
        if self._zygote and not self._zygote.alive():
            self._zygote.close()
            self._zygote = None
        self._zygote = self._zygote or self._new_zygote()
        try:
            if not self.unsafe:
                require_isolation(self._zygote.layers)
            for caps, frames in self._batches.items():
                self._zygote.preload(frames, caps)
        except InfrastructureError:
            self._zygote.close()
            self._zygote = None
            raise
        return self._zygote

    def _new_zygote(self) -> ZygoteProcess:
        return ZygoteProcess(unsafe=self.unsafe, without=self._without)


def require_isolation(findings: tuple[Finding, ...]) -> None:
    """InfrastructureError, saying what is missing, where student code cannot be confined."""
    if missing := missing_requirements(findings):
        reasons = "; ".join(f"{finding.name}: {finding.detail}" for finding in missing)
        raise InfrastructureError(
            f"student code cannot be confined on this machine ({reasons}). Grade on Linux with seccomp "
            "(any Docker container with the default profile has it), or accept the risk with --unsafe-no-sandbox."
        )
