from __future__ import annotations
import numpy as np


def sigmoid(z):
    out = np.empty(np.shape(z), order="F")
    pos = z >= 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    ez = np.exp(z[~pos])
    out[~pos] = ez / (1 + ez)
    return out


def log_odds(p):
    out = np.full(p.shape, np.inf)
    out[p == 0] = -np.inf
    inside = (p > 0) & (p < 1)
    out[inside] = -np.log(1 / p[inside] - 1)
    return out


def predict_proba(X, theta):
    p = np.zeros((2, X.shape[0]))
    p[1] = sigmoid(X @ theta)
    p[0] = 1 - p[1]
    return p.T[:, 1]  # a view that is not contiguous


def log_likelihood(X, y, theta):
    z = X @ theta
    agrees = z[y == 1], -z[y == 0]
    total = 0.0
    for s in agrees:
        right = s > 0
        total -= np.log1p(np.exp(-s[right])).sum()
        total += (s[~right] - np.log1p(np.exp(s[~right]))).sum()
    return total


def log_posterior(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - np.square(theta).sum() * prior_precision / 2


def gradient(X, y, theta, prior_precision):
    p = predict_proba(X, theta)
    ones = y.astype(bool)
    up = X[ones].T @ (1 - p[ones])
    down = X[~ones].T @ p[~ones]
    return up - down - prior_precision * theta


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    path = np.zeros((n_steps + 1, X.shape[1]))
    for t in range(n_steps):
        path[t + 1] = path[t] + step_size * gradient(X, y, path[t], prior_precision)
    return path[-1], np.array([log_posterior(X, y, theta, prior_precision) for theta in path])


def fit(X, y, prior_precision):
    """Newton, with half steps as long as the gradient does not shrink."""
    theta = np.zeros(X.shape[1])
    for _ in range(500):
        g = gradient(X, y, theta, prior_precision)
        if np.linalg.norm(g) < 1e-8:
            break
        p = predict_proba(X, theta)
        H = X.T @ np.diag(p * (1 - p)) @ X + prior_precision * np.identity(X.shape[1])
        step = np.linalg.lstsq(H, g, rcond=None)[0]
        while np.linalg.norm(gradient(X, y, theta + step, prior_precision)) > np.linalg.norm(g):
            step *= 0.5
            if np.linalg.norm(step) < 1e-14:
                return theta
        theta = theta + step
    return theta


def predict(X, theta):
    labels = np.zeros(len(X), dtype=bool)
    labels[X @ theta >= 0] = True
    return labels


"""Dataclasses behind the functions."""


from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Gaussian:
    mean: np.ndarray
    variance: np.ndarray

    @classmethod
    def estimate(cls, X, floor):
        mean = X.mean(axis=0)
        return cls(mean, np.maximum(X.var(axis=0), floor))

    def log_density(self, x):
        return -((x - self.mean) ** 2) / (2 * self.variance) - 0.5 * np.log(2 * np.pi * self.variance)

    def draw(self, rng):
        return self.mean + np.sqrt(self.variance) * rng.standard_normal(np.shape(self.mean))


@dataclass
class NaiveBayes:
    priors: np.ndarray
    classes: list[Gaussian] = field(default_factory=list)

    @classmethod
    def of(cls, priors, means, variances):
        return cls(priors, [Gaussian(m, v) for m, v in zip(means, variances)])

    def likelihood(self, X):
        return np.stack([g.log_density(X).sum(axis=1) for g in self.classes], axis=1)

    def joint(self, X):
        with np.errstate(divide="ignore"):
            return self.likelihood(X) + np.log(self.priors)


def class_priors(y, n_classes):
    histogram, _ = np.histogram(y, bins=np.arange(n_classes + 1) - 0.5)
    return histogram / histogram.sum()


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    if len(np.unique(y)) < n_classes:
        raise ValueError("every class needs an example")
    classes = [Gaussian.estimate(X[y == k], variance_floor) for k in range(n_classes)]
    return np.array([g.mean for g in classes]), np.array([g.variance for g in classes])


def gaussian_log_density(x, mean, variance):
    return Gaussian(mean, variance).log_density(x)


def class_log_likelihood(X, means, variances):
    return NaiveBayes.of(None, means, variances).likelihood(X)


def joint_log_prob(X, priors, means, variances):
    return NaiveBayes.of(priors, means, variances).joint(X)


def log_evidence(joint):
    return np.logaddexp.reduce(joint, axis=1)


def posterior(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    return np.exp(joint - np.logaddexp.reduce(joint, axis=1, keepdims=True))


def predict_bayes(X, priors, means, variances):
    return joint_log_prob(X, priors, means, variances).argmax(axis=1).tolist()


def sample(n, priors, means, variances, rng):
    model = NaiveBayes.of(priors, means, variances)
    y = rng.choice(np.arange(len(priors)), p=priors, size=n, replace=True)
    return np.vstack([model.classes[k].draw(rng) for k in y]), y
