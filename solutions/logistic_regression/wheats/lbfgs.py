import numpy as np
from scipy import optimize, special

__all__ = [
    "sigmoid",
    "log_odds",
    "predict_proba",
    "log_likelihood",
    "log_posterior",
    "gradient",
    "gradient_ascent",
    "fit",
    "predict",
]


def sigmoid(z):
    return np.reciprocal(1 + np.exp(-z))


def log_odds(p):
    return special.xlogy(1.0, p) - special.xlog1py(1.0, -p)


def predict_proba(X, theta):
    return sigmoid((X * theta).sum(axis=1))


def _objective(theta, X, y, precision):
    z = X @ theta
    value = special.xlogy(1, 1).sum() + np.sum(np.logaddexp(0, z) - y * z) + precision / 2 * theta @ theta
    slope = X.T @ (special.expit(z) - y) + precision * theta
    return value, slope


def log_likelihood(X, y, theta):
    return -_objective(theta, X, y, 0)[0]


def log_posterior(X, y, theta, prior_precision):
    return -_objective(theta, X, y, prior_precision)[0]


def gradient(X, y, theta, prior_precision):
    return -_objective(theta, X, y, prior_precision)[1]


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    losses = []
    for _ in range(n_steps):
        loss, slope = _objective(theta, X, y, prior_precision)
        losses.append(loss)
        theta = theta - step_size * slope
    losses.append(_objective(theta, X, y, prior_precision)[0])
    return theta, -np.array(losses)


def fit(X, y, prior_precision):
    return optimize.minimize(
        _objective,
        np.zeros(X.shape[1]),
        args=(X, y, prior_precision),
        jac=True,
        method="L-BFGS-B",
        options={"ftol": 1e-16, "gtol": 1e-7, "maxiter": 1000},
    ).x


def predict(X, theta):
    return (X @ theta >= 0) * 1
