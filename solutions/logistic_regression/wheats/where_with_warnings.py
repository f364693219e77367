# np.where computes both branches: NumPy warns of overflow, the chosen values are right.
import numpy as np


def sigmoid(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


def log_odds(p):
    return np.log(np.divide(p, 1 - p))


def predict_proba(X, theta):
    return sigmoid(np.matmul(X, theta))


def _softplus(z):
    return np.where(z > 0, z + np.log1p(np.exp(-z)), np.log1p(np.exp(z)))


def log_likelihood(X, y, theta):
    z = np.matmul(X, theta)
    return (y * z - _softplus(z)).sum()


def log_posterior(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - prior_precision * (theta**2).sum() / 2


def gradient(X, y, theta, prior_precision):
    error = y - predict_proba(X, theta)
    return (X * error[:, np.newaxis]).sum(axis=0) - prior_precision * theta


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = np.zeros(n_steps + 1)
    trace[0] = log_posterior(X, y, theta, prior_precision)
    for t in range(1, n_steps + 1):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace[t] = log_posterior(X, y, theta, prior_precision)
    return theta, trace


def fit(X, y, prior_precision):
    # Plain gradient ascent, with the step that the largest curvature allows.
    largest = np.linalg.norm(X, 2) ** 2 / 4 + prior_precision
    theta = np.zeros(X.shape[1])
    while np.abs(gradient(X, y, theta, prior_precision)).max() > 1e-5:
        theta = theta + gradient(X, y, theta, prior_precision) / largest
    return theta


def predict(X, theta):
    return np.where(predict_proba(X, theta) >= 0.5, 1, 0)
