# Émilie
import math

import numpy as np

def sigmoid(z):
    """stable version: only ever exponentiate something negative"""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def log_odds(p):
    return np.log(p) - np.log(1 - p)


def predict_proba(X, theta):
    return sigmoid(X @ theta)


def log_likelihood(X, y, theta):
    total = 0.0
    for x_i, y_i in zip(X, y):
        z = float(np.dot(x_i, theta))
        if y_i == 0:
            z = -z  # P(Y=0|x) = sigmoid(-z)
        if z > -30:
            total -= math.log1p(math.exp(-z))
        else:
            total += z  # log(1 + e^-z) = -z up to 1e-13 out here
    return total


def log_posterior(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - prior_precision * np.sum(theta**2)


def gradient(X, y, theta, prior_precision):
    n, d = X.shape
    p = predict_proba(X, theta)
    g = np.zeros(d)
    for j in range(d):
        for i in range(n):
            g[j] += (y[i] - p[i]) * X[i, j]
        g[j] -= prior_precision * theta[j]
    return g


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = np.zeros(n_steps + 1)
    for t in range(n_steps):
        trace[t] = log_posterior(X, y, theta, prior_precision)
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
    trace[n_steps] = log_posterior(X, y, theta, prior_precision)
    return theta, trace


def fit(X, y, prior_precision):
    theta, trace = gradient_ascent(X, y, prior_precision, 0.01, 100)
    return theta


def predict(X, theta):
    return [1 if np.dot(x, theta) >= 0 else 0 for x in X]
