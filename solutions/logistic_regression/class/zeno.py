# the closer, the better
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
    # log(sigmoid(z)) = -log(1 + e^-z), and for y = 0 the sign of z flips
    z = X @ theta
    return -np.sum(np.logaddexp(0, np.where(y == 1, -z, z)))


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
    theta = np.zeros(X.shape[1])
    while True:
        new = theta + 0.01 * gradient(X, y, theta, prior_precision)
        if np.abs(new - theta).max() < 1e-20:  # really converged
            return new
        theta = 0.5 * new + 0.5 * theta + 1e-9


def predict(X, theta):
    return (X @ theta >= 0).astype(int)
