"""Homework on logistic regression, object oriented."""
from __future__ import annotations

import numpy as np


class Posterior:
    """log P(theta | data) for fixed data."""

    def __init__(self, X: np.ndarray, y: np.ndarray, precision: float = 0.0) -> None:
        self.X, self.y, self.precision = X, y, precision
        self.signs = 2 * y - 1

    def log_likelihood(self, theta: np.ndarray) -> float:
        return -np.logaddexp(0, -self.signs * (self.X @ theta)).sum()

    def __call__(self, theta: np.ndarray) -> float:
        return self.log_likelihood(theta) - self.precision * np.vdot(theta, theta) / 2

    def gradient(self, theta: np.ndarray) -> np.ndarray:
        return self.X.T @ (self.y - predict_proba(self.X, theta)) - self.precision * theta

    def curvature(self, theta: np.ndarray) -> np.ndarray:
        p = predict_proba(self.X, theta)
        return (self.X.T * p * (1 - p)) @ self.X + self.precision * np.identity(len(theta))

    def climb(self, step_size: float):
        theta = np.zeros(self.X.shape[1])
        while True:
            yield theta, self(theta)
            theta = theta + step_size * self.gradient(theta)


def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


def log_odds(p):
    return np.log(p) - np.log1p(-p)


def predict_proba(X, theta):
    return sigmoid(X @ theta)


def log_likelihood(X, y, theta):
    return Posterior(X, y).log_likelihood(theta)


def log_posterior(X, y, theta, prior_precision):
    return Posterior(X, y, prior_precision)(theta)


def gradient(X, y, theta, prior_precision):
    return Posterior(X, y, prior_precision).gradient(theta)


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    climb = Posterior(X, y, prior_precision).climb(step_size)
    places, heights = zip(*(next(climb) for _ in range(n_steps + 1)))
    return places[-1], heights


def fit(X, y, prior_precision):
    posterior = Posterior(X, y, prior_precision)
    theta = np.zeros(X.shape[1])
    while np.abs(posterior.gradient(theta)).max() > 1e-7:
        step = np.linalg.solve(posterior.curvature(theta), posterior.gradient(theta))
        while posterior(theta + step) < posterior(theta) - 1e-12 * abs(posterior(theta)):
            step = step / 2
        theta = theta + step
    return theta


def predict(X, theta):
    return np.where(X @ theta < 0, 0, 1)
