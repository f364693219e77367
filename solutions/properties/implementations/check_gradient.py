"""Hidden implementations for check_gradient: each is a pair (log_posterior, gradient)."""

import numpy as np

from autograder.checks import perturbed


def log_likelihood(X, y, theta):
    signs = 2 * np.asarray(y) - 1
    return -np.sum(np.logaddexp(0, -signs * (X @ theta)))


def log_posterior(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - 0.5 * prior_precision * np.dot(theta, theta)


def gradient_of_likelihood(X, y, theta):
    signs = 2 * np.asarray(y) - 1
    with np.errstate(over="ignore"):
        return (signs / (1 + np.exp(signs * (X @ theta)))) @ X


def gradient(X, y, theta, prior_precision):
    return gradient_of_likelihood(X, y, theta) - prior_precision * theta


RIGHT = {
    "codes the labels as -1 and 1": (log_posterior, gradient),
    "rounds differently": (perturbed(log_posterior), perturbed(gradient)),
}


def with_prior(value, slope):
    """A pair with the log-prior `value(theta)` times the precision, and `slope(theta)` in the gradient."""

    def log_posterior(X, y, theta, prior_precision):
        return log_likelihood(X, y, theta) + prior_precision * value(theta)

    def gradient(X, y, theta, prior_precision):
        return gradient_of_likelihood(X, y, theta) + prior_precision * slope(theta)

    return log_posterior, gradient


def mean_log_posterior(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) / len(y) - 0.5 * prior_precision * np.dot(theta, theta)


def mean_gradient(X, y, theta, prior_precision):
    return gradient_of_likelihood(X, y, theta) / len(y) - prior_precision * theta


def all_but_first(theta):
    return np.where(np.arange(len(theta)) == 0, 0.0, theta)


WRONG = {
    "leaves the prior out of both, so that the two agree": with_prior(lambda t: 0.0, lambda t: 0 * t),
    "adds the penalty in both, so that the two agree": with_prior(lambda t: t @ t / 2, lambda t: t),
    "forgets the factor 1/2 of the penalty in both": with_prior(lambda t: -t @ t, lambda t: -2 * t),
    "does not penalise the first weight in either": with_prior(
        lambda t: -all_but_first(t) @ all_but_first(t) / 2, lambda t: -all_but_first(t)
    ),
    "takes the mean over the examples in both": (mean_log_posterior, mean_gradient),
}
