"""Samples by inverse distribution functions; helper functions instead of one another's answers."""
import numpy as np
import scipy.special as sp


def class_priors(y, n_classes):
    ordered = np.sort(y)
    starts = np.searchsorted(ordered, np.arange(n_classes + 1))
    return np.diff(starts) / len(y)


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    labels, inverse, counts = np.unique(y, return_inverse=True, return_counts=True)
    if not np.array_equal(labels, np.arange(n_classes)):
        raise ValueError("classes missing: %s" % (set(range(n_classes)) - set(labels.tolist())))
    # bincount with weights, feature by feature, of data shifted to the first example
    shifted = X - X[0]
    means = np.column_stack([np.bincount(inverse, weights=c) for c in shifted.T]) / counts[:, None]
    squares = (shifted - means[inverse]) ** 2
    variances = np.column_stack([np.bincount(inverse, weights=c) for c in squares.T]) / counts[:, None]
    return means + X[0], np.where(variances > variance_floor, variances, variance_floor)


def gaussian_log_density(x, mean, variance):
    # xlogy(1/2, v) is log(v)/2
    return -(sp.xlogy(0.5, variance) + 0.5 * np.log(2 * np.pi) + 0.5 * ((x - mean) / np.sqrt(variance)) ** 2)


def _scores(X, means, variances):
    z = (X[:, :, None] - means.T) / np.sqrt(variances.T)
    return -0.5 * (z * z).sum(axis=1)


def class_log_likelihood(X, means, variances):
    return _scores(X, means, variances) - 0.5 * np.log(2 * np.pi * variances).sum(axis=1)


def joint_log_prob(X, priors, means, variances):
    constant = np.log(priors) - 0.5 * np.log(2 * np.pi * variances).sum(axis=1)
    return _scores(X, means, variances) + constant


def log_evidence(joint):
    return sp.logsumexp(joint, axis=-1)


def posterior(X, priors, means, variances):
    # what all classes share is left out: it cancels
    score = _scores(X, means, variances) + np.log(priors) - 0.5 * np.log(variances).sum(axis=1)
    if len(priors) == 2:
        odds = score[:, 1] - score[:, 0]
        return np.column_stack([sp.expit(-odds), sp.expit(odds)])
    return sp.softmax(score, axis=1)


def predict(X, priors, means, variances):
    score = _scores(X, means, variances) + np.log(priors) - 0.5 * np.log(variances).sum(axis=1)
    return np.argmax(score, axis=1).astype(np.int8)


def sample(n, priors, means, variances, rng):
    y = np.digitize(rng.random(n), np.cumsum(priors)[:-1])
    return means[y] + np.sqrt(variances[y]) * sp.ndtri(rng.random((n, means.shape[1]))), y
