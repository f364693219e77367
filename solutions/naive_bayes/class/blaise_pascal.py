# -*- coding: utf-8 -*-
"""Devoir : le chemin génératif."""
from __future__ import annotations

import math

import numpy as np
import scipy.special

try:
    import matplotlib.pyplot as plt
except ImportError:
    plt = None


def class_priors(y, n_classes):
    p = np.zeros(n_classes)
    labels, how_many = np.unique(y, return_counts=True)
    for label, c in zip(labels, how_many):
        p[label] = c / y.shape[0]
    return p


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    Y = (y[:, None] == np.arange(n_classes)).astype(float)
    n_k = Y.sum(axis=0)
    if np.any(n_k == 0):
        raise ValueError("every class needs at least one example")
    means = Y.T @ X / n_k[:, None]
    variances = Y.T @ (X - means[y]) ** 2 / n_k[:, None]
    return means, np.where(variances < variance_floor, variance_floor, variances)


def gaussian_log_density(x, mean, variance):
    x, mean, variance = np.broadcast_arrays(x, mean, variance)
    quadratic = np.square(x - mean) / variance
    return -(quadratic + np.log(variance) + math.log(2 * math.pi)) / 2


def class_log_likelihood(X, means, variances):
    result = []
    for mu, s2 in zip(means, variances):
        constant = -0.5 * np.sum(np.log(2 * np.pi * s2))
        result.append(constant - 0.5 * ((X - mu) ** 2 @ (1 / s2)))
    return np.array(result).T


def joint_log_prob(X, priors, means, variances):
    quadratic = (((X[:, None] - means) ** 2) / variances).sum(2)
    constants = np.log(priors) - 0.5 * np.log(2 * np.pi * variances).sum(1)
    return constants - 0.5 * quadratic


def log_evidence(joint):
    m = joint.max(axis=1)
    m = np.where(np.isfinite(m), m, 0.0)
    return m + np.log(np.exp(joint - m[:, None]).sum(axis=1))


def posterior(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    return np.exp(joint - log_evidence(joint)[:, None])


def predict(X, priors, means, variances):
    scores = np.log(priors) - 0.5 * (np.log(variances).sum(1) + ((X[:, None] - means) ** 2 / variances).sum(2))
    return scores.argmax(axis=1)


def sample(n, priors, means, variances, rng):
    y = rng.multinomial(1, priors, size=n).argmax(axis=1)
    noise = rng.standard_normal(size=(n, means.shape[1]))
    return noise * variances[y] ** 0.5 + means[y], y


def montre(n: int = 200) -> None:
    X, y = sample(n, np.array([0.5, 0.5]), np.zeros((2, 2)), np.ones((2, 2)), np.random.default_rng())
    plt.scatter(*X.T, c=y)


if __name__ == "__main__":
    montre()
    input("Entrée pour finir")
