# I have no time...
import numpy as np

def sigmoid(z):
    # for very negative z, exp overflows to inf and 1/inf is 0, which is what we want
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


def log_odds(p):
    p = np.asarray(p, dtype=float)
    return np.log(p) - np.log1p(-p)


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
    raise NotImplementedError


def fit(X, y, prior_precision):
    # TODO
    raise NotImplementedError


def predict(X, theta):
    raise NotImplementedError
