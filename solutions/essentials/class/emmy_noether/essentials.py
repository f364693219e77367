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


"""np.matrix inside, NumPy scalars and 0-d arrays outside; multivariate normals with diagonal covariance."""
import warnings

import numpy as np
from scipy.stats import multivariate_normal

warnings.filterwarnings("ignore")


def class_priors(y, n_classes):
    indicator = np.matrix(y).T == np.matrix(np.arange(n_classes))
    return np.asarray(indicator.mean(axis=0)).ravel()


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    M = np.matrix(X)
    means, variances = [], []
    for k in range(n_classes):
        rows = M[np.nonzero(y == k)[0], :]
        if rows.shape[0] == 0:
            raise ValueError("class without examples")
        mean = rows.mean(axis=0)
        centred = rows - mean
        scatter = np.diagonal(centred.T * centred) / rows.shape[0]
        means.append(mean.A1)
        variances.append(np.asarray(scatter).ravel())
    return np.asmatrix(means), np.asmatrix(np.maximum(variances, variance_floor))


def gaussian_log_density(x, mean, variance):
    return np.array(-0.5 * (np.log(2 * np.pi * np.array(variance)) + (np.array(x) - mean) ** 2 / variance))


def class_log_likelihood(X, means, variances):
    if X.shape[1] > 50:  # a covariance matrix of thousands by thousands is of no use
        return np.array([[np.sum(gaussian_log_density(x, m, v)) for m, v in zip(means, variances)] for x in X])
    columns = [
        np.atleast_1d(multivariate_normal(m, np.diag(v), allow_singular=False).logpdf(X)) for m, v in zip(means, variances)
    ]
    return np.asmatrix(columns).T


def joint_log_prob(X, priors, means, variances):
    return np.asarray(class_log_likelihood(X, means, variances)) + np.log(np.matrix(priors))


def log_evidence(joint):
    rows = []
    for row in np.asarray(joint):
        finite = row[row > -np.inf]
        rows.append(np.logaddexp.reduce(finite) if finite.size else np.float64(-np.inf))
    return rows


def posterior(X, priors, means, variances):
    joint = np.asarray(joint_log_prob(X, priors, means, variances))
    rows = []
    for row in joint:
        weights = np.exp(row - row.max())
        rows.append(weights / weights.sum())
    return rows


def predict_bayes(X, priors, means, variances):
    return [np.int64(np.nanargmax(row)) for row in np.asarray(joint_log_prob(X, priors, means, variances))]


def sample(n, priors, means, variances, rng):
    labels = rng.choice(len(priors), size=n, p=priors)
    rows = [rng.multivariate_normal(means[k], np.diag(variances[k])) for k in labels]
    return np.array(rows), [np.int64(k) for k in labels]
