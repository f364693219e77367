"""hypothesis.extra.numpy, one test per statement, with settings of its own."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.testing import assert_allclose, assert_array_equal

few = settings(max_examples=15, deadline=None)
small = st.floats(-3, 3, allow_nan=False)


def check_log_odds(sigmoid, log_odds):
    @few
    @given(arrays(np.float64, array_shapes(max_dims=2, max_side=3), elements=st.floats(-20, 20)))
    def round_trip(z):
        assert_allclose(log_odds(sigmoid(z)), z, rtol=0, atol=1e-6)

    @few
    @given(st.floats(-1e4, 1e4))
    def complement(z):
        assert_allclose(sigmoid(z) + sigmoid(-z), 1, atol=1e-9)

    round_trip()
    complement()
    for z in (-15.0, 15.0):
        assert_allclose(log_odds(sigmoid(z)), z, atol=1e-6)
    assert_array_equal(log_odds(np.array([0.0, 1.0])), [-np.inf, np.inf])
    assert_allclose(sigmoid(np.array([-2000.0, 2000.0])), [0, 1], atol=1e-9)


def check_gradient(log_posterior, gradient):
    @few
    @given(st.data(), st.integers(2, 5), st.integers(1, 3), st.floats(0.5, 4))
    def holds(data, n, d, lam):
        X = data.draw(arrays(np.float64, (n, d), elements=small))
        y = data.draw(arrays(np.int64, n, elements=st.integers(0, 1)))
        theta = data.draw(arrays(np.float64, d, elements=small))
        g = gradient(X, y, theta, lam)
        for j in range(d):
            e = 1e-5 * (np.arange(d) == j)
            slope = (log_posterior(X, y, theta + e, lam) - log_posterior(X, y, theta - e, lam)) / 2e-5
            assert_allclose(g[j], slope, atol=1e-4)
        base = log_posterior(X, y, theta, 0.0)
        assert_allclose(log_posterior(X, y, theta, lam), base - lam / 2 * (theta**2).sum(), atol=1e-8)
        assert_allclose(log_posterior(np.r_[X, X], np.r_[y, y], theta, 0.0), 2 * base, atol=1e-8)

    holds()
    rng = np.random.default_rng(0)
    X, y, theta = rng.normal(size=(5, 2)), np.array([0, 1, 0, 1, 1]), np.array([0.3, -0.8])
    for e in 1e-5 * np.eye(2):
        slope = (log_posterior(X, y, theta + e, 1.0) - log_posterior(X, y, theta - e, 1.0)) / 2e-5
        assert_allclose(gradient(X, y, theta, 1.0) @ e * 1e5, slope, atol=1e-5)


def check_estimates(estimate_parameters):
    @few
    @given(arrays(np.float64, (7, 2), elements=st.floats(-100, 100, width=32)), st.floats(0.01, 5))
    def holds(X, floor):
        y = np.array([0, 1, 0, 2, 1, 0, 2])
        means, variances = estimate_parameters(X, y, 3, floor)
        for k in range(3):
            assert_allclose(means[k], X[y == k].mean(axis=0), atol=1e-6)
            assert_allclose(variances[k], np.maximum(X[y == k].var(axis=0), floor), rtol=1e-6)

    @few
    @given(st.integers(0, 3))
    def empty(k):
        y = np.array([c for c in range(4) for _ in range(2) if c != k])
        try:
            estimate_parameters(np.arange(12.0).reshape(6, 2), y, 4)
        except ValueError:
            return
        raise AssertionError

    holds()
    empty()
    far = 1e6 + np.array([[0.1], [1.3], [5.7], [7.2]])
    assert_allclose(estimate_parameters(far, np.array([0, 0, 1, 1]), 2)[1], [[0.36], [0.5625]], rtol=1e-5)


def check_posterior(posterior, joint_log_prob):
    @settings(max_examples=20)
    @given(
        arrays(np.float64, (3, 2), elements=st.one_of(small, st.floats(-2000, 2000))),
        arrays(np.float64, (3, 2), elements=small),
        arrays(np.float64, (3, 2), elements=st.floats(0.5, 2)),
        st.permutations([0.0, 0.3, 0.7]),
    )
    def holds(X, means, variances, priors):
        priors = np.array(priors)
        joint, p = joint_log_prob(X, priors, means, variances), posterior(X, priors, means, variances)
        assert_array_equal(np.isneginf(joint), np.broadcast_to(priors == 0, (3, 3)))
        assert_array_equal(p[:, priors == 0], 0)
        assert_allclose(p.sum(axis=1), 1)
        a, b = np.flatnonzero(priors)
        odds = joint[:, a] - joint[:, b]
        assert_allclose(p[:, a], np.where(odds > 0, 1 / (1 + np.exp(-np.abs(odds))), 1 - 1 / (1 + np.exp(-np.abs(odds)))), atol=1e-7)

    holds()
    rng = np.random.default_rng(2)
    X, means, variances = rng.normal(size=(4, 2)), rng.normal(size=(2, 2)), np.ones((2, 2))
    X[0], X[1] = [400.0, 3.0], [-90.0, 700.0]
    joint = joint_log_prob(X, np.array([0.3, 0.7]), means, variances)
    odds = np.clip(joint[:, 0] - joint[:, 1], -700, 700)
    assert_allclose(posterior(X, np.array([0.3, 0.7]), means, variances)[:, 0], 1 / (1 + np.exp(-odds)), atol=1e-7)


def check_sampler(sample):
    means, variances = np.array([[0.0, 2.0], [6.0, -2.0]]), np.array([[0.2, 3.0], [5.0, 0.5]])

    @settings(max_examples=4)
    @given(st.integers(0, 2**32 - 1), st.floats(0.3, 0.45))
    def holds(seed, prior):
        priors, n = np.array([prior, 1 - prior]), 4000
        rng = np.random.default_rng(seed)
        X, y = sample(n, priors, means, variances, rng)
        other, _ = sample(n, priors, means, variances, rng)
        same, _ = sample(n, priors, means, variances, np.random.default_rng(seed))
        different, _ = sample(n, priors, means, variances, np.random.default_rng(seed + 1))
        assert_array_equal(X, same)
        assert np.any(X != other) and np.any(X != different)
        z = (X - means[y]) / np.sqrt(variances[y])
        assert_allclose(np.mean(y == 0), prior, atol=7 * 0.5 / np.sqrt(n))
        for k in (0, 1):
            m = np.sum(y == k)
            assert_allclose(z[y == k].mean(axis=0), 0, atol=7 / np.sqrt(m))
            assert_allclose((z[y == k] ** 2).mean(axis=0), 1, atol=7 * np.sqrt(2 / m))
            assert_allclose(z[y == k].prod(axis=1).mean(), 0, atol=7 / np.sqrt(m))
        assert_allclose((z[1:] * z[:-1]).mean(axis=0), 0, atol=7 / np.sqrt(n))
        assert_allclose(np.mean((y[1:] == 0) & (y[:-1] == 0)), prior**2, atol=10 * 0.5 / np.sqrt(n))

    holds()


def check_elbo(elbo, log_marginal_likelihood):
    @few
    @given(st.data(), st.integers(1, 3), st.integers(1, 2), st.floats(0.3, 3))
    def holds(data, d, q, noise):
        W = data.draw(arrays(np.float64, (d, q), elements=small))
        X, mean = data.draw(arrays(np.float64, (2, d), elements=small)), np.linspace(-1, 1, d)
        precision = np.eye(q) + W.T @ W / noise
        S = np.linalg.inv(precision)
        m = (X - mean) @ W @ S / noise
        top = log_marginal_likelihood(X, W, mean, noise)
        assert_allclose(elbo(X, m, S, W, mean, noise), top, atol=1e-6)
        delta = data.draw(arrays(np.float64, q, elements=st.floats(0.5, 2)))
        gap = 0.5 * delta @ precision @ delta
        assert_allclose(top - elbo(X, m + delta, S, W, mean, noise), gap, atol=1e-5, rtol=1e-5)
        assert np.all(elbo(X, m, 2 * S, W, mean, noise) < top)

    holds()
