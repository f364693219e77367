"""Thread pools in the place of process pools: the sandbox allows no process."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class _Queue:
    """A simple queue between threads that can be waited for like one between processes."""

    def __init__(self) -> None:
        from multiprocessing.connection import Pipe

        self._reader, self._writer = Pipe(duplex=False)

    def put(self, item: Any) -> None:
        self._writer.send(item)

    def get(self) -> Any:
        return self._reader.recv()

    def empty(self) -> bool:
        return not self._reader.poll()

    def close(self) -> None:
        self._reader.close()
        self._writer.close()


def use_threads() -> None:
    """Let pools and queues of ``multiprocessing`` and ``concurrent.futures`` run on threads of this process."""
    import concurrent.futures
    import multiprocessing.context
    import multiprocessing.pool

    def pool(*args: Any, **kwargs: Any) -> Any:
        given = {key: value for key, value in kwargs.items() if key in ("processes", "initializer", "initargs")}
        return multiprocessing.pool.ThreadPool(*args[:3], **given)

    def executor(max_workers: int | None = None, *_: Any, **kwargs: Any) -> Any:
        given = {key: value for key, value in kwargs.items() if key in ("initializer", "initargs")}
        return concurrent.futures.ThreadPoolExecutor(max_workers, **given)

    shared: dict[str, Callable[..., Any]] = {
        "Pool": pool,
        "SimpleQueue": _Queue,
        "Queue": queue.Queue,
        "JoinableQueue": queue.Queue,
        **{n: getattr(threading, n) for n in ("Lock", "RLock", "Event", "Condition", "Semaphore", "BoundedSemaphore")},
    }
    for name, make in shared.items():
        setattr(multiprocessing, name, make)
        setattr(multiprocessing.context.BaseContext, name, _without_context(make))
    concurrent.futures.ProcessPoolExecutor = executor  # type: ignore[misc,assignment]


def _without_context(make: Callable[..., Any]) -> Callable[..., Any]:
    return lambda _context, *args, **kwargs: make(*args, **kwargs)
