"""pytest.approx and pytest.raises."""

import numpy as np
import pytest
from pytest import approx


def check_log_odds(sigmoid, log_odds):
    for z in [-19.0, -10.5, -8.5, -3.0, -0.1, 0.0, 0.2, 1.0, 4.0, 9.0, 18.0]:
        assert float(log_odds(sigmoid(z))) == approx(z, abs=1e-6)
    values = np.array([-12.0, 0.5, 3.0])
    assert log_odds(sigmoid(values)) == approx(values, abs=1e-6)
    for z in [0.0, 2.0, 20.0, 1000.0]:
        assert float(sigmoid(z) + sigmoid(-z)) == approx(1.0)
    assert float(sigmoid(1000.0)) == approx(1.0)
    assert float(log_odds(0.0)) == -np.inf
    assert float(log_odds(1.0)) == np.inf


def check_gradient(log_posterior, gradient):
    rng = np.random.default_rng(5)
    X, y, theta = rng.normal(size=(6, 3)), np.array([0, 1, 1, 0, 1, 0]), np.array([0.5, -1.0, 2.0])
    for precision in (0.0, 0.7, 3.0):
        slopes = []
        for j in range(3):
            up, down = theta.copy(), theta.copy()
            up[j] += 1e-5
            down[j] -= 1e-5
            slopes.append((log_posterior(X, y, up, precision) - log_posterior(X, y, down, precision)) / 2e-5)
        assert gradient(X, y, theta, precision) == approx(np.array(slopes), abs=1e-5)
        prior = log_posterior(X, y, theta, precision) - log_posterior(X, y, theta, 0.0)
        assert prior == approx(-precision * 5.25 / 2, abs=1e-8)
    once = log_posterior(X, y, theta, 0.0)
    assert log_posterior(np.repeat(X, 3, axis=0), np.repeat(y, 3), theta, 0.0) == approx(3 * once)


def check_estimates(estimate_parameters):
    X = np.array([[1.0, 10.0], [3.0, 10.0], [5.0, 10.0], [2.0, 0.0], [6.0, 4.0], [9.0, 3.0], [7.0, 8.0]])
    y = np.array([0, 0, 0, 1, 1, 2, 2])
    means, variances = estimate_parameters(X, y, 3)
    assert means == approx(np.array([[3.0, 10.0], [4.0, 2.0], [8.0, 5.5]]))
    assert variances == approx(np.array([[8 / 3, 1e-9], [4.0, 4.0], [1.0, 6.25]]))
    assert estimate_parameters(X, y, 3, 2.0)[1] == approx(np.array([[8 / 3, 2.0], [4.0, 4.0], [2.0, 6.25]]))
    assert estimate_parameters(X + 1e7, y, 3, 1e-3)[1] == approx(np.maximum(variances, 1e-3), rel=1e-3)
    for labels in (y + 1, np.where(y == 1, 3, y), y):
        with pytest.raises(ValueError):
            estimate_parameters(X, labels, 4)


def check_posterior(posterior, joint_log_prob):
    rng = np.random.default_rng(0)
    for far in (1, 30, 1000):
        X, means, variances = (far * rng.normal(size=(4, 2)), rng.normal(size=(3, 2)), rng.uniform(0.5, 2, size=(3, 2)))
        np.testing.assert_allclose(posterior(X, np.array([0.2, 0.3, 0.5]), means, variances).sum(axis=1), 1)


def check_sampler(sample):
    priors = np.array([0.1, 0.6, 0.3])
    means, variances = np.array([[1.0, -1.0], [4.0, 0.0], [-3.0, 2.0]]), np.array([[0.5, 3.0], [2.0, 0.2], [4.0, 1.5]])
    n = 10_000
    X, y = sample(n, priors, means, variances, np.random.default_rng(3))
    X2, y2 = sample(n, priors, means, variances, np.random.default_rng(3))
    assert np.array_equal(X, X2) and np.array_equal(y, y2)
    rng = np.random.default_rng(4)
    first, second = sample(5, priors, means, variances, rng)[0], sample(5, priors, means, variances, rng)[0]
    assert not np.array_equal(first, second)
    assert not np.array_equal(X[:5], first)
    assert np.bincount(y, minlength=3) / n == approx(priors, abs=0.03)
    noise = (X - means[y]) / np.sqrt(variances[y])
    for k in range(3):
        part = noise[y == k]
        assert part.mean(axis=0) == approx(np.zeros(2), abs=6 / np.sqrt(len(part)))
        assert part.var(axis=0) == approx(np.ones(2), abs=7 * np.sqrt(2 / len(part)) if k == 0 else 0.2)
    assert np.corrcoef(noise.T)[0, 1] == approx(0, abs=0.06)
    assert np.corrcoef(noise[1:, 0], noise[:-1, 0])[0, 1] == approx(0, abs=0.06)
    assert np.corrcoef(y[1:], y[:-1])[0, 1] == approx(0, abs=0.06)


def check_elbo(elbo, log_marginal_likelihood):
    rng = np.random.default_rng(0)
    for _ in range(10):
        X, W, mean = (rng.normal(size=(3, 4)), rng.normal(size=(4, 2)), rng.normal(size=4))
        inverse = np.linalg.inv(W.T @ W + np.eye(2))
        found = elbo(X, (X - mean) @ W @ inverse, inverse, W, mean, 1.0)
        np.testing.assert_allclose(found, log_marginal_likelihood(X, W, mean, 1.0), atol=1e-08)
