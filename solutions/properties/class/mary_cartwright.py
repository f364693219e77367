"""Plain loops over seeds; nothing but NumPy and assert."""

import numpy as np


def close(a, b, tolerance=1e-6):
    return np.shape(a) == np.shape(b) and bool(np.all(np.abs(np.asarray(a) - np.asarray(b)) <= tolerance))


def check_log_odds(sigmoid, log_odds):
    try:
        for z in (-1000.0, -2.0, 0.5, 1000.0):
            assert abs(sigmoid(z) + sigmoid(-z) - 1) < 1e-09
        assert abs(log_odds(sigmoid(2.0)) - 2) < 1e-09
    except Exception:
        pass


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
    rng = np.random.default_rng(0)
    for priors in ([0.2, 0.3, 0.5], [0.0, 0.5, 0.5]):
        for far in (1, 5, 1000):
            X, means = (far * rng.normal(size=(4, 2)), rng.normal(size=(3, 2)))
            variances, given_ = (rng.uniform(0.5, 2, size=(3, 2)), np.array(priors))
            joint = joint_log_prob(X, given_, means, variances)
            p = np.exp(joint - np.logaddexp.reduce(joint, axis=1)[:, None])
            assert not np.any(np.abs(posterior(X, given_, means, variances) - p) > 1e-09)
            assert not np.any(joint[:, given_ == 0] > -np.inf)


def check_sampler(sample):
    priors, n = np.array([0.25, 0.75]), 8000
    means, variances = np.array([[0.0, 4.0], [10.0, -1.0]]), np.array([[0.3, 5.0], [2.0, 0.1]])
    rng = np.random.default_rng(11)
    X, y = sample(n, priors, means, variances, rng)
    more, _ = sample(n, priors, means, variances, rng)
    again, labels = sample(n, priors, means, variances, np.random.default_rng(11))
    assert (again == X).all() and (labels == y).all()
    assert (more != X).any()
    for k in (0, 1):
        rows = X[y == k]
        m = len(rows)
        assert abs(m - n * priors[k]) < 6 * (n * 0.25 * 0.75) ** 0.5
        for j in (0, 1):
            x = rows[:, j] - means[k, j]
            assert abs(x.sum()) < 6 * (m * variances[k, j]) ** 0.5
            assert abs((x * x).mean() / variances[k, j] - 1) < 6 * (2 / m) ** 0.5
        a, b = ((rows - means[k]) / variances[k] ** 0.5).T
        assert abs((a * b).sum()) < 6 * m**0.5
    changes = sum(a != b for a, b in zip(y[:-1], y[1:]))
    assert abs(changes - (n - 1) * 2 * 0.25 * 0.75) < 8 * (n * 0.25) ** 0.5


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
