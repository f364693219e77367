"""Runs trusted functions on untrusted arguments, in a process that can be killed.

The reference replaces a student's wrong function while a question is judged again. Its code is trusted, but its
arguments come from the student's code: a count can make it run for hours, and a random generator in a state of
the student's choosing can make it run for ever inside NumPy, where no signal handler is called.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import signal
import sys
import threading
import warnings
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from autograder.model.errors import Fault, InfrastructureError, StudentFault
from autograder.sandbox import affinity
from autograder.sandbox.layers import linux
from autograder.sandbox.relay import answer, from_wire, violation
from autograder.sandbox.stopwatch import LOOK_SECONDS, Stopwatch
from autograder.wire.codec import Codec
from autograder.wire.convert import refuse, to_plain
from autograder.wire.types import PREFIX, Caps, UnsupportedValue, WireError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

MEMORY = 1 << 30
"""Bytes that the process may take beyond those of the grader."""
_WALL_FACTOR = 4.0
_KNOWN = 1024
_MESSAGE = 2000
_CHUNK = 1 << 16
_POLL_MILLISECONDS = int(LOOK_SECONDS * 1000)


class TrustedProcess:
    """A process that calls trusted functions on untrusted values. It starts when first needed; any thread may call."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: _Process | None = None
        self._known: dict[int, Callable[..., Any]] = {}

    def call(self, function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any], seconds: float) -> Any:
        """Call a trusted function.

        Args:
            function: one of ours. It runs in a copy of this process: what it changes there is not seen here.
            args: its arguments; values that cross the wire, and no functions.
            kwargs: its keyword arguments, likewise.
            seconds: CPU seconds that the call may take.

        Returns:
            What it returned, as it crosses the wire.

        Raises:
            StudentFault: timed out; crashed; or raised, with the exception's class and text as the message.
            InfrastructureError: the process was lost through a fault of the grader.

        """
        if not hasattr(os, "fork"):
            return _call_here(function, args, kwargs)
        return self._ask(function, lambda process: process.call(function, args, kwargs, seconds))

    def relay(self, function: Callable[..., Any], first: bool, frame: bytes, seconds: float) -> tuple[bytes, float]:
        """Answer a worker's call of a trusted function, undecoded.

        Args:
            function: one of ours, as for :func:`relay.answer`. Its first argument is ``first``.
            first: passed to it.
            frame: the call, as it came from the worker.
            seconds: CPU seconds that the call may take.

        Returns:
            The reply, a frame for the worker; the CPU seconds that it took.

        Raises:
            WireError: the frame is no call.
            StudentFault: timed out, or crashed.
            InfrastructureError: the process was lost through a fault of the grader.

        """
        if not hasattr(os, "fork"):
            reply, used = answer(Codec(Caps(), _to_wire, from_wire), frame, partial(function, first)), 0.0
        else:
            reply, used = self._ask(function, lambda process: process.relay(function, first, frame, seconds))
        if why := violation(reply):
            raise WireError(why)
        return reply, used

    def register(self, functions: Iterable[Callable[..., Any]]) -> None:
        """Functions that will be called: the process then need not start afresh for each of them."""
        with self._lock:
            self._known.update({id(function): function for function in functions})

    def start(self) -> None:
        """Start the process now, rather than beside other threads."""
        with self._lock:
            if hasattr(os, "fork") and not (
                self._process and self._process.usable and self._process.functions.keys() >= self._known.keys()
            ):
                self.close()
                self._process = _Process(list(self._known.values()))

    def move_here(self) -> None:
        """Have the process run on the cores of the calling thread: asking it is then a context switch."""
        with self._lock:
            if self._process and self._process.usable:
                self._process.move(affinity.cores())

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process and self._process.owner == os.getpid():
            self._process.end()
        self._process = None

    def _ask(self, function: Callable[..., Any], ask: Callable[[_Process], Any]) -> Any:
        with self._lock:
            for attempt in (1, 2):
                try:
                    return ask(self._process_for(function))
                except _ProcessLost as lost:  # ended from outside; or with the thread that started it
                    if lost.status != -signal.SIGKILL:
                        raise StudentFault(Fault.CRASHED, f"the process crashed (signal {-lost.status})") from None
                    if attempt == 2:
                        raise InfrastructureError("the process of the reference was killed") from None
        raise AssertionError

    def _process_for(self, function: Callable[..., Any]) -> _Process:
        """The process, started afresh where it does not know ``function`` yet."""
        if self._process and self._process.usable and id(function) in self._process.functions:
            return self._process
        self.close()
        self._known.pop(id(function), None)
        self._known[id(function)] = function
        while len(self._known) > _KNOWN:
            del self._known[next(iter(self._known))]
        self._process = _Process(list(self._known.values()))
        return self._process


class _ProcessLost(Exception):  # noqa: N818
    """The process ended without an answer."""

    def __init__(self, status: int) -> None:
        self.status = status


