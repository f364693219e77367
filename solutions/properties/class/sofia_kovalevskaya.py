"""unittest: a TestCase whose methods assert, used as a toolbox."""

import unittest

import numpy as np

T = unittest.TestCase()


def almost(found, expected, delta=1e-6):
    found, expected = np.asarray(found, dtype=float), np.asarray(expected, dtype=float)
    T.assertEqual(found.shape, expected.shape)
    for a, b in zip(found.ravel(), expected.ravel()):
        T.assertAlmostEqual(float(a), float(b), delta=delta)


def check_log_odds(sigmoid, log_odds):
    z = np.zeros((3, 2))
    assert np.shape(sigmoid(z)) == (3, 2) and np.shape(log_odds(sigmoid(z))) == (3, 2)


def check_gradient(log_posterior, gradient):
    rng = np.random.default_rng(77)
    for n in (2, 3, 7):
        X, y, theta = rng.normal(size=(n, 2)), rng.integers(0, 2, size=n), rng.normal(size=2) + 1
        direction = rng.normal(size=2)
        up, down = (log_posterior(X, y, theta + s * 1e-5 * direction, 2.0) for s in (1, -1))
        almost(gradient(X, y, theta, 2.0) @ direction, (up - down) / 2e-5, 1e-4)
        almost(gradient(X, y, theta, 2.0) - gradient(X, y, theta, 0.0), -2 * theta, 1e-9)
        T.assertAlmostEqual(
            log_posterior(X, y, theta, 2.0), log_posterior(X, y, theta, 0.0) - theta @ theta, delta=1e-8
        )
        halves = log_posterior(X[:1], y[:1], theta, 0.0) + log_posterior(X[1:], y[1:], theta, 0.0)
        T.assertAlmostEqual(halves, log_posterior(X, y, theta, 0.0), delta=1e-8)


def check_estimates(estimate_parameters):
    X, y = (np.random.default_rng(0).normal(size=(6, 2)), np.array([0, 1] * 3))
    means, variances = estimate_parameters(X, y, 2)
    assert np.shape(means) == np.shape(variances) == (2, 2)
    assert np.all(np.asarray(variances) >= 0)


def check_posterior(posterior, joint_log_prob):
    rng = np.random.default_rng(79)
    for far in (1.0, 60.0, 2000.0):
        X, means, variances = far * rng.normal(size=(3, 2)), rng.normal(size=(4, 2)), rng.uniform(0.3, 3, (4, 2))
        priors = np.array([0.4, 0.1, 0.0, 0.5])
        joint, p = joint_log_prob(X, priors, means, variances), posterior(X, priors, means, variances)
        for row, values in zip(p, joint):
            T.assertAlmostEqual(float(row.sum()), 1.0, delta=1e-9)
            T.assertEqual(float(row[2]), 0.0)
            T.assertEqual(float(values[2]), -np.inf)
            for a in (0, 1, 3):
                for b in (0, 1, 3):
                    ratio = np.exp(min(values[a] - values[b], 0))
                    if values[a] <= values[b]:
                        T.assertAlmostEqual(float(row[a]), float(row[b] * ratio), delta=1e-7)


def check_sampler(sample):
    priors, n = np.array([0.35, 0.65]), 9000
    means, variances = np.array([[2.0, 0.0], [-2.0, 5.0]]), np.array([[0.25, 4.0], [3.0, 0.5]])
    X, y = sample(n, priors, means, variances, np.random.default_rng(80))
    T.assertTrue(np.array_equal(X, sample(n, priors, means, variances, np.random.default_rng(80))[0]))
    T.assertFalse(np.array_equal(X, sample(n, priors, means, variances, np.random.default_rng(81))[0]))
    rng = np.random.default_rng(82)
    pair = [sample(3, priors, means, variances, rng)[0] for _ in range(2)]
    T.assertFalse(np.array_equal(*pair))
    T.assertAlmostEqual(float(np.mean(y)), 0.65, delta=0.035)
    Z = (X - means[y]) / variances[y] ** 0.5
    for k in (0, 1):
        part = Z[y == k]
        for j in (0, 1):
            T.assertAlmostEqual(float(part[:, j].mean()), 0, delta=0.11)
            T.assertAlmostEqual(float(part[:, j].var()), 1, delta=0.16)
        T.assertAlmostEqual(float(np.mean(part[:, 0] * part[:, 1])), 0, delta=0.11)
    for lag in (1, 2):
        T.assertAlmostEqual(float(np.mean(Z[lag:, 0] * Z[:-lag, 0])), 0, delta=0.07)
        T.assertAlmostEqual(float(np.mean((y[lag:] - 0.65) * (y[:-lag] - 0.65))), 0, delta=0.02)


def check_elbo(elbo, log_marginal_likelihood):
    rng = np.random.default_rng(83)
    W, mean, X = rng.normal(size=(3, 2)), rng.normal(size=3), rng.normal(size=(5, 3))
    noise = 0.8
    S = np.linalg.inv(np.eye(2) + W.T @ W / noise)
    m = (X - mean) @ W @ S / noise
    top = log_marginal_likelihood(X, W, mean, noise)
    almost(elbo(X, m, S, W, mean, noise), top)
    for other_m, other_S in [(m * 0, S), (m, 4 * S), (m, S / 4), (m + [1, -1], np.diag([0.3, 2.0]))]:
        for low, high in zip(elbo(X, other_m, other_S, W, mean, noise), top):
            T.assertLess(low, high)
