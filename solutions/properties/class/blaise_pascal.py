"""Plain loops over seeds; nothing but NumPy and assert."""

import numpy as np


def close(a, b, tolerance=1e-6):
    return np.shape(a) == np.shape(b) and bool(np.all(np.abs(np.asarray(a) - np.asarray(b)) <= tolerance))


def check_log_odds(sigmoid, log_odds):
    for z in np.arange(-20, 21):
        assert close(log_odds(sigmoid(float(z))), z)
    for z in [0.0, 0.3, 5.0, 40.0, 800.0]:
        assert close(sigmoid(z) + sigmoid(-z), 1)
    grid = np.linspace(-15, 20, 12)
    assert close(log_odds(sigmoid(grid)), grid)
    assert sigmoid(np.inf) == 1 and sigmoid(-np.inf) == 0
    assert log_odds(1.0) == np.inf and log_odds(0.0) == -np.inf


def check_gradient(log_posterior, gradient):
    for seed in range(8):
        rng = np.random.default_rng(seed)
        n, d, lam = 2 + seed % 4, 1 + seed % 3, 0.5 + seed
        X, y, theta = rng.normal(size=(n, d)), rng.integers(0, 2, n), rng.normal(size=d)
        g = gradient(X, y, theta, lam)
        for j in range(d):
            h = np.zeros(d)
            h[j] = 1e-5
            slope = (log_posterior(X, y, theta + h, lam) - log_posterior(X, y, theta - h, lam)) / 2e-5
            assert abs(g[j] - slope) < 1e-4
        # the prior, whatever the data
        assert abs(log_posterior(X, y, theta, lam) - log_posterior(X, y, theta, 0) + lam * (theta @ theta) / 2) < 1e-8
        # a sum
        parts = sum(log_posterior(X[i : i + 1], y[i : i + 1], theta, 0) for i in range(n))
        assert abs(parts - log_posterior(X, y, theta, 0)) < 1e-8


def check_estimates(estimate_parameters):
    for seed in range(6):
        rng = np.random.default_rng(seed)
        y = rng.permutation([0, 0, 0, 0, 1, 1, 2, 2, 2])
        X = rng.normal(size=(9, 2)) * [1, 5] + y[:, None]
        m, v = estimate_parameters(X, y, 3)
        for k in range(3):
            rows = X[y == k]
            assert close(m[k], sum(rows) / len(rows))
            assert close(v[k], sum((rows - m[k]) ** 2) / len(rows))
        _, far = estimate_parameters(X + 1e6, y, 3)
        assert close(far, v, 1e-4)
        _, floored = estimate_parameters(X, y, 3, 0.7)
        assert close(floored, np.maximum(v, 0.7))
        for missing in range(3):
            refused = False
            try:
                estimate_parameters(X[y != missing], y[y != missing], 3)
            except ValueError:
                refused = True
            assert refused


def check_posterior(posterior, joint_log_prob):
    for seed in range(10):
        rng = np.random.default_rng(seed)
        X, means, variances = rng.normal(size=(4, 3)), rng.normal(size=(3, 3)), rng.uniform(0.5, 2, (3, 3))
        X *= [1, 20, 500][seed % 3]
        priors = np.array([[0.2, 0.3, 0.5], [0.6, 0.0, 0.4]][seed % 2])
        p, joint = posterior(X, priors, means, variances), joint_log_prob(X, priors, means, variances)
        for i in range(4):
            total = sum(p[i])
            assert abs(total - 1) < 1e-9
            top = max(joint[i])
            weights = [np.exp(value - top) for value in joint[i]]
            for k in range(3):
                assert abs(p[i, k] - weights[k] / sum(weights)) < 1e-7
                if priors[k] == 0:
                    assert p[i, k] == 0 and joint[i, k] == -np.inf


def check_sampler(sample):
    priors = np.array([0.2, 0.5, 0.3])
    means, variances = (np.array([[0.0, 3.0], [-2.0, 1.0], [5.0, 0.0]]), np.array([[4.0, 0.25], [1.0, 9.0], [0.5, 2.0]]))
    for seed in range(3):
        X, y = sample(2000, priors, means, variances, np.random.default_rng(seed))
        for k in range(3):
            inside = X[y == k]
            assert np.all(np.abs(inside.mean(axis=0) - means[k]) < 2 * np.sqrt(variances[k] / len(inside)))


def check_elbo(elbo, log_marginal_likelihood):
    for seed in range(8):
        rng = np.random.default_rng(seed)
        W, mean, noise = rng.normal(size=(4, 2)), rng.normal(size=4), 0.5 + 0.2 * seed
        X = rng.normal(size=(3, 4))
        S = noise * np.linalg.inv(W.T @ W + noise * np.eye(2))
        m = (X - mean) @ W @ S / noise
        top = log_marginal_likelihood(X, W, mean, noise)
        assert close(elbo(X, m, S, W, mean, noise), top)
        for other, cov in [(m + 1, S), (m, 3 * S), (m - 0.5, S / 3), (m, np.eye(2) * 5)]:
            assert all(elbo(X, other, cov, W, mean, noise) < top - 1e-9)
