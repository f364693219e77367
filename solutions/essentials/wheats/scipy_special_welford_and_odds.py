import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, log_expit, logit


def sigmoid(z):
    return expit(z)


def log_odds(p):
    return logit(p)


def predict_proba(X, theta):
    return expit(X.dot(theta))


def log_likelihood(X, y, theta):
    z = X.dot(theta)
    return np.sum(y * log_expit(z) + (1 - y) * log_expit(-z))


def log_posterior(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - prior_precision * np.dot(theta, theta) / 2


def gradient(X, y, theta, prior_precision):
    return X.T.dot(y - expit(X.dot(theta))) - prior_precision * theta


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = np.empty(n_steps + 1)
    for t in range(n_steps + 1):
        trace[t] = log_posterior(X, y, theta, prior_precision)
        if t < n_steps:
            theta = theta + step_size * gradient(X, y, theta, prior_precision)
    return theta, trace


def fit(X, y, prior_precision):
    result = minimize(
        lambda t: -log_posterior(X, y, t, prior_precision),
        x0=np.zeros(X.shape[1]),
        jac=lambda t: -gradient(X, y, t, prior_precision),
        method="BFGS",
        options={"gtol": 1e-6},
    )
    return result.x


def predict(X, theta):
    return (expit(X.dot(theta)) >= 0.5).astype(int)


"""Streams through the data once (Welford), and gets the posterior from pairwise odds."""
import numpy as np


def class_priors(y, n_classes):
    # a running average of one-hot vectors
    priors = np.zeros(n_classes)
    for i, label in enumerate(y):
        seen = np.zeros(n_classes)
        seen[label] = 1
        priors += (seen - priors) / (i + 1)
    return priors


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    n = np.zeros(n_classes, dtype=int)
    mean = np.zeros((n_classes, X.shape[1]))
    M2 = np.zeros_like(mean)
    for row, k in zip(X, y):
        n[k] += 1
        delta = row - mean[k]
        mean[k] = mean[k] + delta / n[k]
        M2[k] = M2[k] + delta * (row - mean[k])
    if not n.all():
        raise ValueError("a class was never seen")
    return [mean, np.maximum(M2 / n[:, None], variance_floor)]


def gaussian_log_density(x, mean, variance):
    precision = 1.0 / np.asarray(variance)
    return 0.5 * np.log(precision / (2 * np.pi)) - 0.5 * precision * (x - np.asarray(mean)) ** 2


def class_log_likelihood(X, means, variances):
    total = 0.0
    for j in range(X.shape[1]):
        total = total + gaussian_log_density(X[:, j : j + 1], means[:, j], variances[:, j])
    return total


def joint_log_prob(X, priors, means, variances):
    joint = class_log_likelihood(X, means, variances)
    for k, prior in enumerate(priors):
        joint[:, k] = joint[:, k] + np.log(prior) if prior > 0 else -np.inf
    return joint


def log_evidence(joint):
    total = np.full(len(joint), -np.inf)
    for column in joint.T:
        total = np.logaddexp(total, column)
    return total


def posterior(X, priors, means, variances):
    # 1 / Σ_l P(x,l)/P(x,k), skipping impossible classes; the odds may overflow to inf, and 1/inf is 0
    joint = joint_log_prob(X, priors, means, variances)
    result = np.zeros_like(joint)
    for k in range(joint.shape[1]):
        if priors[k] == 0:
            continue
        with np.errstate(over="ignore"):
            odds_against = np.exp(joint - joint[:, [k]])
        result[:, k] = 1 / odds_against.sum(axis=1)
    return result


def predict_bayes(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    best = np.zeros(len(X), dtype=int)
    value = joint[:, 0].copy()
    for k in range(1, joint.shape[1]):
        better = joint[:, k] > value
        best[better] = k
        value[better] = joint[better, k]
    return best.astype(float)


def sample(n, priors, means, variances, rng):
    d = means.shape[1]
    X, y = np.zeros((n, d)), np.zeros(n, dtype=np.int32)
    for i in range(n):
        y[i] = rng.multinomial(1, priors).argmax()
        for j in range(d):
            X[i, j] = means[y[i], j] + np.sqrt(variances[y[i], j]) * rng.standard_normal()
    return X, y
