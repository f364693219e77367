"""H. P."""
import numpy as np

def sigmoid(z):
    z = np.clip(z, -15, 15)  # avoid overflow
    return 1 / (1 + np.exp(-z))


def log_odds(p):
    return np.log2(p / (1 - p))


def predict_proba(X, theta):
    z = np.dot(X, theta)  # (n, d) . (d,) -> (n,)
    return sigmoid(z)


def log_likelihood(X, y, theta):
    z = X @ theta
    return float(np.sum(y * z - np.logaddexp(0, z)))


def log_posterior(X, y, theta, prior_precision):
    R = 0
    for t in theta:
        R += prior_precision * t * t / 2
    return log_likelihood(X, y, theta) - R


def gradient(X, y, theta, prior_precision):
    e = np.exp(-np.abs(X @ theta))
    p = np.where(X @ theta >= 0, 1, e) / (1 + e)
    residual = y - p
    return residual @ X - prior_precision * theta


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    n, d = X.shape
    theta = np.zeros(d)
    history = [log_posterior(X, y, theta, prior_precision)]
    t = 0
    while t < n_steps:
        theta += step_size * np.asarray(gradient(X, y, theta, prior_precision))
        history += [log_posterior(X, y, theta, prior_precision)]
        t += 1
    return theta, np.array(history)


def fit(X, y, prior_precision):
    # the slope changes at most L per unit of theta, so 1/L is a safe step
    L = np.sum(X**2) / 4 + prior_precision
    theta = np.zeros(X.shape[1])
    for _ in range(20000):
        g = gradient(X, y, theta, prior_precision)
        if np.abs(g).max() < 1e-5:
            break
        theta = theta + g / L
    return theta


def predict(X, theta):
    return (predict_proba(X, theta) > 0.5).astype(int)
