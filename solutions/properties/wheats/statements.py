"""Generators of statements: each yields what must be true, and one loop asserts them all."""

import numpy as np


def all_true(statements):
    for number, holds in enumerate(statements):
        assert np.all(holds), f"statement {number}"


def equal(a, b, tolerance=1e-7):
    return np.shape(a) == np.shape(b) and np.allclose(a, b, rtol=tolerance, atol=tolerance)


def check_log_odds(sigmoid, log_odds):
    def statements():
        z = np.linspace(-18.5, 17.5, 15).reshape(5, 3)
        p = sigmoid(z)
        yield equal(log_odds(p), z)
        yield [equal(sigmoid(float(a)), b, 1e-9) for a, b in zip(z.ravel(), p.ravel())]
        yield equal(p + sigmoid(-z), np.ones((5, 3)), 1e-9)
        yield np.diff(p.ravel()) > 0
        yield equal(sigmoid(np.array([-np.inf, -900.0, 900.0, np.inf])), [0, 0, 1, 1], 1e-9)
        yield log_odds(np.array([0.0, 1.0])) == [-np.inf, np.inf]
        yield equal(log_odds(np.array([0.2, 0.5])), [-np.log(4), 0], 1e-9)

    all_true(statements())


def check_gradient(log_posterior, gradient):
    def statements():
        for seed in range(4):
            rng = np.random.default_rng(seed)
            X, y, theta = rng.normal(size=(5, 2)), np.array([0, 1, 0, 1, 1]), rng.normal(size=2)
            line = rng.normal(size=2)
            up, down = (log_posterior(X, y, theta + h * line, 1.5) for h in (1e-5, -1e-5))
            yield equal((up - down) / 2e-5, gradient(X, y, theta, 1.5) @ line, 1e-4)
            for j in range(2):  # the prior alone, one weight at a time
                one = 3.0 * np.eye(2)[j]
                yield equal(log_posterior(X, y, one, 2.0) - log_posterior(X, y, one, 0.0), -9.0)
                yield equal(gradient(X, y, one, 2.0) - gradient(X, y, one, 0.0), -2.0 * one)
            parts = [log_posterior(X[i : i + 1], y[i : i + 1], theta, 0.0) for i in range(5)]
            yield equal(log_posterior(X, y, theta, 0.0), sum(parts))
            parts = [gradient(X[i : i + 1], y[i : i + 1], theta, 0.0) for i in range(5)]
            yield equal(gradient(X, y, theta, 0.0), np.sum(parts, axis=0))
        yield equal(log_posterior(X, y, 0 * theta, 7.0), -5 * np.log(2))

    all_true(statements())


def check_estimates(estimate_parameters):
    def refuses(X, y, k):
        try:
            estimate_parameters(X, y, k)
        except ValueError:
            return True
        return False

    def statements():
        rng = np.random.default_rng(8)
        y = np.array([2, 0, 1, 1, 2, 2, 0, 1, 1])
        X = rng.normal(size=(9, 2)) * [1.0, 0.01] + y[:, None]
        means, variances = estimate_parameters(X, y, 3)
        for k in range(3):
            among = X[y == k]
            yield equal(means[k], among.mean(axis=0))
            yield equal(variances[k], (among**2).mean(axis=0) - among.mean(axis=0) ** 2, 1e-9)
        for c in (1e3, -0.01):
            other_means, other = estimate_parameters(c * X, y, 3, 1e-12)
            yield equal(other_means, c * means)
            yield np.allclose(other, c**2 * variances, rtol=1e-6)
        yield np.allclose(estimate_parameters(X - 1e6, y, 3)[1], variances, rtol=1e-3, atol=1e-6)
        yield equal(estimate_parameters(X, y, 3, 0.1)[1], np.maximum(variances, 0.1))
        yield [refuses(X[y != k], y[y != k], 3) for k in range(3)]
        yield refuses(X, y, 4)

    all_true(statements())


