"""Every probability as the exponential of its logarithm."""

from functools import reduce

import numpy as np


def _log_sigmoid(z):
    return -np.logaddexp(0.0, -z)


def sigmoid(z):
    return np.exp(_log_sigmoid(z))


def log_odds(p):
    with np.errstate(divide="ignore"):
        return np.log(p) - np.log(1 - p)


def predict_proba(X, theta):
    return np.exp(_log_sigmoid(X @ theta))


def log_likelihood(X, y, theta):
    log_p = np.stack([_log_sigmoid(-(X @ theta)), _log_sigmoid(X @ theta)])
    return log_p[y, np.arange(len(y))].sum()


def log_posterior(X, y, theta, prior_precision):
    return reduce(np.subtract, [log_likelihood(X, y, theta), prior_precision / 2 * np.linalg.norm(theta) ** 2])


def gradient(X, y, theta, prior_precision):
    signs = np.where(y == 1, 1, -1)
    wrong = np.exp(_log_sigmoid(-signs * (X @ theta)))
    return (signs * wrong) @ X - prior_precision * theta


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    def step(path, _):
        return path + [path[-1] + step_size * gradient(X, y, path[-1], prior_precision)]

    path = reduce(step, range(n_steps), [np.zeros(X.shape[1])])
    return path[-1], [log_posterior(X, y, theta, prior_precision) for theta in path]


def fit(X, y, prior_precision):
    # Nesterov's accelerated ascent, restarted whenever it goes downhill.
    L = (X**2).sum() / 4 + prior_precision
    theta = previous = np.zeros(X.shape[1])
    k = 0
    for _ in range(50_000):
        ahead = theta + k / (k + 3) * (theta - previous)
        g = gradient(X, y, ahead, prior_precision)
        if np.max(np.abs(g)) < 1e-6:
            return ahead
        previous, theta = theta, ahead + g / L
        k = 0 if g @ (theta - previous) < 0 else k + 1
    return theta


def predict(X, theta):
    return 1 - np.signbit(X @ theta + 0.0).astype(int)
