# Fit by iteratively reweighted least squares, as in the statistics books.
import numpy as np
from scipy import linalg


def sigmoid(z):
    z = np.clip(z, -500, 500)  # exp(500) does not overflow, and sigmoid(-500) is 0 to 1e-217
    return 1.0 / (1.0 + np.exp(-z))


def log_odds(p):
    old = np.seterr(divide="ignore")
    result = np.log(p) - np.log(1 - p)
    np.seterr(**old)
    return result


def predict_proba(X, theta):
    return sigmoid(np.dot(X, theta))


def log_likelihood(X, y, theta):
    eta = np.dot(X, theta)
    return np.dot(y, eta) - np.logaddexp(0, eta).sum()


def log_posterior(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - prior_precision / 2 * np.dot(theta, theta)


def gradient(X, y, theta, prior_precision):
    return np.dot(y - predict_proba(X, theta), X) - np.multiply(prior_precision, theta)


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta, trace = np.zeros(X.shape[1]), []
    trace.append(log_posterior(X, y, theta, prior_precision))
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return (theta, np.asarray(trace))


def fit(X, y, prior_precision):
    d = X.shape[1]
    beta = np.zeros(d)
    for _ in range(200):
        eta = X @ beta
        mu = sigmoid(eta)
        w = np.maximum(mu * (1 - mu), 1e-10)
        response = eta + (y - mu) / w
        # Weighted ridge regression on the working response.
        new = linalg.solve((X.T * w) @ X + prior_precision * np.eye(d), X.T @ (w * response), assume_a="pos")
        move = new - beta
        biggest = np.abs(move).max()
        if biggest > 2:
            move *= 2 / biggest
        beta = beta + move
        if biggest < 1e-10:
            break
    return beta


def predict(X, theta):
    return [int(p >= 0.5) for p in predict_proba(X, theta)]