def check_posterior(posterior, joint_log_prob):
    def statements():
        rng = np.random.default_rng(3)
        for far in (1.0, 100.0, 1e4):
            for priors in (np.array([0.7, 0.1, 0.2]), np.array([0.4, 0.0, 0.6])):
                X, means = far * rng.normal(size=(6, 2)), rng.normal(size=(3, 2))
                variances = rng.uniform(0.5, 2, size=(3, 2))
                found, joint = posterior(X, priors, means, variances), joint_log_prob(X, priors, means, variances)
                yield equal(found.sum(axis=1), np.ones(6), 1e-9)
                for k in range(3):
                    if priors[k] == 0:
                        yield found[:, k] == 0
                        yield joint[:, k] == -np.inf
                        continue
                    squares = np.log(2 * np.pi * variances[k]) + (X - means[k]) ** 2 / variances[k]
                    yield np.allclose(joint[:, k], np.log(priors[k]) - squares.sum(axis=1) / 2, rtol=1e-9)
                    ratios = np.exp(np.minimum(joint - joint[:, k : k + 1], 700)).sum(axis=1)
                    yield equal(found[:, k], 1 / ratios, 1e-6)

    all_true(statements())


def check_sampler(sample):
    def statements():
        n, priors = 9000, np.array([0.25, 0.75])
        means, variances = np.array([[3.0, -3.0], [0.0, 1.0]]), np.array([[0.25, 4.0], [6.0, 0.5]])
        rng = np.random.default_rng(77)
        X, y = sample(n, priors, means, variances, rng)
        yield sample(n, priors, means, variances, np.random.default_rng(77))[0] == X
        yield np.any(sample(n, priors, means, variances, rng)[0] != X)
        yield np.any(sample(n, priors, means, variances, np.random.default_rng(78))[0] != X)
        yield abs(y.mean() - 0.75) < 7 * (0.75 * 0.25 / n) ** 0.5
        z = (X - means[y]) / variances[y] ** 0.5
        for k in (0, 1):
            mine = z[y == k]
            yield abs(mine.mean(axis=0)) < 7 / len(mine) ** 0.5
            yield abs((mine**2).mean(axis=0) - 1) < 7 * (2 / len(mine)) ** 0.5
            yield abs((mine[:, 0] * mine[:, 1]).mean()) < 7 / len(mine) ** 0.5
        yield abs((z[2:] * z[:-2]).mean(axis=0)) < 7 / n**0.5
        yield abs((z[1:] * z[:-1]).mean(axis=0)) < 7 / n**0.5
        yield abs(np.corrcoef(y[1:], y[:-1])[0, 1]) < 7 / n**0.5

    all_true(statements())


def check_elbo(elbo, log_marginal_likelihood):
    def statements():
        rng = np.random.default_rng(6)
        W, mean, X, noise = rng.normal(size=(4, 2)), rng.normal(size=4), rng.normal(size=(5, 4)), 0.8
        model = (W, mean, noise)
        M = W.T @ W + noise * np.eye(2)
        best, S = np.linalg.solve(M, W.T @ (X - mean).T).T, noise * np.linalg.inv(M)
        top = log_marginal_likelihood(X, *model)
        cov = W @ W.T + noise * np.eye(4)
        squares = np.sum((X - mean) @ np.linalg.inv(cov) * (X - mean), axis=1)
        yield equal(top, -0.5 * (4 * np.log(2 * np.pi) + np.log(np.linalg.det(cov)) + squares))
        yield equal(elbo(X, best, S, *model), top)
        for scale in (0.3, 0.9, 1.1, 4.0):
            lost = scale - 1 - np.log(scale)  # of two hidden features, half of it each
            yield equal(elbo(X, best, scale * S, *model), top - lost)
        yield elbo(X, best + 0.1, S, *model) < top
        yield elbo(X, rng.normal(size=(5, 2)), np.eye(2), *model) <= top + 1e-9

    all_true(statements())
