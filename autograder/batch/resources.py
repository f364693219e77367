"""Resources of this machine for grading processes: memory, cores, semaphores."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from pathlib import Path

from autograder.model.limits import MIB, Limits

OPEN_FILES = 64
"""Files and pipes that a grading needs."""
_SEMAPHORES = 16
"""More than a pool of processes needs."""

_GRADER = 256 * MIB
"""What a grading process itself needs beside the student's."""
_NONE_BELOW = 1 << 60
"""Control groups without a limit give a number beyond every machine's memory."""


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def memory_left(root: Path = Path("/")) -> int | None:
    """Bytes that this process and its children may still take; None where the system does not report it.

    The least of what the machine has available and what each control group above this process leaves.
    """
    left = [*_of_the_machine(root), *_of_control_groups(root)]
    return max(min(left), 0) if left else None


def most_processes(limits: Limits, left: int | None) -> int | None:
    """Grading processes for which memory suffices, each with a student's process at its limit; at least one."""
    return None if left is None else max(1, left // (limits.memory + _GRADER))


def too_few_open_files() -> int | None:
    """How many files this process may have open, where these are too few to grade; else None."""
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return most if 0 <= most < OPEN_FILES else None


def has_semaphores() -> bool:
    """Whether processes can share semaphores, for which Linux needs a writable ``/dev/shm`` with some room."""
    try:
        context = multiprocessing.get_context("fork")
        _ = [context.Lock() for _ in range(_SEMAPHORES)]  # all at once: a full one may take the first
    except (OSError, ImportError, ValueError):
        return False
    return True


def _of_the_machine(root: Path) -> Iterator[int]:
    for line in _text(root / "proc/meminfo").splitlines():
        if line.startswith("MemAvailable:"):
            yield int(line.split()[1]) * 1024


def _of_control_groups(root: Path) -> Iterator[int]:
    for line in _text(root / "proc/self/cgroup").splitlines():
        number, controllers, path = line.split(":", 2)
        if number == "0":
            base, names = root / "sys/fs/cgroup", ("memory.max", "memory.current")
        elif "memory" in controllers.split(","):
            base, names = root / "sys/fs/cgroup/memory", ("memory.limit_in_bytes", "memory.usage_in_bytes")
        else:
            continue
        group = base / path.lstrip("/")
        for place in (group, *group.parents):
            if place != base and base not in place.parents:
                break
            most, used = (_text(place / name).strip() for name in names)
            # Inside a container the path may be the host's, and only the top is there.
            if most.isdecimal() and used.isdecimal() and int(most) < _NONE_BELOW:
                yield int(most) - int(used)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
