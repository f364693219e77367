"""Compares with implementations of its own, within tolerances."""

import numpy as np


def my_sigmoid(z):
    return np.exp(-np.logaddexp(0, -np.asarray(z, dtype=float)))


def my_log_posterior(X, y, theta, lam):
    p = my_sigmoid(X @ theta)
    return np.log(np.where(y == 1, p, 1 - p)).sum() - lam / 2 * theta @ theta


def my_joint(X, priors, means, variances):
    with np.errstate(all="ignore"):
        out = np.log(priors) + np.zeros((len(X), 1))
    for k in range(len(priors)):
        for j in range(X.shape[1]):
            out[:, k] += -0.5 * np.log(2 * np.pi * variances[k, j]) - (X[:, j] - means[k, j]) ** 2 / variances[k, j] / 2
    return out


def near(a, b, atol=1e-8, rtol=1e-8):
    assert np.shape(a) == np.shape(b)
    assert np.allclose(a, b, atol=atol, rtol=rtol)


def check_log_odds(sigmoid, log_odds):
    z = np.concatenate([np.linspace(-30, 30, 61), [-1000.0, 1000.0]])
    near(sigmoid(z), my_sigmoid(z))
    near(sigmoid(np.array([3.0, 40.0])), my_sigmoid([3.0, 40.0]))
    p = np.array([[0.01, 0.3], [0.5, 0.99]])
    near(log_odds(p), np.log(p / (1 - p)))
    near(log_odds(np.array([0.0, 1.0])), np.array([-np.inf, np.inf]))


def check_gradient(log_posterior, gradient):
    rng = np.random.default_rng(3)
    for lam in (0.0, 1.0, 2.5):
        X, y, theta = rng.normal(size=(6, 2)), rng.integers(0, 2, size=6), rng.normal(size=2)
        near(log_posterior(X, y, theta, lam), my_log_posterior(X, y, theta, lam))
        near(gradient(X, y, theta, lam), (y - my_sigmoid(X @ theta)) @ X - lam * theta)


def check_estimates(estimate_parameters):
    rng = np.random.default_rng(4)
    for shift in (0.0, -3e5):
        y = np.array([0, 0, 0, 1, 1, 1, 1, 2])
        X = rng.normal(size=(8, 2)) + shift
        for floor in (1e-9, 0.4):
            means, variances = estimate_parameters(X, y, 3, floor)
            near(means, [X[y == k].mean(0) for k in range(3)])
            near(variances, [np.maximum(X[y == k].var(0), floor) for k in range(3)], 1e-6, 1e-6)
    for k in range(3):
        try:
            result = estimate_parameters(X[y != k], y[y != k], 3)
        except ValueError:
            result = None
        assert result is None


def check_posterior(posterior, joint_log_prob):
    rng = np.random.default_rng(5)
    for priors in ([0.5, 0.25, 0.25], [0.0, 0.1, 0.9]):
        for far in (1, 25, 400):
            X, means, variances = far * rng.normal(size=(3, 2)), rng.normal(size=(3, 2)), rng.uniform(0.5, 2, (3, 2))
            joint = my_joint(X, np.array(priors), means, variances)
            near(joint_log_prob(X, np.array(priors), means, variances), joint)
            weights = np.exp(joint - joint.max(1)[:, None])
            found = posterior(X, np.array(priors), means, variances)
            near(found, weights / weights.sum(1)[:, None])
            assert priors[0] > 0 or (found[:, 0] == 0).all()


def my_sample(n, priors, means, variances, rng):
    y = (rng.random(n)[:, None] > np.cumsum(priors)[:-1]).sum(1)
    return rng.normal(means[y], variances[y] ** 0.5), y


def statistics(X, y, means, variances):
    """Numbers that are about normal with deviation 1/sqrt(n), times a factor near 1."""
    z = (X - means[y]) / variances[y] ** 0.5
    labels = [(y == k).mean() for k in range(len(means))]
    moments = [f(z[y == k]) for k in range(len(means)) for f in (lambda a: a.mean(0), lambda a: (a**2).mean(0) / 1.5)]
    mixed = [z[:, 0] @ z[:, 1] / len(z), z[1:, 0] @ z[:-1, 0] / len(z), np.mean(y[1:] * y[:-1])]
    return np.concatenate([labels, *moments, mixed])


def check_sampler(sample):
    n, priors = 10000, np.array([0.25, 0.75])
    means, variances = np.array([[0.0, 5.0], [2.0, -2.0]]), np.array([[2.0, 0.5], [0.25, 6.0]])
    rng = np.random.default_rng(6)
    X, y = sample(n, priors, means, variances, rng)
    theirs = statistics(X, y, means, variances)
    mine = statistics(*my_sample(n, priors, means, variances, np.random.default_rng(7)), means, variances)
    near(theirs, mine, atol=0.14, rtol=0)
    assert not np.array_equal(sample(n, priors, means, variances, rng)[0], X)
    assert np.array_equal(sample(n, priors, means, variances, np.random.default_rng(6))[0], X)


def check_elbo(elbo, log_marginal_likelihood):
    rng = np.random.default_rng(8)
    W, mean, X = rng.normal(size=(4, 2)), rng.normal(size=4), rng.normal(size=(3, 4))
    P = np.eye(2) + W.T @ W / 0.7
    best = (X - mean) @ W @ np.linalg.inv(P) / 0.7
    top = log_marginal_likelihood(X, W, mean, 0.7)
    for m, S in [(best, np.linalg.inv(P)), (best + 1, np.eye(2)), (np.zeros((3, 2)), 3 * np.eye(2))]:
        shift = m - best
        kl = 0.5 * (np.trace(P @ S) - 2 - np.linalg.slogdet(P @ S)[1] + np.einsum("ij,jk,ik->i", shift, P, shift))
        near(top - elbo(X, m, S, W, mean, 0.7), kl, 1e-7)
