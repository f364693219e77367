"""Deficient properties, each with the sentence that names what is wrong with it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.checks import misconception


@misconception(
    says="Your property allows one standard error: a right sampler exceeds it in a third of all comparisons.",
    hint="How often may a right sampler be rejected? At 6 standard errors it is once in 500 million.",
)
def one_standard_error(sample):
    priors = np.array([0.2, 0.8])
    means, variances = np.array([[0.0], [3.0]]), np.array([[4.0], [0.25]])
    X, y = sample(4000, priors, means, variances, np.random.default_rng(0))
    for k in range(2):
        inside = X[y == k, 0]
        assert abs(inside.mean() - means[k, 0]) < np.sqrt(variances[k, 0] / len(inside))
        assert abs(np.mean(y == k) - priors[k]) < np.sqrt(0.16 / 4000)


@misconception(
    says="Your property allows two standard errors in many comparisons: one of them fails by chance.",
    hint="Twelve comparisons at 5 % each: how often does none fail?",
)
def two_standard_errors(sample):
    priors = np.array([0.2, 0.5, 0.3])
    means, variances = np.array([[0.0, 3.0], [-2.0, 1.0], [5.0, 0.0]]), np.array([[4.0, 0.25], [1.0, 9.0], [0.5, 2.0]])
    for seed in range(3):
        X, y = sample(2000, priors, means, variances, np.random.default_rng(seed))
        for k in range(3):
            inside = X[y == k]
            assert np.all(np.abs(inside.mean(axis=0) - means[k]) < 2 * np.sqrt(variances[k] / len(inside)))


@misconception(
    says="Your property draws ten examples: that says little about proportions and spreads.",
    hint="The standard error falls with √n. How many draws show a difference of 30 %?",
)
def too_few_draws(sample):
    priors = np.array([0.2, 0.8])
    means, variances = np.array([[0.0, 1.0], [3.0, 2.0]]), np.array([[4.0, 1.0], [0.25, 1.0]])
    X, y = sample(10, priors, means, variances, np.random.default_rng(0))
    assert np.all(np.abs(X - means[y]) < 6 * np.sqrt(variances[y]))
    assert abs(np.mean(y == 0) - 0.2) < 6 * np.sqrt(0.16 / 10)


@misconception(
    says="Your property uses variances of 1 only, where variance and standard deviation are the same.",
    hint="Choose variances that differ from each other and from 1.",
)
def unit_variances(sample):
    priors, means, variances = np.array([0.2, 0.8]), np.array([[0.0, 1.0], [3.0, 2.0]]), np.ones((2, 2))
    rng = np.random.default_rng(0)
    X, y = sample(4000, priors, means, variances, rng)
    again, _ = sample(4000, priors, means, variances, rng)
    same, _ = sample(4000, priors, means, variances, np.random.default_rng(0))
    assert np.array_equal(X, same) and not np.array_equal(X, again)
    assert abs(np.mean(y == 0) - 0.2) < 6 * np.sqrt(0.16 / 4000)
    for k in range(2):
        z = X[y == k] - means[k]
        assert np.all(np.abs(z.var(axis=0) - 1) < 6 * np.sqrt(2 / len(z)))
        assert abs(np.mean(z[:, 0] * z[:, 1])) < 6 / np.sqrt(len(z))
    z = X - means[y]
    assert np.all(np.abs(np.mean(z[1:] * z[:-1], axis=0)) < 6 / np.sqrt(4000))
    assert abs(np.mean((y[1:] == 0) & (y[:-1] == 0)) - 0.04) < 0.04


@misconception(
    says="Your property compares with the numbers that its author's own sampler draws: others draw in another order.",
    hint="Two right samplers with the same rng need not return the same numbers. What do they share?",
)
def own_numbers(sample):
    priors, means, variances = np.array([0.2, 0.8]), np.array([[0.0], [3.0]]), np.array([[4.0], [0.25]])
    rng = np.random.default_rng(0)
    labels = rng.choice(2, size=50, p=priors)
    X = rng.normal(means[labels], np.sqrt(variances[labels]))
    found, y = sample(50, priors, means, variances, np.random.default_rng(0))
    np.testing.assert_allclose(found, X)


@misconception(
    says="Your property looks at moments only: they do not depend on order, dependence or rng.",
    hint="Are the examples independent? Does the same state of rng give the same sample?",
)
def moments_only(sample):
    priors = np.array([0.2, 0.5, 0.3])
    means, variances = np.array([[0.0, 3.0], [-2.0, 1.0], [5.0, 0.0]]), np.array([[4.0, 0.25], [1.0, 9.0], [0.5, 2.0]])
    X, y = sample(6000, priors, means, variances, np.random.default_rng(3))
    for k in range(3):
        inside = X[y == k]
        assert abs(len(inside) / 6000 - priors[k]) < 0.05
        assert np.all(np.abs(inside.mean(axis=0) - means[k]) < 6 * np.sqrt(variances[k] / len(inside)))
        assert np.all(np.abs(inside.var(axis=0) / variances[k] - 1) < 6 * np.sqrt(2 / len(inside)))
