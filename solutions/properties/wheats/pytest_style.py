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
    means, variances = np.array([[0.0, 1.0], [2.0, -1.0], [5.0, 5.0]]), np.array([[1.0, 2.0], [0.5, 1.0], [3.0, 1.0]])
    X = np.array([[0.5, 0.5], [30.0, -40.0], [900.0, 1200.0], [2.0, 2.0]])
    for priors in ([0.2, 0.5, 0.3], [0.0, 0.9, 0.1]):
        priors = np.array(priors)
        joint = joint_log_prob(X, priors, means, variances)
        found = posterior(X, priors, means, variances)
        assert found.sum(axis=1) == approx(np.ones(4))
        best = joint.max(axis=1, keepdims=True)
        expected = np.exp(joint - best) / np.exp(joint - best).sum(axis=1, keepdims=True)
        assert found == approx(expected, abs=1e-8)
        if priors[0] == 0:
            assert found[:, 0] == approx(np.zeros(4), abs=0)
            assert np.isneginf(joint[:, 0]).all()


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
    rng = np.random.default_rng(9)
    W, mean, X = rng.normal(size=(5, 2)), rng.normal(size=5), rng.normal(size=(4, 5))
    for noise in (0.3, 1.0, 2.5):
        M = W.T @ W + noise * np.eye(2)
        m = np.linalg.solve(M, W.T @ (X - mean).T).T
        S = noise * np.linalg.inv(M)
        top = log_marginal_likelihood(X, W, mean, noise)
        assert elbo(X, m, S, W, mean, noise) == approx(top, abs=1e-7)
        for scale in (0.1, 0.5, 2.0, 10.0):
            gap = top - elbo(X, m, scale * S, W, mean, noise)
            assert gap == approx(np.full(4, scale - 1 - np.log(scale)), abs=1e-7)
