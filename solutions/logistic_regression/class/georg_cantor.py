import math  # for later
import numpy as np

def sigmoid(z):
    """stable version: only ever exponentiate something negative"""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def log_odds(p):
    return np.log(p) - np.log(1 - p)


def predict_proba(X, theta):
    theta = theta.reshape(-1, 1)
    return sigmoid(X @ theta)


def log_likelihood(X, y, theta):
    # log(sigmoid(z)) = -log(1 + e^-z), and for y = 0 the sign of z flips
    z = X @ theta
    return -np.sum(np.logaddexp(0, np.where(y == 1, -z, z)))


def log_posterior(X, y, theta, prior_precision):
    penalty = 0.5 * prior_precision * (theta @ theta)
    return log_likelihood(X, y, theta) - penalty


def gradient(X, y, theta, prior_precision):
    e = np.exp(-np.abs(X @ theta))
    p = np.where(X @ theta >= 0, 1, e) / (1 + e)
    residual = y - p
    return residual @ X - prior_precision * theta


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, trace


def fit(X, y, prior_precision):
    # Newton's method, never more than distance 1 at a time so that it cannot run away
    d = X.shape[1]
    theta = np.zeros(d)
    for _ in range(100):
        p = 1 / (1 + np.exp(-(X @ theta)))
        g = X.T @ (y - p) - prior_precision * theta
        if np.max(np.abs(g)) < 1e-8:
            break
        H = X.T @ (X * (p * (1 - p))[:, None]) + prior_precision * np.eye(d)
        step = np.linalg.solve(H, g)
        theta = theta + step / max(1, np.linalg.norm(step))
    return theta


def predict(X, theta):
    return (X @ theta >= 0).astype(int)
