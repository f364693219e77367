"""Essentials: the lecture in an hour.

Write the functions below; README.md describes them.
"""


import numpy as np


def sigmoid(z):
    """The logistic function, sigmoid(z) = 1 / (1 + exp(-z)), of every element of z.

    It turns log-odds, which may be any real number, into a probability.

    Args:
        z: array of floats of any shape, 0-d included; values may be huge, or +inf or -inf.

    Returns:
        Array of the shape of z. Every value lies in [0, 1] and is within 1e-12 of the exact one, for
        every z: exp(-z) overflows for z < -709, but the result must not become nan.

    """
    raise NotImplementedError


def log_odds(p):
    """The log-odds of a probability, log(p / (1 - p)), of every element of p: the inverse of the sigmoid.

    Args:
        p: array of probabilities in [0, 1], of any shape, 0-d included.

    Returns:
        Array of the shape of p. Where p is 0 it is -inf, where p is 1 it is +inf; never nan.

    """
    raise NotImplementedError


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    """Maximise the log-posterior from theta = 0 by exactly n_steps steps of gradient ascent:

        theta <- theta + step_size * gradient(X, y, theta, prior_precision).

    Args:
        X: examples, float array of shape (n, d).
        y: labels 0 or 1, integer array of shape (n,).
        prior_precision: a number >= 0.
        step_size: a number >= 0, the same at every step.
        n_steps: number of steps, an integer >= 0.

    Returns:
        A tuple (theta, trace). theta, of shape (d,), is the one after the last step. trace, of shape
        (n_steps + 1,), holds the log-posterior at the start and after each step: trace[t] belongs to
        the theta after t steps.

    """
    raise NotImplementedError


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    """The maximum-likelihood mean and variance of each feature in each class.

    With n_k the number of examples of class k,

        means[k, j]     = 1/n_k  sum_{i: y_i = k}  x_ij
        variances[k, j] = 1/n_k  sum_{i: y_i = k} (x_ij - means[k, j])^2

    Maximum likelihood divides by n_k, not by n_k - 1. A variance below `variance_floor` (a feature that
    never changes within a class, or a class with a single example) becomes `variance_floor`; the others
    stay as they are. The result is accurate even when a mean is a million times larger than the spread
    around it.

    Args:
        X: examples, float (n, d).
        y: labels 0..K-1, int (n,).
        n_classes: the number of classes K.
        variance_floor: the smallest variance to return, > 0.

    Returns:
        A tuple (means, variances), both (K, d).

    Raises:
        ValueError: a class 0..K-1 has no examples, so that it has no mean.

    """
    raise NotImplementedError


def predict_bayes(X, priors, means, variances):
    """The most probable class: argmax_k P(x | y = k) P(y = k).

    P(x) is the same for every class, so the evidence is not needed.

    Args:
        X: examples, float (n, d).
        priors: (K,), non-negative, sum to 1. A prior may be 0.
        means: (K, d).
        variances: (K, d), > 0.

    Returns:
        Labels, int (n,). Where several classes share the highest value, the smallest label.

    """
    raise NotImplementedError