class _Process:
    """A copy of this process that answers calls of ``functions``."""

    def __init__(self, functions: Sequence[Callable[..., Any]]) -> None:
        self.owner = os.getpid()
        self.functions = {id(function): function for function in functions}
        self._codec = Codec(Caps(), _to_wire, refuse)
        cores = affinity.cores()
        requests, self._requests = os.pipe()
        self._answers, answers = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # other threads: none holds a lock that we need
            self._pid = os.fork()
        if self._pid == 0:
            _serve(self.functions, self._codec, requests, answers, self.owner, cores)
        os.close(requests)
        os.close(answers)
        self._news = select.poll()
        self._news.register(self._answers, select.POLLIN)
        self._ended = False

    def call(self, function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any], seconds: float) -> Any:
        try:
            data = self._codec.pack([id(function), tuple(args), dict(kwargs)])
        except WireError as error:
            raise StudentFault(Fault.RAISED, f"called with {error}") from error
        reply, _ = self._ask(data, seconds)
        kind, value = self._codec.unpack(reply)
        if kind == "raised":
            raise StudentFault(Fault.RAISED, value)
        return value

    def relay(self, function: Callable[..., Any], first: bool, frame: bytes, seconds: float) -> tuple[bytes, float]:
        return self._ask(self._codec.pack([id(function), first]) + frame, seconds)

    def _ask(self, data: bytes, seconds: float) -> tuple[bytes, float]:
        watch = Stopwatch(self._pid, seconds, _WALL_FACTOR * seconds)
        try:
            self._write(data)
            return bytes(self._read(watch)), watch.used()
        except BaseException:
            self.end()  # it may be in the middle of an answer
            raise

    def _write(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            try:
                left = left[os.write(self._requests, left) :]
            except BrokenPipeError:
                raise _ProcessLost(self.end()) from None

    def _read(self, watch: Stopwatch) -> bytearray:
        data = bytearray()
        needed = PREFIX.size
        while len(data) < needed:
            if not self._news.poll(_POLL_MILLISECONDS):
                if why := watch.overrun():
                    self.end()
                    raise StudentFault(Fault.TIMED_OUT, why)
                continue
            more = os.read(self._answers, _CHUNK)
            if not more:
                raise _ProcessLost(self.end())
            data += more
            if needed == PREFIX.size <= len(data):
                needed += sum(self._codec.measure(data))
        return data

    def move(self, cores: set[int]) -> None:
        """Have it run on ``cores``."""
        _move(self._pid, cores)

    def end(self) -> int:
        """Kill the process; its exit status, negative for a signal."""
        if self._ended:
            return 0
        self._ended = True
        for fd in (self._requests, self._answers):
            os.close(fd)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        try:
            return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        except ChildProcessError:
            return -signal.SIGKILL

    @property
    def usable(self) -> bool:
        """Whether it can be asked by this process."""
        return not self._ended and self.owner == os.getpid()


def _move(pid: int, cores: set[int]) -> None:
    if cores:
        with contextlib.suppress(OSError):  # it ended; or they may not be used any more
            os.sched_setaffinity(pid, cores)


shared = TrustedProcess()
"""The process of a thread that needs no other."""
second = TrustedProcess()
"""One for a second thread."""
call = shared.call
register = shared.register


def close() -> None:
    """End the processes that there are."""
    shared.close()
    second.close()


atexit.register(close)


def _serve(
    functions: Mapping[int, Callable[..., Any]],
    codec: Codec,
    requests: int,
    answers: int,
    parent: int,
    cores: set[int],
) -> NoReturn:
    """Answer calls until the grader closes the connection or ends."""
    relayed = Codec(Caps(), _to_wire, from_wire)
    stream = _Requests(codec, requests)
    try:
        linux.end_with(parent)
        _move(0, cores)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        signal.setitimer(signal.ITIMER_REAL, 0)
        low, high = sorted((requests, answers))
        for first, last in ((3, low), (low + 1, high), (high + 1, os.sysconf("SC_OPEN_MAX"))):
            os.closerange(first, last)
        _bound_memory()
        while True:
            match codec.unpack(stream.frame()):
                case [number, first]:
                    reply = answer(relayed, stream.frame(), partial(functions[number], first))
                case [number, args, kwargs]:
                    try:
                        reply = codec.pack(["value", functions[number](*args, **kwargs)])
                    except BaseException as error:  # noqa: BLE001  (SystemExit included)
                        reply = codec.pack(["raised", f"{type(error).__name__}: {error}"[:_MESSAGE]])
            left = memoryview(reply)
            while left:
                left = left[os.write(answers, left) :]
    finally:
        os._exit(0)


class _Requests:
    """The frames that arrive on ``fd``."""

    def __init__(self, codec: Codec, fd: int) -> None:
        self._codec = codec
        self._fd = fd
        self._unread = bytearray()

    def frame(self) -> bytearray:
        """The next one; where there is none, the grader is gone, and this process ends."""
        data = self._unread
        needed = PREFIX.size
        while True:
            if len(data) >= needed:
                if needed > PREFIX.size:
                    break
                needed += sum(self._codec.measure(data))
                continue
            more = os.read(self._fd, _CHUNK)
            if not more:
                os._exit(0)
            data += more
        self._unread = data[needed:]
        return data[:needed] if self._unread else data


def _bound_memory() -> None:
    if sys.platform != "linux":
        return
    import resource

    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123
        mapped = int(file.read().split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    most = min([mapped + MEMORY, *(limit for limit in before if limit != resource.RLIM_INFINITY)])
    resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))


def _to_wire(value: object) -> object:
    plain = to_plain(value)
    if isinstance(plain, UnsupportedValue):
        raise WireError(f"a {plain.type_name}")
    return plain


def _call_here(function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """Without a process of its own, where the system cannot copy one: nothing ends the call."""
    try:
        return function(*args, **kwargs)
    except Exception as error:
        raise StudentFault(Fault.RAISED, f"{type(error).__name__}: {error}"[:_MESSAGE]) from error
