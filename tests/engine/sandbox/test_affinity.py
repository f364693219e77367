"""A grader runs on one core while its sandbox is open, and anywhere again afterwards."""

import os
import sys

import pytest

from autograder.sandbox.affinity import Core

pytestmark = pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) == 1,
    reason=f"one core, or none to choose on {sys.platform}",
)


def test_sandboxes_of_a_process_share_a_core_and_leave_it_in_any_order():
    before = os.sched_getaffinity(0)
    first, second = Core(), Core()
    first.take()
    held = os.sched_getaffinity(0)
    second.take()
    assert len(held) == 1
    assert os.sched_getaffinity(0) == held
    first.leave()
    assert os.sched_getaffinity(0) == held
    second.leave()
    assert os.sched_getaffinity(0) == before
    second.leave()
    assert os.sched_getaffinity(0) == before


def test_a_forked_process_is_not_kept_on_its_parents_core():
    core = Core()
    core.take()
    before, held = Core._before, os.sched_getaffinity(0)
    read, write = os.pipe()
    try:
        pid = os.fork()
        if pid == 0:
            os.write(write, b"free" if os.sched_getaffinity(0) == before else b"kept")
            os._exit(0)
        os.waitpid(pid, 0)
        assert os.read(read, 9) == b"free"
        assert os.sched_getaffinity(0) == held
    finally:
        core.leave()
        os.close(read)
        os.close(write)
