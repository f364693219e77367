"""Trusted functions on untrusted arguments: whatever these are, the grader gets an answer or a fault in time."""

from __future__ import annotations

import os
import signal
import threading
import time

import numpy as np
import pytest

from autograder.model.errors import Fault, InfrastructureError, StudentFault
from autograder.sandbox import trusted

STUCK = (1 << 64) - 1  # a state of PCG64 that maps to itself, so that every draw is the same and none is accepted


@pytest.fixture(autouse=True)
def _closed():
    yield
    trusted.close()


def stuck():
    rng = np.random.default_rng(0)
    step = (STUCK - STUCK * 0x2360ED051FC65DA44385DF649FCCF645) % (1 << 128)
    rng.bit_generator.state = {
        "bit_generator": "PCG64",
        "state": {"state": STUCK, "inc": step},
        "has_uint32": 0,
        "uinteger": 0,
    }
    return rng


def normal(rng):
    return rng.normal(size=3)


def both(x, *, y=1):
    return x + y, [x.sum(), float(y)]


def pid():
    return os.getpid()


def fails(x):
    raise ValueError(f"no {x}")


def takes(size):
    return np.ones(int(size)).sum()


def spins():
    while True:
        pass


def crashes():
    os.kill(os.getpid(), signal.SIGSEGV)


def odd():
    return object()


def test_values_come_back_as_they_would_here():
    total, (s, y) = trusted.call(both, (np.arange(3.0),), {"y": 2.5}, 1)
    assert total.tolist() == [2.5, 3.5, 4.5]
    assert (s, y) == (3.0, 2.5)
    assert (
        trusted.call(normal, (np.random.default_rng(3),), {}, 1).tolist() == normal(np.random.default_rng(3)).tolist()
    )


def test_one_process_serves_many_calls():
    first = trusted.call(pid, (), {}, 1)
    assert first != os.getpid()
    assert trusted.call(pid, (), {}, 1) == first


@pytest.mark.parametrize(("function", "args"), [(normal, "stuck"), (spins, "")])
def test_a_call_without_end_is_ended(function, args):
    before = time.process_time()
    with pytest.raises(StudentFault) as caught:
        trusted.call(function, (stuck(),) if args else (), {}, 0.2)
    assert caught.value.fault is Fault.TIMED_OUT
    assert time.process_time() - before < 1
    assert trusted.call(both, (np.ones(1),), {}, 1)[0] == 2


@pytest.mark.parametrize(
    ("function", "args", "fault", "text"),
    [
        (fails, (3,), Fault.RAISED, "ValueError: no 3"),
        (takes, (10**10,), Fault.RAISED, "MemoryError"),
        (crashes, (), Fault.CRASHED, "signal 11"),
        (odd, (), Fault.RAISED, "object"),
        (both, (object(),), Fault.RAISED, "object"),
    ],
)
def test_what_goes_wrong_is_a_fault_of_the_one_call(function, args, fault, text):
    with pytest.raises(StudentFault, match=text) as caught:
        trusted.call(function, args, {}, 1)
    assert caught.value.fault is fault
    assert trusted.call(both, (np.ones(1),), {}, 1)[0] == 2


def test_large_values_cross():
    x = np.arange(200_000.0)
    assert np.array_equal(trusted.call(both, (x,), {}, 1)[0], x + 1)


def test_a_process_that_was_killed_from_outside_is_replaced():
    killed = trusted.call(pid, (), {}, 1)
    os.kill(killed, signal.SIGKILL)
    assert trusted.call(pid, (), {}, 1) != killed


def test_killed_again_and_again_is_ours():
    def dies():
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(InfrastructureError):
        trusted.call(dies, (), {}, 1)


def test_any_thread_may_call():
    found = []
    threads = [threading.Thread(target=lambda: found.append(trusted.call(pid, (), {}, 1))) for _ in range(4)]
    for thread in threads:
        thread.start()
        thread.join()
    assert len(found) == 4


def test_it_ends_with_close():
    number = trusted.call(pid, (), {}, 1)
    trusted.close()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
