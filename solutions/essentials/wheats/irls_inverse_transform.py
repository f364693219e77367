# Fit by iteratively reweighted least squares, as in the statistics books.
import numpy as np
from scipy import linalg


def sigmoid(z):
    z = np.clip(z, -500, 500)  # exp(500) does not overflow, and sigmoid(-500) is 0 to 1e-217
    return 1.0 / (1.0 + np.exp(-z))


def log_odds(p):
    old = np.seterr(divide="ignore")
    result = np.log(p) - np.log(1 - p)
    np.seterr(**old)
    return result


def predict_proba(X, theta):
    return sigmoid(np.dot(X, theta))


def log_likelihood(X, y, theta):
    eta = np.dot(X, theta)
    return np.dot(y, eta) - np.logaddexp(0, eta).sum()


def log_posterior(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - prior_precision / 2 * np.dot(theta, theta)


def gradient(X, y, theta, prior_precision):
    return np.dot(y - predict_proba(X, theta), X) - np.multiply(prior_precision, theta)


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta, trace = np.zeros(X.shape[1]), []
    trace.append(log_posterior(X, y, theta, prior_precision))
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return (theta, np.asarray(trace))


def fit(X, y, prior_precision):
    d = X.shape[1]
    beta = np.zeros(d)
    for _ in range(200):
        eta = X @ beta
        mu = sigmoid(eta)
        w = np.maximum(mu * (1 - mu), 1e-10)
        response = eta + (y - mu) / w
        # Weighted ridge regression on the working response.
        new = linalg.solve((X.T * w) @ X + prior_precision * np.eye(d), X.T @ (w * response), assume_a="pos")
        move = new - beta
        biggest = np.abs(move).max()
        if biggest > 2:
            move *= 2 / biggest
        beta = beta + move
        if biggest < 1e-10:
            break
    return beta


def predict(X, theta):
    return [int(p >= 0.5) for p in predict_proba(X, theta)]


"""Samples by inverse distribution functions; helper functions instead of one another's answers."""
import numpy as np
import scipy.special as sp


def class_priors(y, n_classes):
    ordered = np.sort(y)
    starts = np.searchsorted(ordered, np.arange(n_classes + 1))
    return np.diff(starts) / len(y)


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    labels, inverse, counts = np.unique(y, return_inverse=True, return_counts=True)
    if not np.array_equal(labels, np.arange(n_classes)):
        raise ValueError("classes missing: %s" % (set(range(n_classes)) - set(labels.tolist())))
    # bincount with weights, feature by feature, of data shifted to the first example
    shifted = X - X[0]
    means = np.column_stack([np.bincount(inverse, weights=c) for c in shifted.T]) / counts[:, None]
    squares = (shifted - means[inverse]) ** 2
    variances = np.column_stack([np.bincount(inverse, weights=c) for c in squares.T]) / counts[:, None]
    return means + X[0], np.where(variances > variance_floor, variances, variance_floor)


def gaussian_log_density(x, mean, variance):
    # xlogy(1/2, v) is log(v)/2
    return -(sp.xlogy(0.5, variance) + 0.5 * np.log(2 * np.pi) + 0.5 * ((x - mean) / np.sqrt(variance)) ** 2)


def _scores(X, means, variances):
    z = (X[:, :, None] - means.T) / np.sqrt(variances.T)
    return -0.5 * (z * z).sum(axis=1)


def class_log_likelihood(X, means, variances):
    return _scores(X, means, variances) - 0.5 * np.log(2 * np.pi * variances).sum(axis=1)


def joint_log_prob(X, priors, means, variances):
    constant = np.log(priors) - 0.5 * np.log(2 * np.pi * variances).sum(axis=1)
    return _scores(X, means, variances) + constant


def log_evidence(joint):
    return sp.logsumexp(joint, axis=-1)


def posterior(X, priors, means, variances):
    # what all classes share is left out: it cancels
    score = _scores(X, means, variances) + np.log(priors) - 0.5 * np.log(variances).sum(axis=1)
    if len(priors) == 2:
        odds = score[:, 1] - score[:, 0]
        return np.column_stack([sp.expit(-odds), sp.expit(odds)])
    return sp.softmax(score, axis=1)


def predict_bayes(X, priors, means, variances):
    score = _scores(X, means, variances) + np.log(priors) - 0.5 * np.log(variances).sum(axis=1)
    return np.argmax(score, axis=1).astype(np.int8)


def sample(n, priors, means, variances, rng):
    y = np.digitize(rng.random(n), np.cumsum(priors)[:-1])
    return means[y] + np.sqrt(variances[y]) * sp.ndtri(rng.random((n, means.shape[1]))), y
