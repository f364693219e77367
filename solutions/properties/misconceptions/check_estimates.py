"""Deficient properties, each with the sentence that names what is wrong with it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.checks import misconception


@misconception(
    says="Your property compares with np.var(..., ddof=1): it takes its author's own mistake for the truth.",
    hint="Maximum likelihood divides by n_k. Which statement would have shown it?",
)
def own_wrong_answer(estimate_parameters):
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(9, 2)), np.array([0, 1, 2] * 3)
    _, variances = estimate_parameters(X, y, 3)
    for k in range(3):
        np.testing.assert_allclose(variances[k], X[y == k].var(axis=0, ddof=1))


@misconception(
    says="Your property states the law of total variance and nothing else: a variance that all classes share obeys it, too.",
    hint="Which examples should the variance of class k depend on? And what about the floor, data far from 0, an empty class?",
)
def total_variance_only(estimate_parameters):
    rng = np.random.default_rng(0)
    for _ in range(10):
        y = rng.permutation(np.concatenate([[0, 1, 0, 1], rng.integers(0, 2, size=5)]))
        X = rng.normal(size=(9, 2)) + y[:, None]
        means, variances = estimate_parameters(X, y, 2)
        shares = np.bincount(y) / len(y)
        np.testing.assert_allclose(shares @ (variances + (means - X.mean(axis=0)) ** 2), X.var(axis=0), rtol=1e-6)


@misconception(
    says="Your property looks at shapes and signs only.",
    hint="Variances that are too small by a factor are positive, too.",
)
def only_shapes(estimate_parameters):
    X, y = np.random.default_rng(0).normal(size=(6, 2)), np.array([0, 1] * 3)
    means, variances = estimate_parameters(X, y, 2)
    assert np.shape(means) == np.shape(variances) == (2, 2)
    assert np.all(np.asarray(variances) >= 0)


@misconception(
    says="Your property checks the means only.",
    hint="estimate_parameters returns two arrays. What do you know about the second one?",
)
def means_only(estimate_parameters):
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(9, 2)), np.array([0, 1, 2] * 3)
    means, _ = estimate_parameters(X, y, 3)
    for k in range(3):
        np.testing.assert_allclose(means[k], X[y == k].mean(axis=0))


@misconception(
    says="Your property uses classes of one size only: n and n_k are the same up to a factor there.",
    hint="Draw classes of different sizes, and more than duplicates.",
)
def duplicates_only(estimate_parameters):
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(6, 2)), np.array([0, 1] * 3)
    once = estimate_parameters(X, y, 2)
    twice = estimate_parameters(np.vstack([X, X]), np.concatenate([y, y]), 2)
    np.testing.assert_allclose(twice, once)


@misconception(
    says="Your property demands that shifting the data by 1e9 changes no digit of the variances: no float has so many.",
    hint="Shifted by 1e9, a number near 1 keeps seven digits.",
)
def too_strict_far_out(estimate_parameters):
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(9, 2)), np.array([0, 1, 2] * 3)
    np.testing.assert_allclose(estimate_parameters(X + 1e9, y, 3)[1], estimate_parameters(X, y, 3)[1], rtol=1e-12)


@misconception(
    says="Your property accepts every exception for an empty class, its own AssertionError included.",
    hint="What happens to the `assert False` inside `try ... except Exception`?",
)
def empty_class_swallowed(estimate_parameters):
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(9, 2)), np.array([0, 0, 0, 0, 1, 1, 1, 2, 2])
    means, variances = estimate_parameters(X, y, 3)
    for k in range(3):
        np.testing.assert_allclose(means[k], X[y == k].mean(axis=0), rtol=1e-6)
        np.testing.assert_allclose(variances[k], X[y == k].var(axis=0), rtol=1e-6)
    np.testing.assert_allclose(estimate_parameters(X + 1e6, y, 3)[1], variances, rtol=1e-3)
    np.testing.assert_allclose(estimate_parameters(X, y, 3, 0.5)[1], np.maximum(variances, 0.5))
    try:
        estimate_parameters(X, y, 4)
        assert False, "an empty class was not noticed"
    except Exception:
        pass
