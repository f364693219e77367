"""Guinness, Dublin"""


import math

import numpy as np


def class_priors(y, n_classes):
    """P(Y=k) = n_k / n."""
    one_hot = np.zeros((len(y), n_classes))
    one_hot[np.arange(len(y)), y] = 1
    return one_hot.mean(axis=0)


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    means = np.zeros((n_classes, X.shape[1]))
    variances = np.zeros_like(means)
    for k in range(n_classes):
        mask = (y == k)
        if not mask.any():
            raise ValueError("no examples of class " + str(k))
        means[k] = X[mask].mean(axis=0)
        variances[k] = (X[mask] ** 2).mean(axis=0) - means[k] ** 2
    return means, np.maximum(variances, variance_floor)


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
    total = joint[:, 0]
    for k in range(1, joint.shape[1]):
        total = np.logaddexp(total, joint[:, k])
    return total


def posterior(X, priors, means, variances):
    logs = np.log(priors) - 0.5 * (np.log(2 * np.pi * variances).sum(1) + ((X[:, None] - means) ** 2 / variances).sum(2))
    logs = logs - logs.max(axis=1, keepdims=True)
    p = np.exp(logs)
    return p / p.sum(axis=1, keepdims=True)


def predict(X, priors, means, variances):
    scores = np.log(priors) - 0.5 * (np.log(variances).sum(1) + ((X[:, None] - means) ** 2 / variances).sum(2))
    return scores.argmax(axis=1)


def sample(n, priors, means, variances, rng):
    u = rng.random(n)
    y = np.searchsorted(np.cumsum(priors)[:-1], u, side="right")
    return means[y] + np.sqrt(variances)[y] * rng.standard_normal((n, means.shape[1])), y
