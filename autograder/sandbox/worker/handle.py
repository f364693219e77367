"""The grader's handle on one worker: send and receive frames, with a deadline."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.model.errors import Fault, InfrastructureError, StudentFault
from autograder.sandbox.affinity import cores
from autograder.sandbox.budget import Budget
from autograder.sandbox.layers.limits import memory_that_is_short
from autograder.sandbox.stopwatch import LOOK_SECONDS, Stopwatch
from autograder.sandbox.worker.launcher import WorkerExit
from autograder.sandbox.worker.stack import BYTES, SIGNAL, line_in
from autograder.wire.codec import Codec, stated_length
from autograder.wire.convert import size_in_words
from autograder.wire.types import PREFIX, Caps, WireError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from autograder.model.limits import Limits
    from autograder.sandbox.worker.launcher import ZygoteProcess
    from autograder.wire.convert import Callbacks

_LOOK_MILLISECONDS = int(LOOK_SECONDS * 1000)
_CHUNK = 1 << 16  # what a pipe holds; more would cost a fresh mapping at each read
_STACK_SECONDS = 0.2  # a worker that is asked where it is answers within a millisecond, once it has a core
_STACK_QUIET_MILLISECONDS = 20
_GRACE = 1.0
_ENDING_SECONDS = 30.0
_PF_EXITING = 0x4  # a flag in /proc/PID/stat, set before a process that ends closes its files
_START_SECONDS = 30.0
_SPARE_CPU_SECONDS = 10
_UNKNOWN = WorkerExit(killed=True, status=-9, cpu=0.0, memory=0)


class WorkerLost(StudentFault):
    """The worker is gone, and its call has no answer."""


class RemoteWorker:
    """A freshly forked worker of ``zygote``.

    Args:
        zygote: what forks it.
        limits: bounds on the submission.
        budget: what is left of them to it.
        callbacks: functions of the grader that it may call.
        load: libraries to have ready before the fork.
        shown: whether what it prints is kept.
        texts: file -> its text, of what was handed in; the module first.

    """

    def __init__(
        self,
        zygote: ZygoteProcess,
        limits: Limits,
        budget: Budget,
        callbacks: Callbacks,
        load: list[str],
        *,
        shown: bool,
        texts: Mapping[str, str],
    ) -> None:
        self._zygote = zygote
        self._texts = texts
        self._budget = budget
        self.limits = limits
        caps = Caps.of(limits)
        self._codec = Codec(caps, callbacks.to_wire, callbacks.from_wire)
        self._unread = bytearray()
        self._preloaded = dict(zygote.preloaded)
        self.ended: WorkerExit | None = None
        requests, self._requests = os.pipe()
        self._answers, answers = os.pipe()
        reader, output = os.pipe() if shown else (-1, os.open(os.devnull, os.O_WRONLY))
        self._output = reader if shown else None
        self._open = True
        self._room = select.poll()
        self._room.register(self._requests, select.POLLOUT)
        self._news = select.poll()
        self._news.register(self._answers, select.POLLIN)
        self.pid = 0
        try:
            os.set_blocking(self._requests, False)
            if shown:
                # The pipe is the buffer: twice the cap, since a page of it may be left half empty.
                with contextlib.suppress(OSError, AttributeError):  # not Linux: it keeps its size
                    fcntl.fcntl(output, fcntl.F_SETPIPE_SZ, 2 * limits.output)
                os.set_blocking(reader, False)
                os.set_blocking(output, False)
            request = {
                "load": load,
                "cores": sorted(cores()),
                "output": limits.output,
                "caps": caps._asdict(),
                "bounds": {
                    "memory": limits.memory,
                    "cpu_seconds": int(limits.import_seconds + limits.submission_seconds) + _SPARE_CPU_SECONDS,
                    "open_files": limits.open_files,
                    "processes": limits.processes,
                },
            }
            self.pid = zygote.open(request, (requests, answers, output))
        except BaseException:
            self._hang_up()
            raise
        finally:
            for fd in (requests, answers, output):
                os.close(fd)

    def greet(self) -> None:
        """Wait for the trusted hello that comes before any student code."""
        watch = Stopwatch(self.pid, _START_SECONDS, _START_SECONDS)
        try:
            said = self.receive(watch)
        except WorkerLost as lost:
            raise InfrastructureError(f"a worker did not start: {lost} ({self.ended})") from lost
        if said != ["hello"]:
            self.end()
            raise InfrastructureError(f"a worker could not be confined: {' '.join(map(str, said[1:]))}")

    def send(self, watch: Stopwatch, *fields: object) -> None:
        """Send one frame; WorkerLost when the worker does not take it in time. WireError for what cannot cross."""
        self.write(watch, self._codec.pack(fields))

    def send_batch(self, watch: Stopwatch, frame: bytes) -> None:
        """Send a packed batch of calls; where the worker was forked with it, only its number, and that once.

        Its functions may change their arguments.
        """
        number = self._preloaded.pop(frame, None)
        self.write(watch, frame if number is None else self._codec.pack(["preloaded", number]))

    def write(self, watch: Stopwatch, data: bytes) -> None:
        """Send a packed frame; WorkerLost when the worker does not take it in time."""
        frame = memoryview(data)
        while frame:
            try:
                frame = frame[os.write(self._requests, frame) :]
            except BlockingIOError:
                self._room.poll(_LOOK_MILLISECONDS)
                self.check(watch)
            except OSError:
                raise self._lost() from None

    def receive(self, watch: Stopwatch) -> list[Any]:
        """The next frame's fields, at least one; WorkerLost when none came in time."""
        return self.message(self.receive_frame(watch))

    def message(self, frame: bytes) -> list[Any]:
        """The fields of ``frame``, at least one; WorkerLost when they are invalid."""
        fields = self._unpack(frame)
        if not fields or type(fields[0]) is not str:
            raise self.violation("a message without a kind")
        return fields

    def count(self, frame: bytes) -> int:
        """How many messages ``frame`` says to hold, at least one; WorkerLost where it says none."""
        count = stated_length(frame)
        if count < 1:
            raise self.violation("a message without a kind")
        return count

    def messages(self, frame: bytes) -> list[list[Any]]:
        """The messages in ``frame``, which were sent together."""
        messages = self._unpack(frame)
        if not all(type(m) is list and m and type(m[0]) is str for m in messages):
            raise self.violation("a message without a kind")
        return messages

    def _unpack(self, frame: bytes) -> list[Any]:
        try:
            return self._codec.unpack(frame)
        except WireError as error:
            raise self.violation(str(error)) from error

    def receive_frame(self, watch: Stopwatch) -> bytes:
        """The next frame, undecoded; WorkerLost when none came in time."""
        data = self._unread
        needed = PREFIX.size
        measured = False
        try:
            while True:
                if len(data) >= needed:
                    if measured:
                        break
                    header, body = self._codec.measure(data)
                    self._budget.keep(header, body)
                    needed += header + body
                    measured = True
                    continue
                if not self._news.poll(_LOOK_MILLISECONDS):
                    self.check(watch)
                    continue
                more = os.read(self._answers, _CHUNK)
                if not more:
                    raise self._lost()
                data += more
                if len(data) < needed:
                    self.check(watch)
            self._unread = data[needed:]
            return bytes(data[:needed] if self._unread else data)
        except WireError as error:
            raise self.violation(str(error)) from error

    def forget(self, frame: bytes) -> None:
        """Give back the memory of a frame of which nothing is kept."""
        header, body = self._codec.measure(frame)
        self._budget.keep(-header, -body)

    def check(self, watch: Stopwatch) -> None:
        """Raise WorkerLost, and end the worker, when its time is over."""
        if why := watch.overrun():
            raise self.timed_out(why)

    def violation(self, what: str) -> WorkerLost:
        """End the worker for having sent ``what``."""
        self.end()
        return WorkerLost(Fault.PROTOCOL, f"the code interfered with its connection to the grader ({what})")

    def timed_out(self, why: str) -> WorkerLost:
        """End the worker for having taken too long. Where it was may say something of what it was given."""
        where = line_in(self._stack(), self._texts) if self._output is not None else ""
        self.end()
        return WorkerLost(Fault.TIMED_OUT, why, where)

    def _stack(self) -> bytes:
        """Where its code is, as it says itself, after answers that nobody waits for any more."""
        written, started, patience = b"", time.monotonic(), _STACK_SECONDS * 1000
        with contextlib.suppress(OSError):
            if self.ended is None:
                os.kill(self.pid, SIGNAL)
            while self._news.poll(patience) and (more := os.read(self._answers, _CHUNK)):
                written, patience = (written + more)[-BYTES:], _STACK_QUIET_MILLISECONDS
                if time.monotonic() - started > _STACK_SECONDS:
                    break
        return written

    def output(self) -> str:
        """What it printed since this was last asked."""
        if self._output is None:
            return ""
        data = b""
        with contextlib.suppress(BlockingIOError):
            while len(data) < self.limits.output and (more := os.read(self._output, self.limits.output - len(data))):
                data += more
        return data.decode("utf-8", "replace")

    def end(self) -> None:
        """Kill the worker if it still lives. What it printed can still be read until :meth:`close`."""
        if self.ended is None:
            self.ended = _UNKNOWN
            self.ended = self._zygote.end(self.pid)

    def close(self) -> None:
        """End the worker and give back what belongs to it."""
        with contextlib.suppress(InfrastructureError):  # a zygote that is gone took its workers with it
            self.end()
        self._hang_up()

    def _hang_up(self) -> None:
        if self._open:
            self._open = False
            for fd in (self._requests, self._answers, self._output):
                if fd is not None:
                    os.close(fd)
            self._output = None

    def _lost(self) -> WorkerLost | InfrastructureError:
        """The connection ended: find out why."""
        # A dying process closes its files a little before it can be waited for, on a busy machine much before.
        started, patience = time.monotonic(), {"lives": _GRACE, "ends": _ENDING_SECONDS}
        while (life := _life(self.pid)) and time.monotonic() - started < patience[life]:
            time.sleep(0.001)
        self.end()
        assert self.ended is not None
        if killed_from_outside(self.ended, self.limits):
            return InfrastructureError("out of memory on this machine")
        fault, message = _cause(self.ended, self.limits)
        if fault is Fault.OUT_OF_MEMORY:
            self.blame_the_machine()
        return WorkerLost(fault, message)

    def blame_the_machine(self) -> None:
        """InfrastructureError where the machine's limits, and not ours, may have left a worker without memory."""
        if (most := memory_that_is_short(self.limits.memory)) is not None:
            allowed = f"{size_in_words(most)} are allowed: ulimit -v, -d"
            raise InfrastructureError(f"out of memory on this machine ({allowed})")


