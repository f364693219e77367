"""Resource limits: memory, CPU, files, threads."""

from __future__ import annotations

import os
import resource
from typing import ClassVar

from autograder.model.machine import memory_allowed
from autograder.sandbox.layers.layer import Bounds, Confinement, Layer

THREADS = 64
SPARE_THREADS = 448
LIBRARIES = 512 << 20
"""Bytes that a worker has mapped at most before it imports a submission."""
_OUT_OF_MEMORY_FIRST = b"1000"


class ResourceLimits(Layer):
    """Bounds on what a worker uses of the machine; the OOM killer takes a worker first."""

    name: ClassVar[str] = "limits"
    guarantee: ClassVar[str] = "memory, CPU, files, threads and core dumps are bounded"
    remedy: ClassVar[str] = "a writable /proc and a hard limit on memory above 1 GiB (ulimit -Hv)"
    required: ClassVar[bool] = True

    def apply(self, confinement: Confinement) -> None:
        """Set the limits; memory counts from what the process has mapped now."""
        _write("/proc/self/oom_score_adj", _OUT_OF_MEMORY_FIRST)
        bounds = confinement.bounds
        # It counts all threads of a user: for a shared user, it is set beyond all those of the machine.
        others = 0 if "uid" in confinement.held else _threads_of_the_machine() + SPARE_THREADS
        memory = _mapped_bytes() + bounds.memory
        hard = {
            resource.RLIMIT_AS: memory,
            resource.RLIMIT_DATA: memory,
            resource.RLIMIT_CPU: bounds.cpu_seconds,
            resource.RLIMIT_FSIZE: 0,
            resource.RLIMIT_NOFILE: bounds.open_files,
            resource.RLIMIT_CORE: 0,
            resource.RLIMIT_MEMLOCK: 0,
            resource.RLIMIT_MSGQUEUE: 0,
            resource.RLIMIT_NPROC: others + 1 + bounds.processes + THREADS,
        }
        for which, value in hard.items():
            most = resource.getrlimit(which)[1]  # a login node has hard limits of its own
            bound = value if most == resource.RLIM_INFINITY else min(value, most)
            resource.setrlimit(which, (bound, bound))

    def attempt(self) -> str:
        """Try to take more memory than the limit."""
        bounds = Bounds(memory=16 << 20, cpu_seconds=1, open_files=16, processes=0)
        self.apply(Confinement(frozenset(), bounds))
        try:
            bytearray(64 << 20)
        except MemoryError:
            return ""
        return "memory limit was not enforced"


def memory_that_is_short(memory: int) -> int | None:
    """Bytes that this machine allows a process (``ulimit -v`` and ``-d``), where a worker needs more; else None."""
    most = memory_allowed()
    return most if most is not None and most < memory + LIBRARIES else None


def _mapped_bytes() -> int:
    return int(_first_line("/proc/self/statm").split()[0]) * resource.getpagesize()


def _threads_of_the_machine() -> int:
    return int(_first_line("/proc/loadavg").split()[3].partition(b"/")[2])


def _first_line(path: str) -> bytes:
    fd = os.open(path, os.O_RDONLY)
    try:
        return os.read(fd, 256)
    finally:
        os.close(fd)


def _write(path: str, data: bytes) -> None:
    fd = os.open(path, os.O_WRONLY)
    try:
        os.write(fd, data)
    finally:
        os.close(fd)
