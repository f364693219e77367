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


def test_whether_rounding_decides_is_found_once_for_a_planned_call(square):
    def side(x):
        square.runs += 1
        return np.sign(x - 2.5)

    planned = Call("f", (np.array([2.5]),))
    outcomes = Outcomes(LIKE_Z, {id(planned)})
    assert outcomes.is_decided_by_rounding(side, planned)
    assert square.runs == 2  # as it is, and with other last digits
    assert outcomes.is_decided_by_rounding(side, planned)
    assert outcomes.of(side, planned).value == [0.0]
    assert square.runs == 2
    assert not outcomes.is_decided_by_rounding(square, planned)


def test_no_answer_changes_what_is_kept(square):
    call = Call("f", (np.array([3.0]),))
    outcomes = Outcomes(LIKE_Z, {id(call)})
    assert outcomes.explains(square, Answer(call, np.array([9.0])))
    assert not outcomes.explains(square, Answer(call, np.array([8.0])))
    assert outcomes.explains(square, Answer(call, np.array([9.0])))
