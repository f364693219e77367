"""Asserts and ValueErrors on bad input."""

import numpy as np


def check(X, Theta, y=None, prior_precision=0.0):
    X, Theta = np.asarray(X, dtype=float), np.asarray(Theta, dtype=float)
    if X.ndim != 2 or Theta.ndim != 2 or X.shape[1] != Theta.shape[1]:
        raise ValueError(f"X {X.shape} and Theta {Theta.shape} do not fit")
    if y is not None:
        y = np.asarray(y)
        if y.shape != (len(X),) or y.min() < 0 or y.max() >= len(Theta):
            raise ValueError("labels do not fit")
    if prior_precision < 0:
        raise ValueError("prior_precision must not be negative")
    return X, Theta, y


def log_softmax(scores):
    scores = np.asarray(scores, dtype=float)
    if scores.ndim != 2:
        raise ValueError("expected a table")
    top = scores.max(axis=1)[:, np.newaxis]
    result = scores - (top + np.log(np.sum(np.exp(scores - top), axis=1))[:, np.newaxis])
    # A row's rounding may leave a hair above 0.
    result = np.minimum(result, 0)
    assert np.isfinite(result).all()
    return result


def predict_proba(X, Theta):
    X, Theta, _ = check(X, Theta)
    P = np.exp(log_softmax(X @ Theta.T))
    assert np.allclose(P.sum(axis=1), 1)
    return P


def log_posterior(X, y, Theta, prior_precision):
    X, Theta, y = check(X, Theta, y, prior_precision)
    log_p = log_softmax(X @ Theta.T)
    value = sum(log_p[y == k, k].sum() for k in range(len(Theta)))
    assert value <= 0
    return value - prior_precision / 2 * np.sum(np.square(Theta))


def gradient(X, y, Theta, prior_precision):
    X, Theta, y = check(X, Theta, y, prior_precision)
    sums = np.array([X[y == k].sum(axis=0) for k in range(len(Theta))])
    g = sums - predict_proba(X, Theta).T @ X - prior_precision * Theta
    assert g.shape == Theta.shape
    return g


def fit(X, y, n_classes, prior_precision):
    if not prior_precision > 0:
        raise ValueError("prior_precision must be positive")
    d = X.shape[1]
    Theta = np.zeros((n_classes, d))
    for _ in range(100):
        g = gradient(X, y, Theta, prior_precision)
        if np.abs(g).max() < 1e-9:
            break
        P = predict_proba(X, Theta)
        blocks = [
            [X.T @ ((P[:, k] * ((k == m) - P[:, m]))[:, None] * X) for m in range(n_classes)] for k in range(n_classes)
        ]
        step = np.linalg.solve(np.block(blocks) + prior_precision * np.eye(n_classes * d), g.ravel())
        step = step.reshape(n_classes, d)
        size, now = 1.0, log_posterior(X, y, Theta, prior_precision)
        while size > 1e-8 and log_posterior(X, y, Theta + size * step, prior_precision) < now - 1e-10 * (1 + abs(now)):
            size /= 2
        Theta = Theta + size * step
    assert np.abs(gradient(X, y, Theta, prior_precision)).max() < 1e-4
    return Theta


def predict(X, Theta):
    X, Theta, _ = check(X, Theta)
    return (X @ Theta.T).argmax(axis=1)
