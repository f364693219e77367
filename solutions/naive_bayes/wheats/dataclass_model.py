"""Dataclasses behind the functions."""
from __future__ import annotations

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


def predict(X, priors, means, variances):
    return joint_log_prob(X, priors, means, variances).argmax(axis=1).tolist()


def sample(n, priors, means, variances, rng):
    model = NaiveBayes.of(priors, means, variances)
    y = rng.choice(np.arange(len(priors)), p=priors, size=n, replace=True)
    return np.vstack([model.classes[k].draw(rng) for k in y]), y
