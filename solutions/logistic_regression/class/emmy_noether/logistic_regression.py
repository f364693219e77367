"""Answers; the numerics are in numerics.py."""
import numpy as np

from numerics import softplus, stable_sigmoid


def sigmoid(z):
    return stable_sigmoid(z)


def log_odds(p):
    return np.log(p) - np.log(1 - p)


def predict_proba(X, theta):
    return sigmoid(X @ theta)


def log_likelihood(X, y, theta):
    z = X @ theta
    return np.sum(y * z - softplus(z))


def log_posterior(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - prior_precision / 2 * np.sum(theta**2)


def gradient(X, y, theta, prior_precision):
    return X.T @ (y - predict_proba(X, theta)) - prior_precision * theta


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, trace


def fit(X, y, prior_precision):
    # steepest ascent: grow the step while it helps, halve it when it does not
    theta = np.zeros(X.shape[1])
    height = log_posterior(X, y, theta, prior_precision)
    step = 0.1
    for _ in range(20000):
        g = gradient(X, y, theta, prior_precision)
        if np.linalg.norm(g) < 5e-5:
            return theta
        new = log_posterior(X, y, theta + step * g, prior_precision)
        if new > height + 0.3 * step * (g @ g):
            theta, height = theta + step * g, new
            step *= 1.5
        else:
            step *= 0.5
            if step < 1e-12:
                break
    return theta


def predict(X, theta):
    return (X @ theta >= 0).astype(int)
