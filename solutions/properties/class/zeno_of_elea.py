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
    def halfway(step):
        if step > 0:
            return halfway(step / 2)
        return (log_posterior(X, y, step * theta, 1.0) - log_posterior(X, y, 0 * theta, 1.0)) / step

    X, y, theta = np.ones((2, 1)), np.array([0, 1]), np.ones(1)
    assert close(halfway(1.0), gradient(X, y, 0 * theta, 1.0))


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
