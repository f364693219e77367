"""My answers. The prior speaks once."""
import numpy as np

def sigmoid(z):
    # see the formula sheet: tanh is a shifted sigmoid
    return (np.tanh(z / 2) + 1) / 2


def log_odds(p):
    return np.log(p) - np.log(1 - p)


def predict_proba(X, theta):
    return sigmoid(X @ theta)


def log_likelihood(X, y, theta):
    z = X @ theta
    # log(1 + e^z) = max(z, 0) + log(1 + e^-|z|), so nothing can overflow
    log1pexp = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))
    return y @ z - log1pexp.sum()


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
    # booleans are 0 and 1
    return np.dot(X, theta) >= 0
