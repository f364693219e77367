"""Deficient properties, each with the sentence that names what is wrong with it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.checks import misconception


@misconception(
    says="Your property uses prior_precision = 0 only: a missing prior makes no difference there.",
    hint="Draw prior_precision as well.",
)
def no_prior_drawn(log_posterior, gradient):
    rng = np.random.default_rng(0)
    for _ in range(10):
        X, y, theta = rng.normal(size=(5, 2)), rng.integers(0, 2, size=5), rng.normal(size=2)
        slopes = [
            (log_posterior(X, y, theta + e, 0.0) - log_posterior(X, y, theta - e, 0.0)) / 2e-5 for e in 1e-5 * np.eye(2)
        ]
        np.testing.assert_allclose(gradient(X, y, theta, 0.0), slopes, atol=1e-5)
        twice = log_posterior(np.vstack([X, X]), np.concatenate([y, y]), theta, 0.0)
        assert abs(twice - 2 * log_posterior(X, y, theta, 0.0)) < 1e-8


@misconception(
    says="Your difference quotient has a step of 1e-13: rounding errors are larger than the tolerance.",
    hint="The rounding error of a quotient is about 1e-16 divided by the step.",
)
def step_too_small(log_posterior, gradient):
    rng = np.random.default_rng(0)
    X, y, theta = rng.normal(size=(5, 2)), rng.integers(0, 2, size=5), rng.normal(size=2)
    slopes = [
        (log_posterior(X, y, theta + e, 1.0) - log_posterior(X, y, theta, 1.0)) / 1e-13 for e in 1e-13 * np.eye(2)
    ]
    np.testing.assert_allclose(gradient(X, y, theta, 1.0), slopes, atol=1e-5)


@misconception(
    says="Your difference quotient is one-sided with a step of 0.1: that is not the derivative.",
    hint="A central difference with a step near 1e-5 has an error of about 1e-10.",
)
def step_too_large(log_posterior, gradient):
    rng = np.random.default_rng(0)
    X, y, theta = rng.normal(size=(5, 2)), rng.integers(0, 2, size=5), rng.normal(size=2)
    slopes = [(log_posterior(X, y, theta + e, 1.0) - log_posterior(X, y, theta, 1.0)) / 0.1 for e in 0.1 * np.eye(2)]
    np.testing.assert_allclose(gradient(X, y, theta, 1.0), slopes, atol=1e-3)


@misconception(
    says="Your property uses a single example: a sum, a mean and a forgotten example are the same there.",
    hint="Draw n as well.",
)
def one_example(log_posterior, gradient):
    @given(x=st.floats(-2, 2), y=st.integers(0, 1), theta=st.floats(-2, 2), precision=st.floats(0.5, 2))
    def holds(x, y, theta, precision):
        X, y, theta = np.array([[x]]), np.array([y]), np.array([theta])
        up, down = log_posterior(X, y, theta + 1e-5, precision), log_posterior(X, y, theta - 1e-5, precision)
        assert abs(gradient(X, y, theta, precision)[0] - (up - down) / 2e-5) < 1e-5
        penalty = log_posterior(X, y, theta, precision) - log_posterior(X, y, theta, 0.0)
        assert abs(penalty + precision / 2 * theta[0] ** 2) < 1e-8

    holds()


@misconception(
    says="Your property compares the gradient with differences and nothing else: a pair that is wrong together passes.",
    hint="What do you know about log_posterior alone: about its prior, and about examples that occur twice?",
)
def differences_only(log_posterior, gradient):
    rng = np.random.default_rng(0)
    for _ in range(10):
        X, y, theta = rng.normal(size=(5, 2)), rng.integers(0, 2, size=5), rng.normal(size=2)
        slopes = [
            (log_posterior(X, y, theta + e, 1.0) - log_posterior(X, y, theta - e, 1.0)) / 2e-5 for e in 1e-5 * np.eye(2)
        ]
        np.testing.assert_allclose(gradient(X, y, theta, 1.0), slopes, atol=1e-5)


@misconception(
    says="Your property states that the gradient is 0 at θ = 0, which is no property of a gradient.",
    hint="State what holds at every θ, for every right implementation.",
)
def wrong_identity(log_posterior, gradient):
    X, y = np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([1, 0])
    np.testing.assert_allclose(gradient(X, y, np.zeros(2), 1.0), 0, atol=1e-9)


@misconception(
    says="Your property checks the sign of a step only: going up a little does not make it the gradient.",
    hint="Compare values, not directions.",
)
def only_uphill(log_posterior, gradient):
    rng = np.random.default_rng(0)
    for _ in range(20):
        X, y, theta = rng.normal(size=(5, 2)), rng.integers(0, 2, size=5), rng.normal(size=2)
        g = gradient(X, y, theta, 1.0)
        assert log_posterior(X, y, theta + 1e-4 * g, 1.0) > log_posterior(X, y, theta, 1.0)


@misconception(
    says="Your property draws anew in every run, with a seed from the system: its verdict is a matter of luck.",
    hint="np.random.default_rng() without a seed differs in every run; let Hypothesis draw, or fix the seeds.",
)
def flaky(log_posterior, gradient):
    @given(st.just(0))
    def holds(_):
        rng = np.random.default_rng()
        X, y, theta = rng.normal(size=(5, 2)), rng.integers(0, 2, size=5), rng.normal(size=2)
        up, down = log_posterior(X, y, theta + [1e-5, 0], 1.0), log_posterior(X, y, theta - [1e-5, 0], 1.0)
        assert abs(gradient(X, y, theta, 1.0)[0] - (up - down) / 2e-5) < 1e-11

    for _ in range(100):
        holds()
