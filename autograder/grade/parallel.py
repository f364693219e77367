"""Do tasks on two cores: in this thread, and in another one on a core that no grader uses."""

from __future__ import annotations

import contextlib
import contextvars
import os
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from autograder.sandbox.affinity import Core

Task = Callable[[int], None]
"""Gets the number of the thread that it is in, 0 or 1."""


class Threads:
    """One thread, or two where there is another core.

    Attributes:
        count: how many.

    """

    def __init__(self, core: int | None) -> None:
        self.count = 1 if core is None else 2
        self._core = core

    def run(self, tasks: Iterable[Task]) -> None:
        """Do all ``tasks``, started in their order.

        When one fails, no other is started; its error is raised when those that run have ended.
        """
        waiting = deque(tasks)
        errors: list[BaseException] = []

        def work(thread: int) -> None:
            while waiting and not errors:
                with contextlib.suppress(IndexError):
                    task = waiting.popleft()
                    try:
                        task(thread)
                    except BaseException as error:  # noqa: BLE001  (raised below)
                        errors.append(error)

        def beside(core: int) -> None:
            with contextlib.suppress(OSError):  # no longer ours to use: then anywhere
                os.sched_setaffinity(0, {core})  # of this thread
            work(1)

        # What tasks do to the filters of warnings is undone in the order in which they end: all of them ignore.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            other = None
            if self._core is not None and len(waiting) > 1:
                other = threading.Thread(target=contextvars.copy_context().run, args=(beside, self._core))
                other.start()
            try:
                work(0)
            finally:
                waiting.clear()
                if other:
                    other.join()
        if errors:
            raise errors[0]


@contextlib.contextmanager
def threads(*, alone: bool) -> Iterator[Threads]:
    """The threads that tasks may use; one where this grader is not ``alone`` on the machine."""
    with Core.spare() if alone else contextlib.nullcontext() as core:
        yield Threads(core)
