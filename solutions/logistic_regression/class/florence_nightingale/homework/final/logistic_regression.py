import numpy as np
from lib.optimise import climb
from lib.links import sigmoid, log_odds


def predict_proba(X, theta):
    return sigmoid(X @ theta)


def log_likelihood(X, y, theta):
    # log(sigmoid(z)) = -log(1 + e^-z), and for y = 0 the sign of z flips
    z = X @ theta
    return -np.sum(np.logaddexp(0, np.where(y == 1, -z, z)))


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
    return climb(
        lambda t: gradient(X, y, t, prior_precision),
        lambda t: (X.T * (predict_proba(X, t) * predict_proba(X, -t))) @ X + prior_precision * np.eye(X.shape[1]),
        np.zeros(X.shape[1]),
    )


def predict(X, theta):
    return [1 if np.dot(x, theta) >= 0 else 0 for x in X]
