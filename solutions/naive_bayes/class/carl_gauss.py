"""Pauca sed matura."""


import numpy as np


def class_priors(y, n_classes):
    return np.bincount(y, minlength=n_classes) / len(y)


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    Y = (y[:, None] == np.arange(n_classes)).astype(float)
    n_k = Y.sum(axis=0)
    if np.any(n_k == 0):
        raise ValueError("every class needs at least one example")
    means = Y.T @ X / n_k[:, None]
    variances = Y.T @ (X - means[y]) ** 2 / n_k[:, None]
    return means, np.where(variances < variance_floor, variance_floor, variances)


# my curve
def gaussian_log_density(x, mean, variance):
    return -0.5 * np.log(2 * np.pi * variance) - (x - mean) ** 2 / (2 * variance)


def class_log_likelihood(X, means, variances):
    diff = X[:, None, :] - means[None, :, :]
    return -0.5 * (np.log(2 * np.pi * variances)[None] + diff ** 2 / variances[None]).sum(axis=2)


def joint_log_prob(X, priors, means, variances):
    with np.errstate(divide="ignore"):
        return class_log_likelihood(X, means, variances) + np.log(priors)


def log_evidence(joint):
    m = joint.max(axis=1)
    m = np.where(np.isfinite(m), m, 0.0)
    return m + np.log(np.exp(joint - m[:, None]).sum(axis=1))


def posterior(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    return np.exp(joint - log_evidence(joint)[:, None])


def predict(X, priors, means, variances):
    return np.argmax(joint_log_prob(X, priors, means, variances), axis=1)


def sample(n, priors, means, variances, rng):
    y = rng.choice(len(priors), size=n, p=priors)
    X = rng.normal(means[y], np.sqrt(variances[y]))
    return X, y
