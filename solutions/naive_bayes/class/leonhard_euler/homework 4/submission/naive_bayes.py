from densities.gauss import log_normal
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


def gaussian_log_density(x, mean, variance):
    return log_normal(x, mean, variance)


def class_log_likelihood(X, means, variances):
    return np.column_stack([gaussian_log_density(X, means[k], variances[k]).sum(axis=1) for k in range(len(means))])


def joint_log_prob(X, priors, means, variances):
    with np.errstate(divide="ignore"):
        return class_log_likelihood(X, means, variances) + np.log(priors)


def log_evidence(joint):
    return np.logaddexp.reduce(joint, axis=1)


def posterior(X, priors, means, variances):
    logs = np.log(priors) - 0.5 * (np.log(2 * np.pi * variances).sum(1) + ((X[:, None] - means) ** 2 / variances).sum(2))
    logs = logs - logs.max(axis=1, keepdims=True)
    p = np.exp(logs)
    return p / p.sum(axis=1, keepdims=True)


def predict(X, priors, means, variances):
    scores = np.log(priors) - 0.5 * (np.log(variances).sum(1) + ((X[:, None] - means) ** 2 / variances).sum(2))
    return scores.argmax(axis=1)


def sample(n, priors, means, variances, rng):
    y = rng.multinomial(1, priors, size=n).argmax(axis=1)
    noise = rng.standard_normal(size=(n, means.shape[1]))
    return noise * variances[y] ** 0.5 + means[y], y
