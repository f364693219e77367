"""Logistic regression, with a plot."""
import matplotlib.pyplot as plt
import numpy as np
from scipy.optimize import minimize

def sigmoid(z):
    # exp(700) still fits into a float64
    return 1.0 / (1.0 + np.exp(-np.clip(z, -700, 700)))


def log_odds(p):
    with np.errstate(divide="ignore"):
        odds = p / (1 - p)
        return np.log(odds)


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
    trace = np.zeros(n_steps + 1)
    for t in range(n_steps):
        trace[t] = log_posterior(X, y, theta, prior_precision)
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
    trace[n_steps] = log_posterior(X, y, theta, prior_precision)
    return theta, trace


def fit(X, y, prior_precision):
    start = np.zeros(X.shape[1])
    result = minimize(
        lambda t: -log_posterior(X, y, t, prior_precision),
        start,
        jac=lambda t: -gradient(X, y, t, prior_precision),
        options={"gtol": 1e-6},
    )
    return result.x


def predict(X, theta):
    return np.where(np.asarray(predict_proba(X, theta)) >= 0.5, 1, 0)


def plot(trace):
    plt.plot(trace)
    plt.xlabel("step")
    plt.ylabel("log-posterior")
    plt.show()


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    X = rng.normal(size=(50, 2))
    y = (X[:, 0] > X[:, 1]).astype(int)
    plot(gradient_ascent(X, y, 1.0, 0.02, 200)[1])
    print(fit(X, y, 1.0))
