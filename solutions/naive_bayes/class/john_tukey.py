"""Exploratory: look at everything."""


import math

import numpy as np
import functools


def tell(function):
    """Print what goes in and what comes out."""
    @functools.wraps(function)
    def told(*args, **kwargs):
        for a in args:
            print(function.__name__, "<-", a)
        result = function(*args, **kwargs)
        print(function.__name__, "->", result)
        print("=" * 79)
        return result
    return told


def class_priors(y, n_classes):
    """P(Y=k) = n_k / n."""
    one_hot = np.zeros((len(y), n_classes))
    one_hot[np.arange(len(y)), y] = 1
    return one_hot.mean(axis=0)


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
    x, mean, variance = np.broadcast_arrays(x, mean, variance)
    quadratic = np.square(x - mean) / variance
    return -(quadratic + np.log(variance) + math.log(2 * math.pi)) / 2


def class_log_likelihood(X, means, variances):
    return np.column_stack([gaussian_log_density(X, means[k], variances[k]).sum(axis=1) for k in range(len(means))])


def joint_log_prob(X, priors, means, variances):
    with np.errstate(divide="ignore"):
        return class_log_likelihood(X, means, variances) + np.log(priors)


def log_evidence(joint):
    return np.logaddexp.reduce(joint, axis=1)


def posterior(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    return np.exp(joint - log_evidence(joint)[:, None])


def predict(X, priors, means, variances):
    return np.argmax(joint_log_prob(X, priors, means, variances), axis=1)


def sample(n, priors, means, variances, rng):
    u = rng.random(n)
    y = np.searchsorted(np.cumsum(priors)[:-1], u, side="right")
    return means[y] + np.sqrt(variances)[y] * rng.standard_normal((n, means.shape[1])), y


for _name in ['class_priors', 'estimate_parameters', 'gaussian_log_density', 'class_log_likelihood', 'joint_log_prob', 'log_evidence', 'posterior', 'predict', 'sample']:
    globals()[_name] = tell(globals()[_name])
