from __future__ import annotations
"""A class does the work; the functions of the assignment are its front door."""



from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np


class Climb(NamedTuple):
    theta: np.ndarray
    trace: np.ndarray


@dataclass
class LogisticRegression:
    prior_precision: float = 0.0
    theta: np.ndarray = field(default=None)

    @staticmethod
    def link(z):
        e = np.exp(-np.abs(z))
        return np.where(z < 0, e / (1 + e), 1 / (1 + e))

    def scores(self, X):
        return X @ self.theta

    def proba(self, X):
        return self.link(self.scores(X))

    def log_likelihood(self, X, y):
        return -np.logaddexp(0, (1 - 2 * y) * self.scores(X)).sum()

    def log_posterior(self, X, y):
        return self.log_likelihood(X, y) - self.penalty

    @property
    def penalty(self):
        return self.prior_precision * (self.theta * self.theta).sum() / 2

    def gradient(self, X, y):
        return X.T @ (y - self.proba(X)) - self.prior_precision * self.theta

    def ascend(self, X, y, step_size, n_steps) -> Climb:
        self.theta = np.zeros(X.shape[1])
        trace = np.empty(1 + n_steps)
        trace[0] = self.log_posterior(X, y)
        for t in range(n_steps):
            self.theta = self.theta + step_size * self.gradient(X, y)
            trace[t + 1] = self.log_posterior(X, y)
        return Climb(self.theta, trace)

    def fit(self, X, y):
        self.theta = np.zeros(X.shape[1])
        for _ in range(1000):
            g = self.gradient(X, y)
            if np.abs(g).max() <= 1e-8:
                break
            w = self.proba(X) * (1 - self.proba(X))
            # Levenberg's damping: the worse the fit, the shorter the step.
            H = (X.T * w) @ X + (self.prior_precision + 0.1 * np.linalg.norm(g)) * np.eye(X.shape[1])
            self.theta = self.theta + np.linalg.solve(H, g)
        return self


def sigmoid(z):
    return LogisticRegression.link(z)


def log_odds(p):
    return np.subtract(np.log(p), np.log(1 - p))


def predict_proba(X, theta):
    return LogisticRegression(theta=theta).proba(X)


def log_likelihood(X, y, theta):
    return LogisticRegression(theta=theta).log_likelihood(X, y)


def log_posterior(X, y, theta, prior_precision):
    return LogisticRegression(prior_precision, theta).log_posterior(X, y)


def gradient(X, y, theta, prior_precision):
    return LogisticRegression(prior_precision, theta).gradient(X, y)


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    return LogisticRegression(prior_precision).ascend(X, y, step_size, n_steps)


def fit(X, y, prior_precision):
    return LogisticRegression(prior_precision).fit(X, y).theta


def predict(X, theta):
    return (LogisticRegression(theta=theta).proba(X) >= 0.5).astype(np.uint8)


"""Expanded squares and matrix products: x²/v − 2xm/v + m²/v."""
import numpy as np


def class_priors(y, n_classes):
    return (y[:, None] == np.arange(n_classes)).mean(axis=0)


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    member = (y[:, None] == np.arange(n_classes)).astype(float)
    size = member.sum(axis=0)[:, None]
    if np.any(size == 0):
        raise ValueError("a class has no examples")
    centre = X.mean(axis=0)
    means = member.T @ (X - centre) / size
    # each example's own class mean is taken off before squaring
    residual = (X - centre) - member @ means
    variances = member.T @ residual**2 / size
    variances[variances < variance_floor] = variance_floor
    return means + centre, variances


def gaussian_log_density(x, mean, variance):
    x = np.asarray(x, dtype=float)
    return -(x**2 - 2 * x * mean + np.asarray(mean) ** 2) / (2 * np.asarray(variance)) - np.log(2 * np.pi * np.asarray(variance)) / 2


def class_log_likelihood(X, means, variances):
    precision = 1 / variances
    square = X**2 @ precision.T - 2 * X @ (means * precision).T + np.sum(means**2 * precision, axis=1)
    return -0.5 * (square + np.sum(np.log(2 * np.pi * variances), axis=1))


def joint_log_prob(X, priors, means, variances):
    log_prior = np.full(len(priors), -np.inf)
    np.log(priors, out=log_prior, where=priors > 0)
    return log_prior + class_log_likelihood(X, means, variances)


def log_evidence(joint):
    order = np.sort(joint, axis=1)[:, ::-1]
    first = order[:, :1]
    rest = np.where(np.isneginf(order[:, 1:]), -np.inf, order[:, 1:] - np.where(np.isneginf(first), 0, first))
    return first[:, 0] + np.log1p(np.exp(rest).sum(axis=1))


def posterior(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    joint -= np.max(joint, axis=1)[:, np.newaxis]
    np.exp(joint, out=joint)
    joint /= joint.sum(axis=1)[:, np.newaxis]
    return joint


def predict_bayes(X, priors, means, variances):
    precision = 1 / variances
    score = X**2 @ (-precision / 2).T + X @ (means * precision).T
    with np.errstate(divide="ignore"):
        score += np.log(priors) - 0.5 * np.sum(means**2 * precision + np.log(variances), axis=1)
    return np.argmax(score, axis=1)


def sample(n, priors, means, variances, rng):
    y = np.searchsorted(np.cumsum(priors)[:-1], rng.random(n), side="right")
    return means[y] + rng.standard_normal((n, means.shape[1])) * variances[y] ** 0.5, y
