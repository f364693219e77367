"""Logistic regression."""
import numpy as np

def sigmoid(z):
    # for very negative z, exp overflows to inf and 1/inf is 0, which is what we want
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


def log_odds(p):
    return np.log(p) - np.log(1 - p)


def predict_proba(X, theta):
    return sigmoid(X @ theta)


def log_likelihood(X, y, theta):
    z = X @ theta
    return float(np.sum(y * z - np.logaddexp(0, z)))


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
    theta, trace = gradient_ascent(X, y, prior_precision, 0.01, 100)
    return theta


def predict(X, theta):
    return (X @ theta >= 0).astype(int)
