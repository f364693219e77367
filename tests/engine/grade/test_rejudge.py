"""What replaces a student's wrong function is called as the function itself would be, within limits."""

import numpy as np
import pytest

from autograder.grade.memo import Memo
from autograder.grade.rejudge import LARGEST_KNOWN, StandIn
from autograder.model.calls import Call
from autograder.model.errors import Fault
from autograder.model.limits import Limits
from autograder.model.submission import Submission
from autograder.sandbox.sandbox import Sandbox

LIMITS = Limits(call_seconds=1.0, import_seconds=5.0, submission_seconds=60.0)


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def answer(sandbox):
    """What a student's ``f`` answers where ``g`` is replaced by a right function."""

    def called(source, right, *args, known=None, seconds=1.0):
        with sandbox.open(Submission("ada", source), "answer", LIMITS) as session:
            stand_in = StandIn(right, seconds, Memo(100) if known is None else known)
            session.replace("g", stand_in)
            return session.call(Call("f", args))

    return called


def right(z):
    if z < 0:
        raise ValueError("z is negative")
    return 2 * z


def draws(rng):
    return rng.random()


def waits(_):
    while True:
        pass


def large(z):
    return np.full(LARGEST_KNOWN, z)


CALLS_G = "def g(z): return 0\ndef f(z): return g(z) + 1"


def test_what_it_raises_the_students_code_may_expect(answer):
    source = "def g(z): return 0\ndef f(z):\n    try: return g(z)\n    except ValueError as error: return str(error)"
    assert answer(source, right, 3.0).value == 6.0
    assert answer(source, right, -3.0).value == "z is negative"
    raised = answer(CALLS_G, right, -3.0).fault
    assert (raised.fault, raised.type_names[0]) == (Fault.RAISED, "ValueError")


def test_it_advances_the_students_generator(answer):
    source = "def g(rng): return 0\ndef f(rng): return g(rng), g(rng), rng.random()"
    expected = tuple(np.random.default_rng(5).random(3))
    assert answer(source, draws, np.random.default_rng(5)).value == expected


def test_replies_are_kept_for_the_same_arguments_only(answer):
    known = Memo(100)
    found = [answer(CALLS_G, right, z, known=known).value for z in (1.0, 2.0, 1.0, 1)]
    assert found == [3.0, 5.0, 3.0, 3]
    assert known.hits == 1
    answer(CALLS_G, large, 1.0, known=known)
    answer(CALLS_G, large, 1.0, known=known)
    assert known.hits == 1


def test_where_it_takes_too_long_the_call_has_no_answer(answer):
    assert (
        answer(
            "def g(z): return 0\ndef f(z):\n    try: return g(z)\n    except Exception: return 1",
            waits,
            1.0,
            seconds=0.1,
        ).fault.fault
        is Fault.TIMED_OUT
    )
