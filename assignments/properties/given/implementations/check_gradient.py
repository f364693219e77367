"""Implementations for check_gradient: each is a pair (log_posterior, gradient)."""

import numpy as np

from autograder.checks import perturbed

# --- right ones ---


def log_posterior(X, y, theta, prior_precision):
    z = X @ theta
    return np.sum(y * z - np.logaddexp(0, z)) - prior_precision / 2 * np.sum(theta**2)


def gradient(X, y, theta, prior_precision):
    return X.T @ (y - 1 / (1 + np.exp(-(X @ theta)))) - prior_precision * theta


def log_posterior_in_a_loop(X, y, theta, prior_precision):
    total = -prior_precision / 2 * sum(t**2 for t in theta)
    for x, label in zip(X, y):
        z = float(np.dot(x, theta))
        total -= np.logaddexp(0, -z if label == 1 else z)
    return total


def gradient_in_a_loop(X, y, theta, prior_precision):
    total = -prior_precision * theta
    for x, label in zip(X, y):
        total = total + (label - 0.5 * (1 + np.tanh(np.dot(x, theta) / 2))) * x
    return total


RIGHT = {
    "computes with matrices": (log_posterior, gradient),
    "loops over the examples": (log_posterior_in_a_loop, gradient_in_a_loop),
    "differs in the last digit": (perturbed(log_posterior), perturbed(gradient)),
}

# --- wrong ones ---


def gradient_without_prior(X, y, theta, prior_precision):
    return gradient(X, y, theta, 0.0)


def gradient_downhill(X, y, theta, prior_precision):
    return -gradient(X, y, theta, prior_precision)


def gradient_per_example(X, y, theta, prior_precision):
    return gradient(X, y, theta, 0.0) / len(y) - prior_precision * theta


def gradient_of_predictions(X, y, theta, prior_precision):
    return X.T @ (y - (X @ theta >= 0)) - prior_precision * theta


def gradient_of_first_example(X, y, theta, prior_precision):
    return gradient(X[:1], y[:1], theta, prior_precision)


WRONG = {
    "leaves the prior out of the gradient": (log_posterior, gradient_without_prior),
    "has the wrong sign in the gradient": (log_posterior, gradient_downhill),
    "divides the gradient by the number of examples": (log_posterior, gradient_per_example),
    "subtracts predicted labels, not probabilities": (log_posterior, gradient_of_predictions),
    "uses the first example only in the gradient": (log_posterior, gradient_of_first_example),
}
