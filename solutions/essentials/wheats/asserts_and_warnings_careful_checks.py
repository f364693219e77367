"""Checks its input, warns, and raises on nonsense."""

import logging
import warnings

import numpy as np

log = logging.getLogger(__name__)
MAX_ITER = 10_000


def _check(X, theta=None, y=None, precision=None):
    X = np.asarray(X, dtype=float)
    if X.ndim != 2:
        raise ValueError(f"X must have two dimensions, not {X.ndim}")
    if theta is not None and np.shape(theta) != (X.shape[1],):
        raise ValueError(f"theta must have shape ({X.shape[1]},)")
    if y is not None:
        assert len(y) == len(X), "X and y must have the same length"
        assert set(np.unique(y)) <= {0, 1}, "labels must be 0 or 1"
        if len(set(y.tolist())) == 1:
            warnings.warn("only one class in y", UserWarning, stacklevel=2)
    if precision is not None and precision < 0:
        raise ValueError("prior_precision must not be negative")
    return X


def sigmoid(z):
    if np.any(np.abs(z) > 700):
        warnings.warn("z is very large", RuntimeWarning, stacklevel=2)
    z = np.asarray(z, dtype=float)
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))


def log_odds(p):
    p = np.asarray(p)
    if p.min() < 0 or p.max() > 1:
        raise ValueError("probabilities lie in [0, 1]")
    return np.log(p) - np.log1p(-p)


def predict_proba(X, theta):
    X = _check(X, theta)
    p = sigmoid(X @ theta)
    assert p.shape == (len(X),)
    return p


def log_likelihood(X, y, theta):
    X = _check(X, theta, y)
    z = X @ theta
    value = np.sum(np.where(y == 1, -np.logaddexp(0, -z), -np.logaddexp(0, z)))
    assert value <= 0
    return value


def log_posterior(X, y, theta, prior_precision):
    _check(X, theta, y, prior_precision)
    return log_likelihood(X, y, theta) - prior_precision / 2 * np.sum(np.power(theta, 2))


def gradient(X, y, theta, prior_precision):
    X = _check(X, theta, y, prior_precision)
    g = X.T @ (y - predict_proba(X, theta)) - prior_precision * theta
    assert np.all(np.isfinite(g))
    return g


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    X = _check(X, None, y, prior_precision)
    if n_steps < 0:
        raise ValueError("n_steps must not be negative")
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(int(n_steps)):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
    assert len(trace) == n_steps + 1
    return theta, np.array(trace)


def fit(X, y, prior_precision):
    X = _check(X, None, y, prior_precision)
    theta = np.zeros(X.shape[1])
    size = 1.0
    for _ in range(MAX_ITER):
        g = gradient(X, y, theta, prior_precision)
        if np.abs(g).max() < 2e-5:
            log.info("converged")
            return theta
        height = log_posterior(X, y, theta, prior_precision)
        size *= 2
        while log_posterior(X, y, theta + size * g, prior_precision) < height + 0.3 * size * (g @ g):
            size /= 2
            if size < 1e-14:
                return theta
        theta = theta + size * g
    warnings.warn("no convergence", RuntimeWarning, stacklevel=2)
    return theta


def predict(X, theta):
    X = _check(X, theta)
    return np.asarray(predict_proba(X, theta) >= 0.5, dtype=np.int32)


"""Validates everything it is given, with asserts and errors."""
import numpy as np


def _check_labels(y, n_classes):
    y = np.asarray(y)
    if y.ndim != 1:
        raise ValueError(f"y must have one dimension, not {y.ndim}")
    if not np.issubdtype(y.dtype, np.integer):
        raise TypeError("labels must be integers")
    if y.size and (y.min() < 0 or y.max() >= n_classes):
        raise ValueError("labels must be in 0..n_classes-1")
    return y


