# eps makes everything safe
import numpy as np

def sigmoid(z):
    # exp(700) still fits into a float64
    return 1.0 / (1.0 + np.exp(-np.clip(z, -700, 700)))


def log_odds(p):
    p = np.asarray(p, dtype=float)
    return np.log(p) - np.log1p(-p)


def predict_proba(X, theta):
    return sigmoid(X @ theta)


def log_likelihood(X, y, theta):
    eps = 1e-12
    p = sigmoid(X @ theta)
    return np.sum(y * np.log(p + eps) + (1 - y) * np.log(1 - p + eps))


def log_posterior(X, y, theta, prior_precision):
    penalty = 0.5 * prior_precision * (theta @ theta)
    return log_likelihood(X, y, theta) - penalty


def gradient(X, y, theta, prior_precision):
    return X.T @ (y - predict_proba(X, theta)) - prior_precision * theta


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = np.zeros(n_steps + 1)
    for t in range(n_steps):
        trace[t] = log_posterior(X, y, theta, prior_precision)
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
    trace[n_steps] = log_posterior(X, y, theta, prior_precision)
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
