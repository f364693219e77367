"""Start the zygote, and request workers from it."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.model.errors import InfrastructureError
from autograder.model.threads import THREADS
from autograder.sandbox.affinity import cores
from autograder.sandbox.layers import Finding
from autograder.sandbox.worker import control
from autograder.wire.types import Caps

_START_SECONDS = 60.0
_REQUEST_SECONDS = 300.0  # pandas and matplotlib may have to be loaded first, on a busy machine
_KEPT = ("OPENBLAS_CORETYPE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
# The project's folder is only there for the zygote's own imports; a worker finds Python's packages and no more.
_BOOT = """
import sys
root, fd, *flags = sys.argv[1:]
sys.path.insert(0, root)
from autograder.sandbox.worker import zygote
import site, sysconfig
keep = {*sysconfig.get_paths().values(), *site.getsitepackages()}
sys.path[:] = [p for p in sys.path if p in keep or p.startswith(sysconfig.get_paths()["stdlib"]) or p.endswith(".zip")]
sys.argv[:] = [""]
zygote.main(int(fd), flags)
"""


@dataclass(frozen=True, slots=True)
class WorkerExit:
    """How a worker ended: whether it had to be killed, its exit status (negative: the signal), what it used."""

    killed: bool
    status: int
    cpu: float
    memory: int


class ZygoteProcess:
    """The grader's handle on the zygote, which starts meanwhile. Thread-safe."""

    def __init__(self, *, unsafe: bool, without: frozenset[str]) -> None:
        ours, theirs = socket.socketpair()
        self._socket = ours
        self._lock = threading.Lock()
        self._gone = False
        self._owner = os.getpid()
        self._offer: int | None = None
        self.preloaded: dict[bytes, int] = {}
        root = str(Path(__file__).resolve().parents[3])
        flags = ["unsafe"] if unsafe else sorted(without)
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-s", "-P", "-c", _BOOT, root, str(theirs.fileno()), *flags],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=(theirs.fileno(),),
                env=environment(),
                cwd="/",
                start_new_session=True,
            )
        except OSError as error:
            ours.close()
            raise InfrastructureError(f"cannot start {sys.executable} for the sandbox: {error}") from error
        finally:
            theirs.close()

    @cached_property
    def layers(self) -> tuple[Finding, ...]:
        """What holds on this machine, which the zygote says once it has started.

        Raises:
            InfrastructureError: it did not start.

        """
        self._socket.settimeout(_START_SECONDS)
        try:
            hello, _ = control.receive(self._socket)
        except (EOFError, OSError) as error:
            raise InfrastructureError(f"the sandbox did not start: {self._last_words()}") from error
        self._socket.settimeout(_REQUEST_SECONDS)
        return tuple(Finding(*finding) for finding in hello["layers"])

    def offer(self) -> None:
        """Let the first process forked from this one that takes it have it. This one can only close it from now on."""
        if self._offer is not None:
            return
        self._offer, once = os.pipe()
        os.write(once, b"1")
        os.close(once)

    def take(self) -> bool:
        """Whether it was offered and not taken: it then serves this forked process from now on, and ends with it."""
        if self._offer is None:
            return False
        first = os.read(self._offer, 1)
        os.close(self._offer)
        self._offer = None
        if not first:
            return False
        try:
            self._ask({"do": "follow", "pid": os.getpid(), "cores": sorted(cores())})
        except InfrastructureError:  # no process can be watched here
            return False
        return True

    def open(self, request: dict[str, Any], fds: tuple[int, int, int]) -> int:
        """Fork a worker that reads requests from, answers on and prints on the three ``fds``; its process id."""
        return int(self._ask({"do": "open", **request}, fds)["pid"])

    def end(self, pid: int) -> WorkerExit:
        """End a worker that is not dead yet; how it ended."""
        return WorkerExit(**self._ask({"do": "end", "pid": pid}))

    def preload(self, frames: Mapping[bytes, None], caps: Caps) -> None:
        """Have batches of calls, each there once, decoded in each worker that is forked from now on."""
        some = [frame for frame in frames if frame not in self.preloaded]
        if some:
            self._ask({"do": "preload", "frames": some, "caps": caps._asdict()})
            self.preloaded.update({frame: number for number, frame in enumerate(some, len(self.preloaded))})

    def alive(self) -> bool:
        """Whether it can still be asked for workers."""
        if self._gone:
            return False
        return self._process.poll() is None if self._is_child() else not _has_news(self._socket)

    def close(self) -> None:
        """End the zygote and everything it started."""
        self._gone = True
        with contextlib.suppress(OSError):
            control.send(self._socket, {"do": "leave"})  # another process may have inherited the socket
        self._socket.close()
        if self._offer is not None:
            os.close(self._offer)
            self._offer = None
        if not self._is_child():
            return
        try:
            self._process.wait(_START_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()

    def _ask(self, message: dict[str, Any], fds: tuple[int, ...] = ()) -> dict[str, Any]:
        assert self._offer is None, "offered to a forked process"
        _ = self.layers  # the first thing it says
        with self._lock:
            try:
                control.send(self._socket, message, fds)
                answer, _ = control.receive(self._socket)
            except (EOFError, OSError) as error:
                self._gone = True
                raise InfrastructureError(f"the sandbox is gone: {error or 'it ended'}") from error
            except BaseException:  # interrupted: the answer that is still to come would be taken for another's
                self._gone = True
                self._socket.close()
                raise
        if "error" in answer:
            raise InfrastructureError(f"the sandbox could not {message['do']}: {answer['error']}")
        return answer

    def _is_child(self) -> bool:
        return self._owner == os.getpid()

    def _last_words(self) -> str:
        self._socket.close()
        self._process.kill()
        _, said = self._process.communicate()
        lines = said.decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"exit status {self._process.returncode}"


def _has_news(connection: socket.socket) -> bool:
    poller = select.poll()
    poller.register(connection, select.POLLIN)
    return bool(poller.poll(0))


def environment() -> dict[str, str]:
    """The whole environment of the zygote and its workers."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "JOBLIB_MULTIPROCESSING": "0",
        "MPLBACKEND": "Agg",
        # Each further arena takes 64 MiB of the addresses that a worker may use, when two threads happen to meet.
        "MALLOC_ARENA_MAX": "1",
        **dict.fromkeys(THREADS, "1"),
        **kept,
    }