def _check_model(X, priors, means, variances):
    X = np.asarray(X, dtype=np.float64)
    means = np.asarray(means, dtype=np.float64)
    variances = np.asarray(variances, dtype=np.float64)
    assert X.ndim == 2, "X must be (n, d)"
    assert means.shape == variances.shape, "means and variances differ in shape"
    assert X.shape[1] == means.shape[1], "wrong number of features"
    assert np.all(variances > 0), "variances must be positive"
    if priors is not None:
        assert np.shape(priors) == (means.shape[0],), "one prior for each class"
        assert np.all(np.asarray(priors) >= 0) and np.isclose(np.sum(priors), 1), "priors are probabilities"
    return X, means, variances


def class_priors(y, n_classes):
    assert n_classes >= 1
    y = _check_labels(y, n_classes)
    return np.array([np.mean(y == k) for k in range(n_classes)])


class EmptyClassError(ValueError):
    """A class without examples."""


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    y = _check_labels(y, n_classes)
    X = np.asarray(X, dtype=np.float64)
    assert X.shape[0] == y.shape[0], "X and y differ in length"
    assert variance_floor > 0
    missing = sorted(set(range(n_classes)) - set(y.tolist()))
    if missing:
        raise EmptyClassError(f"no examples of {missing}")
    order = np.argsort(y, kind="stable")
    groups = np.split(X[order], np.cumsum(np.bincount(y, minlength=n_classes))[:-1])
    means = np.stack([g.mean(axis=0) for g in groups])
    variances = np.stack([((g - g.mean(axis=0)) ** 2).mean(axis=0) for g in groups])
    return means, np.maximum(variances, variance_floor)


def gaussian_log_density(x, mean, variance):
    x, mean, variance = (np.asarray(a, dtype=np.float64) for a in (x, mean, variance))
    if not np.all(variance > 0):
        raise ValueError("variance must be positive")
    return -0.5 * np.log(2.0 * np.pi) - 0.5 * np.log(variance) - np.square(x - mean) / (2.0 * variance)


def class_log_likelihood(X, means, variances):
    X, means, variances = _check_model(X, None, means, variances)
    result = np.apply_along_axis(lambda row: gaussian_log_density(row, means, variances).sum(axis=1), 1, X)
    assert result.shape == (len(X), len(means))
    assert np.all(np.isfinite(result))
    return result


def joint_log_prob(X, priors, means, variances):
    X, means, variances = _check_model(X, priors, means, variances)
    with np.errstate(divide="ignore"):
        return class_log_likelihood(X, means, variances) + np.log(priors)


def log_evidence(joint):
    joint = np.asarray(joint, dtype=np.float64)
    if joint.ndim != 2:
        raise ValueError("joint must be (n, K)")
    assert not np.isnan(joint).any()
    result = np.full(len(joint), -np.inf)
    possible = joint.max(axis=1) > -np.inf
    rows = joint[possible]
    top = rows.max(axis=1)
    result[possible] = top + np.log(np.exp(rows - top[:, None]).sum(axis=1))
    return result


def posterior(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    result = np.exp(joint - log_evidence(joint)[:, None])
    result /= result.sum(axis=1, keepdims=True)
    assert np.allclose(result.sum(axis=1), 1)
    return result


def predict_bayes(X, priors, means, variances):
    labels = np.argmax(joint_log_prob(X, priors, means, variances), axis=1)
    assert labels.shape == (len(X),)
    return labels


def sample(n, priors, means, variances, rng):
    if n < 0:
        raise ValueError("n must not be negative")
    if not isinstance(rng, np.random.Generator):
        raise TypeError("rng must be a numpy.random.Generator")
    means, variances = np.array(means, dtype=float), np.array(variances, dtype=float)
    y = rng.choice(len(priors), size=n, p=np.asarray(priors) / np.sum(priors))
    X = means[y] + np.sqrt(variances[y]) * rng.standard_normal((n, means.shape[1]))
    return X, y