def _life(pid: int) -> str:
    """``"lives"``, ``"ends"`` while the kernel takes the process apart, nothing once it is gone or can be reaped.

    It can be reaped when all its threads are gone; the first one may end before the others.
    """
    threads = []
    for stat in Path(f"/proc/{pid}/task").glob("*/stat"):
        with contextlib.suppress(OSError):  # gone meanwhile
            state, *fields = stat.read_bytes().rpartition(b")")[2].split()
            threads.append((state in (b"Z", b"X"), bool(int(fields[5]) & _PF_EXITING)))
    if all(dead for dead, _ in threads) and len(threads) <= 1:
        return ""
    return "ends" if all(dead or exiting for dead, exiting in threads) else "lives"


def killed_from_outside(ended: WorkerExit, limits: Limits) -> bool:
    """Whether someone else killed the worker: the OOM killer, as a rule.

    The grader did not, a worker cannot (seccomp forbids it to send SIGKILL), and the kernel does so to a process that
    keeps its limits only when the machine or its control group has no memory left.
    """
    too_long = ended.cpu > limits.import_seconds + limits.submission_seconds
    return not ended.killed and ended.status == -signal.SIGKILL and not too_long


def _cause(ended: WorkerExit, limits: Limits) -> tuple[Fault, str]:
    """Fault and message for a worker that ended by itself, decided by what the kernel says of it."""
    if ended.killed:
        return Fault.PROTOCOL, "the code closed its connection to the grader"
    if ended.status >= 0:
        return Fault.EXITED, f"the code ended its process (exit status {ended.status})"
    if ended.status == -24 or ended.cpu > limits.import_seconds + limits.submission_seconds:  # SIGXCPU
        return Fault.TIMED_OUT, "used more computing time than a submission may"
    if ended.memory > limits.memory // 2:
        return Fault.OUT_OF_MEMORY, f"used more than {size_in_words(limits.memory)} of memory"
    return Fault.CRASHED, f"the process crashed (signal {-ended.status})"
