"""Deficient properties, each with the sentence that names what is wrong with it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.checks import misconception


@misconception(
    says="Your property states that the bound is never above log p(x), and nothing about where the two are equal.",
    hint="A bound that is always too low is never above. What holds at the posterior?",
)
def never_above_only(elbo, log_marginal_likelihood):
    rng = np.random.default_rng(0)
    for _ in range(20):
        X, W, mean = rng.normal(size=(3, 4)), rng.normal(size=(4, 2)), rng.normal(size=4)
        bound = elbo(X, rng.normal(size=(3, 2)), np.eye(2) * rng.uniform(0.1, 0.3), W, mean, 1.0)
        assert np.all(bound <= log_marginal_likelihood(X, W, mean, 1.0) + 1e-9)


@misconception(
    says="Your property looks at the posterior only: a bound that ignores q is right there.",
    hint="What holds for every other q?",
)
def posterior_only(elbo, log_marginal_likelihood):
    rng = np.random.default_rng(0)
    for _ in range(10):
        X, W, mean = rng.normal(size=(3, 4)), rng.normal(size=(4, 2)), rng.normal(size=4)
        inverse = np.linalg.inv(W.T @ W + np.eye(2))
        found = elbo(X, (X - mean) @ W @ inverse, inverse, W, mean, 1.0)
        np.testing.assert_allclose(found, log_marginal_likelihood(X, W, mean, 1.0), atol=1e-8)


@misconception(
    says="Your property forgets to subtract the mean: its posterior is not the posterior.",
    hint="The posterior's mean is (WᵀW + σ²I)⁻¹ Wᵀ (x − mean).",
)
def wrong_posterior(elbo, log_marginal_likelihood):
    rng = np.random.default_rng(0)
    X, W, mean = rng.normal(size=(3, 4)), rng.normal(size=(4, 2)), rng.normal(size=4)
    inverse = np.linalg.inv(W.T @ W + np.eye(2))
    found = elbo(X, X @ W @ inverse, inverse, W, mean, 1.0)
    np.testing.assert_allclose(found, log_marginal_likelihood(X, W, mean, 1.0), atol=1e-8)


@misconception(
    says="Your property demands that the bound lies strictly below at the posterior, too, where it is reached.",
    hint="For which q are the two equal?",
)
def strictly_below_everywhere(elbo, log_marginal_likelihood):
    rng = np.random.default_rng(0)
    X, W, mean = rng.normal(size=(3, 4)), rng.normal(size=(4, 2)), rng.normal(size=4)
    inverse = np.linalg.inv(W.T @ W + np.eye(2))
    for shift in (0.0, 1.0):
        bound = elbo(X, (X - mean) @ W @ inverse + shift, inverse, W, mean, 1.0)
        assert np.all(bound < log_marginal_likelihood(X, W, mean, 1.0) - 1e-6)


@misconception(
    says="Your property checks the first example only, and one q whose spread is tiny.",
    hint="Draw several examples, and covariances of different sizes.",
)
def tiny_spread(elbo, log_marginal_likelihood):
    X, W, mean = np.array([[0.5, -1.0]]), np.array([[1.0], [2.0]]), np.zeros(2)
    assert elbo(X, np.zeros((1, 1)), np.array([[1e-9]]), W, mean, 1.0)[0] < log_marginal_likelihood(X, W, mean, 1.0)[0]
