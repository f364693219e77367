"""A sandbox that is started before its process forks serves one of the forked processes, and ends with it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest

from autograder.model.calls import Call
from autograder.model.limits import Limits
from autograder.model.submission import Submission
from autograder.sandbox.sandbox import Sandbox

if not hasattr(os, "pidfd_open"):
    pytest.skip("no process can be watched here: each starts a sandbox of its own", allow_module_level=True)

SECONDS = 60


@pytest.fixture
def offered():
    with Sandbox() as sandbox:
        sandbox.start()
        sandbox.offer()
        yield sandbox


def double(sandbox: Sandbox) -> object:
    with sandbox.open(Submission("student", "def double(x): return 2 * x"), "answer", Limits()) as session:
        return session.call(Call("double", (21,))).value


def forked(task: Callable[[], object]) -> tuple[int, int]:
    """A forked process that runs ``task`` and waits to be killed; its process id, and where it writes the result."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(write, repr(task()).encode())
        os.close(write)
        time.sleep(SECONDS)
        os._exit(0)
    os.close(write)
    return pid, read


def result(read: int) -> str:
    with os.fdopen(read) as file:
        return file.read()


def end(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def zygote_of(sandbox: Sandbox) -> int:
    assert sandbox._zygote is not None
    return sandbox._zygote._process.pid


def test_the_first_process_that_opens_a_session_has_it_and_the_others_their_own(offered):
    def grade() -> object:
        value = double(offered)
        return value, zygote_of(offered)

    processes = [forked(grade)]
    first = result(processes[0][1])
    processes.append(forked(grade))
    second = result(processes[1][1])
    for pid, _ in processes:
        end(pid)
    assert first == f"(42, {zygote_of(offered)})"
    assert second.startswith("(42, ")
    assert second != first


def test_it_ends_with_the_process_that_took_it(offered):
    pid, read = forked(lambda: double(offered))
    assert result(read) == "42"
    assert offered._zygote.alive()
    end(pid)
    started = time.monotonic()
    while offered._zygote.alive() and time.monotonic() - started < SECONDS:
        time.sleep(0.01)
    assert not offered._zygote.alive()


def test_nobody_has_to_take_it(offered):
    zygote = zygote_of(offered)
    offered.close()
    with pytest.raises(ProcessLookupError):
        os.kill(zygote, 0)


def test_a_forked_process_notices_when_it_is_gone(offered):
    def grade_twice() -> object:
        first = double(offered)
        os.kill(zygote_of(offered), signal.SIGKILL)
        while offered._zygote.alive():
            time.sleep(0.01)
        return first, double(offered)

    pid, read = forked(grade_twice)
    found = result(read)
    end(pid)
    assert found == "(42, 42)"


def test_where_no_process_can_be_watched_each_starts_its_own(offered, monkeypatch):
    from autograder.model.errors import InfrastructureError
    from autograder.sandbox.worker.launcher import ZygoteProcess

    ask = ZygoteProcess._ask

    def refuse(self, message, fds=()):
        if message["do"] == "follow":
            raise InfrastructureError("the sandbox could not follow: no process can be watched here")
        return ask(self, message, fds)

    monkeypatch.setattr(ZygoteProcess, "_ask", refuse)
    pid, read = forked(lambda: (double(offered), zygote_of(offered)))
    found = result(read)
    end(pid)
    assert found.startswith("(42, ")
    assert found != f"(42, {zygote_of(offered)})"
