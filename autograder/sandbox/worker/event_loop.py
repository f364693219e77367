"""Pipes in the place of the pair of sockets that ``asyncio.run`` opens: the sandbox allows no socket."""

from __future__ import annotations

import asyncio
import fcntl
import os


class _PipeEnd:
    """One end of a pair of pipes, as far as ``asyncio`` uses a socket."""

    def __init__(self, reads: int, writes: int) -> None:
        self._reads, self._writes = reads, writes

    def fileno(self) -> int:
        return self._reads

    def setblocking(self, flag: bool) -> None:
        for fd in (self._reads, self._writes):  # os.set_blocking takes a system call that is refused
            flags = fcntl.fcntl(fd, fcntl.F_GETFL)
            fcntl.fcntl(fd, fcntl.F_SETFL, flags & ~os.O_NONBLOCK if flag else flags | os.O_NONBLOCK)

    def recv(self, count: int) -> bytes:
        return os.read(self._reads, count)

    def send(self, data: bytes) -> int:
        return os.write(self._writes, data)

    sendall = send

    def close(self) -> None:
        for fd in {self._reads, self._writes} - {-1}:
            os.close(fd)
        self._reads = self._writes = -1


def socketpair(*_args: object, **_kwargs: object) -> tuple[_PipeEnd, _PipeEnd]:
    """Two ends that reach each other and nobody else."""
    (one_reads, other_writes), (other_reads, one_writes) = os.pipe(), os.pipe()
    return _PipeEnd(one_reads, one_writes), _PipeEnd(other_reads, other_writes)


def use_pipes() -> None:
    """Let event loops wake each other through a pair of pipes."""
    asyncio.selector_events.socket.socketpair = socketpair  # type: ignore[attr-defined]
