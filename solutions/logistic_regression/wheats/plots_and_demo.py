"""Homework: logistic regression. Run me to see the plots."""

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np


def sigmoid(z):
    """Numerically stable."""
    return 1 / (1 + np.exp(-np.clip(z, -700, 700)))


def log_odds(p):
    return np.log(p / (1 - p))


def predict_proba(X, theta):
    return sigmoid(X @ theta)


def log_likelihood(X, y, theta):
    z = X @ theta
    # y z - log(1 + e^z), with the larger exponent taken out
    m = np.maximum(z, 0)
    return np.sum(y * z - m - np.log(np.exp(-m) + np.exp(z - m)))


def log_posterior(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - prior_precision / 2 * np.sum(theta**2)


def gradient(X, y, theta, prior_precision):
    return X.T @ (y - predict_proba(X, theta)) - prior_precision * theta


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta += step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, np.array(trace)


def fit(X, y, prior_precision):
    step_size = 1 / (0.25 * np.linalg.eigvalsh(X.T @ X)[-1] + prior_precision)
    theta, _ = gradient_ascent(X, y, prior_precision, step_size, 200)
    while np.max(np.abs(gradient(X, y, theta, prior_precision))) > 1e-5:
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
    return theta


def predict(X, theta):
    return (predict_proba(X, theta) >= 0.5).astype(int)


def plot_trace(trace, path):
    fig, ax = plt.subplots()
    ax.plot(trace)
    ax.set(xlabel="step", ylabel="log-posterior")
    fig.savefig(path)


if __name__ == "__main__":
    np.random.seed(0)
    X = np.random.randn(100, 2)
    y = (X @ [2.0, -1.0] + np.random.randn(100) > 0).astype(int)
    theta, trace = gradient_ascent(X, y, 1.0, 0.02, 100)
    plot_trace(trace, "trace.png")
    print(theta, fit(X, y, 1.0), (predict(X, theta) == y).mean())
