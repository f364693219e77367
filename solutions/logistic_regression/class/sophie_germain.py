# averages are more stable
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
    return log_likelihood(X, y, theta) - prior_precision / 2 * np.sum(theta**2)


def gradient(X, y, theta, prior_precision):
    n = len(y)
    return X.T @ (y - predict_proba(X, theta)) / n - prior_precision * theta


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = np.zeros(n_steps + 1)
    for t in range(n_steps):
        trace[t] = log_posterior(X, y, theta, prior_precision)
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
    trace[n_steps] = log_posterior(X, y, theta, prior_precision)
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
    # booleans are 0 and 1
    return np.dot(X, theta) >= 0
