"""Deficient properties, each with the sentence that names what is wrong with it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.checks import misconception


@misconception(
    says="Your property states that rows sum to 1 and nothing else: wrong probabilities can sum to 1.",
    hint="What does Bayes' rule say about posterior and joint_log_prob?",
)
def rows_only(posterior, joint_log_prob):
    rng = np.random.default_rng(0)
    for far in (1, 30, 1000):
        X, means, variances = far * rng.normal(size=(4, 2)), rng.normal(size=(3, 2)), rng.uniform(0.5, 2, size=(3, 2))
        np.testing.assert_allclose(posterior(X, np.array([0.2, 0.3, 0.5]), means, variances).sum(axis=1), 1)


@misconception(
    says="Your property never goes far from the means: what overflows there passes.",
    hint="Multiply some x by 1000.",
)
def never_far_out(posterior, joint_log_prob):
    rng = np.random.default_rng(0)
    for priors in ([0.2, 0.3, 0.5], [0.0, 0.5, 0.5]):
        X, means, variances = rng.normal(size=(4, 2)), rng.normal(size=(3, 2)), rng.uniform(0.5, 2, size=(3, 2))
        joint = joint_log_prob(X, np.array(priors), means, variances)
        p = np.exp(joint)
        np.testing.assert_allclose(
            posterior(X, np.array(priors), means, variances), p / p.sum(axis=1, keepdims=True), atol=1e-9
        )
        assert np.all(np.isinf(joint) == (np.array(priors) == 0))


@misconception(
    says="Your property uses equal priors only: an implementation that ignores them is right there.",
    hint="Draw priors, an impossible class among them.",
)
def equal_priors(posterior, joint_log_prob):
    rng = np.random.default_rng(0)
    for far in (1, 30, 1000):
        X, means, variances = far * rng.normal(size=(4, 2)), rng.normal(size=(3, 2)), rng.uniform(0.5, 2, size=(3, 2))
        joint = joint_log_prob(X, np.full(3, 1 / 3), means, variances)
        p = np.exp(joint - np.logaddexp.reduce(joint, axis=1)[:, None])
        np.testing.assert_allclose(posterior(X, np.full(3, 1 / 3), means, variances), p, atol=1e-9)


@misconception(
    says="Your property takes the logarithm of posterior far out, where the right probability is 0 and its logarithm is −inf.",
    hint="Compare probabilities, not their logarithms, where they may be 0.",
)
def finite_logarithms(posterior, joint_log_prob):
    X, means = np.array([[1000.0], [0.5]]), np.array([[0.0], [3.0]])
    assert np.all(np.isfinite(np.log(posterior(X, np.array([0.5, 0.5]), means, np.array([[1.0], [2.0]])))))


@misconception(
    says="Your property expects rows to sum to 1 exactly: rounding leaves a last digit.",
    hint="Compare with a tolerance.",
)
def exactly_1(posterior, joint_log_prob):
    rng = np.random.default_rng(0)
    for _ in range(20):
        X, means, variances = rng.normal(size=(4, 2)), rng.normal(size=(3, 2)), rng.uniform(0.5, 2, size=(3, 2))
        assert np.all(posterior(X, np.array([0.2, 0.3, 0.5]), means, variances).sum(axis=1) == 1)


@misconception(
    says="Your property takes the joint for the posterior: it states that the two are equal.",
    hint="What lies between log P(x, y) and P(y | x)?",
)
def wrong_identity(posterior, joint_log_prob):
    X, means, variances = np.array([[0.3]]), np.array([[0.0], [1.0]]), np.ones((2, 1))
    priors = np.array([0.5, 0.5])
    np.testing.assert_allclose(
        posterior(X, priors, means, variances), np.exp(joint_log_prob(X, priors, means, variances))
    )


@misconception(
    says="Your property compares with nan in a way that nan passes: `not (a > b)` is True for nan.",
    hint="State what holds, `a <= b`, not that the opposite does not.",
)
def nan_passes(posterior, joint_log_prob):
    rng = np.random.default_rng(0)
    for priors in ([0.2, 0.3, 0.5], [0.0, 0.5, 0.5]):
        for far in (1, 5, 1000):
            X, means = far * rng.normal(size=(4, 2)), rng.normal(size=(3, 2))
            variances, given_ = rng.uniform(0.5, 2, size=(3, 2)), np.array(priors)
            joint = joint_log_prob(X, given_, means, variances)
            p = np.exp(joint - np.logaddexp.reduce(joint, axis=1)[:, None])
            assert not np.any(np.abs(posterior(X, given_, means, variances) - p) > 1e-9)
            assert not np.any(joint[:, given_ == 0] > -np.inf)
