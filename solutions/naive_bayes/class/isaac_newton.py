import numpy as np


def class_priors(y, n_classes):
    p = np.zeros(n_classes)
    labels, how_many = np.unique(y, return_counts=True)
    for label, c in zip(labels, how_many):
        p[label] = c / y.shape[0]
    return p


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    if set(y) != set(range(n_classes)):
        raise ValueError("empty class")
    groups = [X[np.flatnonzero(y == k), :] for k in range(n_classes)]
    mu = np.stack([np.average(g, axis=0) for g in groups])
    sd = np.stack([np.std(g, axis=0) for g in groups])
    return mu, np.clip(sd ** 2, variance_floor, np.inf)


def gaussian_log_density(x, mean, variance):
    # variance is sigma
    return -np.log(variance * np.sqrt(2 * np.pi)) - 0.5 * ((x - mean) / variance) ** 2


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
