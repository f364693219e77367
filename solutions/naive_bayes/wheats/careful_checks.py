"""Validates everything it is given, with asserts and errors."""
import numpy as np


def _check_labels(y, n_classes):
    y = np.asarray(y)
    if y.ndim != 1:
        raise ValueError(f"y must have one dimension, not {y.ndim}")
    if not np.issubdtype(y.dtype, np.integer):
        raise TypeError("labels must be integers")
    if y.size and (y.min() < 0 or y.max() >= n_classes):
        raise ValueError("labels must be in 0..n_classes-1")
    return y


def _check_model(X, priors, means, variances):
    X = np.asarray(X, dtype=np.float64)
    means = np.asarray(means, dtype=np.float64)
    variances = np.asarray(variances, dtype=np.float64)
    assert X.ndim == 2, "X must be (n, d)"
    assert means.shape == variances.shape, "means and variances differ in shape"
    assert X.shape[1] == means.shape[1], "wrong number of features"
    assert np.all(variances > 0), "variances must be positive"
    if priors is not None:
        assert np.shape(priors) == (means.shape[0],), "one prior for each class"
        assert np.all(np.asarray(priors) >= 0) and np.isclose(np.sum(priors), 1), "priors are probabilities"
    return X, means, variances


def class_priors(y, n_classes):
    assert n_classes >= 1
    y = _check_labels(y, n_classes)
    return np.array([np.mean(y == k) for k in range(n_classes)])


class EmptyClassError(ValueError):
    """A class without examples."""


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    y = _check_labels(y, n_classes)
    X = np.asarray(X, dtype=np.float64)
    assert X.shape[0] == y.shape[0], "X and y differ in length"
    assert variance_floor > 0
    missing = sorted(set(range(n_classes)) - set(y.tolist()))
    if missing:
        raise EmptyClassError(f"no examples of {missing}")
    order = np.argsort(y, kind="stable")
    groups = np.split(X[order], np.cumsum(np.bincount(y, minlength=n_classes))[:-1])
    means = np.stack([g.mean(axis=0) for g in groups])
    variances = np.stack([((g - g.mean(axis=0)) ** 2).mean(axis=0) for g in groups])
    return means, np.maximum(variances, variance_floor)


def gaussian_log_density(x, mean, variance):
    x, mean, variance = (np.asarray(a, dtype=np.float64) for a in (x, mean, variance))
    if not np.all(variance > 0):
        raise ValueError("variance must be positive")
    return -0.5 * np.log(2.0 * np.pi) - 0.5 * np.log(variance) - np.square(x - mean) / (2.0 * variance)


def class_log_likelihood(X, means, variances):
    X, means, variances = _check_model(X, None, means, variances)
    result = np.apply_along_axis(lambda row: gaussian_log_density(row, means, variances).sum(axis=1), 1, X)
    assert result.shape == (len(X), len(means))
    assert np.all(np.isfinite(result))
    return result


def joint_log_prob(X, priors, means, variances):
    X, means, variances = _check_model(X, priors, means, variances)
    with np.errstate(divide="ignore"):
        return class_log_likelihood(X, means, variances) + np.log(priors)


def log_evidence(joint):
    joint = np.asarray(joint, dtype=np.float64)
    if joint.ndim != 2:
        raise ValueError("joint must be (n, K)")
    assert not np.isnan(joint).any()
    result = np.full(len(joint), -np.inf)
    possible = joint.max(axis=1) > -np.inf
    rows = joint[possible]
    top = rows.max(axis=1)
    result[possible] = top + np.log(np.exp(rows - top[:, None]).sum(axis=1))
    return result


def posterior(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    result = np.exp(joint - log_evidence(joint)[:, None])
    result /= result.sum(axis=1, keepdims=True)
    assert np.allclose(result.sum(axis=1), 1)
    return result


def predict(X, priors, means, variances):
    labels = np.argmax(joint_log_prob(X, priors, means, variances), axis=1)
    assert labels.shape == (len(X),)
    return labels


def sample(n, priors, means, variances, rng):
    if n < 0:
        raise ValueError("n must not be negative")
    if not isinstance(rng, np.random.Generator):
        raise TypeError("rng must be a numpy.random.Generator")
    means, variances = np.array(means, dtype=float), np.array(variances, dtype=float)
    y = rng.choice(len(priors), size=n, p=np.asarray(priors) / np.sum(priors))
    X = means[y] + np.sqrt(variances[y]) * rng.standard_normal((n, means.shape[1]))
    return X, y
