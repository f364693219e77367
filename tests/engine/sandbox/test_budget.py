"""What a submission may use is counted over all its sessions."""

from __future__ import annotations

import dataclasses
import time

import numpy as np
import pytest

from autograder.model.errors import Fault, StudentFault
from autograder.model.limits import Limits
from autograder.model.submission import Submission
from autograder.sandbox.sandbox import Budget
from tests.engine.sandbox.asking import ask

LIMITS = Limits(call_seconds=0.3, submission_seconds=0.8, wall_factor=4.0, memory=96 << 20, answers=1 << 20)


def fault_of(session, *args):
    with pytest.raises(StudentFault) as raised:
        ask(session, "f", args, {})
    return raised.value.fault


def test_waiting_in_one_session_leaves_less_to_the_next(sandbox):
    submission = Submission("a", "import time\ndef f(): time.sleep(99)")
    budget = Budget(LIMITS)
    started = time.monotonic()
    for _ in range(100):  # which waited for a minute and more, each for itself
        with sandbox.open(submission, "answer", LIMITS, budget) as session:
            assert fault_of(session) is Fault.TIMED_OUT
    assert time.monotonic() - started < 40


def test_answers_are_bounded_together(sandbox):
    submission = Submission("a", "import numpy as np\ndef f(n): return np.zeros(n)")
    budget = Budget(LIMITS)
    with sandbox.open(submission, "answer", LIMITS, budget) as session:
        for _ in range(3):
            assert ask(session, "f", (4000,), {}).value.size == 4000
        ask(session, "f", (4000,), {})
        with pytest.raises(StudentFault, match="returned more than 1 MiB of values in all its calls"):
            ask(session, "f", (4000,), {})
    with sandbox.open(submission, "answer", LIMITS, budget) as session:
        assert fault_of(session, 1) is Fault.OUT_OF_MEMORY


def test_what_a_callback_is_given_counts_as_well(sandbox):
    kept = []
    submission = Submission("a", "import numpy as np\ndef f(keep):\n    while True: keep(np.zeros(4000))")
    with sandbox.open(submission, "answer", LIMITS) as session:
        assert fault_of(session, kept.append) is Fault.OUT_OF_MEMORY
    assert sum(z.nbytes for z in kept) <= LIMITS.answers


def test_a_class_of_honest_answers_is_far_below(sandbox):
    submission = Submission("a", "def f(X): return X")
    limits = dataclasses.replace(LIMITS, answers=Limits().answers, submission_seconds=30.0)
    budget = Budget(limits)
    with sandbox.open(submission, "answer", limits, budget) as session:
        for _ in range(45):
            ask(session, "f", (np.zeros((20, 5)),), {})
    # A submission makes about a hundred times as many calls.
    assert budget.answers > limits.answers * 0.99


def test_a_second_try_has_a_little_more_time_and_is_not_charged():
    budget = Budget(LIMITS)
    budget.begin("question")
    budget.begin("property")
    budget.spend(0.5, 0.5)
    before = budget.seconds
    with budget.second_try():
        assert budget.next_call() == pytest.approx(min(1.2 * LIMITS.call_seconds, before))
        budget.spend(0.2, 0.2)
    assert budget.seconds == before
    assert budget.next_call() == pytest.approx(min(LIMITS.call_seconds, before))
