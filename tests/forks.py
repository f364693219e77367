"""Python processes that are forked from one that has made their imports: a fork takes a tenth of a start's time.

A process that is started this way is one of its own, with the arguments, environment, folder and descriptors that it would have; what it
imports was imported before, that is all. Tests of what is about starting (paths, a clean environment) start processes the usual way.
"""

from __future__ import annotations

import array
import atexit
import contextlib
import io
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NoReturn

ROOT = Path(__file__).parents[1]
_FREE = 500
"""Descriptors from here on are used for nothing else."""
_SERVE = """
import sys; sys.path.insert(0, sys.argv[1]); from tests.forks import _end, _serve
try:
    exec(_serve())
except BaseException as error:
    _end(error)
_end(None)
"""
"""A fork's code runs where that of ``python -c`` does."""


class Forks:
    """Forks processes from one with ``modules``, for this process and those that it starts.

    Args:
        modules: what is imported once.
        options: of the interpreter.
        env: its environment, from its start.

    """

    def __init__(self, modules: Sequence[str], *, options: Sequence[str] = (), env: Mapping[str, str]) -> None:
        self.address = f"\0autograder-tests-{os.getpid()}-{time.monotonic_ns()}"
        self._ours, theirs = socket.socketpair()  # it ends when ours is closed
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener, theirs:
            listener.bind(self.address)
            listener.listen(50)
            fds = (listener.fileno(), theirs.fileno())
            self._process = subprocess.Popen(
                [sys.executable, *options, "-c", _SERVE, str(ROOT), *map(str, fds), *modules],
                stdin=subprocess.DEVNULL,
                pass_fds=fds,
                env=env,
                cwd="/",
            )
        atexit.register(self.close)

    def close(self) -> None:
        """End it; what was forked goes on."""
        self._ours.close()
        self._process.wait()


class Forked:
    """A process forked from the one at ``address``, as ``subprocess.Popen`` describes one.

    Args:
        address: of the process with the modules.
        code: as for ``python -c``.
        arguments: ``sys.argv[1:]``.
        fds: what is open there -> what it is here.
        how: ``env``, ``cwd`` and ``start_new_session``, as for ``subprocess.Popen``.

    """

    stdin = stdout = None
    stderr: IO[bytes] | None = None

    def __init__(self, address: str, code: str, arguments: Sequence[str], fds: Mapping[int, int], **how: Any) -> None:
        self.returncode: int | None = None
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._server.connect(address)
        request = {"code": code, "arguments": list(arguments), "fds": list(fds), **how}
        passed = array.array("i", fds.values())
        self._server.sendmsg([pickle.dumps(request)], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, passed)])
        self.pid = int(self._server.recv(100))

    def poll(self) -> int | None:
        """Its exit code, if it has ended."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, once it has ended."""
        if self.returncode is None:
            if not select.select([self._server], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("fork", timeout or 0)
            self.returncode = int(self._server.recv(100) or -signal.SIGKILL)
            self._server.close()
        return self.returncode

    def kill(self) -> None:
        """Kill it, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def communicate(self) -> tuple[bytes, bytes]:
        """What it wrote to its standard error, once it has ended."""
        said = self.stderr.read() if self.stderr else b""
        self.wait()
        return b"", said


def _serve() -> str:
    """In the process with the modules: fork on request; returns, in each fork, the code to run."""
    import gc
    import importlib

    listener, owner = (socket.socket(fileno=int(fd)) for fd in sys.argv[2:4])
    for name in sys.argv[4:]:
        with contextlib.suppress(ImportError):  # another version of a library may not have it
            importlib.import_module(name)
    gc.collect()
    gc.freeze()
    clients: dict[int, socket.socket] = {}
    news, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    interrupted = signal.signal(signal.SIGINT, signal.SIG_IGN)
    noticed = signal.signal(signal.SIGCHLD, lambda *_: None)
    while True:
        ready, _, _ = select.select([listener, owner, news], [], [])
        if owner in ready:
            os._exit(0)
        if news in ready:
            os.read(news, 1000)
            _reap(clients)
        if listener not in ready:
            continue
        client, _ = listener.accept()
        data, fds, _, _ = socket.recv_fds(client, 1_000_000, 50)
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGINT, interrupted)
            signal.signal(signal.SIGCHLD, noticed)
            for each in (listener, owner, client, *clients.values()):
                each.detach()
            return _become(pickle.loads(data), fds)
        clients[pid] = client
        for fd in fds:
            os.close(fd)
        client.send(str(pid).encode())


def _reap(clients: dict[int, socket.socket]) -> None:
    with contextlib.suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            with clients.pop(ended[0]) as client, contextlib.suppress(OSError):
                client.send(str(os.waitstatus_to_exitcode(ended[1])).encode())


def _become(request: dict[str, Any], fds: Sequence[int]) -> str:
    """Take on arguments, environment, folder and descriptors of a request; its code."""
    for number, fd in enumerate(fds):
        os.dup2(fd, _FREE + number)
    os.closerange(3, _FREE)
    for number, fd in enumerate(request["fds"]):
        os.dup2(_FREE + number, fd)
    os.closerange(_FREE, _FREE + len(fds))
    if request.get("start_new_session"):
        os.setsid()
    os.chdir(request.get("cwd") or "/")
    os.environ.clear()
    os.environ.update(request["env"])
    if request["env"].get("PYTHONUNBUFFERED"):
        sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), sys.stdout.encoding, write_through=True)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    sys.argv[:] = ["-c", *request["arguments"]]
    code: str = request["code"]
    return code


def _end(error: BaseException | None) -> NoReturn:
    """End as the interpreter does, but leave its objects alone: their pages are shared until one is taken apart."""
    status = 0
    if isinstance(error, SystemExit):
        status = error.code if isinstance(error.code, int) else int(error.code is not None)
        if not isinstance(error.code, int | None):
            print(error.code, file=sys.stderr)  # noqa: T201  (as the interpreter does)
    elif error is not None:
        status = 1
        sys.excepthook(type(error), error, error.__traceback__)
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    if isinstance(error, KeyboardInterrupt):
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    os._exit(status & 0xFF)
