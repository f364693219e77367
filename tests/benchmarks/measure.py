"""Measures a command: seconds, and the memory of its whole process tree over time."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.sandbox.layers import linux

MIB = 1 << 20


@dataclass
class Measured:
    """What a command took.

    Attributes:
        seconds: from its start to its end.
        cpu: seconds of computing, of all its processes.
        memory: (seconds since the start, bytes) now and then; a page that several processes share counts once.

    """

    seconds: float
    cpu: float
    memory: list[tuple[float, int]] = field(default_factory=list)

    @property
    def peak(self) -> int:
        """Most bytes at once."""
        return max((m for _, m in self.memory), default=0)


def run(
    arguments: Sequence[str],
    *,
    every: float = 1.0,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    failing: bool = False,
) -> Measured:
    """Run a command to its end; it must succeed.

    Where ``failing`` it may exit with 1 or 2, as pytest does for wrong answers and for what cannot be imported.
    """
    # What its processes leave behind becomes ours: the computing of a process that nobody waits for counts nowhere.
    linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
    others = children()
    before = os.times()
    started = time.monotonic()
    process = subprocess.Popen(
        arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=env, cwd=cwd
    )
    usage: list[tuple[float, int]] = []
    done = threading.Event()

    def watch() -> None:
        while not done.wait(every):
            usage.append((time.monotonic() - started, sum(map(memory, tree(process.pid)))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    said = process.communicate()[1]
    seconds = time.monotonic() - started
    done.set()
    watcher.join()
    while left := children() - others:
        for pid in left:
            os.waitpid(pid, 0)
    after = os.times()
    if process.returncode not in ((0, 1, 2) if failing else (0,)):
        raise SystemExit(f"{' '.join(arguments)}\n{said}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Measured(seconds, cpu, usage)


def children(pid: int | str = "self") -> set[int]:
    """The processes that a process started, or that were left to it."""
    found: set[int] = set()
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found.update(map(int, (task / "children").read_text().split()))
    return found


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    return [pid, *(below for child in children(pid) for below in tree(child))]


def memory(pid: int) -> int:
    """Bytes in use by a process; it bears its part of what it shares with others, or all where that is kept secret."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    return 0
