from helpers import log_normal, normalise, safe_log
import numpy as np


def class_priors(y, n_classes):
    return np.array([np.mean(y == k) for k in range(n_classes)])


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    """Maximum likelihood, class by class."""
    def ml(group):
        if group.size == 0:
            raise ValueError("a class without examples")
        mean = group.sum(0) / len(group)
        centred = group - mean
        return mean, (centred * centred).sum(0) / len(group)
    results = [ml(X[y == k]) for k in range(n_classes)]
    means = np.array([m for m, _ in results])
    variances = np.array([v for _, v in results])
    variances[variances < variance_floor] = variance_floor
    return means, variances


def gaussian_log_density(x, mean, variance):
    return log_normal(x, mean, variance)


def class_log_likelihood(X, means, variances):
    return log_normal(X[:, None, :], means, variances).sum(axis=2)


def joint_log_prob(X, priors, means, variances):
    return class_log_likelihood(X, means, variances) + safe_log(priors)


def log_evidence(joint):
    m = np.maximum(joint.max(axis=1), -1e300)
    return m + safe_log(np.exp(joint - m[:, None]).sum(axis=1)) if np.all(joint.max(axis=1) > -np.inf) else np.logaddexp.reduce(joint, axis=1)


def posterior(X, priors, means, variances):
    return normalise(joint_log_prob(X, priors, means, variances))


def predict(X, priors, means, variances):
    return joint_log_prob(X, priors, means, variances).argmax(axis=1)


def sample(n, priors, means, variances, rng):
    u = rng.random(n)
    y = np.searchsorted(np.cumsum(priors)[:-1], u, side="right")
    return means[y] + np.sqrt(variances)[y] * rng.standard_normal((n, means.shape[1])), y
