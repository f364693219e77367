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
