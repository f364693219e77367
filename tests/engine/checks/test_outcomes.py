"""What known functions come to on a student's calls."""

import numpy as np
import pytest

from autograder.checks.outcomes import Outcomes
from autograder.model.calls import Answer, Call
from tests.engine.checks.test_diagnosis import LIKE_Z


@pytest.fixture
def square():
    def function(z):
        function.runs += 1
        return z * z

    function.runs = 0
    return function


def test_planned_calls_are_run_once_and_others_each_time(square):
    planned, other = Call("f", (np.array([2.0]),)), Call("f", (np.array([2.0]),))
    outcomes = Outcomes(LIKE_Z, {id(planned)})
    for _ in range(3):
        assert outcomes.of(square, planned).value == [4.0]
    assert square.runs == 1
    for _ in range(3):
        assert outcomes.of(square, other).value == [4.0]
    assert square.runs == 4


def test_nudged_arguments_have_an_outcome_of_their_own(square):
    planned = Call("f", (np.array([2.5]),))
    outcomes = Outcomes(LIKE_Z, {id(planned)})
    exact, nudged = outcomes.of(square, planned), outcomes.of(square, planned, nudged=True)
    assert exact.value == [6.25]
    assert nudged.value != exact.value
    assert outcomes.of(square, planned) is exact


def test_no_answer_changes_what_is_kept(square):
    call = Call("f", (np.array([3.0]),))
    outcomes = Outcomes(LIKE_Z, {id(call)})
    assert outcomes.explains(square, Answer(call, np.array([9.0])))
    assert not outcomes.explains(square, Answer(call, np.array([8.0])))
    assert outcomes.explains(square, Answer(call, np.array([9.0])))
