"""Deadlines in this process: code that waits ends by the wall clock, code that computes by CPU time."""

import threading
import time

import pytest

from autograder.checks.deadline import deadline
from autograder.model.errors import Fault, StudentFault


def compute(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def in_a_thread(function):
    """Where there are no signals."""
    raised = []

    def run():
        try:
            function()
        except StudentFault as fault:
            raised.append(fault)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]


def here(function):
    function()


@pytest.fixture(params=[here, in_a_thread])
def run(request):
    return request.param


def test_code_that_computes_is_not_ended_for_its_share_of_a_busy_machine(run):
    def computes():
        with deadline(10, 0.2):
            compute(0.5)

    run(computes)


def test_code_that_computes_without_a_bound_ends_later(run):
    def computes():
        with deadline(0, 0.1):
            compute(60)

    with pytest.raises(StudentFault, match=r"gave no answer within 0\.1 s") as caught:
        run(computes)
    assert caught.value.fault is Fault.TIMED_OUT


def test_code_that_computes_too_long(run):
    def computes():
        with deadline(0.2, 60):
            compute(60)

    with pytest.raises(StudentFault, match=r"more than 0\.2 s of computing time"):
        run(computes)


def test_code_that_waits(run):
    def waits():
        with deadline(10, 0.2):
            for _ in range(600):
                time.sleep(0.1)

    with pytest.raises(StudentFault, match=r"gave no answer within 0\.2 s"):
        run(waits)
