"""The sigmoid is the distribution function of the logistic distribution: let scipy.stats do it."""

import numpy as np
from scipy import optimize
from scipy.stats import logistic, norm


def sigmoid(z):
    return logistic.cdf(z)


def log_odds(p):
    return logistic.ppf(p)


def predict_proba(X, theta):
    return logistic.cdf(X @ theta)


def log_likelihood(X, y, theta):
    z = X @ theta
    return np.where(y, logistic.logcdf(z), logistic.logsf(z)).sum()


def log_posterior(X, y, theta, prior_precision):
    if prior_precision == 0:
        return log_likelihood(X, y, theta)
    scale = prior_precision**-0.5
    # The density of the prior relative to its peak: the constant drops out.
    return log_likelihood(X, y, theta) + np.sum(norm.logpdf(theta, scale=scale) - norm.logpdf(0, scale=scale))


def gradient(X, y, theta, prior_precision):
    return X.T @ (y - logistic.cdf(X @ theta)) - prior_precision * theta


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, np.array(trace)


def fit(X, y, prior_precision):
    # scipy.special is quicker here than scipy.stats.
    from scipy.special import expit

    return optimize.minimize(
        lambda t: np.logaddexp(0, (1 - 2 * y) * (X @ t)).sum() + prior_precision / 2 * t @ t,
        np.zeros(X.shape[1]),
        jac=lambda t: X.T @ (expit(X @ t) - y) + prior_precision * t,
        hess=lambda t: (X.T * (expit(X @ t) * expit(-(X @ t)))) @ X + prior_precision * np.eye(len(t)),
        method="trust-exact",
        options={"gtol": 1e-7},
    ).x


def predict(X, theta):
    return (logistic.cdf(X @ theta) >= 0.5).astype("int64")
