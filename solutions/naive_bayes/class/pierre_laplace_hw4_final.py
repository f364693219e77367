import numpy as np
from scipy.special import logsumexp, softmax
from scipy.stats import norm


def sample(n, priors, means, variances, rng):
    y = rng.multinomial(1, priors, size=n).argmax(axis=1)
    noise = rng.standard_normal(size=(n, means.shape[1]))
    return noise * variances[y] ** 0.5 + means[y], y


def predict(X, priors, means, variances):
    scores = norm.logpdf(X[:, None, :], means, np.sqrt(variances)).sum(2) + np.log(priors)
    return np.array([int(row.argmax()) for row in scores])


def posterior(X, priors, means, variances):
    return softmax(np.log(priors) + norm.logpdf(X[:, None], means, np.sqrt(variances)).sum(2), axis=1)


def log_evidence(joint):
    return logsumexp(joint, axis=1)


def joint_log_prob(X, priors, means, variances):
    return np.array([[norm.logpdf(x, m, np.sqrt(v)).sum() + np.log(p) for p, m, v in zip(priors, means, variances)] for x in X])


def class_log_likelihood(X, means, variances):
    return norm.logpdf(X[:, np.newaxis], means, np.sqrt(variances)).sum(-1)


def gaussian_log_density(x, mean, variance):
    return norm.logpdf(x, mean, np.sqrt(variance))


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    if set(y) != set(range(n_classes)):
        raise ValueError("empty class")
    groups = [X[np.flatnonzero(y == k), :] for k in range(n_classes)]
    mu = np.stack([np.average(g, axis=0) for g in groups])
    sd = np.stack([np.std(g, axis=0) for g in groups])
    return mu, np.clip(sd ** 2, variance_floor, np.inf)


def class_priors(y, n_classes):
    p = np.zeros(n_classes)
    labels, how_many = np.unique(y, return_counts=True)
    for label, c in zip(labels, how_many):
        p[label] = c / y.shape[0]
    return p
