"""A submission that hangs, wherever and however, ends within its time; nobody waits for more."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import pytest

from autograder.grade import Assignment, Grader
from autograder.model.submission import Submission
from autograder.sandbox.sandbox import Sandbox
from tests.attacks.arena import Arena
from tests.course.grading.classes import with_limits

SECONDS = 2.0
CALL_SECONDS = 1.0
SLACK = 25.0
"""A busy machine starts and ends processes late. Without a deadline each takes longer than that."""
TOP = "import os, time, numpy as np\n"
HANGS = {
    "computes": "def double(z):\n    while True: pass\ndef weigh(X, theta):\n    while True: pass\n",
    "sleeps": "def double(z): time.sleep(99)\ndef weigh(X, theta): time.sleep(99)\n",
    "computes while imported": "while True: pass\n",
    "sleeps while imported": "time.sleep(99)\n",
    "sleeps when imported again": "if time.time() > STARTED + 1: time.sleep(99)\n"
    "def double(z): time.sleep(1.5); return 7.0\ndef weigh(X, theta): return double(X @ theta)\n",
    "sleeps a little each time": "def double(z): time.sleep(0.9); return 7.0\n"
    "def weigh(X, theta): time.sleep(0.9); return double(X @ theta)\n",
    "computes a little each time": "def spin():\n    end = time.thread_time() + 0.05\n    while time.thread_time() < end: pass\n"
    "def double(z): spin(); return 7.0\ndef weigh(X, theta): spin(); return double(X @ theta)\n",
    "dies slowly": "def double(z): time.sleep(0.9); os._exit(0)\nweigh = lambda X, theta: double(X)\n",
}


@pytest.fixture(scope="module")
def grader(toy_master):
    with tempfile.TemporaryDirectory(prefix="autograder-arena-") as folder:
        limits = {"submission_seconds": SECONDS, "call_seconds": CALL_SECONDS, "property_seconds": SECONDS / 2}
        arena = Arena(toy_master, Path(folder), **limits)
        with Sandbox() as sandbox:
            grader = Grader(Assignment(arena.master), sandbox)
            grader.grade(Submission("first", "def double(z): return 2 * z\n"))
            yield grader


@pytest.mark.parametrize("how", HANGS)
def test_a_submission_that_hangs_ends_in_time(grader, how):
    if "computes" in how:  # it uses all of its time: a quarter shows the same
        grader = Grader(
            with_limits(grader.assignment, submission_seconds=SECONDS / 4, call_seconds=0.15), grader.sandbox
        )
    source = TOP + HANGS[how].replace("STARTED", str(time.time()))
    started, computing = time.monotonic(), time.process_time()
    result = grader.grade(Submission("hangs", source))
    took = time.monotonic() - started
    assert result.score <= 2  # weigh leaves its arguments alone
    assert result.judged
    # Deadlines are those of the processor: what other programs take of it is not the submission's.
    assert time.process_time() - computing < SECONDS
    if "computes" not in how:
        # Calls asked together are not charged when they come to nothing, which they may do once.
        assert took < SECONDS + CALL_SECONDS + SLACK
