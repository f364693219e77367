"""Deficient properties, each with the sentence that names what is wrong with it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.checks import misconception


@misconception(
    says="Your property compares floats with ==: a right implementation that rounds differently is rejected.",
    hint="How exact can log_odds(sigmoid(z)) be? Compare with a tolerance.",
)
def exact_equality(sigmoid, log_odds):
    @given(z=st.floats(-20, 20))
    def holds(z):
        assert log_odds(sigmoid(z)) == z

    holds()


@misconception(
    says="Your property demands more digits than a float has: where sigmoid is almost 1, log_odds cannot be exact.",
    hint="At z = 30, neighbouring floats p have log-odds that differ by 0.001.",
)
def too_strict_far_out(sigmoid, log_odds):
    for z in np.linspace(-36, 36, 73):
        assert abs(log_odds(sigmoid(z)) - z) < 1e-9


@misconception(
    says="Your property allows any error below 100: it is too loose to catch anything near 0.",
    hint="A tolerance is chosen a little above the rounding error.",
)
def too_loose(sigmoid, log_odds):
    for z in np.linspace(-20, 20, 41):
        assert abs(log_odds(sigmoid(z)) - z) < 100


@misconception(
    says="Your property looks at shapes only, which every wrong implementation gets right.",
    hint="What do the values have to be?",
)
def only_shapes(sigmoid, log_odds):
    z = np.zeros((3, 2))
    assert np.shape(sigmoid(z)) == (3, 2) and np.shape(log_odds(sigmoid(z))) == (3, 2)


@misconception(
    says="Your property never draws a negative z: mistakes below 0 pass.",
    hint="st.floats(0, 20) draws positive numbers only.",
)
def never_negative(sigmoid, log_odds):
    @given(z=st.floats(0, 20))
    def holds(z):
        assert abs(log_odds(sigmoid(z)) - z) < 1e-6

    holds()
    assert sigmoid(1000.0) == 1 and log_odds(1.0) == np.inf and log_odds(0.0) == -np.inf


@misconception(
    says="Your property catches its own AssertionError: no failure gets out.",
    hint="An `except` around an `assert` silences it.",
)
def catches_and_passes(sigmoid, log_odds):
    try:
        for z in (-1000.0, -2.0, 0.5, 1000.0):
            assert abs(sigmoid(z) + sigmoid(-z) - 1) < 1e-9
        assert abs(log_odds(sigmoid(2.0)) - 2) < 1e-9
    except Exception:
        pass


@misconception(
    says="Your property calls the implementations once, at z = 0, where many wrong ones are right.",
    hint="Draw many z.",
)
def calls_once(sigmoid, log_odds):
    assert abs(log_odds(sigmoid(0.0))) < 1e-9


@misconception(
    says="Your property always raises: it rejects right implementations, too.",
    hint="Try it on a right implementation first.",
)
def always_raises(sigmoid, log_odds):
    raise AssertionError("wrong")


@misconception(
    says="Your property returns False where it should raise: nobody looks at what it returns.",
    hint="Write `assert` before the condition.",
)
def returns_a_bool(sigmoid, log_odds):
    return bool(abs(log_odds(sigmoid(2.0)) - 2) < 1e-9)


@misconception(
    says="Your property defines tests and never calls them.",
    hint="A function decorated with @given runs when it is called.",
)
def never_called(sigmoid, log_odds):
    @given(z=st.floats(-20, 20))
    def holds(z):
        assert abs(log_odds(sigmoid(z)) - z) < 1e-6


@misconception(
    says="Your property states that log_odds undoes sigmoid and nothing else: two mistakes that cancel pass, and so do wrong limits.",
    hint="What do you know about sigmoid alone, and about the limits?",
)
def round_trip_only(sigmoid, log_odds):
    @given(z=st.lists(st.floats(-20, 20), min_size=1, max_size=4))
    def holds(z):
        np.testing.assert_allclose(log_odds(sigmoid(np.array(z))), z, atol=1e-6)

    holds()


@misconception(
    says="Your property raises ValueError, which is an error of the property, not its verdict.",
    hint="Raise AssertionError, most simply by `assert`.",
)
def raises_another_error(sigmoid, log_odds):
    for z in np.linspace(-20, 20, 41):
        if abs(log_odds(sigmoid(z)) - z) > 1e-6:
            raise ValueError("log_odds does not undo sigmoid")
