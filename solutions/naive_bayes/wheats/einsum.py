"""No loop at all: one-hot labels, einsum, broadcasting."""
import numpy as np

LOG_2PI = np.log(2 * np.pi)


def _one_hot(y, n_classes):
    return np.eye(n_classes)[y]


def class_priors(y, n_classes):
    return np.einsum("nk->k", _one_hot(y, n_classes)) / y.size


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    R = _one_hot(y, n_classes)
    n_k = R.sum(axis=0)
    if (n_k == 0).any():
        raise ValueError(f"empty classes: {np.flatnonzero(n_k == 0)}")
    means = np.einsum("nk,nd->kd", R, X) / n_k[:, None]
    D = X[:, None, :] - means[None]
    variances = np.einsum("nk,nkd,nkd->kd", R, D, D) / n_k[:, None]
    return means, np.clip(variances, variance_floor, None)


def gaussian_log_density(x, mean, variance):
    return -0.5 * (LOG_2PI + np.log(variance) + np.square(np.subtract(x, mean)) / variance)


def class_log_likelihood(X, means, variances):
    D = X[:, None] - means
    quadratic = np.einsum("nkd,nkd,kd->nk", D, D, 1 / variances)
    return -0.5 * (quadratic + np.log(variances).sum(1) + means.shape[1] * LOG_2PI)


def joint_log_prob(X, priors, means, variances):
    return class_log_likelihood(X, means, variances) + np.log(priors)[None, :]


def log_evidence(joint):
    top = joint.max(axis=1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0)
    return np.log(np.einsum("nk->n", np.exp(joint - top))) + top[:, 0]


def posterior(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    return np.exp(joint - log_evidence(joint)[:, None])


def predict(X, priors, means, variances):
    return joint_log_prob(X, priors, means, variances).argmax(-1)


def sample(n, priors, means, variances, rng):
    R = rng.multinomial(1, priors, size=n)
    z = rng.standard_normal((n, means.shape[1]))
    return R @ means + np.einsum("nk,kd->nd", R, np.sqrt(variances)) * z, R.argmax(axis=1)
