# I let SciPy do the special functions.
import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, log_expit, logit

def sigmoid(z):
    return expit(z)


def log_odds(p):
    return logit(p)


def predict_proba(X, theta):
    z = np.dot(X, theta)  # (n, d) . (d,) -> (n,)
    return sigmoid(z)


def log_likelihood(X, y, theta):
    z = X @ theta
    return (y * log_expit(z) + (1 - y) * log_expit(-z)).sum()


def log_posterior(X, y, theta, prior_precision):
    penalty = 0.5 * prior_precision * (theta @ theta)
    return log_likelihood(X, y, theta) - penalty


def gradient(X, y, theta, prior_precision):
    error = (y - predict_proba(X, theta)).reshape(-1, 1)
    return np.sum(error * X, axis=0) - prior_precision * theta


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = np.zeros(n_steps + 1)
    for t in range(n_steps):
        trace[t] = log_posterior(X, y, theta, prior_precision)
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
    trace[n_steps] = log_posterior(X, y, theta, prior_precision)
    return theta, trace


def fit(X, y, prior_precision):
    def loss(theta):
        z = X @ theta
        value = np.logaddexp(0, z).sum() - y @ z + prior_precision / 2 * theta @ theta
        slope = X.T @ (expit(z) - y) + prior_precision * theta
        return value, slope

    best = minimize(loss, np.zeros(X.shape[1]), jac=True, method="L-BFGS-B", options={"ftol": 1e-15, "gtol": 1e-6})
    return best.x


def predict(X, theta):
    return np.where(np.asarray(predict_proba(X, theta)) >= 0.5, 1, 0)
